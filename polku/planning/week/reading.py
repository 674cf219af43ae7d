"""What is known of a file while it is read: numbers, flags and places, each with its fault."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from polku.planning.faults import Faults, shown, whole


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


def known(faults: Faults, holder: dict[str, Any], names: tuple[str, ...], where: str) -> None:
    for name in holder:
        if name not in names:
            faults.add(f"{where}: {name}" if where else name, "is not a field of this format.")


def stretches(reading: Reading, entries: list[Any], within: str) -> list[list[int]]:
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


def rows_of(reading: Reading, holder: dict[str, Any], name: str, where: str) -> list[Any]:
    value = holder.get(name, [])
    if isinstance(value, list):
        return value
    reading.faults.add(f"{where}: {name}", f"must be a list, not {shown(value)}.")
    return []
