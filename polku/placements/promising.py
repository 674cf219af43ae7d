"""The seat that is promised to a client while they think, and given back when they do not come.

Under a safety ban it looks like a seat that the host keeps back.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta

from polku.foundation import clock
from polku.placements import seats
from polku.placements.models import Opening, Placement, SeatUse
from polku.placements.room import Room

# A promise without a day to answer by runs out after this long.
PROMISED_FOR = timedelta(days=7)


def promise(
    opening: Opening,
    *,
    at: datetime,
    starts_on: date,
    ends_on: date | None,
    answer_by: date | None,
    guarded: bool,
    seen: Room | None = None,
) -> SeatUse:
    """Hold a seat until the client should have answered. Raises NoSeat.

    `seen` is what a look a moment ago has shown of that period.
    """
    return seats.hold(
        opening,
        at=at,
        starts_on=starts_on,
        ends_on=ends_on,
        how=_how(guarded),
        until=runs_out(at, answer_by),
        seen=seen,
    )


def hold_again(placement: Placement, at: datetime, until: datetime | None = None) -> SeatUse:
    """Hold a seat for a placement that has none any more. Raises NoSeat."""
    assert placement.opening is not None and placement.starts_on is not None
    return seats.hold(
        placement.opening,
        at=at,
        starts_on=placement.starts_on,
        ends_on=placement.ends_on,
        how=_how(placement.guarded),
        until=until,
    )


def give_back(placement: Placement, *, at: datetime) -> None:
    """Give the placement's seat back, wholly. The caller saves the placement."""
    seats.free([placement.use_id], at=at)
    placement.use = None


def runs_out(at: datetime, answer_by: date | None) -> datetime:
    """Return the end of the day after the last day to answer, else this hour in seven days."""
    if answer_by is None:
        return clock.local(at) + PROMISED_FOR
    return clock.day_ends(answer_by + timedelta(days=1))


def _how(guarded: bool) -> str:
    return SeatUse.How.KEPT_BACK if guarded else SeatUse.How.PROMISED
