from django.apps import AppConfig


class StatementsConfig(AppConfig):
    name = "polku.statements"
    label = "statements"

    def ready(self) -> None:
        from polku.clients import ports
        from polku.statements import notices

        ports.closed.append(notices.stop)
        ports.died.append(notices.stop)
