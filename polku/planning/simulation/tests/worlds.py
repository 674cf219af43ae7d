"""Worlds, policies and intakes of any shape, drawn by hypothesis; and the one without effects."""

from dataclasses import replace

from hypothesis import strategies as st

from polku.planning.simulation import finland
from polku.planning.simulation.people import Intake
from polku.planning.simulation.policy import FIXED, OWN, Absence, Policy, Rhythm
from polku.planning.simulation.world import Effects, Labour, Law, Placing, Windows, Work, World

WITHOUT = replace(finland.WORLD, effects=replace(finland.WORLD.effects, jobs=0.0, leaving=0.0))


def _chances(most: float) -> st.SearchStrategy[float]:
    return st.floats(0, most, allow_subnormal=False)


WINDOWS = st.builds(
    lambda low, wide, first: Windows(
        tuple(low), tuple(a + b for a, b in zip(low, wide, strict=True)), (first, 1 - first)
    ),
    st.tuples(st.integers(1, 5), st.integers(1, 5)),
    st.tuples(st.integers(0, 6), st.integers(0, 12)), st.floats(0.1, 0.9),
)  # fmt: skip
WORLDS = st.builds(
    World,
    st.builds(Labour, _chances(0.1), _chances(0.1), _chances(0.3), _chances(0.3), _chances(0.9)),
    st.builds(
        Effects, _chances(3), _chances(3), _chances(3), st.floats(0.5, 20), st.integers(0, 30),
        _chances(1), st.floats(-0.5, 1),
    ),
    st.builds(
        Placing, _chances(0.4), _chances(0.3), st.integers(1, 9), _chances(1), _chances(0.6),
        _chances(1), _chances(1), st.integers(0, 6),
    ),
    WINDOWS,
    st.builds(Law, st.integers(0, 4), st.integers(0, 15)),
    st.builds(
        Work, st.integers(100, 1_650), st.just(1.0), st.integers(20, 90), st.integers(20, 90)
    ),
    st.floats(60, 300),
)  # fmt: skip
POLICIES = st.builds(
    Policy,
    st.floats(5, 60),
    st.builds(
        Rhythm, st.sampled_from([FIXED, OWN]), st.integers(1, 9), st.integers(0, 3),
        st.integers(0, 15),
    ),
    st.builds(
        Absence, st.integers(0, 3), st.integers(0, 9), st.integers(0, 9), st.integers(1, 5),
        _chances(1), st.booleans(),
    ),
    st.booleans(), _chances(2), st.sampled_from([0, 0, 1, 3]), st.sampled_from([0.0, 0.0, 0.7]),
)  # fmt: skip
INTAKES = st.builds(
    Intake, st.integers(1, 120), st.integers(1, 45), st.booleans(), st.booleans(),
    st.sampled_from([None, None, 0.0, 1.3]),
)  # fmt: skip
