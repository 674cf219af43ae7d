"""Means, intervals and paired differences."""

import numpy as np

from polku.planning.simulation import finland, measures, running
from polku.planning.simulation.measures import Interval, interval
from polku.planning.simulation.people import Intake
from polku.planning.simulation.policy import Policy


def test_an_interval_by_hand() -> None:
    # Mean 2, scatter 1, three runs: t is 4.303, over the root of 3.
    assert interval(np.array([1.0, 2.0, 3.0])) == Interval(2.0, -0.484338, 4.484338)
    assert interval(np.array([1.0, np.nan])) == Interval(1.0, None, None)
    assert interval(np.array([np.nan])) == Interval(None, None, None)
    assert str(interval(np.array([-0.0, -0.0])).mean) == "0.0"


def covered(scale: float) -> float:
    """Share of 4 000 intervals of 20 runs that hold the truth."""
    chance = np.random.default_rng(3)
    found = [interval(chance.normal(5.0, 2.0, 20)) for _ in range(4_000)]
    assert all(one.mean is not None and one.low is not None for one in found)
    return float(np.mean([
        abs((one.mean or 0) - 5.0) <= scale * ((one.mean or 0) - (one.low or 0)) for one in found
    ]))  # fmt: skip


def test_nineteen_intervals_in_twenty_hold_the_truth() -> None:
    # Two standard errors of a share of 0.95 over 4 000 are 0.007.
    assert abs(covered(1.0) - 0.95) < 0.01


def test_control_shorter_ones_do_not() -> None:
    assert covered(0.8) < 0.92


def test_pairs_are_much_sharper_than_two_means() -> None:
    intake = Intake(500, 80)
    few, many = (
        running.simulate(finland.WORLD, Policy(caseload=size), intake, seed=1) for size in (250, 80)
    )
    paired = measures.differences(many, few)["weeks_employed"]
    alone = measures.intervals(many)["weeks_employed"]
    assert paired.low is not None and paired.high is not None and paired.low > 0
    assert alone.low is not None and alone.high is not None
    assert paired.high - paired.low < 0.5 * (alone.high - alone.low)


def test_what_was_not_there_is_not_measured() -> None:
    found = measures.intervals(running.simulate(finland.WORLD, Policy(), Intake(1, 1), seed=1))
    assert found["share_with_follow_on"] == Interval(None, None, None)
