from django.apps import AppConfig


class ClientsConfig(AppConfig):
    name = "polku.clients"
    label = "clients"

    def ready(self) -> None:
        from polku.clients.guarded import mail_address
        from polku.foundation import outbox

        outbox.use_client_address(mail_address)
