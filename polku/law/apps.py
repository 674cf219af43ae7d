from django.apps import AppConfig


class LawConfig(AppConfig):
    name = "polku.law"
    label = "law"
