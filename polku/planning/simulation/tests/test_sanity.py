"""What must hold whatever the numbers are.

Waiting for the first contact with more coaches: exact, client by client, where effects are nought,
only first interviews are due and coaches are a whole multiple (all take as long, and each queue is
split into parts with the same time each); otherwise in the mean of paired runs.
"""

from dataclasses import replace

import numpy as np
import pytest

from polku.planning.simulation import calendars, finland, measures, running
from polku.planning.simulation.columns import EMPLOYED, LEFT, PLACED, UNEMPLOYED
from polku.planning.simulation.people import Intake, inflow
from polku.planning.simulation.policy import FIXED, Absence, Policy, Rhythm
from polku.planning.simulation.scenarios import SCENARIOS
from polku.planning.simulation.tests.worlds import WITHOUT
from polku.planning.simulation.world import Law, Work

CROWDED = replace(WITHOUT, work=Work(week=300, present=1.0), law=Law(discussion_every=0))
ONCE = Rhythm(FIXED, every=10_000)  # nothing but first interviews
LIVES = ("weeks_employed", "weeks_unemployed", "weeks_waiting_for_place")


def waited(coaches: int, world: object = CROWDED, run: int = 0) -> np.ndarray:
    policy = Policy(coaches=coaches, rhythm=ONCE)
    return running.one(world, policy, Intake(1_200, 70), 9, run).by_number("waited")  # type: ignore[arg-type]


@pytest.mark.parametrize("times", [2, 3, 7])
@pytest.mark.parametrize("coaches", [1, 4])
def test_a_whole_multiple_of_coaches_lets_nobody_wait_longer(coaches: int, times: int) -> None:
    few, many = waited(coaches), waited(coaches * times)
    assert (many <= few).all() and many.sum() < few.sum()


def test_control_it_is_not_exact_for_other_numbers_nor_the_other_way_round() -> None:
    assert any((waited(5, run=run) > waited(4, run=run)).any() for run in range(5))
    assert (waited(4) > waited(8)).any()


@pytest.mark.parametrize("pair", [(250, 149), (149, 80), (180, 150)])
def test_more_coaches_shorten_waiting_in_the_mean(pair: tuple[int, int]) -> None:
    world = replace(finland.WORLD, work=Work(week=500))
    intake = Intake(1_500, 60)
    few, many = (
        running.simulate(world, Policy(caseload=size), intake, seed=2, runs=12) for size in pair
    )
    found = measures.differences(many, few)["days_to_first_contact"]
    assert found.high is not None and found.high < 0


def test_without_effects_policies_differ_by_nothing_at_all() -> None:
    intake = Intake(700, 80)
    base = running.simulate(WITHOUT, SCENARIOS["baseline"].policy(149), intake, seed=4, runs=3)
    for name in ("caseload-80", "caseload-250", "coach-absent", "fixed-rhythm"):
        other = running.simulate(WITHOUT, SCENARIOS[name].policy(149), intake, seed=4, runs=3)
        found = measures.differences(other, base)
        assert all(vars(found[each]) == {"mean": 0, "low": 0, "high": 0} for each in LIVES)
        assert found["share_inside_window"].mean != 0


def test_control_with_effects_they_differ() -> None:
    intake = Intake(700, 80)
    few, many = (
        running.simulate(finland.WORLD, Policy(caseload=size), intake, seed=4, runs=3)
        for size in (250, 80)
    )
    assert all(measures.differences(many, few)[each].mean != 0 for each in LIVES[:2])


@pytest.mark.parametrize("name", list(SCENARIOS))
def test_nobody_is_lost_or_doubled_in_any_week(name: str) -> None:
    intake = Intake(600, 104)
    policy = SCENARIOS[name].policy(100)
    run = running.one(finland.WORLD, policy, intake, 8, 0)
    assert (run.census >= 0).all() and (run.census.sum(axis=1) == len(run.clients)).all()
    arrives = run.clients.arrives
    come = np.array([(arrives <= week).sum() for week in range(intake.weeks)])
    assert (run.census[:, 1:].sum(axis=1) == come).all()
    places = round(finland.WORLD.placing.places * policy.places * intake.stock)
    assert run.census[:, PLACED].max() <= places and run["stepped"] == come.sum()
    states = run.census[-1]
    assert states.tolist() == np.bincount(run.clients.state, minlength=5).tolist()
    if not policy.double_inflow:
        assert run["employed"] == run.census[:, EMPLOYED].sum()
        assert run["left"] == run.census[:, LEFT].sum()
        assert run["in_service"] == run.census[:, [UNEMPLOYED, PLACED]].sum()


def test_the_ordinary_inflow_keeps_the_number_in_service_level() -> None:
    runs = running.simulate(finland.WORLD, Policy(), Intake(3_000, 104), seed=1, runs=4)
    served = np.mean([one.census[:, [UNEMPLOYED, PLACED]].sum(axis=1) for one in runs], axis=0)
    assert np.abs(served / 3_000 - 1).max() < 0.10
    double = running.simulate(
        finland.WORLD, Policy(double_inflow=True), Intake(3_000, 104), seed=1, runs=4
    )
    more = np.mean([one.census[:, [UNEMPLOYED, PLACED]].sum(axis=1) for one in double], axis=0)
    assert more.max() > 1.3 * 3_000
    assert (inflow(finland.WORLD, Intake(3_000, 104)) > 0).all()


def test_time_is_what_the_caseload_promises_and_absence_takes_it() -> None:
    work, shape = Work(), {"stock": 1_000, "weeks": 30, "seed": 1, "run": 0}
    plain = calendars.minutes(Policy(caseload=149), work, **shape)
    promised = work.week * work.present * 1_000 / 149
    assert plain.shape == (7, 30) and abs(plain[:, 0].sum() - promised) < 7
    away = Absence(one_in=3, begins=5, weeks=4)
    alone = calendars.minutes(Policy(caseload=149, absence=away), work, **shape)
    gone = alone == 0
    assert gone.sum() == 3 * 4 and gone[[0, 3, 6], 5:9].all()
    assert (alone[~gone] == plain[~gone]).all()
    helped = calendars.minutes(
        Policy(caseload=149, absence=replace(away, covered=0.5)), work, **shape
    )
    assert (helped[1, 5:9] < plain[1, 5:9]).all() and (helped[0, 5:9] > 0).all()
    each = work.week * work.present * 1_000 / 149 / 7
    lost = 3 * each * 0.5
    assert np.abs(helped.sum(axis=0)[5:9] - (plain.sum(axis=0)[5:9] - 2 * lost)).max() < 8
