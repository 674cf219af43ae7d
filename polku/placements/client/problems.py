"""Why something can't be done to a placement now, in words for its page."""

from __future__ import annotations

from django.utils.translation import gettext as _

from polku.foundation.meanwhile import ChangedMeanwhile
from polku.placements import (
    absences,
    agreeing,
    answering,
    legal,
    refusing,
    running,
    states,
    suggesting,
)
from polku.placements.seats import NoSeat
from polku.web import dates

OF_A_DAY = (running.NotInThePeriod, running.TooEarly, absences.NotKnownYet)


def problem(error: Exception) -> str:
    """Return why something can't be done now, in words for the page."""
    if isinstance(error, NoSeat):
        if error.free_from is None:
            return _("The seat is another's on some of those days. The workplace decides.")
        return _(
            "The seat is another's on some of those days; one frees on %(day)s. "
            "Ask the workplace whether it takes both."
        ) % {"day": dates.full(error.free_from)}
    if isinstance(error, legal.Stopped):
        why = " ".join(one.in_full() for one in error.findings)
        return _("The law stops this, by what is known here: %(why)s") % {"why": why}
    if isinstance(error, OF_A_DAY):
        return _about_the_day(error)
    if isinstance(error, agreeing.TermsMissing):
        return _("Something is missing from the agreement. Write it first.")
    if isinstance(error, answering.Gone):
        return _("The answer is kept, but the seat had gone to another. Look for another place.")
    if isinstance(error, suggesting.AlreadyThere):
        return _("This place is suggested to the client already.")
    if isinstance(error, (suggesting.NotOpen, refusing.TakesNobody)):
        return _closed(error)
    if isinstance(error, ChangedMeanwhile):
        return _("Somebody has changed this meanwhile. Look at what stands now, and try again.")
    return _("This can't be done any more: it has moved on meanwhile.")


def _closed(error: Exception) -> str:
    if isinstance(error, refusing.TakesNobody):
        return _("The workplace takes nobody now. Choose below if you suggest it all the same.")
    return _("This opening takes nobody just now.")


def _about_the_day(error: Exception) -> str:
    if isinstance(error, running.TooEarly):
        return _("It is too early for that: it can be told from %(day)s on.") % {
            "day": dates.full(error.day)
        }
    if isinstance(error, absences.NotKnownYet):
        return _("Nobody can know of that day yet. This can be told to %(day)s at the latest.") % {
            "day": dates.full(error.latest)
        }
    return _("That day is not within the period.")


EXPECTED = (
    NoSeat,
    legal.Stopped,
    *OF_A_DAY,
    agreeing.TermsMissing,
    answering.Gone,
    suggesting.AlreadyThere,
    suggesting.NotOpen,
    refusing.TakesNobody,
    ChangedMeanwhile,
    states.NotNow,
)
