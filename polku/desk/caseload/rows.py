"""The rows of the clients' list, in words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from polku.contacts.models import Kind
from polku.desk.addresses import client_page, dates_by_law
from polku.desk.caseload.reading import Listed
from polku.desk.my_day.rows import NOTHING
from polku.web import dates, people
from polku.web.parts.words import tag

SOON = 14
NEAR = 5
TURNS = {
    "coach": gettext_lazy("coach"),
    "counterpart": gettext_lazy("counterpart"),
    "host": gettext_lazy("workplace"),
}


@dataclass(frozen=True, slots=True)
class ClientRow:
    """One row, ready to show. Tags are drawn; everything else is plain text."""

    id: UUID
    name: str
    url: str
    about: str
    state: SafeString
    last: str
    last_note: str
    next: str
    due: str
    due_tag: SafeString
    due_url: str
    turn: str
    coach: str


def client_rows(found: list[Listed], today: date) -> list[ClientRow]:
    """Return the rows as the page's language writes them."""
    swedish = (get_language() or "").startswith("sv")
    return [_row(one, today, swedish) for one in found]


def _row(one: Listed, today: date, swedish: bool) -> ClientRow:
    about = [people.age(one.born, today), one.municipality_sv if swedish else one.municipality_fi]
    if one.language not in ("fi", "sv") or one.interpreter:
        about.append(people.language(one.language))
    last, note = _last(one, today)
    due, due_tag = _due(one, today)
    return ClientRow(
        id=one.id,
        name=people.name(one),
        url=client_page(one.id),
        about=" · ".join(filter(None, about)),
        state=_state(one, today),
        last=last,
        last_note=note,
        next=_next(one, today),
        due=due,
        due_tag=due_tag,
        due_url=dates_by_law(one.id) if one.due_on and not one.closed_on else "",
        turn=_turn(one),
        coach=one.coach or "",
    )


def _state(one: Listed, today: date) -> SafeString:
    if one.safety_ban:
        return tag(_("safety ban"), "late", "lock")
    if one.closed_on:
        return tag(_("closed %(day)s") % {"day": dates.short(one.closed_on, today)})
    if one.first_contact_at is None:
        return tag(_("new"), "now", "star")
    if one.coach is None:
        return tag(_("no own coach"), "warn")
    return NOTHING


def _last(one: Listed, today: date) -> tuple[str, str]:
    """Return when the client was last reached, and a word when that lies outside the window."""
    if one.last_reached_at is None:
        return (_("not reached yet") if one.attempts else "–"), ""
    day = dates.day_of(one.last_reached_at)
    days = (today - day).days
    note = ""
    if one.closed_on is None and one.high is not None and days > one.high:
        note = _("window ended %(n)d days ago") % {"n": days - one.high}
    elif (
        one.low is not None
        and one.next_on is not None
        and one.next_on >= today
        and (one.next_on - day).days < one.low
    ):
        note = _("next comes before the window")
    return dates.ago(day, today), note


def _next(one: Listed, today: date) -> str:
    if one.booked_at is not None:
        day = dates.day_of(one.booked_at)
        return _("%(day)s at %(time)s") % {
            "day": dates.weekday(day, today),
            "time": dates.clock_time(one.booked_at),
        }
    if one.next_on is None:
        return "–"
    if one.next_on < today:
        return _("was %(day)s") % {"day": dates.short(one.next_on, today)}
    kind = str(Kind(one.next_kind).label) if one.next_kind else ""
    return ", ".join(filter(None, (dates.weekday(one.next_on, today), kind)))


def _due(one: Listed, today: date) -> tuple[str, SafeString]:
    if one.due_on is None or one.closed_on is not None:
        return "–", NOTHING
    days = (one.due_on - today).days
    text = dates.short(one.due_on, today)
    if days < 0:
        return text, tag(_("over"), "late")
    if days <= NEAR:
        return text, tag(_("near"), "warn")
    return text, NOTHING


def _turn(one: Listed) -> str:
    if one.turn == "client":
        return people.called(one)
    return str(TURNS.get(one.turn or "", "–"))
