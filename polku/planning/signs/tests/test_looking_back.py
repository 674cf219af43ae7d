"""How often it was wrong is measured on people who came later, and a changed world is seen."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from polku.planning.signs.fitting import Question
from polku.planning.signs.looking_back import ALL, FEWEST_LATER, came_later, look_back
from polku.planning.signs.spells import NEVER
from polku.planning.signs.tests.made import history

QUESTION = Question(landmarks=(0, 91), horizons=(182,))


def test_in_a_steady_world_what_is_told_is_seldom_beyond_luck() -> None:
    found = [look_back(history(3000, seed=seed), QUESTION, [700, 900]) for seed in range(12)]
    wholes = [whole for one in found if (whole := one.of(ALL, 0)) is not None]
    many, outside = (sum(getattr(one, of) for one in wholes) for of in ("checks", "outside"))
    assert many == 12 * 4
    assert sum(one.beyond for one in wholes) <= 1
    assert all(one.told[0] - 4 <= one.here <= one.told[1] + 4 for one in wholes)
    # What is told is an interval of the mean: the share of so few later people lies outside more
    # often, and the page says how often.
    assert outside < many / 3


def test_a_world_that_changes_for_one_group_is_seen_in_that_group() -> None:
    """From day 700 on the odd ones leave ten times as soon; nothing tells odd from even."""
    before = history(3000, seed=3)
    odd = (before.groups[:, 0] == 1) & (before.entered >= 700) & (before.left != NEVER)
    left = np.where(odd, before.entered + (before.left - before.entered + 9) // 10, before.left)
    blind = np.zeros_like(before.situation)
    found = look_back(replace(before, left=left, situation=blind), QUESTION, [700])
    changed, same = found.of(0, 1), found.of(0, 0)
    assert changed is not None and same is not None
    assert (changed.beyond, same.beyond) == (2, 0)
    assert changed.here < changed.told[0] - 5


def test_only_who_came_later_and_is_done_counts() -> None:
    spells = history(3000)
    later = came_later(spells, 700, 91, 182)
    reached = later.entered + 91
    assert len(later) > 100
    assert reached.min() >= 700 and reached.max() + 182 <= spells.cut_off


def test_small_groups_are_not_told_of() -> None:
    spells = history(3000)
    few = np.arange(3000) < 40  # spread over all days: some ten of them come later
    rare = replace(spells, groups=few.astype(int)[:, None])
    found = look_back(rare, QUESTION, [700])
    assert (most := found.of(0, 0)) is not None and most.checks == 2
    assert found.of(0, 1) is None
    assert all(one.people >= FEWEST_LATER for one in found.checks)


def test_who_would_have_been_told_nothing_is_counted() -> None:
    found = look_back(history(300), QUESTION, [100])
    assert found.checks == ()
    assert found.told_nothing == found.later > 0
