"""`polku-week/1`: a week with names, read with every fault named by its place."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from polku.planning.faults import identifier, listed, shown, whole
from polku.planning.week.problem import HIGHEST_VALUE, KEEP_BONUS, Ints, Problem
from polku.planning.week.reading import Reading, known, rows_of, stretches

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


def read(document: Any) -> Named:
    """Return the week that a JSON value holds. Raises Refused."""
    reading = Reading()
    faults = reading.faults
    if not isinstance(document, dict):
        faults.add("the file", f'must hold one JSON object with "format": "{FORMAT}".')
        faults.refuse()
    if document.get("format") != FORMAT:
        faults.add("format", f'must be "{FORMAT}", not {shown(document.get("format"))}.')
    known(faults, document, FIELDS, "")
    for name in ("days", "slots_per_day"):
        if name not in document:
            faults.add(name, "is missing.")
    reading.days = reading.number(document, "days", "", 0, MOST_DAYS, 0)
    reading.per_day = reading.number(document, "slots_per_day", "", 0, MOST_SLOTS, 0)
    reading.number(document, "slot_minutes", "", 1, 24 * 60, 15)
    reading.buffer = reading.number(document, "buffer", "", 0, MOST_SLOTS, 0)
    bonus = reading.number(document, "keep_bonus", "", 0, HIGHEST_VALUE, KEEP_BONUS)
    busy = stretches(reading, listed(faults, document, "busy"), "busy")
    focus = stretches(reading, listed(faults, document, "focus"), "focus")
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


def _read_resources(reading: Reading, entries: list[Any]) -> None:
    for at, entry in enumerate(entries):
        where = f"resources[{at}]"
        if not (name := identifier(reading.faults, where, entry, reading.resources)):
            continue
        known(reading.faults, entry, ("id", "busy"), where)
        number = reading.resources[name] = len(reading.resources)
        for one in stretches(reading, rows_of(reading, entry, "busy", where), f"{where}.busy"):
            reading.resource_busy.append([number, *one])


def _read_meeting(reading: Reading, entry: Any, where: str) -> None:
    if not (name := identifier(reading.faults, where, entry, reading.meetings)):
        return
    known(reading.faults, entry, OF_A_MEETING, where)
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
    for at, resource in enumerate(rows_of(reading, entry, "needs", where)):
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
    for at, start in enumerate(rows_of(reading, entry, "starts", where)):
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
