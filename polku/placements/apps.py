from django.apps import AppConfig


class PlacementsConfig(AppConfig):
    name = "polku.placements"
    label = "placements"

    def ready(self) -> None:
        from polku.clients import ports
        from polku.placements import guarding

        ports.ban_set.append(guarding.hide)
        ports.closed.append(guarding.stop)
        ports.died.append(guarding.stop)
