"""The order of a path: what is behind, what goes on, what is ahead, and what runs side by side."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from .nouns import AHEAD, ENDED, THEMES, Station

Arm = tuple[Station, ...]
_NEAR = 4  # groups that a later step may still run beside


@dataclass(frozen=True, slots=True)
class Zones:
    """The three parts of a path, each in order of time.

    `past` holds done and ended steps, `ahead` units: a unit with one arm is a step (or a chain),
    a unit with several is a fork.
    """

    past: tuple[Station, ...]
    now: tuple[Station, ...]
    ahead: tuple[tuple[Arm, ...], ...]


def zones(stations: Iterable[Station], *, show_ended: bool) -> Zones:
    """Sort steps by part and time; an undated step stays with the one before it."""
    everything = tuple(stations)
    return Zones(
        past=_by_time(
            s for s in everything if s.state == "done" or (show_ended and s.state in ENDED)
        ),
        now=_by_time(s for s in everything if s.state == "now"),
        ahead=_units(_by_time(s for s in everything if s.state in AHEAD)),
    )


def _by_time(stations: Iterable[Station]) -> tuple[Station, ...]:
    dated: list[tuple[date, int, Station]] = []
    latest = date.min
    for position, station in enumerate(stations):
        latest = station.starts or station.ends or latest
        dated.append((latest, position, station))
    dated.sort(key=lambda row: row[:2])
    return tuple(row[2] for row in dated)


def _units(ahead: Sequence[Station]) -> tuple[tuple[Arm, ...], ...]:
    """Single steps as they come; the alternatives of a fork where the first of them stands."""
    forks: dict[str, dict[str, list[Station]]] = {}
    units: list[dict[str, list[Station]]] = []
    for station in ahead:
        if station.branch is None:
            units.append({"": [station]})
            continue
        if station.branch not in forks:
            forks[station.branch] = {}
            units.append(forks[station.branch])
        arm = f"arm {station.arm}" if station.arm is not None else f"key {station.key}"
        forks[station.branch].setdefault(arm, []).append(station)
    return tuple(tuple(tuple(arm) for arm in unit.values()) for unit in units)


def overlap(one: Station, other: Station, today: date) -> bool:
    """Whether two steps of different themes ran at the same time; undated ones never did."""
    if one.theme == other.theme:
        return False
    first, second = _span(one, today), _span(other, today)
    if first is None or second is None:
        return False
    start, end = max(first[0], second[0]), min(first[1], second[1])
    if start != end:
        return start < end
    days = (first[0] == first[1], second[0] == second[1])
    return days in ((True, False), (False, True)) and end != max(first[1], second[1])


def _span(station: Station, today: date) -> tuple[date, date] | None:
    starts = station.starts or station.ends
    if starts is None:
        return None
    ends = station.ends or (today if station.state == "now" else starts)
    return starts, max(starts, ends)


def clusters(stations: Iterable[Station], today: date) -> list[list[Station]]:
    """Runs of steps that overlap in time across themes stand together; the others alone."""
    groups: list[list[Station]] = []
    for station in stations:
        for back in range(1, min(_NEAR, len(groups)) + 1):
            if any(overlap(station, other, today) for other in groups[-back]):
                joined = [s for group in groups[-back:] for s in group]
                del groups[-back:]
                groups.append([*joined, station])
                break
        else:
            groups.append([station])
    return groups


def arms_of(group: Sequence[Station]) -> tuple[Arm, ...]:
    """The lines of a run of steps: one for each theme, in the fixed order of themes."""
    lines = (tuple(s for s in group if s.theme == theme) for theme in THEMES)
    return tuple(line for line in lines if line)


def beside_now(
    groups: list[list[Station]], now: Sequence[Station], today: date
) -> tuple[list[list[Station]], list[Station]]:
    """Split off the finished steps that ran beside what still goes on, if they are few."""
    for index, group in enumerate(groups):
        if any(overlap(done, going, today) for done in group for going in now):
            beside = [s for late in groups[index:] for s in late]
            if len(beside) <= _NEAR:
                return groups[:index], beside
    return groups, []
