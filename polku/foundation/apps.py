from django.apps import AppConfig
from django.db.backends.signals import connection_created
from django.db.models.signals import post_migrate
from django.utils.module_loading import autodiscover_modules


class FoundationConfig(AppConfig):
    name = "polku.foundation"
    label = "foundation"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from polku.foundation import checks, told_time, viewer, walls  # noqa: F401  (checks add themselves)
        from polku.foundation.staff import staff_viewer

        autodiscover_modules("permissions")
        viewer.add_resolver(staff_viewer)
        connection_created.connect(told_time.on_connecting)
        post_migrate.connect(walls.after_migrate, sender=self)
