"""Seats: held, taken, given back. The database lets no seat be used twice on a day.

A seat is a number within its opening. Whoever asks for one gets the lowest number that is free for
the whole period; of many who ask at once for the last one, one gets it, and the others are told.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID, uuid4

from django.db import IntegrityError, connection, transaction
from django.db.models import Count as Count_
from django.db.models import Q

from polku.foundation import clock, constraints, lasting, turns
from polku.foundation.turns import Turn
from polku.placements import room
from polku.placements.models import Opening, SeatUse
from polku.placements.room import Room

CONSTRAINT = "no_seat_used_twice"


class NoSeat(Exception):
    """Every seat of the opening is used in the period. `free_from` is a day on which one frees."""

    def __init__(self, opening: Opening, free_from: date | None) -> None:
        super().__init__("no seat is free in that period")
        self.opening, self.free_from = opening, free_from


@dataclass(frozen=True, slots=True)
class Count:
    """An opening's seats on a day; `seats` leaves out those that the host keeps back."""

    seats: int
    promised: int
    taken: int

    @property
    def free(self) -> int:
        return max(self.seats - self.promised - self.taken, 0)


def hold(
    opening: Opening,
    *,
    at: datetime,
    starts_on: date,
    ends_on: date | None,
    how: str = SeatUse.How.PROMISED,
    until: datetime | None = None,
    name: UUID | None = None,
    seen: Room | None = None,
) -> SeatUse:
    """Use one seat for a period. Raises NoSeat when none is free for the whole of it.

    `until` is when a promise runs out by itself; `name` becomes the row's id. `seen` is what a look
    a moment ago has shown of that period.
    """
    while True:
        seen = seen or room.look(opening, at=at, starts_on=starts_on, ends_on=ends_on)
        if seen.seat is None:
            raise NoSeat(opening, seen.free_from)
        if seen.run_out:
            let_go(opening.id, at=at)
        try:
            with transaction.atomic():
                _in_turn(opening.id)
                return SeatUse.objects.create(
                    id=name or uuid4(),
                    register_id=opening.register_id,
                    opening=opening,
                    seat=seen.seat,
                    how=how,
                    starts_on=starts_on,
                    ends_on=ends_on,
                    until=until,
                )
        except IntegrityError as error:
            if not _is_taken(error):
                raise
            # Somebody else got it while we looked; each turn leaves one seat fewer to try.
            seen = None


def move(use: SeatUse, *, starts_on: date, ends_on: date | None) -> SeatUse:
    """Give a held seat other days. Raises NoSeat when it is used by another on some of them."""
    use.starts_on, use.ends_on = starts_on, ends_on
    try:
        with transaction.atomic():
            _in_turn(use.opening_id)
            use.save(update_fields=["starts_on", "ends_on"])
    except IntegrityError as error:
        if not _is_taken(error):
            raise
        seen = room.look(use.opening, at=clock.now(), starts_on=starts_on, ends_on=ends_on)
        raise NoSeat(use.opening, seen.free_from) from error
    return use


def keep(use: SeatUse, *, guarded: bool = False) -> SeatUse:
    """Turn a promise into a seat that is taken; it runs out no more."""
    use.how = SeatUse.How.KEPT_BACK if guarded else SeatUse.How.TAKEN
    use.until = None
    use.save(update_fields=["how", "until"])
    return use


def free(uses: Iterable[UUID | None], *, at: datetime, last_day: date | None = None) -> None:
    """Give seats back, from the day after `last_day` on; without one at once and wholly."""
    ids = [use for use in uses if use is not None]
    if last_day is None:
        SeatUse.objects.filter(pk__in=ids).update(over_at=at)
        return
    for use in SeatUse.objects.filter(pk__in=ids, over_at__isnull=True):
        if last_day < use.starts_on:
            use.over_at = at
        else:
            use.ends_on = last_day
        use.save(update_fields=["over_at", "ends_on"])


def let_go(opening_id: UUID | None = None, *, at: datetime) -> int:
    """Free the promises that have run out; return how many."""
    out = Q(over_at__isnull=True, until__lte=at)
    found = SeatUse.objects.filter(out)
    if opening_id is not None:
        found = found.filter(opening_id=opening_id)
    return found.update(over_at=at)


def overlapping(starts_on: date, ends_on: date | None) -> Q:
    """Return the condition that a use lies on some day of the period."""
    return lasting.within(starts_on, ends_on) & Q(over_at__isnull=True)


def counts(
    openings: dict[UUID, int], *, on: date, now: datetime | None = None
) -> dict[UUID, Count]:
    """Return the seats of many openings (id -> seats in all) on a day, in one statement."""
    now = now or clock.now()
    found: dict[UUID, dict[str, int]] = {}
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT opening_id, how, count(*) FROM placements_seatuse "
            "WHERE opening_id = ANY(%s) AND over_at IS NULL AND starts_on <= %s "
            "AND (ends_on IS NULL OR ends_on >= %s) AND (until IS NULL OR until > %s) "
            "GROUP BY opening_id, how",
            [list(openings), on, on, now],
        )
        for opening, how, number in cursor.fetchall():
            found.setdefault(opening, {})[how] = number
    return {
        one: Count(
            max(seats - found.get(one, {}).get("kept_back", 0), 0),
            found.get(one, {}).get("promised", 0),
            found.get(one, {}).get("taken", 0),
        )
        for one, seats in openings.items()
    }


def free_in(
    openings: dict[UUID, int], *, starts_on: date, ends_on: date | None, now: datetime
) -> dict[UUID, int]:
    """Return how many seats of each opening (id -> seats in all) nobody uses on any day of it."""
    used = (
        SeatUse.objects.filter(
            overlapping(starts_on, ends_on),
            lasting.beyond(now, ends="until"),
            opening_id__in=list(openings),
        )
        .values_list("opening_id")
        .annotate(seats=Count_("seat", distinct=True))
    )
    found = dict(used)
    return {one: max(seats - found.get(one, 0), 0) for one, seats in openings.items()}


def _in_turn(opening_id: UUID) -> None:
    # Two who write the same seat at the same instant would each find the other's half-written row
    # and wait for each other, until one fails by a deadlock.
    turns.take(Turn.SEATS, opening_id)


def _is_taken(error: IntegrityError) -> bool:
    return constraints.broken_by(error) == CONSTRAINT
