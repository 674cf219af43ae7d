"""A key that stands twice in a JSON object is refused: the second would be taken in silence."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from typing import Any

from polku.planning.faults import Faults


class Twice(dict[str, Any]):
    """An object as JSON gives it, with the keys that stood in it more than once."""

    keys_twice: tuple[str, ...] = ()


def kept(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Return an object; where a key stands in it twice, one that remembers which."""
    made = dict(pairs)
    if len(made) == len(pairs):
        return made
    remembered, counted = Twice(made), Counter(key for key, _value in pairs)
    remembered.keys_twice = tuple(key for key, times in counted.items() if times > 1)
    return remembered


def refuse(value: Any, within: str = "") -> Any:
    """Return the value. Raises Refused with the place of each key that stands twice."""
    faults = Faults()
    for where, key in _found(value, within):
        faults.add(where or "the file", f"the key {json.dumps(key)} is there twice.")
    faults.refuse()
    return value


def _found(value: Any, where: str) -> Iterator[tuple[str, str]]:
    if isinstance(value, Twice):
        yield from ((where, key) for key in value.keys_twice)
    if isinstance(value, dict):
        for key, one in value.items():
            if isinstance(one, dict | list):
                yield from _found(one, f"{where}.{key}" if where else key)
    elif isinstance(value, list):
        for at, one in enumerate(value):
            if isinstance(one, dict):
                yield from _found(one, f"{where}[{at}]")
