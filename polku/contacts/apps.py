from django.apps import AppConfig


class ContactsConfig(AppConfig):
    name = "polku.contacts"
    label = "contacts"

    def ready(self) -> None:
        from polku.clients import ports
        from polku.contacts import booking, by_law, drafts, handing_over, rhythm
        from polku.contacts.models import Draft
        from polku.foundation import keys
        from polku.law import ports as law
        from polku.teamwork import ports as teamwork

        keys.sealed(Draft, "cipher", drafts.bound_to)
        ports.opened.append(rhythm.begin)
        ports.reopened.append(rhythm.begin_again)
        ports.closed += [rhythm.stop, booking.cancel_coming]
        ports.died += [rhythm.stop_for_death, booking.cancel_coming]
        ports.death_undone.append(rhythm.go_on)
        ports.ban_set.append(booking.guard_places)
        law.changed.append(by_law.count_again)
        teamwork.handed_over.append(handing_over.go_along)
        teamwork.taken_back.append(handing_over.come_back)
