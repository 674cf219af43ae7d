from django.apps import AppConfig


class ContactsConfig(AppConfig):
    name = "polku.contacts"
    label = "contacts"

    def ready(self) -> None:
        from polku.clients import ports
        from polku.contacts import booking, rhythm
        from polku.teamwork import ports as teamwork

        ports.opened.append(rhythm.begin)
        ports.reopened.append(rhythm.begin_again)
        ports.closed += [rhythm.stop, booking.cancel_coming]
        ports.died += [rhythm.stop, booking.cancel_coming]
        ports.ban_set.append(booking.guard_places)
        teamwork.handed_over.append(booking.go_along)
