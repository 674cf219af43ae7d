from django.apps import AppConfig


class ClientsConfig(AppConfig):
    name = "polku.clients"
    label = "clients"

    def ready(self) -> None:
        from polku.clients.guarded import address_of
        from polku.clients.models import Client
        from polku.foundation import keys, outbox

        keys.sealed(Client, "identity_cipher", lambda row: str(row.id))
        outbox.use_client_address(address_of)
