"""The port: what a planner is told, and that it can't book more than there is."""

import numpy as np
import pytest

from polku.planning.simulation import finland, looped
from polku.planning.simulation.people import Intake
from polku.planning.simulation.planner import Due, EarliestDeadline, Overbooked
from polku.planning.simulation.policy import Policy
from polku.planning.simulation.tests.worlds import WITHOUT

INTAKE = Intake(200, 20)


class Watching(EarliestDeadline):
    """Keeps what it was told."""

    def __init__(self) -> None:
        self.told: list[tuple[Due, np.ndarray, np.ndarray]] = []

    def choose(self, due: Due, minutes: np.ndarray) -> np.ndarray:
        held = super().choose(due, minutes)
        self.told.append((due, minutes, held))
        return held


class Says:
    """Answers the same for every row."""

    def __init__(self, answer: bool, more: int = 0) -> None:
        self.answer, self.more = answer, more

    def choose(self, due: Due, minutes: np.ndarray) -> np.ndarray:
        return np.full(len(due) + self.more, self.answer)


def test_what_is_told_is_so() -> None:
    watching = Watching()
    run = looped.one(finland.WORLD, Policy(), INTAKE, watching, seed=1)
    assert [due.week for due, _, _ in watching.told] == list(range(20))
    for due, minutes, _ in watching.told:
        assert (np.diff(due.coach) >= 0).all() and len(minutes) == 1
        assert len(np.unique(due.client)) == len(due) and (due.low <= due.high).all()
        new = due.kind == 0
        assert (due.deadline[new] == due.last[new] + 2).all()
        window = due.kind == 2
        assert (due.deadline[window] == due.last[window] + due.high[window]).all()
        assert set(due.minutes[new].tolist()) <= {75} and set(due.minutes[~new].tolist()) <= {45}
    assert sum(int(held.sum()) for _, _, held in watching.told) == run["contacts"]


def test_a_planner_that_meets_nobody_leaves_everybody_waiting() -> None:
    run = looped.one(WITHOUT, Policy(), INTAKE, Says(False), seed=1)
    asked = looped.one(WITHOUT, Policy(), INTAKE, EarliestDeadline(), seed=1)
    assert run["contacts"] == 0 and run["employed"] == asked["employed"]
    assert run["missed"] > asked["missed"] and run["waited"] > asked["waited"]


@pytest.mark.parametrize(
    ("planner", "said"), [(Says(True), "minutes"), (Says(False, 1), "yes or no")]
)
def test_more_than_fits_is_refused(planner: Says, said: str) -> None:
    with pytest.raises(Overbooked, match=said):
        looped.one(finland.WORLD, Policy(caseload=2_000), INTAKE, planner, seed=1)
