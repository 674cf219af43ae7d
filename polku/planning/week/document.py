"""`polku-week/1`: a week with names, read with every fault named by its place."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import numpy as np

from polku.planning.faults import Faults, listed, shown, whole
from polku.planning.week.problem import HIGHEST_VALUE, KEEP_BONUS, Ints, Problem

FORMAT = "polku-week/1"
FIELDS = (
    "format", "days", "slots_per_day", "slot_minutes", "busy", "meetings", "keep_bonus",
    "focus", "buffer", "resources",
)  # fmt: skip
OF_A_MEETING = (
    "id", "slots", "must", "promised", "starts", "keep", "fixed", "buffer", "needs", "person",
    "gap_days", "last_day",
)  # fmt: skip
MOST_DAYS, MOST_SLOTS, MOST_MEETINGS, LONGEST_GAP = 31, 288, 5_000, 366


@dataclass(frozen=True)
class Named:
    """A week, and what its meetings are called."""

    problem: Problem
    meetings: list[str]


@dataclass
class Reading:
    """What is known so far, and what was wrong."""

    faults: Faults = field(default_factory=Faults)
    days: int = 0
    per_day: int = 0
    buffer: int = 0
    resources: dict[str, int] = field(default_factory=dict)
    resource_busy: list[list[int]] = field(default_factory=list)
    meetings: dict[str, int] = field(default_factory=dict)
    columns: dict[str, list[int]] = field(
        default_factory=lambda: {
            name: [] for name in ("slots", "must", "promised", "buffer", "gap", "not_before")
        }
    )
    first: list[int] = field(default_factory=lambda: [0])
    starts: list[tuple[int, int, int]] = field(default_factory=list)
    keep: list[tuple[int, int, int]] = field(default_factory=list)
    fixed: list[tuple[int, int, int]] = field(default_factory=list)
    needs: list[tuple[int, int]] = field(default_factory=list)
    persons: dict[str, list[int]] = field(default_factory=dict)

    def number(self, holder: Any, name: str, where: str, low: int, high: int, default: int) -> int:
        """Return a whole number of a holder; the default where there is none or a wrong one."""
        value = holder.get(name, default)
        if whole(value) and low <= value <= high:
            return int(value)
        at = f"{where}: {name}" if where else name
        self.faults.add(at, f"must be a whole number from {low} to {high:,}, not {shown(value)}.")
        return default

    def flag(self, holder: Any, name: str, where: str) -> bool:
        value = holder.get(name, False)
        if not isinstance(value, bool):
            self.faults.add(f"{where}: {name}", f"must be true or false, not {shown(value)}.")
        return value is True

    def place(self, value: Any, where: str) -> tuple[int, int] | None:
        """Return [day, slot] as it lies in the calendar, or None with a fault."""
        if not isinstance(value, list) or len(value) != 2 or not all(whole(one) for one in value):
            self.faults.add(where, f"must be [day, slot], not {shown(value)}.")
            return None
        day, slot = value
        # In a calendar of no hours every place lies outside, and that is no mistake of the place.
        hours = self.days * self.per_day
        if day < 0 or slot < 0 or (hours and (day >= self.days or slot >= self.per_day)):
            self.faults.add(
                where, f"{shown(value)} is outside {self.days} days of {self.per_day} slots."
            )
            return None
        return day, slot


def read(document: Any) -> Named:
    """Return the week that a JSON value holds. Raises Refused."""
    reading = Reading()
    faults = reading.faults
    if not isinstance(document, dict):
        faults.add("the file", f'must hold one JSON object with "format": "{FORMAT}".')
        faults.refuse()
    if document.get("format") != FORMAT:
        faults.add("format", f'must be "{FORMAT}", not {shown(document.get("format"))}.')
    _known(faults, document, FIELDS, "")
    for name in ("days", "slots_per_day"):
        if name not in document:
            faults.add(name, "is missing.")
    reading.days = reading.number(document, "days", "", 0, MOST_DAYS, 0)
    reading.per_day = reading.number(document, "slots_per_day", "", 0, MOST_SLOTS, 0)
    reading.number(document, "slot_minutes", "", 1, 24 * 60, 15)
    reading.buffer = reading.number(document, "buffer", "", 0, MOST_SLOTS, 0)
    bonus = reading.number(document, "keep_bonus", "", 0, HIGHEST_VALUE, KEEP_BONUS)
    busy = _stretches(reading, listed(faults, document, "busy"), "busy")
    focus = _stretches(reading, listed(faults, document, "focus"), "focus")
    _read_resources(reading, listed(faults, document, "resources"))
    entries = listed(faults, document, "meetings", required=True)
    if len(entries) > MOST_MEETINGS:
        faults.add("meetings", f"are {len(entries):,}; {MOST_MEETINGS:,} at most.")
        entries = entries[:MOST_MEETINGS]
    for at, entry in enumerate(entries):
        _read_meeting(reading, entry, f"meetings[{at}]")
    faults.refuse()
    problem = _problem(reading, busy, focus, bonus)
    _check_fixed(reading, problem)
    faults.refuse()
    return Named(problem, list(reading.meetings))


def _known(faults: Faults, holder: dict[str, Any], names: tuple[str, ...], where: str) -> None:
    for name in holder:
        if name not in names:
            faults.add(f"{where}: {name}" if where else name, "is not a field of this format.")


def _stretches(reading: Reading, entries: list[Any], within: str) -> list[list[int]]:
    """Return [day, first slot, slots] each; what reaches past the day's end is cut off there."""
    found = []
    for at, entry in enumerate(entries):
        where = f"{within}[{at}]"
        if not isinstance(entry, list) or len(entry) != 3 or not whole(entry[2]):
            reading.faults.add(where, f"must be [day, first slot, slots], not {shown(entry)}.")
        elif entry[2] < 1:
            reading.faults.add(where, f"must take 1 slot or more, not {shown(entry[2])}.")
        elif (place := reading.place(entry[:2], where)) and reading.days * reading.per_day:
            found.append([*place, min(entry[2], reading.per_day - place[1])])
    return found


