from django.apps import AppConfig
from django.conf import settings


class WebConfig(AppConfig):
    name = "polku.web"
    label = "web"

    def ready(self) -> None:
        from polku.web import bundle

        if settings.DEBUG and bundle.stale():
            bundle.build()
