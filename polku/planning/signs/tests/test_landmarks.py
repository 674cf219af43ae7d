"""A service is not credited with the time before it; who was not watched is not counted."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from polku.planning.signs.fitting import Beside, beside
from polku.planning.signs.spells import (
    NEVER,
    OPEN_MARKET,
    STILL,
    Spells,
    begun_by,
    followed,
    here_at,
)
from polku.planning.signs.surviving import still_here
from polku.planning.signs.tests.made import history


def useless_service() -> Spells:
    """Return people whose service does nothing at all: its day is drawn apart from all else."""
    days = np.random.default_rng(8).integers(0, 720, 6000)
    return history(6000, over=1200, cut_off=2400, daily=0.003, service_day=days)


def naive(spells: Spells) -> tuple[float, float]:
    """Return the share here after a year of those who ever had the service, and of the others."""
    had = spells.services[:, 0] != NEVER
    sides = (followed(spells.where(some), 0) for some in (had, ~had))
    ours, theirs = (still_here(one, 365).share.value for one in sides)
    return ours, theirs


def test_the_naive_figure_makes_a_useless_service_look_like_a_trap() -> None:
    """Who stays long has time to begin it: the time before it is counted for it."""
    had, had_not = naive(useless_service())
    assert had - had_not > 0.3


def test_from_a_landmark_on_a_useless_service_makes_no_difference() -> None:
    spells = useless_service()
    found = beside(spells.where(here_at(spells, 182)), 0, 182, 365)
    assert isinstance(found, Beside)
    assert not found.differ
    truth = 100 * 0.997**365
    assert found.had.here[0] <= truth <= found.had.here[1]
    assert found.had_not.here[0] <= truth <= found.had_not.here[1]


def test_a_service_that_does_something_is_seen() -> None:
    """The control of the one above: who begins it leaves twice as soon from then on."""
    spells = useless_service()
    began = begun_by(spells, 0, 182)
    day = spells.entered + 182
    left = np.where(began & (spells.left > day), day + (spells.left - day + 1) // 2, spells.left)
    found = beside((sooner := replace(spells, left=left)).where(here_at(sooner, 182)), 0, 182, 365)
    assert isinstance(found, Beside)
    assert found.differ


def test_who_begins_the_service_later_stands_among_those_who_had_not() -> None:
    spells = one(service=200)
    assert not begun_by(spells, 0, 199)[0]
    assert begun_by(spells, 0, 200)[0]


def test_a_service_from_before_the_spell_is_not_of_it() -> None:
    assert not begun_by(one(entered=10, service=5), 0, 100)[0]


def test_who_left_or_was_not_yet_watched_is_not_at_the_landmark() -> None:
    assert here_at(one(left=91), 90)[0]
    assert not here_at(one(left=90), 90)[0]
    assert here_at(one(seen_from=90), 90)[0]
    assert not here_at(one(seen_from=91), 90)[0]
    assert not here_at(one(entered=910), 90)[0]  # the cut-off is the landmark's own day


def test_an_earlier_day_knows_nothing_of_what_came_after_it() -> None:
    before = one(left=200, service=150).until(199)
    assert (before.left[0], before.end[0]) == (NEVER, STILL)
    assert one(left=200, service=150).until(200).left[0] == 200
    assert one(service=150).until(149).services[0, 0] == NEVER
    assert len(one(entered=100).until(99)) == 0
    assert len(one(seen_from=100).until(99)) == 0


@pytest.mark.parametrize(
    "wrong", [{"left": 5, "entered": 6}, {"left": 1001}, {"entered": 9, "seen_from": 8}]
)
def test_days_that_contradict_each_other_are_refused(wrong: dict[str, int]) -> None:
    with pytest.raises(ValueError, match="."):
        one(**wrong)


def one(
    *, entered: int = 0, seen_from: int | None = None, left: int = NEVER, service: int = NEVER
) -> Spells:
    """Return one spell up to day 1 000."""
    return Spells(
        entered=np.array([entered]),
        seen_from=np.array([entered if seen_from is None else seen_from]),
        left=np.array([left]),
        end=np.array([STILL if left == NEVER else OPEN_MARKET]),
        situation=np.zeros((1, 2), int),
        groups=np.zeros((1, 1), int),
        services=np.array([[service]]),
        cut_off=1000,
    )