def _read_resources(reading: Reading, entries: list[Any]) -> None:
    for at, entry in enumerate(entries):
        where = f"resources[{at}]"
        if not (name := _identifier(reading.faults, where, entry, reading.resources)):
            continue
        _known(reading.faults, entry, ("id", "busy"), where)
        number = reading.resources[name] = len(reading.resources)
        for one in _stretches(reading, _rows(reading, entry, "busy", where), f"{where}.busy"):
            reading.resource_busy.append([number, *one])


def _rows(reading: Reading, holder: dict[str, Any], name: str, where: str) -> list[Any]:
    value = holder.get(name, [])
    if isinstance(value, list):
        return value
    reading.faults.add(f"{where}: {name}", f"must be a list, not {shown(value)}.")
    return []


def _identifier(faults: Faults, where: str, entry: Any, known: dict[str, int]) -> str:
    name = entry.get("id") if isinstance(entry, dict) else None
    if not isinstance(name, str) or not name:
        faults.add(where, 'must be an object with an "id" that is text.')
        return ""
    if name in known:
        faults.add(where, f"the id {shown(name)} is there already.")
        return ""
    return name


def _read_meeting(reading: Reading, entry: Any, where: str) -> None:
    if not (name := _identifier(reading.faults, where, entry, reading.meetings)):
        return
    _known(reading.faults, entry, OF_A_MEETING, where)
    number = reading.meetings[name] = len(reading.meetings)
    if "slots" not in entry:
        reading.faults.add(f"{where}: slots", "is missing.")
    gap = reading.number(entry, "gap_days", where, 0, LONGEST_GAP, 0)
    column = {
        "slots": reading.number(entry, "slots", where, 1, MOST_SLOTS, 1),
        "must": int(reading.flag(entry, "must", where)),
        "promised": int(reading.flag(entry, "promised", where)),
        "buffer": reading.number(entry, "buffer", where, 0, MOST_SLOTS, reading.buffer),
        "gap": gap,
        "not_before": _not_before(reading, entry, where, gap),
    }
    for key, value in column.items():
        reading.columns[key].append(value)
    _read_starts(reading, entry, where)
    for what, target in (("keep", reading.keep), ("fixed", reading.fixed)):
        if entry.get(what) is not None and (
            place := reading.place(entry[what], f"{where}: {what}")
        ):
            target.append((number, *place))
    for at, resource in enumerate(_rows(reading, entry, "needs", where)):
        if isinstance(resource, str) and resource in reading.resources:
            reading.needs.append((number, reading.resources[resource]))
        else:
            reading.faults.add(
                f"{where}.needs[{at}]", f"the resource {shown(resource)} is not known."
            )
    person = entry.get("person")
    if isinstance(person, str) and person:
        reading.persons.setdefault(person, []).append(number)
    elif person is not None:
        reading.faults.add(f"{where}: person", f"must be text, not {shown(person)}.")


