"""When what happened to a client: the arcs of the material laid on real days, up to today.

Pure: days and situations come out, no rows. An arc is laid backwards from the last contact, so that
the caseload stands as it would on any day: people in the middle of things.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Literal

from polku.demo.chance import Chance
from polku.demo.diary import on_working_day, working_days_ago
from polku.demo.material.arcs import ARCS, Arc
from polku.rules.calendar import add_working_days

Standing = Literal["inside", "late", "early"]

ROUTINE = "routine"
# What the days are about from a situation on, until another one says otherwise.
PHASES = {
    "work_trial_starts": "work",
    "work_trial_well": "work",
    "rehabilitative_work": "work",
    "pay_subsidy": "work",
    "studying": "study",
    "health_first": "health",
    "got_job": "job",
    "after_job": "job",
    "job_search": "search",
    "low_spirits": "search",
    "language": "search",
    "everyday": "search",
}
DISCUSS_AFTER, DISCUSS_LATEST = 74, 88
PURPOSES = {
    "first_call": "practical",
    "initial_interview": "initial",
    "discussion": "discussion",
    "client_calls": "practical",
    "work_trial_starts": "place",
    "work_trial_well": "place",
    "work_trial_hard": "place",
    "rehabilitative_work": "place",
    "pay_subsidy": "place",
}
# How dense an arc's contacts are wished, as (shortest, longest) days between them.
WINDOWS = {
    "quick return to work": ((7, 14), (7, 21)),
    "a long silence": ((14, 35), (21, 42)),
    "young and hard to reach by phone": ((7, 21), (14, 28)),
    "health first": ((21, 56), (30, 60), (42, 84)),
    "no longer believing in it": ((21, 42), (30, 60)),
    "towards a trade": ((14, 35), (21, 42)),
}
STANDINGS: dict[Standing, float] = {"inside": 88, "late": 8, "early": 4}
USUAL = ((14, 28), (14, 35), (21, 42), (21, 42), (30, 60))


@dataclass(frozen=True, slots=True)
class Event:
    """Something between coach and client on a day: a situation of the material, or routine."""

    day: date
    situation: str
    purpose: str
    reached: bool = True
    phase: str = "search"


@dataclass(frozen=True, slots=True)
class Timeline:
    """A client's course until today. `arc` is the present one, `at` of its stages are over."""

    arc: Arc
    at: int
    registered_on: date
    window: tuple[int, int]
    standing: Standing
    events: tuple[Event, ...]

    @property
    def situation(self) -> str:
        """What the client's days are about now: the last stage that was more than a talk."""
        return self.arc.stages[self.at - 1][1]

    @property
    def is_over(self) -> bool:
        return self.at == len(self.arc.stages) and self.arc.ending != "open"


def arcs_for(age: int, foreign: bool) -> dict[Arc, float]:
    """Return the arcs that fit the person, with their shares."""
    groups = {"any"} | ({"under30"} if age < 30 else set()) | ({"over50"} if age >= 50 else set())
    if foreign:
        groups.add("language")
    # Where a group of its own fits the person, it weighs more than what fits everybody.
    return {a: a.share * (3 if a.group != "any" else 1) for a in ARCS if a.group in groups}


def draw(
    chance: Chance,
    today: date,
    *,
    age: int,
    foreign: bool,
    sparse: bool = False,
    ended: bool = False,
    standing: Standing | None = None,
) -> Timeline:
    """Return an invented course. `ended` goes to its end, for those who have left since."""
    arcs = arcs_for(age, foreign)
    if ended:
        arcs = {arc: share for arc, share in arcs.items() if arc.ending != "open"}
    arc = chance.of_weights(arcs)
    at = len(arc.stages) if ended else _how_far(chance, arc)
    window = chance.choice(WINDOWS.get(arc.name, USUAL))
    if sparse:
        window = (window[0] + 14, window[1] + 28)
    stands = chance.of_weights(STANDINGS) if standing is None else standing
    last = _last_day(chance, today, window, stands, ended)
    earlier = [] if ended else _earlier(chance, age, foreign)
    return lay(chance, today, arc, at, window, stands, last, earlier)


def lay(
    chance: Chance,
    today: date,
    arc: Arc,
    at: int,
    window: tuple[int, int],
    standing: Standing,
    last: date,
    earlier: Sequence[Arc] = (),
) -> Timeline:
    """Lay an arc's first `at` stages so that the last falls on `last`, and fill the rhythm in."""
    stages = list(arc.stages[:at])
    for before in earlier:
        gap = chance.randint(6, 12)
        later = [(w, s) for w, s in stages if s not in ("first_call", "initial_interview")]
        length = before.stages[-1][0]
        open_ones = [(w, s) for w, s in before.stages if s not in ("got_job", "after_job")]
        first = later[0][0] if later else 0
        stages = open_ones + [(w - first + length + gap, s) for w, s in later]
    end = stages[-1][0]
    days = [
        last - timedelta(days=7 * (end - week) + chance.randint(0, 3)) for week, _ in stages[:-1]
    ]
    days = _rising([on_working_day(day) for day in days] + [last])
    registered = working_days_ago(days[0], chance.randint(1, 2))
    events = [
        Event(day, situation, PURPOSES.get(situation, "coaching"), situation != "no_answer")
        for day, (_, situation) in zip(days, stages, strict=True)
    ]
    events = _in_time(chance, arc, registered, events)
    events = _filled(chance, events, window)
    events = [e for e in _with_discussions(chance, events) if e.day < today]
    if standing != "late":
        events = _not_overdue(events, today)
    return Timeline(arc, at, registered, window, standing, tuple(events))


