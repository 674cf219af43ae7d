"""What the demo's worksites of a register share while they are laid: towns, and seats that fill."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

from polku.demo.chance import Chance
from polku.demo.household import Household, Staffed
from polku.demo.material import hosts as m
from polku.demo.rows import Rows
from polku.demo.setting import RegisterOf
from polku.foundation import clock


@dataclass
class Seat:
    """An opening that is filled while the rows are written: how many of its seats are used."""

    row: dict[str, Any]
    site: dict[str, Any]
    task: m.Task
    kinds: tuple[str, ...]
    most: int
    used: int = 0


@dataclass
class Town:
    """A municipality's openings, for the clients who live there."""

    seats: list[Seat] = field(default_factory=list)


@dataclass
class Laying:
    """What the worksites of a register share while they are laid."""

    house: Household
    plan: RegisterOf
    rows: Rows
    today: date
    now: datetime
    workers: list[Staffed]
    hosts: dict[str, UUID] = field(default_factory=dict)
    towns: dict[str, Town] = field(default_factory=lambda: defaultdict(Town))
    number: int = 0


def fill(
    laying: Laying, chance: Chance, seat: Seat, how: str, starts: date, ends: date
) -> UUID:  # fmt: skip
    """Fill one more seat of an opening, and return the id of its use."""
    seat.used += 1
    return laying.rows.add(
        "placements.SeatUse",
        id=chance.id(),
        opening_id=seat.row["id"],
        seat=seat.used,
        how=how,
        starts_on=starts,
        ends_on=ends,
        until=clock.day_ends(ends) if how == "kept_back" else None,
    )
