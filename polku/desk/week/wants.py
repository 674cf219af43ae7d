"""What a week is asked for: of each client a contact, or why none. Pure; nothing is asked here.

Values are of a day for a meeting, never of a person. The law's dates and what was promised come
first whatever they are; among the rest the value of contact rises through the client's own window
and is below nothing before it opens.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from math import log2, sqrt
from typing import Any
from uuid import UUID

from polku.contacts.models import Purpose, WeekProposal
from polku.contacts.queries import Standing
from polku.contacts.weeks.reads import Habit, Wishes
from polku.foundation import clock

Need = WeekProposal.Need
TOP, PROMISE_FALLS, DAY_FALLS, TOO_EARLY = 800, 150, 10, 60
NEW = 700
WEEK = 7
# Until the worker's own past says otherwise: the kind by purpose, the minutes by both.
USUAL = {
    Purpose.INITIAL_INTERVIEW: "visit",
    Purpose.JOB_SEARCH_DISCUSSION: "visit",
    Purpose.COACHING: "call",
}
MINUTES = {
    Purpose.INITIAL_INTERVIEW: {"visit": 60, "video": 60, "call": 30},
    Purpose.JOB_SEARCH_DISCUSSION: {"visit": 45, "video": 45, "call": 30},
    Purpose.COACHING: {"visit": 45, "video": 30, "call": 30},
}
SHORTEST, LONGEST, INTERPRETED = 15, 90, 15
ENOUGH = 5  # times that a worker has met people so, before it counts as a habit
BOOKED, PLANNED, AWAY, LATE = "booked", "planned", "away", "late"


@dataclass(frozen=True)
class Want:
    """A client whom the week may hold: `values` by day of the week, only days that are possible.

    `facts` go into the reasons: days since the last contact, the window, what was asked for.
    """

    client_id: UUID
    need: str
    purpose: str
    kind: str
    minutes: int
    due_on: date | None
    values: dict[int, int]
    not_before: int
    day_part: str
    facts: dict[str, Any] = field(default_factory=dict)
    language: str = ""  # in which an interpreter is needed

    @property
    def must(self) -> bool:
        return self.need == Need.LAW

    @property
    def promised(self) -> bool:
        return self.need == Need.PROMISED


@dataclass(frozen=True)
class Habits:
    """The kind of meeting by purpose, and the minutes by (purpose, kind)."""

    kinds: Mapping[str, str]
    minutes: Mapping[tuple[str, str], int]


@dataclass(frozen=True)
class Week:
    """What all clients share: the Monday, the days on which anybody can be met, the habits.

    `after` holds the worker's next possible days beyond the week, to know a last chance by.
    """

    monday: date
    days: tuple[int, ...]
    after: tuple[date, ...]
    habits: Habits

    @property
    def ends(self) -> date:
        return self.monday + timedelta(days=WEEK - 1)

    def on(self, day: int) -> date:
        return self.monday + timedelta(days=day)


def learned(found: Iterable[Habit]) -> Habits:
    """Return how the worker meets people: as they mostly have by now, else as is usual.

    Minutes are the middle of their own, in quarters.
    """
    kinds: dict[str, str] = {}
    minutes = {(purpose, kind): n for purpose, of in MINUTES.items() for kind, n in of.items()}
    for one in found:
        if one.times < ENOUGH or one.purpose not in USUAL:
            continue
        kinds.setdefault(one.purpose, one.kind)
        lengths = sorted(one.minutes)
        if len(lengths) >= ENOUGH:
            minutes[one.purpose, one.kind] = quarters(lengths[len(lengths) // 2])
    return Habits(USUAL | kinds, minutes)


def quarters(minutes: int) -> int:
    """Return minutes as whole quarters, from one to six of them."""
    return min(LONGEST, max(SHORTEST, -(-minutes // 15) * 15))


def want(
    one: Standing,
    week: Week,
    *,
    ahead: date | None,
    wishes: Wishes | None,
    phone: bool = False,
) -> Want | dict[str, Any]:
    """Return what the week is asked for, or why nothing is: {"why": code, facts}.

    `ahead` is the day of the client's next booked time with anybody; `phone` that the worker wants
    a call instead of a meeting.
    """
    due, interview = law_date(one)
    last = clock.local(one.last_reached_at).date() if one.last_reached_at else None
    need = _need(one, week, due)
    if ahead is not None:
        late = need == Need.LAW and due is not None and ahead > due >= week.monday
        return {"why": LATE if late else BOOKED, "on": ahead.isoformat(), "law": late}
    if need == Need.RHYTHM and _planned_later(one, week, last):
        assert one.next_on is not None
        return {"why": PLANNED, "on": one.next_on.isoformat()}
    purpose = _purpose(need, interview, one)
    kind, minutes = _how(one, week, purpose, need, phone)
    values = {day: _value(one, need, week.on(day), due, last) for day in week.days}
    if due is not None and need == Need.LAW and due >= week.monday:
        values = {day: value for day, value in values.items() if week.on(day) <= due}
    until = wishes.away_until if wishes else None
    if until is not None and until >= week.monday:
        values = {day: value for day, value in values.items() if week.on(day) > until}
        if not values:
            return {"why": AWAY, "until": until.isoformat(), "law": need == Need.LAW}
    return Want(
        client_id=one.client_id,
        need=need,
        purpose=purpose,
        kind=kind,
        minutes=minutes,
        due_on=due,
        values=values,
        not_before=_gap(one, week, last, need),
        day_part=wishes.day_part if wishes else "",
        facts=_facts(one, week, due, interview, last, until),
        language=one.language if one.interpreter else "",
    )


def law_date(one: Standing) -> tuple[date | None, bool]:
    """Return the law's next date, and whether it is that of the initial interview."""
    if one.initial_interview_on is None and one.interview_due_on is not None:
        return one.interview_due_on, True
    return one.discussion_due_on, False


