from django.apps import AppConfig


class TeamworkConfig(AppConfig):
    name = "polku.teamwork"
    label = "teamwork"
