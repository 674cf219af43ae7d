"""What Polku already knows that may matter, each with its day and the page where it was read.

Only days, kinds and on whose initiative: no note, no place or workplace, no reason for an absence
or an end (it may be health), and never that a suggested place was declined, for the client was
promised that a no takes nothing away. One statement.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import CharField, DateTimeField, F, QuerySet, Value
from django.db.models.functions import Cast
from django.urls import reverse
from django.utils import translation
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from polku.clients.models import Client
from polku.contacts import register_codes
from polku.contacts.models import Appointment, Contact, Kind, Purpose, Rhythm
from polku.foundation import clock
from polku.paths.models import Plan
from polku.placements.models import Placement
from polku.placements.states import BEGAN, OVER
from polku.placements.wording import kind_word
from polku.statements.models import Matter
from polku.web import dates

LOOK_BACK = timedelta(days=366)
MOST_CONTACTS = 30
# What holds whenever it began.
STANDING = ("registered", "unemployed")
COLUMNS = ("what", "id", "moment", "a", "b", "c", "d")


@dataclass(frozen=True, slots=True)
class Fact:
    """A fact: its key in the form, its day, in words, and where it was read."""

    key: str
    day: date
    says: str
    href: str
    source: str

    def kept(self) -> dict[str, str]:
        """Return it as a statement keeps it."""
        return {"key": self.key, "day": self.day.isoformat(), "says": self.says}


def gather(client: Client, matter: Matter) -> list[Fact]:
    """Return what is known, the newest first, worded in the language that is on."""
    found = [
        *_of_record(client),
        *(fact for row in _rows(client, matter) for fact in _told(client, row)),
    ]
    return sorted(found, key=lambda fact: (fact.day, fact.key), reverse=True)


def chosen(
    client: Client, matter: Matter, keys: Iterable[str], kept: list[dict[str, str]], language: str
) -> list[dict[str, str]]:
    """Return the ticked facts as a statement keeps them, the oldest first, in its language.

    What was kept in the draft and is not gathered any more stays as it was worded.
    """
    with translation.override(language):
        known = {fact.key: fact.kept() for fact in gather(client, matter)}
    known = {one["key"]: one for one in kept} | known
    return sorted((known[key] for key in set(keys) & known.keys()), key=lambda one: one["day"])


def _text(value: Any) -> Any:
    return Cast(value, CharField()) if not isinstance(value, str) else Value(value, CharField())


def _row(
    rows: Any, what: str, at: Any, a: Any = "", b: Any = "", c: Any = "", d: Any = ""
) -> QuerySet[Any, Any]:
    told = {"a": _text(a), "b": _text(b), "c": _text(c), "d": _text(d)}
    return rows.annotate(
        what=Value(what, CharField()), moment=Cast(at, DateTimeField()), **told
    ).values_list(*COLUMNS)


def _rows(client: Client, matter: Matter) -> list[Any]:
    since = clock.day_begins(matter.happened_on - LOOK_BACK)
    missed = Appointment.objects.filter(client=client, status="missed", starts_at__gte=since)
    contacts = Contact.objects.filter(client=client, at__gte=since).order_by("-at")
    placed = Placement.objects.filter(client=client, state__in=BEGAN, starts_on__isnull=False)
    plans = Plan.objects.filter(client=client, agreed_on__isnull=False)
    rhythm = Rhythm.objects.filter(client=client, initial_interview_on__isnull=False)
    earlier = Matter.objects.filter(client=client, versions__signed_at__isnull=False)
    union = _row(missed, "missed", F("starts_at"), F("kind"), F("purpose"), F("missed_by")).union(
        _row(contacts, "contact", F("at"), F("kind"), F("purpose"), F("initiative"), F("reached"))[
            :MOST_CONTACTS
        ],
        _row(placed, "placement", F("starts_on"), F("kind"), F("state"), F("ended_on")),
        _row(plans, "plan", F("agreed_on"), F("kind")),
        _row(rhythm, "interview", F("initial_interview_on")),
        _row(earlier.exclude(pk=matter.pk), "matter", F("happened_on"), F("about")),
    )
    return list(union)


def _of_record(client: Client) -> list[Fact]:
    href = reverse("client_page", args=[client.id]) + "#record"
    found = [
        Fact("registered", client.registered_on, _("Registered as a jobseeker"), href, _("record"))
    ]
    if client.unemployed_since and client.status == Client.Status.UNEMPLOYED:
        said = _("Unemployed since this day")
        found.append(Fact("unemployed", client.unemployed_since, said, href, _("record")))
    return found


def _told(client: Client, row: Any) -> list[Fact]:
    what, id, moment, a, b, c, d = row
    day = dates.day_of(moment)
    key, page = f"{what}:{id}", reverse("client_page", args=[client.id])
    if what == "missed":
        href = reverse("appointment_page", args=[client.id, id])
        return [Fact(key, day, _missed(a, b, c), href, _("appointment"))]
    if what == "contact":
        href = reverse("contact_page", args=[client.id, id])
        return [Fact(key, day, _contact(a, b, c, d == "true"), href, _("contact"))]
    if what == "placement":
        return _placement(client, key, id, day, a, b, c)
    if what == "plan":
        said = _("Agreed: %(plan)s") % {"plan": Plan.Kind(a).label}
        return [Fact(key, day, said, f"{page}#plan", _("employment plan"))]
    if what == "interview":
        return [Fact(key, day, _("Initial interview held"), f"{page}#dates", _("contacts"))]
    said = _("A statement was written: %(about)s") % {"about": Matter.About(a).label}
    return [Fact(key, day, said, reverse("matter", args=[client.id, id]), _("statement"))]


def _missed(kind: str, purpose: str, by: str) -> str:
    said = _("Booked time did not take place: %(purpose)s, %(kind)s") % {
        "purpose": Purpose(purpose).label,
        "kind": Kind(kind).label,
    }
    if not by:
        return said
    because = {"client": _("because of the client"), "worker": _("because of the coach")}
    return f"{said} ({because.get(by, _('because of somebody else'))})"


def _contact(kind: str, purpose: str, initiative: str, reached: bool) -> str:
    contact = Contact(kind=kind, purpose=purpose, initiative=initiative, reached=reached)
    who = Contact.Initiative(initiative).label
    return _("%(contact)s; on whose initiative: %(who)s") % {
        "contact": capfirst(register_codes.named(contact)),
        "who": who,
    }


def _placement(
    client: Client, key: str, id: Any, day: date, kind: str, state: str, ended: str | None
) -> list[Fact]:
    href, source = reverse("placement", args=[client.id, id]), _("placement")
    word = {"kind": kind_word(kind)}
    found = [Fact(f"{key}:begun", day, _("Began: %(kind)s") % word, href, source)]
    if state in OVER and ended:
        said = _("Ended: %(kind)s") if state == "ended" else _("Ended before its time: %(kind)s")
        last = date.fromisoformat(ended)
        found.append(Fact(f"{key}:ended", last, said % word, href, source))
    return found
