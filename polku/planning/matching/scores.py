"""How a pair is scored: whole points by component, each to be shown. Of pairs, never of a person.

Wishes come first, then strengths and tasks, what can be learned, the way there, and a host that is
known already. The components of a pair add up, with one point for being possible at all.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass, fields

COMPONENTS = ("wishes", "strengths", "learning", "travel", "continuity")
POSSIBLE = 1


@dataclass(frozen=True)
class Weights:
    """Points; kept in the record of a run."""

    wished_place: int = 400
    wished_task: int = 240  # any of the tasks; not beside a wished place
    wished_kind: int = 80  # likewise
    strength: int = 40  # each task that the client is good at
    strengths_at_most: int = 200
    learning: int = 40  # each thing to be learned that they want to
    learning_at_most: int = 160
    travel: int = 160  # at the doorstep; 0 at the edge of the radius
    travel_unknown: int = 80  # no point, or a coarse one
    continuity: int = 80

    def __post_init__(self) -> None:
        if any(not 0 <= getattr(self, one.name) <= 10_000 for one in fields(self)):
            raise ValueError("Weights are whole points from 0 to 10 000.")

    def as_dict(self) -> dict[str, int]:
        return asdict(self)
