"""A policy: everything that somebody may choose, as opposed to the world."""

from __future__ import annotations

from dataclasses import dataclass, field

FIXED, OWN = "fixed", "own"


@dataclass(frozen=True)
class Rhythm:
    """When a contact is due after the last.

    Fixed: every so many weeks for everybody; every `early_every` where that falls within
    `early_weeks` after registration.
    Own: from the middle of the client's own window, at the latest at its end.
    """

    kind: str = OWN
    every: int = 4
    early_every: int = 0
    early_weeks: int = 0


@dataclass(frozen=True)
class Absence:
    """One coach in so many is away; `covered` of the time is made up by colleagues' time.

    `lost` cancels the meetings of those weeks until their next turn, instead of making them up;
    first interviews are always made up. `within` spreads the beginnings over so many weeks.
    """

    one_in: int = 0  # 0: nobody
    begins: int = 0
    weeks: int = 0
    within: int = 1
    covered: float = 0.0
    lost: bool = False


@dataclass(frozen=True)
class Policy:
    """What is compared. Whole coaches: `caseload` is met exactly by their working hours."""

    caseload: float = 149.0
    rhythm: Rhythm = field(default_factory=Rhythm)
    absence: Absence = field(default_factory=Absence)
    double_inflow: bool = False
    places: float = 1.0  # of the world's
    coaches: int = 0  # with full hours each; 0: by caseload
    more: float = 0.0  # clients a week who come on top of the intake's
