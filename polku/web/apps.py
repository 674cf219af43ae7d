from django.apps import AppConfig
from django.conf import settings

from polku.web import catalogues

# Not in `ready`: Django's models ask for words of theirs before.
catalogues.join()


class WebConfig(AppConfig):
    name = "polku.web"
    label = "web"

    def ready(self) -> None:
        from polku.web import bundle

        if settings.DEBUG and bundle.stale():
            bundle.build()