def _not_before(reading: Reading, entry: dict[str, Any], where: str, gap: int) -> int:
    """Return the first day that the gap since the last meeting leaves open."""
    if "last_day" not in entry:
        return 0
    last = reading.number(entry, "last_day", where, -LONGEST_GAP, -1, -LONGEST_GAP)
    return max(0, last + gap)


def _read_starts(reading: Reading, entry: dict[str, Any], where: str) -> None:
    seen: set[tuple[int, int]] = set()
    if "starts" not in entry:
        reading.faults.add(f"{where}: starts", "is missing.")
    for at, start in enumerate(_rows(reading, entry, "starts", where)):
        here = f"{where}.starts[{at}]"
        if not isinstance(start, list) or len(start) != 3:
            reading.faults.add(here, f"must be [day, slot, value], not {shown(start)}.")
            continue
        place, value = reading.place(start[:2], here), start[2]
        if not whole(value) or abs(value) > HIGHEST_VALUE:
            most = f"{HIGHEST_VALUE:,}"
            reading.faults.add(
                here,
                f"the value must be a whole number from -{most} to {most}, not {shown(value)}.",
            )
            value = 0
        if place in seen:
            reading.faults.add(here, "the start is there already.")
        elif place is not None:
            seen.add(place)
            reading.starts.append((*place, value))
    reading.first.append(len(reading.starts))


def _problem(
    reading: Reading, busy: list[list[int]], focus: list[list[int]], bonus: int
) -> Problem:
    starts, columns = _array(reading.starts, 3), reading.columns
    apart = [
        (one, other, max(columns["gap"][one], columns["gap"][other]))
        for mine in reading.persons.values()
        for at, one in enumerate(mine)
        for other in mine[at + 1 :]
    ]
    return Problem(
        reading.days, reading.per_day, np.array(columns["slots"], np.int32),
        np.array(columns["must"], np.bool_), np.array(columns["promised"], np.bool_),
        np.array(reading.first, np.int64), starts[:, 0].copy(), starts[:, 1].copy(),
        starts[:, 2].copy(), busy=_array(busy, 3), focus=_array(focus, 3),
        keep=_array(reading.keep, 3), fixed=_array(reading.fixed, 3), keep_bonus=bonus,
        buffer=np.array(columns["buffer"], np.int32),
        not_before=np.array(columns["not_before"], np.int32),
        apart=_array([one for one in apart if one[2]], 3), needs=_array(reading.needs, 2),
        resource_busy=_array(reading.resource_busy, 4),
    )  # fmt: skip


def _array(rows: Any, columns: int) -> Ints:
    return np.array(rows, np.int32).reshape(-1, columns)


def _check_fixed(reading: Reading, problem: Problem) -> None:
    """Tell of each confirmed booking that breaks a rule, alone or beside those before it."""
    from polku.planning.week import checker
    from polku.planning.week.openings import starts_at
    from polku.planning.week.problem import UNBOOKED

    found = starts_at(problem, problem.fixed)
    booked = np.full(problem.meetings, UNBOOKED, np.int64)
    alone = Problem(**{**vars(problem), "fixed": problem.fixed[:0]})
    for meeting in problem.fixed[:, 0].tolist():
        where = f"meetings[{meeting}]: fixed"
        if found[meeting] == UNBOOKED:
            reading.faults.add(where, "is none of the meeting's starts.")
            continue
        booked[meeting] = found[meeting]
        if wrong := checker.problems_of(alone, booked):
            reading.faults.add(where, f"can't stay: {', '.join(wrong)}.")
            booked[meeting] = UNBOOKED
