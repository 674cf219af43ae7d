from django.apps import AppConfig


class DeskConfig(AppConfig):
    name = "polku.desk"
    label = "desk"
