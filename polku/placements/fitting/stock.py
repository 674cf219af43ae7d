"""A register's openings as arrays, kept by each web worker until something of them changes.

Reading and converting 20 000 openings takes a good deal longer than a page may; whether any has
changed is one look at two indexes. Seats are no part of this: they are asked for the few openings
that are shown.
"""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

import numpy as np
from django.db import connection
from numpy.typing import NDArray

from polku.placements import refusing
from polku.placements.coordinates import Point, to_plane
from polku.placements.fitting import codes
from polku.placements.refusing import Refusal
from polku.placements.terms import COARSE
from polku.planning.matching.rules import NO_POINT, Places

# The openings of so many registers are kept at a time in one worker.
REGISTERS = 4
DAYS = 5
HOURS = 24 * 7

_STAMP = """
SELECT (SELECT max(changed_at) FROM placements_opening WHERE register_id = %(register)s),
  (SELECT max(changed_at) FROM placements_worksite WHERE register_id = %(register)s),
  (SELECT count(*) FROM placements_opening WHERE register_id = %(register)s AND state = 'open')
"""
_ROWS = f"""
SELECT o.id, o.worksite_id, w.host_id, o.kinds, o.work_code, o.hours_from, o.days_a_week,
  o.demands, o.cards, o.language, o.language_level, o.cuts, o.open_from, o.open_to,
  w.lat, w.lon, w.precision, w.municipality_id, o.seats, {refusing.COLUMNS}
FROM placements_opening o JOIN placements_worksite w ON w.id = o.worksite_id
{refusing.SAID}
WHERE o.register_id = %(register)s AND o.state = 'open' AND w.closed_on IS NULL
ORDER BY o.id
"""


@dataclass(frozen=True)
class Stock:
    """One row an opening that is open, by id. `kinds` are bits in the order of `codes.KINDS`.

    `hosts` numbers hosts; `opens` and `shuts` are ordinals of days (0 and the greatest without);
    `packed` are the ids' bytes, for handing thousands of them to a statement. `noes` tells of the
    rows whose workplace takes nobody; `asked_again` are the ordinals of the days until which it
    does not (0 without, the greatest for one that nobody is to ask again).
    """

    ids: list[UUID]
    packed: NDArray[np.uint8]
    worksites: list[UUID]
    hosts: list[UUID]
    works: list[str]
    towns: list[str]
    seats: NDArray[np.int32]
    kinds: NDArray[np.uint16]
    opens: NDArray[np.int32]
    shuts: NDArray[np.int32]
    places: Places
    row_of: dict[UUID, int]
    host_number: dict[UUID, int]
    noes: dict[int, Refusal]
    asked_again: NDArray[np.int32]

    def __len__(self) -> int:
        return len(self.ids)

    def offers(self, kinds: tuple[str, ...] | list[str]) -> NDArray[np.bool_]:
        """Return which openings offer one of these kinds; every one where none is named."""
        if not kinds:
            return np.ones(len(self), np.bool_)
        return (self.kinds & np.uint16(kind_bits(kinds))) != 0

    def open_on(self, day: date) -> NDArray[np.bool_]:
        """Return which openings take somebody in who begins on the day."""
        number = day.toordinal()
        return (self.opens <= number) & (self.shuts >= number)

    def takes(self, today: date) -> NDArray[np.bool_]:
        """Return the openings whose workplace has not said that it takes nobody now."""
        return self.asked_again <= today.toordinal()

    def refusal(self, row: int, today: date) -> Refusal | None:
        """Return why the workplace of a row takes nobody today; None where it may be asked."""
        found = self.noes.get(row)
        return found if found and found.stands(today) else None


_kept: OrderedDict[UUID, tuple[tuple[Any, ...], Stock]] = OrderedDict()


def stock(register_id: UUID) -> Stock:
    """Return the register's open openings, read anew where one of them has changed."""
    with connection.cursor() as cursor:
        cursor.execute(_STAMP, {"register": register_id})
        stamp = cursor.fetchone()
        found = _kept.get(register_id)
        if found is None or found[0] != stamp:
            cursor.execute(_ROWS, {"register": register_id})
            found = _kept[register_id] = stamp, _arrays(cursor.fetchall())
    _kept.move_to_end(register_id)
    while len(_kept) > REGISTERS:
        _kept.popitem(last=False)
    return found[1]


def forget() -> None:
    """Forget what is kept, for tests."""
    _kept.clear()


def kind_bits(kinds: tuple[str, ...] | list[str]) -> int:
    """Return kinds of placement as bits."""
    return sum(1 << codes.KINDS.index(kind) for kind in set(kinds))  # type: ignore[arg-type]


def _arrays(rows: list[tuple[Any, ...]]) -> Stock:
    columns = list(zip(*rows, strict=True)) or [()] * 23
    (ids, sites, hosts, kinds, work, hours, days, demands, cards, tongue, level, cuts, opens,
     shuts, lat, lon, precision, towns, seats, *said) = columns  # fmt: skip
    told = [refusing.refusal(*one) for one in zip(*said, strict=True)]
    noes = {row: one for row, one in enumerate(told) if one}
    numbers = {host: number for number, host in enumerate(dict.fromkeys(hosts))}
    points = [_plane(*point) for point in zip(lat, lon, strict=True)]
    tasks = np.array([codes.works([one]) for one in work], np.uint64)
    return Stock(
        ids=list(ids),
        packed=np.frombuffer(b"".join(one.bytes for one in ids), np.uint8).reshape(-1, 16),
        worksites=list(sites),
        hosts=list(hosts),
        works=list(work),
        towns=list(towns),
        seats=np.array(seats, np.int32),
        kinds=np.array([kind_bits(one) for one in kinds], np.uint16),
        opens=np.array([one.toordinal() if one else 0 for one in opens], np.int32),
        shuts=np.array(
            [one.toordinal() if one else date.max.toordinal() for one in shuts], np.int32
        ),
        places=Places(
            x=np.array([point[0] for point in points], np.int64),
            y=np.array([point[1] for point in points], np.int64),
            coarse=np.array([one in COARSE for one in precision], np.bool_),
            hours=np.array([_least(*one) for one in zip(hours, days, cuts, strict=True)], np.int32),
            needs=np.array(
                [
                    codes.cards(card) | codes.language_needed(said, height)
                    for card, said, height in zip(cards, tongue, level, strict=True)
                ],
                np.uint64,
            ),
            traits=np.array([codes.demands(one) for one in demands], np.uint64),
            tasks=tasks,
            teaches=tasks,
            host=np.array([numbers[one] for one in hosts], np.int32),
        ),
        row_of={one: row for row, one in enumerate(ids)},
        host_number=numbers,
        noes=noes,
        asked_again=np.array([_until(one) for one in told], np.int32),
    )


def _plane(lat: float | None, lon: float | None) -> tuple[int, int]:
    if lat is None or lon is None:
        return NO_POINT, NO_POINT
    north, east = to_plane(Point(lat, lon))
    return round(east), round(north)


def _until(said: Refusal | None) -> int:
    if said is None:
        return 0
    return (said.again or date.max).toordinal()


def _least(hours: Any, days: int | None, cuts: list[str]) -> int:
    """Return the least whole hours a week: none where the hours or the days can be cut."""
    if hours is None or "hours" in cuts or "days" in cuts:
        return 0
    return int(hours * (days or DAYS))
