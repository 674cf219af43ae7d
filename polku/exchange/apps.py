from django.apps import AppConfig


class ExchangeConfig(AppConfig):
    name = "polku.exchange"
    label = "exchange"
