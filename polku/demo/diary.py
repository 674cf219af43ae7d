"""A coach's time: office hours, quarter by quarter, and never two people at once."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, datetime, time, timedelta

from polku.demo.chance import Chance
from polku.foundation.clock import HELSINKI
from polku.rules.calendar import add_working_days, is_working_day

QUARTER = 15
OPENS, CLOSES = 8 * 60 + 30, 15 * 60 + 45
LUNCH = (11 * 60 + 15, 12 * 60)


def moment(day: date, minutes: int) -> datetime:
    """Return the moment so many minutes after midnight, Helsinki's time."""
    return datetime.combine(day, time(minutes // 60, minutes % 60), tzinfo=HELSINKI)


def on_working_day(day: date) -> date:
    """Return the day itself, or the next working day."""
    return day if is_working_day(day) else add_working_days(day, 1)


def working_days_ago(day: date, count: int) -> date:
    """Return the working day so many before `day`."""
    while count:
        day -= timedelta(days=1)
        count -= is_working_day(day)
    return day


def _quarters(start: int, minutes: int) -> int:
    """Return the quarters of an hour from `start` as bits."""
    first, last = start // QUARTER, (start + minutes - 1) // QUARTER
    return ((1 << (last - first + 1)) - 1) << first


class Diary:
    """Which quarters of an hour of which days are taken."""

    def __init__(self, chance: Chance) -> None:
        self._chance = chance
        self._taken: dict[date, int] = defaultdict(lambda: _quarters(LUNCH[0], LUNCH[1] - LUNCH[0]))
        self._count: dict[date, int] = defaultdict(int)

    def load_of(self, day: date) -> int:
        """Return how many times of the day are taken."""
        return self._count[day]

    def take(self, day: date, minutes: int, *, at: int | None = None) -> datetime | None:
        """Take a free time on the day (or exactly at the minute); None when there is none."""
        taken = self._taken[day]
        starts = (at,) if at is not None else range(OPENS, CLOSES - minutes + 1, QUARTER)
        free = [start for start in starts if not taken & _quarters(start, minutes)]
        if not free:
            return None
        start = self._chance.choice(free)
        self._taken[day] |= _quarters(start, minutes)
        self._count[day] += 1
        return moment(day, start)

    def take_from(self, day: date, minutes: int, *, days: int = 10) -> datetime | None:
        """Take a free time on the day or the nearest working day after it, if there is one."""
        day = on_working_day(day)
        for _ in range(days):
            found = self.take(day, minutes)
            if found:
                return found
            day = add_working_days(day, 1)
        return None
