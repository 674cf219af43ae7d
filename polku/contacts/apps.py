from django.apps import AppConfig


class ContactsConfig(AppConfig):
    name = "polku.contacts"
    label = "contacts"

    def ready(self) -> None:
        from polku.clients import ports
        from polku.contacts.rhythm import begin

        ports.opened.append(begin)
