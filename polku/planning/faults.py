"""What is wrong with a file, each with its place in it; all of it, up to a bound."""

from __future__ import annotations

from typing import Any

MOST = 50
LONGEST = 40


class Refused(ValueError):
    """The input is refused as a whole; `faults` says in sentences why."""

    def __init__(self, faults: list[str]) -> None:
        super().__init__("\n".join(faults))
        self.faults = faults


class Faults:
    """Gathers sentences such as `edges[17]: the place "p9" is not known.`"""

    def __init__(self) -> None:
        self.told: list[str] = []
        self.count = 0

    def add(self, where: str, what: str) -> None:
        self.count += 1
        if self.count <= MOST:
            self.told.append(f"{where}: {what}")

    def refuse(self) -> None:
        """Raise Refused if anything was told."""
        if not self.count:
            return
        more = self.count - len(self.told)
        raise Refused([*self.told, f"… and {more} more."] if more else self.told)


def shown(value: Any) -> str:
    """Return a value as it stood in the file, cut short."""
    import json

    text = json.dumps(value, ensure_ascii=False)
    return text if len(text) <= LONGEST else text[: LONGEST - 1] + "…"


def whole(value: Any) -> bool:
    """Return whether a JSON value is a whole number (true and 1.0 are not)."""
    return isinstance(value, int) and not isinstance(value, bool)


def listed(faults: Faults, holder: Any, name: str, *, required: bool = False) -> list[Any]:
    """Return the list of that name; [] with a fault where there is none."""
    value = holder.get(name) if isinstance(holder, dict) else None
    if isinstance(value, list):
        return value
    if value is not None or required or (isinstance(holder, dict) and name in holder):
        faults.add(name, "must be a list." if value is not None else "is missing.")
    return []


def identifier(faults: Faults, where: str, entry: Any, known: dict[str, int]) -> str:
    """Return the id of an entry; "" with a fault where there is none, or one that is known."""
    name = entry.get("id") if isinstance(entry, dict) else None
    if not isinstance(name, str) or not name:
        faults.add(where, 'must be an object with an "id" that is text.')
        return ""
    if name in known:
        faults.add(where, f"the id {shown(name)} is there already.")
        return ""
    return name
