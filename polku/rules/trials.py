"""How much of the work trial's time is used: periods counted in calendar months and days.

A period takes in its first and its last day, and one without an end is counted to the day asked
about. Periods that overlap or touch are one: no day counts twice. Each such stretch is so many
whole calendar months (from a day to the day before the same day of a later month, or before that
month's last day) and the days left over; over several stretches 30 left-over days make a month.
An agreed period that lies ahead counts as used.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple

from polku.rules.calendar import FIRST_YEAR, LAST_YEAR, add_months
from polku.rules.facts import Unreadable, a_date, a_text

DAYS_OF_A_MONTH = 30
ONE_DAY = timedelta(days=1)
KEYS = {"host", "task", "start", "end"}
MOST_PERIODS = 200


class Trial(NamedTuple):
    """One period of work trial: where, in which task, first and last day (None: it goes on)."""

    host: str
    task: str
    start: date
    end: date | None = None


class Used(NamedTuple):
    """Time used: whole calendar months, and 0 to 29 days."""

    months: int
    days: int

    @property
    def all_days(self) -> int:
        return self.months * DAYS_OF_A_MONTH + self.days


@dataclass(frozen=True, slots=True)
class Limit:
    """At most so many `months` over the periods that count towards it."""

    months: int
    trials: tuple[Trial, ...]

    def used(self, on: date, *more: Trial) -> Used:
        lengths = [length(*days) for days in stretches((*self.trials, *more), on)]
        months, days = (sum(part) for part in zip(*lengths, strict=True)) if lengths else (0, 0)
        return Used(months + days // DAYS_OF_A_MONTH, days % DAYS_OF_A_MONTH)

    def days_left(self, on: date) -> int:
        """Never below 0; a whole month is 30 days here."""
        return max(0, self.months * DAYS_OF_A_MONTH - self.used(on).all_days)

    def allows(self, on: date, more: Trial) -> bool:
        return self.used(on, more).all_days <= self.months * DAYS_OF_A_MONTH


class Limits(NamedTuple):
    """In all, at this host, and in this task there (the same as at the host where no such is)."""

    in_all: Limit
    at_host: Limit
    in_task: Limit

    def months_left(self, on: date) -> tuple[float, float, float]:
        """Months left under each limit, to two decimals; not one bounded by another."""
        in_all, at_host, in_task = (in_months(limit.days_left(on)) for limit in self)
        return in_all, at_host, in_task


def limits_for(
    trials: Iterable[Trial], host: str, task: str, municipal: bool, months: Mapping[str, int]
) -> Limits:
    """The limits that a trial at this host in this task meets; `months` as the parameter has them.

    Hosts and tasks are the same when their texts are, capitals and outer spaces aside.
    """
    every = tuple(trials)
    here = tuple(trial for trial in every if same(trial.host, host))
    in_all = Limit(months["in_all"], every)
    if not municipal:
        at_host = Limit(months["at_host"], here)
        return Limits(in_all, at_host, at_host)
    in_task = tuple(trial for trial in here if same(trial.task, task))
    return Limits(
        in_all,
        Limit(months["at_municipality"], here),
        Limit(months["in_task_at_municipality"], in_task),
    )


def last_day(limits: Limits, host: str, task: str, on: date) -> date | None:
    """The last day of a trial here that begins on `on`, or goes on that day; None: no day is left.

    Days are tried one after another, since stretches may meet on the way.
    """
    last, day = None, on
    while all(limit.allows(on, Trial(host, task, on, day)) for limit in set(limits)):
        last, day = day, day + ONE_DAY
    return last


def stretches(trials: Iterable[Trial], on: date) -> list[tuple[date, date]]:
    """First and last days, in order, without overlaps; touching ones are one."""
    found: list[tuple[date, date]] = []
    for start, end in sorted((trial.start, trial.end or on) for trial in trials):
        if end < start:  # it will go on from a day to come
            continue
        if found and start <= found[-1][1] + ONE_DAY:
            found[-1] = (found[-1][0], max(end, found[-1][1]))
        else:
            found.append((start, end))
    return found


def length(first: date, last: date) -> tuple[int, int]:
    """Whole calendar months and the days after them, both ends included."""
    after = last + ONE_DAY
    months = (after.year - first.year) * 12 + after.month - first.month
    if add_months(first, months) > after:
        months -= 1
    return months, (after - add_months(first, months)).days


def in_months(days: int) -> float:
    """Days as months of 30: whole ones as int, others to two decimals."""
    months, rest = divmod(days, DAYS_OF_A_MONTH)
    return round(months + rest / DAYS_OF_A_MONTH, 2) if rest else months


def same(one: str, other: str) -> bool:
    return one.strip().casefold() == other.strip().casefold()


def some_periods(value: object) -> tuple[Trial, ...]:
    """A list of objects with `host`, `task`, `start` and, when it has ended, `end`."""
    if not isinstance(value, list | tuple) or len(value) > MOST_PERIODS:
        msgid = "The fact %(fact)s must be a list of at most %(most)s periods."
        raise Unreadable(msgid, most=MOST_PERIODS)
    return tuple(value_as_trial(one) for one in value)


def value_as_trial(value: object) -> Trial:
    if isinstance(value, Trial):
        value = value._asdict()
    if not isinstance(value, Mapping) or not KEYS - {"end"} <= value.keys() <= KEYS:
        raise Unreadable("The fact %(fact)s must have host, task, start and end in each period.")
    try:
        host, task, start = a_text(value["host"]), a_text(value["task"]), a_date(value["start"])
        end = None if value.get("end") is None else a_date(value["end"])
    except Unreadable:
        msgid = "The fact %(fact)s must have texts and dates like 2026-01-05 in each period."
        raise Unreadable(msgid) from None
    if end is not None and end < start:
        raise Unreadable("The fact %(fact)s has a period that ends before it begins.")
    if start.year < FIRST_YEAR or (end or start).year >= LAST_YEAR:
        msgid = "The fact %(fact)s has a period outside the years %(first)s to %(last)s."
        raise Unreadable(msgid, first=FIRST_YEAR, last=LAST_YEAR - 1)
    return Trial(host, task, start, end)
