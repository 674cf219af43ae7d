"""What a no teaches: which refusals hold for good, and what is to be asked or mended.

Which of them keep a pair apart, and where, is said once for all in `fitting.noes`.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from polku.placements.fitting.noes import LASTING, Why

__all__ = ["LASTING", "MISSING", "OF_THE_SEARCH", "Lesson", "Why", "of"]

MISSING = "missing"
# What is then to be done, and by whom, is said beside each lesson.
OF_THE_SEARCH = (Why.FAR, Why.HOURS, Why.DEMANDS, Why.LANGUAGE)


@dataclass(frozen=True, slots=True)
class Lesson:
    """One thing learned: of which client, about which opening (None: a place is missing)."""

    client_id: UUID
    opening_id: UUID | None
    code: str
    word: str


def of(rows: Iterable[tuple[UUID, list[dict[str, Any]]]]) -> list[Lesson]:
    """Return the lessons of (client, refused) rows, the latest first."""
    found = [(client, said) for client, refused in rows for said in refused]
    found.sort(key=lambda one: str(one[1].get("at", "")), reverse=True)
    return [
        Lesson(
            client,
            UUID(said["opening"]) if said.get("opening") else None,
            said["code"],
            said.get("word", ""),
        )
        for client, said in found
    ]
