"""Luck belongs to client and week: not to the policy, the order, nor the threads."""

import numpy as np
import pytest

from polku.planning.simulation import chance, finland, running
from polku.planning.simulation.columns import Outcome
from polku.planning.simulation.people import Intake, people
from polku.planning.simulation.policy import Policy
from polku.planning.simulation.tests.worlds import WITHOUT

INTAKE = Intake(400, 52)
LIVES = ("exit", "to_work", "state", "since")


def as_bytes(runs: list[Outcome]) -> list[bytes]:
    return [
        run.counts.tobytes() + run.census.tobytes() + run.clients.whole.tobytes()
        + run.clients.real.tobytes()
        for run in runs
    ]  # fmt: skip


def test_threads_change_no_byte() -> None:
    found = [
        as_bytes(running.simulate(finland.WORLD, Policy(), INTAKE, seed=5, runs=7, threads=threads))
        for threads in (1, 2, 3, 8)
    ]
    assert found[0] == found[1] == found[2] == found[3]


def test_sums_alone_are_the_same_sums_and_keep_nobody() -> None:
    whole, light = (
        running.simulate(finland.WORLD, Policy(), INTAKE, seed=5, runs=3, sums_alone=alone)
        for alone in (False, True)
    )
    for one, other in zip(whole, light, strict=True):
        assert one.counts.tolist() == other.counts.tolist()
        assert len(one.clients) > INTAKE.stock and len(other.clients) == 0


def test_runs_and_seeds_are_different_luck() -> None:
    runs = as_bytes(running.simulate(finland.WORLD, Policy(), INTAKE, seed=5, runs=4))
    other = as_bytes(running.simulate(finland.WORLD, Policy(), INTAKE, seed=6, runs=4))
    assert len({*runs, *other}) == 8


def test_without_effects_everybody_lives_the_same_life_under_every_policy() -> None:
    lives = [
        running.one(WITHOUT, policy, INTAKE, 3, 1)
        for policy in (Policy(), Policy(caseload=400), Policy(caseload=13.7))
    ]
    for column in LIVES:
        first, *others = (one.by_number(column).tolist() for one in lives)
        assert all(first == other for other in others)


def test_control_with_effects_lives_differ() -> None:
    few, many = (
        running.one(finland.WORLD, Policy(caseload=size), INTAKE, 3, 1) for size in (400, 40)
    )
    assert few.by_number("exit").tolist() != many.by_number("exit").tolist()


def test_the_second_stream_changes_nobody_of_the_first() -> None:
    plain, _ = people(finland.WORLD, INTAKE, seed=3, run=1, coaches=4)
    double, _ = people(finland.WORLD, INTAKE, seed=3, run=1, coaches=7, double=True)
    mine, theirs = plain.number, double.number
    many = len(mine)
    assert len(theirs) - many == many - INTAKE.stock > 0
    for column in ("key", "arrives", "low", "high", "last", "ease", "counted"):
        one, other = np.empty(many), np.empty(len(theirs))
        one[mine], other[theirs] = (
            (source.key if column == "key" else getattr(source, column))
            for source in (plain, double)
        )
        assert (one == other[:many]).all()
    assert not double.counted[theirs >= many].any()


@pytest.mark.parametrize("weekly", [0.0, 2.5])
def test_those_who_come_on_top_change_nobody_either(weekly: float) -> None:
    intake = Intake(200, 52, weekly=weekly)
    plain, _ = people(finland.WORLD, intake, seed=3, run=1, coaches=4)
    more, _ = people(finland.WORLD, intake, seed=3, run=1, coaches=4, more=1.5)
    many = len(plain)
    assert many == 200 + round(52 * weekly) and len(more) == many + 78
    for column in ("arrives", "low", "high", "last", "ease"):
        one, other = np.empty(many), np.empty(len(more))
        one[plain.number], other[more.number] = getattr(plain, column), getattr(more, column)
        assert (one == other[:many]).all()
    assert not more.counted[more.number >= many].any()
    # Those who come are spread over the whole time, also where nobody else comes.
    arrives = more.arrives[more.number >= many]
    assert 0 <= arrives.min() < 10 and 41 < arrives.max() < 52


def test_numbers_are_even_and_neighbours_have_nothing_in_common() -> None:
    key = chance.keys(1, 0, np.arange(40_000))
    for one in (*chance.two(chance.nth(key, 1)), chance.likeness(key, 0)):
        counts = np.bincount((one * 20).astype(int), minlength=20)
        # Chi-square of 20 cells: 43.8 once in a thousand.
        assert ((counts - 2_000) ** 2 / 2_000).sum() < 43.8
    weeks = np.array([chance.two(chance.nth(key, week))[0] for week in range(1, 6)])
    for pair in (weeks[0, :-1], weeks[0, 1:]), (weeks[0], weeks[1]), (weeks[3], weeks[4]):
        assert abs(np.corrcoef(*pair)[0, 1]) < 4 / len(key) ** 0.5


def test_control_a_plain_counter_would_be_seen() -> None:
    even = np.arange(40_000) / 40_000
    assert abs(np.corrcoef(even[:-1], even[1:])[0, 1]) > 4 / len(even) ** 0.5
