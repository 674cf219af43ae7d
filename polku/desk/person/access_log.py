"""Who has looked at a client and who has changed something, in words of the trade."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import gettext as _

from polku.foundation.access_log import looks_at
from polku.foundation.viewer import Viewer
from polku.web import dates

LAST = 100


@dataclass(frozen=True, slots=True)
class LogLine:
    """One look or change."""

    when: str
    who: str
    what: str
    why: str


def what_words(action: str) -> str:
    """Return an action of the record in words; what has no words of its own stands as it is."""
    known = {
        "clients.page": _("read the client page"),
        "clients.list": _("saw the name in a list"),
        "desk.my_day": _("saw the name in My day"),
        "desk.search": _("found by a search"),
        "clients.contacts": _("read all contacts"),
        "clients.identity": _("read the identity code"),
        "clients.guarded_view": _("opened the guarded view"),
        "clients.access_log": _("read this log"),
        "clients.open": _("opened the record"),
        "contacts.log": _("logged a contact"),
        "contacts.change": _("corrected a contact"),
        "contacts.book": _("booked a time"),
        "contacts.remind": _("made a reminder"),
        "paths.add_step": _("added a step"),
        "paths.change_step": _("changed a step"),
        "teamwork.hand_over": _("handed over"),
        "teamwork.take": _("took as own client"),
    }
    return known.get(action) or action


def log_lines(viewer: Viewer, client_id: UUID) -> list[LogLine]:
    """Return the last hundred looks and changes, latest first."""
    return [
        LogLine(
            when=f"{dates.short(dates.day_of(one.at))} {dates.clock_time(one.at)}",
            who=one.who or (_("the client") if one.kind == "client" else _("the software")),
            what=what_words(one.action),
            why=one.reason if one.action == "clients.guarded_view" else "",
        )
        for one in looks_at(viewer, client_id, at_most=LAST)
    ]
