"""Names of real people that may stand nowhere: kept only as hashes, so the list names nobody."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

SURNAMES = frozenset(
    {
        "a61581e90d9b7abf", "1c604554b7e3d322", "c5c7021ea6c0c4f5", "2b055f743d9007b9",
        "a9770f230bdd6e68", "693149b04c023c1c", "73bcb646336efa9d", "d664fa6e5f34b43b",
        "ebbfe4ca3628ad66", "3131d15d6d040199", "69407bd38155acfc", "e3b3a18b00347c87",
        "beffc8e19cf515be", "89562f876ba9278f",
    }
)  # fmt: skip
WHOLE_NAMES = frozenset(
    {
        "ef755aacfb7f5934", "17ef2e5b49c48db9", "532e9275081e91fc", "a6dcd1be9396bed3",
        "b358852765894232", "1fb3633c148cfa0e", "9b0c5a1cdaf6efc7",
    }
)  # fmt: skip


def hashed(name: str) -> str:
    return hashlib.sha256(name.lower().encode()).hexdigest()[:16]


def forbidden(
    people: Iterable[tuple[str, str]],
    surnames: frozenset[str] = SURNAMES,
    whole: frozenset[str] = WHOLE_NAMES,
) -> list[tuple[str, str]]:
    """Return those (first name, last name) that belong to a real person."""
    return [
        (first, last)
        for first, last in people
        if hashed(last) in surnames or hashed(f"{first} {last}") in whole
    ]
