from django.apps import AppConfig


class TeamworkConfig(AppConfig):
    name = "polku.teamwork"
    label = "teamwork"

    def ready(self) -> None:
        from polku.clients import ports
        from polku.teamwork.assignments import assign_opener

        ports.opened.append(assign_opener)
