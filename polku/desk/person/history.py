"""Contacts, newest first; attempts that follow each other are folded into one line."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from polku.contacts.models import Kind, Purpose
from polku.contacts.queries import Logged
from polku.desk.addresses import address
from polku.desk.my_day.rows import NOTHING
from polku.web import dates
from polku.web.parts.words import tag

# "Since you last met" tells the rest; nobody scrolls through a history before a meeting.
FIRST = 5
WORKS, SCALE, NEXT_STEP = (
    gettext_lazy("What works"),
    gettext_lazy("Scale"),
    gettext_lazy("Next small step"),
)


@dataclass(frozen=True, slots=True)
class ContactLine:
    """One contact, or some attempts in a row, ready to show."""

    id: UUID
    day: str
    what: str
    who: str
    tag: SafeString
    agreed: str
    parts: tuple[tuple[str, str], ...]
    private: str
    url: str


def contact_lines(
    found: list[Logged], today: date, client_id: UUID, *, at_most: int = FIRST
) -> list[ContactLine]:
    """Return the lines of the newest contacts."""
    lines: list[ContactLine] = []
    tried: list[Logged] = []
    for one in found:
        if len(lines) >= at_most:
            break
        if not one.reached:
            tried.append(one)
            continue
        if tried:
            lines.append(_tried(tried, today))
            tried = []
        lines.append(_line(one, today, client_id))
    if tried and len(lines) < at_most:
        lines.append(_tried(tried, today))
    return lines[:at_most]


def _line(one: Logged, today: date, client_id: UUID) -> ContactLine:
    parts = [
        (WORKS, one.what_works),
        (SCALE, "" if one.scale is None else f"{one.scale} / 10"),
        (NEXT_STEP, one.next_small_step),
    ]
    who = [one.worker_name]
    if one.initiative == "client":
        who.append(_("at the client's initiative"))
    if one.minutes:
        who.append(_("%(n)d min") % {"n": one.minutes})
    return ContactLine(
        id=one.id,
        day=dates.short(dates.day_of(one.at), today),
        what=_what(one),
        who=" · ".join(filter(None, who)),
        tag=_copied(one),
        agreed=one.agreed,
        parts=tuple((str(word), text) for word, text in parts if text),
        private=one.private_note,
        url=address("contact_page", client_id, one.id)
        or address("contact_edit", client_id, one.id),
    )


def _what(one: Logged) -> str:
    kind, purpose = str(Kind(one.kind).label), str(Purpose(one.purpose).label)
    text = kind if one.purpose in ("coaching", "practical") else f"{purpose}, {kind}"
    return text[:1].upper() + text[1:]


def _copied(one: Logged) -> SafeString:
    if one.copied_at is None:
        return NOTHING
    if one.changed_at > one.copied_at:
        return tag(_("changed since copied to the register"), "warn", "copy")
    return tag(_("in the register"), "ok", "copy")


def _tried(tried: list[Logged], today: date) -> ContactLine:
    days = ", ".join(dates.short(dates.day_of(one.at), today) for one in reversed(tried[:5]))
    words = ngettext("Tried once, no answer", "Tried %(n)d times, no answer", len(tried))
    return ContactLine(
        id=tried[0].id,
        day=dates.short(dates.day_of(tried[0].at), today),
        what=words % {"n": len(tried)},
        who=f"{days} · {tried[0].worker_name}" if len(tried) > 1 else tried[0].worker_name,
        tag=NOTHING,
        agreed="",
        parts=(),
        private="",
        url="",
    )
