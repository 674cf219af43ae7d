from django.apps import AppConfig


class PortalConfig(AppConfig):
    name = "polku.portal"
    label = "portal"

    def ready(self) -> None:
        from polku.clients import ports
        from polku.foundation import viewer
        from polku.foundation.door import public
        from polku.portal import access
        from polku.portal.door import client_viewer

        viewer.add_resolver(client_viewer)
        public.add_client_paths("/me/", door="client_door")
        ports.closed.append(access.shut)
        ports.died.append(access.shut)
