"""Every version of a plan, newest first, each with what changed since the one before."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from polku.paths import differences
from polku.paths.presenters.changes import ChangeLine, change_lines
from polku.paths.reads import Version
from polku.web import dates


@dataclass(frozen=True, slots=True)
class VersionPage:
    """One version: its number, its day, what changed in it, and what it held."""

    number: int
    day: str
    changes: tuple[ChangeLine, ...]
    goals: tuple[str, ...]
    steps: tuple[str, ...]


def version_pages(versions: list[Version], called: str, today: date) -> list[VersionPage]:
    """Return the versions, newest first."""
    pages = []
    for place, version in enumerate(versions):
        earlier = versions[place + 1].content if place + 1 < len(versions) else differences.EMPTY
        content = version.content
        pages.append(
            VersionPage(
                number=version.number,
                day=dates.full(version.agreed_on),
                changes=tuple(change_lines(differences.between(earlier, content), called)),
                goals=tuple(goal["text"] for goal in content["goals"]),
                steps=tuple(step["title"] for step in content["steps"]),
            )
        )
    return pages
