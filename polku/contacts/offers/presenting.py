"""Offers of times as ready words. Nothing here asks the database."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby

from django.utils import formats
from django.utils.translation import gettext as _

from polku.contacts import presenters
from polku.contacts.models import Kind, Purpose, TimeOffer
from polku.foundation import clock


@dataclass(frozen=True)
class Hour:
    """A free hour to tick: its words, what is sent, and whether it is ticked."""

    label: str
    value: str
    ticked: bool


@dataclass(frozen=True)
class Day:
    """The free hours of one day."""

    label: str
    hours: list[Hour]


def days(free: list[datetime], ticked: Collection[str]) -> list[Day]:
    """Return the free hours by day, ticked where they are chosen."""
    by_day = groupby(free, key=lambda one: clock.local(one).date())
    return [
        Day(
            presenters.day_words(day),
            [Hour(presenters.time_words(one), one.isoformat(), one.isoformat() in ticked)
             for one in hours],
        )
        for day, hours in by_day
    ]  # fmt: skip


def nearest(wanted: list[datetime], free: list[datetime]) -> list[datetime]:
    """Return for each wanted start the nearest hour of its day that can be ticked, each once."""
    found: list[datetime] = []
    for one in wanted:
        same = [hour for hour in free if hour.date() == one.date() and hour not in found]
        if same:
            found.append(min(same, key=lambda hour: abs(hour - one)))
    return found


def law_words(due: date | None) -> str:
    """Return until when a time may be by law."""
    if due is None:
        return ""
    day = presenters.day_words(due)
    return _("By law it is held by %(day)s: later times can't be offered.") % {"day": day}


def why_not(why: str) -> str:
    """Return why no choice is offered to a client (`offers.CannotOffer`)."""
    return {
        "closed": _("The client's record is closed."),
        "banned": _(
            "Under a safety ban no such link is made: whoever finds it would learn where and when "
            "the client is met. Agree the time with the client yourself."
        ),
        "interpreter": _(
            "An interpreter from elsewhere has to be booked for the same hour. Agree the time with "
            "the client yourself."
        ),
        "used": _("This form has been used already. Press Send the times once more."),
        "law": _("One of the times is later than the law's last day. Choose an earlier one."),
    }[why]


def state(offer: TimeOffer, at: datetime) -> tuple[str, str]:
    """Return how an offer stands, and the kind of its tag."""
    how = offer.standing(at)
    if not how:
        return _("waits for the client"), "now"
    kinds = {"chosen": "ok", "none": "warn", "withdrawn": "neutral", "lapsed": "late"}
    return str(TimeOffer.End(how).label), kinds[how]


def facts(offer: TimeOffer) -> list[tuple[str, str]]:
    """Return what was offered, as pairs of a term and its words."""
    found = [
        (_("How"), str(Kind(offer.kind).label)),
        (_("What it is"), str(Purpose(offer.purpose).label)),
        (_("Length"), _("%(n)d min") % {"n": offer.minutes}),
        (_("With"), str(offer.worker)),
        (_("Offered"), presenters.moment_words(offer.made_at)),
        (_("Can be chosen until"), presenters.moment_words(offer.expires_at)),
    ]
    if offer.place:
        found.insert(1, (_("Place"), offer.place))
    if offer.word:
        found.append((_("The client says"), f"”{offer.word}”"))
    return found


def how_it_is_held(offer: TimeOffer) -> list[str]:
    """Return for the client how the time is held, how long it takes and where."""
    said = {
        "call": _("%(coach)s calls you."),
        "video": _("You meet %(coach)s by video."),
        "visit": _("You meet %(coach)s."),
    }.get(offer.kind, _("You talk with %(coach)s."))
    lines = [said % {"coach": str(offer.worker)}]
    if offer.place:
        lines.append(_("Place: %(place)s.") % {"place": offer.place})
    if offer.interpreter_id:
        lines.append(_("An interpreter is with us."))
    lines.append(_("Reserve about %(minutes)d minutes.") % {"minutes": offer.minutes})
    return lines


def when(moment: datetime) -> str:
    """Return a time as a client reads it, whole: `torstai 3.12.2026 klo 9.00`."""
    local = clock.local(moment)
    day = f"{formats.date_format(local, 'l')} {formats.date_format(local, 'j.n.Y')}"
    return _("%(day)s at %(time)s") % {"day": day, "time": presenters.time_words(moment)}
