"""Which days away there can be: within the period, and of what nobody can know ahead, no later day.

An appointment or a trip is known beforehand. Somebody who falls ill in the evening tells it for the
day after; that somebody did not come is known on the day itself.
"""

from __future__ import annotations

from datetime import date, timedelta

from polku.placements.models import Absence, Placement
from polku.placements.terms import Party

R = Absence.Reason
# How many days ahead each can be known; what is not here may lie anywhere in the period.
AHEAD: dict[str, int] = {R.ILL: 1, R.CHILD_ILL: 1, R.TRAVEL: 0, R.UNKNOWN: 0}


class NotKnownYet(ValueError):
    """Nobody can know of this absence yet: `latest` is the last day that can be told now."""

    def __init__(self, latest: date) -> None:
        super().__init__(f"not known beyond {latest}")
        self.latest = latest


def known(on: date, reason: str, told_by: str, *, today: date) -> None:
    """Raise NotKnownYet for a day of which nobody can know; a workplace knows none beforehand."""
    ahead = AHEAD.get(reason)
    if ahead is None:
        return
    latest = today + timedelta(days=0 if told_by == Party.HOST else ahead)
    if on > latest:
        raise NotKnownYet(latest)


def settle(placement: Placement) -> None:
    """Take back the days away that lie after the last day, where that was moved before them.

    Of what did not begin after all, every one. The history keeps them.
    """
    rows = Absence.objects.filter(placement=placement)
    if placement.state in (Placement.State.ACCEPTED, Placement.State.AGREED):
        rows.delete()
    elif placement.last_day is not None:
        rows.filter(on__gt=placement.last_day).delete()
