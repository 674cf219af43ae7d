from django.apps import AppConfig


class StatementsConfig(AppConfig):
    name = "polku.statements"
    label = "statements"
