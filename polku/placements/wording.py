"""A placement in the words that the staff's pages share: its state, whose turn, what is next."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any, Protocol

from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from polku.placements import states
from polku.placements.models import Placement
from polku.placements.terms import Kind, Party
from polku.web import dates, people
from polku.web.parts.words import tag

S = Placement.State

TAGS = {
    S.SUGGESTED: ("warn", "message"),
    S.PUT_OFF: ("neutral", "clock"),
    S.DECLINED: ("neutral", "close"),
    S.ACCEPTED: ("now", "check"),
    S.REFUSED: ("neutral", "close"),
    S.WITHDRAWN: ("neutral", "close"),
    S.AGREED: ("ok", "check"),
    S.RUNNING: ("now", ""),
    S.ENDED: ("ok", ""),
    S.INTERRUPTED: ("neutral", ""),
}
# From two weeks before the last day on, a follow-on plan is asked for.
FOLLOW_ON_BEFORE = timedelta(days=14)


class Row(Protocol):
    """What these words need: a Placement, or a row of `summaries`."""

    kind: str
    state: str
    turn: str
    turn_since: datetime | None
    starts_on: date | None
    ends_on: date | None
    ended_on: date | None
    answer_by: date | None
    follow_on: str


def at_the_end(day: str) -> str:
    """Return a day as a sentence ends with it: Finnish days end in a dot of their own."""
    return day.rstrip(".")


def number(value: Any) -> str:
    """Return a number of hours or euros without needless zeros, with the language's own comma."""
    text = f"{float(value):g}"
    return text if dates.language() == "en" else text.replace(".", ",")


def kind_word(kind: str) -> str:
    return str(capfirst(Kind(kind).label))


def state_tag(row: Any) -> SafeString:
    """Return the state as a tag."""
    kind, icon = TAGS[row.state]
    if ends_early(row):
        return tag(_("ends early"), "warn", "clock")
    return tag(str(S(row.state).label), kind, icon)


def ends_early(row: Any) -> bool:
    """Return whether it runs, and was told to end before the day that was agreed."""
    return row.state == S.RUNNING and row.ended_on is not None


def period(row: Any) -> str:
    """Return the days in words; '' where none is known."""
    last = row.ended_on or row.ends_on
    if row.starts_on and last:
        return f"{dates.full(row.starts_on)} – {dates.full(last)}"
    return _("from %(day)s") % {"day": dates.full(row.starts_on)} if row.starts_on else ""


def turn_words(row: Any, called: str, today: date) -> str:
    """Return whose turn it is and since when; '' where it is nobody's."""
    if not row.turn:
        return ""
    who = {
        Party.CLIENT: people.turn_of(called),
        Party.HOST: _("the workplace's turn"),
        Party.ORGANISER: _("your turn"),
    }[row.turn]
    if row.turn_since is None:
        return who
    return f"{who} · {dates.ago(dates.day_of(row.turn_since), today)}"


def wants_follow_on(row: Any, today: date) -> bool:
    """Return whether the last day is near or past and nobody has planned what comes after."""
    if row.follow_on:
        return False
    if row.state in states.OVER:
        return True
    last = row.ended_on or row.ends_on
    return row.state == S.RUNNING and bool(last) and last - today <= FOLLOW_ON_BEFORE


def _course(row: Any, today: date) -> str:
    """Return the next thing of what is agreed, runs or is over."""
    if row.state == S.AGREED and row.starts_on:
        return _("Begins on %(day)s.") % {"day": at_the_end(dates.weekday(row.starts_on, today))}
    if row.state in (S.RUNNING, *states.OVER) and wants_follow_on(row, today):
        if ends_early(row) and row.ended_on:
            day = {"day": dates.full(row.ended_on)}
            return _("Ends early on %(day)s: plan together what comes after.") % day
        return _("Plan together what comes after the last day.")
    if ends_early(row) and row.ended_on:
        return _("Ends early on %(day)s.") % {"day": dates.full(row.ended_on)}
    if row.state == S.RUNNING and row.ends_on:
        return _("Under way until %(day)s.") % {"day": dates.full(row.ends_on)}
    return ""


def next_thing(row: Any, called: str, today: date) -> str:
    """Return the next thing in one sentence."""
    names = {"name": called}
    if row.state == S.SUGGESTED:
        if row.turn == Party.ORGANISER:
            return _("%(name)s said yes, but the seat had gone. Look for another.") % names
        if row.answer_by:
            day = at_the_end(dates.weekday(row.answer_by, today))
            return _("%(name)s answers by %(day)s.") % {**names, "day": day}
        return _("%(name)s has not answered yet.") % names
    if row.state == S.ACCEPTED:
        return {
            Party.ORGANISER: _("Write the agreement, or sign it."),
            Party.CLIENT: _("%(name)s reads and signs the agreement.") % names,
            Party.HOST: _("The workplace reads and signs the agreement."),
        }.get(row.turn, _("The agreement waits."))
    if row.state in (S.AGREED, *states.BEGAN):
        return _course(row, today)
    if row.state == S.PUT_OFF:
        return _("%(name)s said not now. Suggest it again later, if it still suits.") % names
    if row.state == S.DECLINED:
        return _("%(name)s said no. That is fine: nothing follows from it.") % names
    return ""