def _how_far(chance: Chance, arc: Arc) -> int:
    """Return how many stages lie behind; those who are done with the arc are mostly gone."""
    least = 1 + next(i for i, (_, s) in enumerate(arc.stages) if s == "initial_interview")
    most = len(arc.stages) - (arc.ending == "work")
    return chance.randint(min(least, most), most)


def _last_day(
    chance: Chance, today: date, window: tuple[int, int], standing: Standing, ended: bool
) -> date:
    low, high = window
    if ended:
        ago = chance.randint(20, 170)
    elif standing == "late":
        ago = high + chance.randint(4, 30)
    elif standing == "early":
        ago = chance.randint(1, min(5, low - 2))
    else:
        ago = chance.randint(1, high - 1)
    day = today - timedelta(days=ago)
    return day if day == on_working_day(day) else working_days_ago(day, 1)


def _earlier(chance: Chance, age: int, foreign: bool) -> list[Arc]:
    """Return what came before for those who have been clients for long."""
    count = chance.of_weights({0: 52, 1: 30, 2: 18 if age >= 35 else 4})
    pool = [a for a in arcs_for(age, foreign) if a.ending != "work" and len(a.stages) >= 6]
    return [chance.choice(pool) for _ in range(count)]


def _not_overdue(events: list[Event], today: date) -> list[Event]:
    """Make the last talk a discussion where the last one is three months old."""
    held = [e.day for e in events if e.purpose in ("initial", "discussion")]
    last = events[-1]
    if not held or (today - held[-1]).days < DISCUSS_AFTER or not last.reached:
        return events
    if last.phase == "job" or last.purpose == "initial":
        return events
    return [*events[:-1], replace(last, purpose="discussion")]


def _rising(days: list[date]) -> list[date]:
    """Move days back where two fall on one, so that each comes after the one before."""
    result = [days[-1]]
    for day in reversed(days[:-1]):
        result.append(min(day, working_days_ago(result[-1], 1)))
    return result[::-1]


def _in_time(chance: Chance, arc: Arc, registered: date, events: list[Event]) -> list[Event]:
    """Hold the initial interview within ten working days, where the client could be reached."""
    if any(e.situation == "no_answer" for e in events[:4]):
        return events
    latest = add_working_days(registered, chance.randint(3, 9))
    return sorted(
        (replace(e, day=min(e.day, latest)) if e.purpose == "initial" else e for e in events),
        key=lambda e: e.day,
    )


def _filled(chance: Chance, events: list[Event], window: tuple[int, int]) -> list[Event]:
    """Put ordinary contacts where two stages lie further apart than the client wishes."""
    low, high = window
    result: list[Event] = []
    phase = "search"
    for event in events:
        while result and phase != "job" and (event.day - result[-1].day).days > high + 3:
            day = on_working_day(result[-1].day + timedelta(days=chance.randint(low, high)))
            if day >= event.day:
                break
            if chance.yes(0.16):
                result.append(Event(day, "no_answer", "coaching", False, phase))
                day = add_working_days(day, chance.randint(1, 2))
                if day >= event.day:
                    break
            purpose = chance.of_weights({"coaching": 7, "practical": 2, "complementary": 1})
            result.append(Event(day, ROUTINE, purpose, True, phase))
        phase = PHASES.get(event.situation, phase)
        result.append(replace(event, phase=phase))
    return result


def _with_discussions(chance: Chance, events: list[Event]) -> list[Event]:
    """Make a talk the job-search discussion when three months draw near; add one where none is."""
    result: list[Event] = []
    last: date | None = None
    for event in events:
        since = (event.day - last).days if last and event.phase != "job" else 0
        while last and since > DISCUSS_LATEST + 4:
            day = on_working_day(
                last + timedelta(days=chance.randint(DISCUSS_AFTER, DISCUSS_LATEST))
            )
            if day >= event.day:
                break
            result.append(Event(day, ROUTINE, "discussion", True, event.phase))
            last, since = day, (event.day - day).days
        if last and since > DISCUSS_AFTER and event.reached and event.purpose != "initial":
            event = replace(event, purpose="discussion")
        if event.purpose in ("initial", "discussion"):
            last = event.day
        result.append(event)
    return sorted(result, key=lambda e: e.day)
