"""Why something can't be done to a matter now, in words for its page."""

from __future__ import annotations

from django.utils.translation import gettext as _

from polku.foundation.meanwhile import ChangedMeanwhile
from polku.statements import actions, deciding, states
from polku.web import dates

EXPECTED = (states.NotNow, ChangedMeanwhile, actions.Closed, actions.TooEarly, deciding.NotYet)


def problem(error: Exception) -> str:
    """Return why something can't be done now."""
    if isinstance(error, actions.TooEarly):
        return _("The client may still answer: the day is %(day)s.") % {
            "day": dates.full(error.day)
        }
    if isinstance(error, actions.Closed):
        return _("The record is closed. Nothing was changed.")
    if isinstance(error, deciding.NotYet):
        return _("The draft lacks words or a legal basis. Write them first.")
    if isinstance(error, ChangedMeanwhile):
        return _("Somebody has changed this meanwhile. Look at what stands now, and try again.")
    return _("This can't be done any more: it has moved on meanwhile.")
