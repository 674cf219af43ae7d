"""Letters on paper for a client without mail: tagged PDFs (pdf/ua-1), in the client's language.

The address stands where the windows of C5, C6/5 and E6/5 envelopes meet: 20 mm from the left, 46
to 70 mm from the top. Under a safety ban the letter names no place, no office and no title: it may
be read by somebody else than the client.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _

from polku.clients.models import Client, ContactDetails
from polku.contacts import invitations
from polku.contacts.models import Appointment
from polku.foundation.models import User
from polku.web import dates

SHEET = "portal/letter.css"


class NoAddress(Exception):
    """No postal address is known: the letter would show an empty window."""


@dataclass(frozen=True, slots=True)
class Sender:
    """Who writes: the coach's name and work phone, and the office, '' under a ban."""

    name: str
    phone: str
    office: str


def sender_of(client: Client, worker: User, office: str) -> Sender:
    """Return who writes to the client; under a ban no office is named."""
    return Sender(str(worker), worker.phone, "" if client.safety_ban else office)


def address_lines(client: Client) -> tuple[str, ...]:
    """Return name, street, and postal code with town. Raises NoAddress.

    Under a ban the rows show only inside `guarded.opened`.
    """
    found = ContactDetails.objects.filter(client=client).first()
    if found is None or not (found.street and found.town):
        raise NoAddress
    town = f"{found.postal_code} {found.town.upper()}".strip()
    return (f"{client.first_names.split()[0]} {client.last_name}", found.street, town)


def invitation(client: Client, booked: Appointment, sender: Sender, today: date) -> bytes:
    """Return the letter that invites to a booked time. Raises NoAddress."""
    with translation.override(client.service_language):
        told = invitations.told_on_paper(client, booked)
        return _printed("appointment", client, sender, today, {"told": told, "title": told.title})


def way_in(client: Client, sender: Sender, today: date, *, body: str) -> bytes:
    """Return the letter with the personal link and the codes. Raises NoAddress."""
    with translation.override(client.service_language):
        title = _("Your way to your own pages")
        return _printed("access", client, sender, today, {"body": body, "title": title})


def _printed(
    kind: str, client: Client, sender: Sender, today: date, more: dict[str, object]
) -> bytes:
    context = {
        "language": client.service_language,
        "lines": address_lines(client),
        "sender": sender,
        "day": dates.full(today),
        **more,
    }
    html = render_to_string(f"portal/letter/{kind}.html", context)
    # Heavy: loaded with the first letter.
    from polku.paths.printing import printed

    return printed(html, SHEET)
