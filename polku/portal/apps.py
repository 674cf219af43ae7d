from django.apps import AppConfig


class PortalConfig(AppConfig):
    name = "polku.portal"
    label = "portal"
