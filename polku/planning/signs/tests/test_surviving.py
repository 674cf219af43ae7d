"""Shares from incomplete histories: equal to plain fractions, and as sure as they say."""

from __future__ import annotations

import numpy as np
from hypothesis import example, given
from hypothesis import strategies as st
from pytest import approx

from polku.planning.signs.intervals import Z95
from polku.planning.signs.spells import OPEN_MARKET, OTHER, STILL, Followed
from polku.planning.signs.surviving import left_by, still_here
from polku.planning.signs.tests import plain
from polku.planning.signs.tests.made import people

PAIRS = st.lists(
    st.tuples(st.integers(1, 12), st.sampled_from([STILL, OPEN_MARKET, OTHER])),
    min_size=1, max_size=30,
)  # fmt: skip


@given(PAIRS, st.integers(1, 14))
@example([(3, STILL), (3, OPEN_MARKET)], 3)  # last seen on the day on which another left
@example([(1, OTHER)], 5)
def test_the_shares_equal_plain_fractions(pairs: list[tuple[int, int]], horizon: int) -> None:
    found = still_here(people(pairs), horizon)
    assert found.share.value == approx(float(plain.still_here(pairs, horizon)), abs=1e-12)
    assert found.variance == approx(float(plain.greenwood(pairs, horizon)), abs=1e-12)
    for end in (OPEN_MARKET, OTHER):
        ours = left_by(people(pairs), horizon, end).share.value
        assert ours == approx(float(plain.left_by(pairs, horizon, end)), abs=1e-12)


@given(PAIRS, st.integers(1, 14))
def test_who_stays_and_who_leaves_make_everybody(
    pairs: list[tuple[int, int]], horizon: int
) -> None:
    of = people(pairs)
    ways = [left_by(of, horizon, end).share.value for end in (OPEN_MARKET, OTHER)]
    assert still_here(of, horizon).share.value + sum(ways) == approx(1)


@given(PAIRS, st.integers(1, 14))
def test_an_interval_holds_its_share_and_is_wider_than_a_complete_history_would_be(
    pairs: list[tuple[int, int]], horizon: int
) -> None:
    found = still_here(people(pairs), horizon)
    assert 0 <= found.share.low <= found.share.value <= found.share.high <= 1
    assert found.share.high - found.share.low > 0


@given(st.lists(st.tuples(st.integers(1, 9), st.sampled_from([1, 2])), min_size=2, max_size=40))
def test_without_gaps_the_variances_are_those_of_a_counted_share(
    pairs: list[tuple[int, int]],
) -> None:
    many = len(pairs)
    here = sum(days > 5 for days, _ in pairs) / many
    assert still_here(people(pairs), 5).variance == approx(here * (1 - here) / many, abs=1e-12)
    share = sum(one[0] <= 5 and one[1] == OPEN_MARKET for one in pairs) / many
    found = left_by(people(pairs), 5, OPEN_MARKET)
    assert found.share.value == approx(share)
    assert found.variance == approx(share * (1 - share) / many, abs=1e-12)


def coverage(many: int, share: float, *, censored: bool, z: float = Z95) -> float:
    """Return how often of 2 000 histories the interval held the truth. A year is 365 days."""
    from polku.planning.signs import intervals

    chance = np.random.default_rng(many)
    daily = 1 - share ** (1 / 365)
    held, kept = 0, intervals.Z95
    intervals.Z95 = z
    try:
        for _ in range(2000):
            lasted = chance.geometric(daily, many)
            seen = chance.integers(1, 900, many) if censored else np.full(many, 1000)
            end = np.where(lasted <= seen, OPEN_MARKET, STILL)
            found = still_here(Followed(np.minimum(lasted, seen), end, seen), 365).share
            held += found.low <= share <= found.high
    finally:
        intervals.Z95 = kept
    return held / 2000


def test_intervals_hold_the_truth_as_often_as_they_say() -> None:
    """95 % is promised. Of 2 000 histories the figure itself is known to a percentage point."""
    found = {
        (many, share, censored): coverage(many, share, censored=censored)
        for many in (60, 150, 400)
        for share in (0.1, 0.36, 0.6)
        for censored in (False, True)
    }
    assert min(found.values()) >= 0.925, found
    assert 0.94 <= np.mean(list(found.values())) <= 0.965, found


def test_too_narrow_an_interval_would_be_seen() -> None:
    """The control: half the width holds the truth two times of three."""
    assert coverage(150, 0.36, censored=True, z=Z95 / 2) < 0.75
