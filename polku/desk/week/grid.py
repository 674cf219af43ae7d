"""Where things stand in the calendar: columns of days, rows of quarters. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta

from polku.contacts.weeks import hours
from polku.contacts.weeks.hours import DAYS, QUARTER, SLOTS, Stretch
from polku.web import dates

WORKDAYS = 5
FROM, UNTIL = 9, 15  # o'clock that a calendar shows at least
A_HOUR = 60 // QUARTER


@dataclass(frozen=True, slots=True)
class Block:
    """One thing in a day: `what` is booked, waits, proposed, law, focus, away or closed.

    `row` and `long` are in quarters, counted from the calendar's first.
    """

    what: str
    row: int
    long: int
    name: str = ""
    words: str = ""
    time: str = ""
    url: str = ""


@dataclass(slots=True)
class Day:
    """One column."""

    on: date
    word: str
    today: bool
    blocks: list[Block] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Grid:
    """The calendar: its days, and the hours at its side as (o'clock, row)."""

    days: list[Day]
    hours: list[tuple[str, int]]
    rows: int


@dataclass(frozen=True, slots=True)
class Thing:
    """What is to be laid, in slots of its day."""

    at: Stretch
    what: str
    name: str = ""
    words: str = ""
    time: str = ""
    url: str = ""


def laid(monday: date, things: Iterable[Thing], closed: set[int], today: date, away: str) -> Grid:
    """Return the calendar of a week; a Saturday or Sunday only where something stands there."""
    every = list(things)
    shown = [n for n in range(DAYS) if n < WORKDAYS or any(t.at.day == n for t in every)]
    top = min([t.at.first for t in every] + [_slot(FROM)]) // A_HOUR * A_HOUR
    end = -(-max([t.at.last for t in every] + [_slot(UNTIL)]) // A_HOUR) * A_HOUR
    days = []
    for number in shown:
        on = monday + timedelta(days=number)
        day = Day(on, dates.short_weekday(on), on == today)
        if number in closed:
            day.blocks.append(Block("away", 1, end - top, words=away))
        for one in sorted((t for t in every if t.at.day == number), key=lambda t: t.at):
            row, long = one.at.first - top + 1, one.at.last - one.at.first
            day.blocks.append(Block(one.what, row, long, one.name, one.words, one.time, one.url))
        days.append(day)
    said = [(str(hours.OPENS + s // A_HOUR), s - top + 1) for s in range(top, end, A_HOUR)]
    return Grid(days, said, end - top)


def _slot(oclock: int) -> int:
    return min(SLOTS, (oclock - hours.OPENS) * A_HOUR)