def _need(one: Standing, week: Week, due: date | None) -> str:
    """Return why the week should hold this client: a last chance for the law's date, a promise."""
    if due is not None and not any(day <= due for day in week.after):
        return Need.LAW
    if one.next_on is not None and one.next_on <= week.ends and one.first_contact_at is not None:
        return Need.PROMISED
    unmet = one.first_contact_at is None or one.last_reached_at is None
    return Need.NEW if unmet else Need.RHYTHM


def _planned_later(one: Standing, week: Week, last: date | None) -> bool:
    if one.next_on is None or one.next_on <= week.ends or last is None:
        return False
    return one.next_on <= last + timedelta(days=one.high)


def _purpose(need: str, interview: bool, one: Standing) -> str:
    if need == Need.NEW or (need == Need.LAW and interview):
        return Purpose.INITIAL_INTERVIEW
    return Purpose.JOB_SEARCH_DISCUSSION if need == Need.LAW else Purpose.COACHING


def _how(one: Standing, week: Week, purpose: str, need: str, phone: bool) -> tuple[str, int]:
    """Return kind and minutes: what was agreed for the next time, else as the worker does it."""
    kind = week.habits.kinds[purpose]
    if one.next_kind in ("call", "visit", "video") and need == Need.PROMISED:
        kind = one.next_kind
    if phone:
        kind = "call"
    minutes = week.habits.minutes[purpose, kind]
    if one.interpreter:
        minutes += INTERPRETED
    return kind, quarters(minutes)


def _value(one: Standing, need: str, day: date, due: date | None, last: date | None) -> int:
    if need == Need.LAW:
        return TOP - DAY_FALLS * day.weekday()
    if need == Need.PROMISED:
        assert one.next_on is not None
        return max(
            100, TOP - PROMISE_FALLS * abs((day - max(one.next_on, clock.monday_of(day))).days)
        )
    if need == Need.NEW:
        return NEW + min(10 * (day - one.opened_on).days, 300) - DAY_FALLS * 2 * day.weekday()
    assert last is not None
    low, high = window(one)
    return benefit((day - last).days, low, high)


def window(one: Standing) -> tuple[int, int]:
    """Return the window in days as it counts here: who asks for more is met in its first part."""
    low, high = one.low, one.high
    if one.pace == "more":
        return max(1, low * 2 // 3), max(low, (low + high) // 2)
    if one.pace == "less":
        return (low + high) // 2, high
    return low, high


def benefit(gap: int, low: int, high: int) -> int:
    """Return the worth of a contact so many days after the last: concave from the window on."""
    if gap < low:
        return -TOO_EARLY * (low - gap)
    if gap <= high:
        return round(TOP * sqrt((gap - low) / max(1, high - low)))
    return round(TOP + 60 * log2(1 + (gap - high)))


def _gap(one: Standing, week: Week, last: date | None, need: str) -> int:
    """Return the first day of the week that a hard gap leaves open: for who asks for less."""
    if one.pace != "less" or last is None or need == Need.LAW:
        return 0
    return max(0, min(WEEK, (last + timedelta(days=one.low) - week.monday).days))


def _facts(
    one: Standing,
    week: Week,
    due: date | None,
    interview: bool,
    last: date | None,
    until: date | None,
) -> dict[str, Any]:
    facts: dict[str, Any] = {"low": one.low, "high": one.high}
    if last is not None:
        facts["last"] = last.isoformat()
    if due is not None:
        facts["interview"] = interview
    if one.next_on is not None:
        facts["next"] = one.next_on.isoformat()
    if one.pace in ("more", "less"):
        facts["pace"] = one.pace
    if one.first_contact_at is None:
        facts["opened"] = one.opened_on.isoformat()
    if until is not None and until >= week.monday:
        facts["until"] = until.isoformat()
    return facts
