"""The named scenarios: each is the baseline with one thing changed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from polku.planning.simulation.policy import FIXED, Absence, Policy, Rhythm

AWAY = Absence(one_in=10, begins=8, weeks=10)


@dataclass(frozen=True)
class Scenario:
    """What it is in a sentence, and how it changes the baseline."""

    what: str
    change: Callable[[Policy], Policy]

    def policy(self, caseload: float) -> Policy:
        """Return the policy, where the baseline has that many clients for each coach."""
        return self.change(Policy(caseload=caseload))


def _caseload(clients: int) -> Scenario:
    return Scenario(
        f"{clients} clients for each coach; the clients are the same, the coaches more or fewer",
        lambda base: replace(base, caseload=float(clients)),
    )


SCENARIOS = {
    "baseline": Scenario(
        "as many clients for each coach as now, everybody met by their own window",
        lambda base: base,
    ),
    "double-inflow": Scenario(
        "twice as many people register, with the same coaches and places; measures are of those "
        "who would have come anyway",
        lambda base: replace(base, double_inflow=True),
    ),
    "caseload-80": _caseload(80),
    "caseload-150": _caseload(150),
    "caseload-250": _caseload(250),
    "coach-absent": Scenario(
        "one coach in ten (one at least) is away for ten weeks from week 8, and nobody covers",
        lambda base: replace(base, absence=AWAY),
    ),
    "coach-absent-covered": Scenario(
        "the same, and colleagues make up half of the time from their own",
        lambda base: replace(base, absence=replace(AWAY, covered=0.5)),
    ),
    "fixed-rhythm": Scenario(
        "everybody is met every four weeks, whatever their window",
        lambda base: replace(base, rhythm=Rhythm(FIXED, every=4)),
    ),
    "fortnightly-start": Scenario(
        "every two weeks in the first three months, as the law asked until the end of 2025, then "
        "every thirteen",
        lambda base: replace(base, rhythm=Rhythm(FIXED, 13, early_every=2, early_weeks=13)),
    ),
    "own-rhythm": Scenario(
        "everybody is met by their own window: the baseline's own rhythm, under its name",
        lambda base: replace(base, rhythm=Rhythm()),
    ),
    "double-places": Scenario(
        "twice as many places", lambda base: replace(base, places=2.0 * base.places)
    ),
}  # fmt: skip
