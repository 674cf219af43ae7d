"""Seats in the weeks to come: for each opening and week, how many are free for the whole week."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, timedelta
from typing import NamedTuple
from uuid import UUID

from polku.foundation import clock, lasting
from polku.foundation.viewer import Viewer
from polku.placements.models import SeatUse
from polku.placements.queries.openings import OpeningRow

WEEKS = 12


class Week(NamedTuple):
    """One week of an opening: a seat that is used on some day of it is not free in it.

    `offered` leaves out the seats that the host keeps back; 0 too before and after its time.
    `opens` and `closes` are the days within the week on which its time begins and ends, if any.
    """

    monday: date
    offered: int
    promised: int
    taken: int
    opens: date | None = None
    closes: date | None = None

    @property
    def free(self) -> int:
        return max(self.offered - self.promised - self.taken, 0)


class Use(NamedTuple):
    """A seat that is not free; it names nobody."""

    id: UUID
    opening_id: UUID
    seat: int
    how: str
    starts_on: date
    ends_on: date | None


def uses(viewer: Viewer, openings: Iterable[UUID], *, first: date) -> list[Use]:
    """Return the uses of the openings' seats that last beyond a day, in order."""
    rows = (
        SeatUse.objects.filter(
            lasting.to(first),
            lasting.beyond(viewer.at, ends="until"),
            register_id=viewer.register_id,
            opening_id__in=list(openings),
            over_at__isnull=True,
        )
        .order_by("starts_on", "seat")
        .values_list(*Use._fields)
    )
    return [Use._make(row) for row in rows]


def weeks(
    rows: Iterable[OpeningRow], found: Iterable[Use], *, today: date, number: int = WEEKS
) -> dict[UUID, list[Week]]:
    """Return the coming weeks of each opening, this week (from today on) first. Pure."""
    of: dict[UUID, list[Use]] = defaultdict(list)
    for use in found:
        of[use.opening_id].append(use)
    monday = clock.monday_of(today)
    mondays = [monday + timedelta(weeks=n) for n in range(number)]
    return {row.id: [_week(row, of[row.id], day, today) for day in mondays] for row in rows}


def _week(row: OpeningRow, found: list[Use], monday: date, today: date) -> Week:
    first, last = max(monday, today), monday + timedelta(days=6)
    before = row.open_from is not None and row.open_from > last
    after = row.open_to is not None and row.open_to < first
    if row.state != "open" or before or after:
        return Week(monday, 0, 0, 0)
    seats: dict[str, set[int]] = defaultdict(set)
    for use in found:
        if use.starts_on <= last and (use.ends_on is None or use.ends_on >= first):
            seats[use.how].add(use.seat)
    taken = seats["taken"]
    promised = seats["promised"] - taken
    kept = seats["kept_back"] - taken - promised
    opens = row.open_from if row.open_from and row.open_from > first else None
    closes = row.open_to if row.open_to and row.open_to < last else None
    offered = max(row.seats - len(kept), 0)
    return Week(monday, offered, len(promised), len(taken), opens, closes)
