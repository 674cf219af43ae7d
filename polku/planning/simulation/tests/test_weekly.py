"""The coach's week in the loop: the real solver's plans, checked, and what they have to keep."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from polku.planning.simulation import finland, looped, running, weekly
from polku.planning.simulation.people import Intake
from polku.planning.simulation.planner import (
    DISCUSSION,
    INTERVIEW,
    WINDOW,
    Due,
    EarliestDeadline,
)
from polku.planning.simulation.policy import Absence, Policy
from polku.planning.simulation.weekly import WeekPlanner
from polku.planning.week import checker, earliest
from polku.planning.week.problem import UNBOOKED, Plan, Problem

INTAKE = Intake(150, 16)


Rows = list[tuple[int, int, int]]


class Watching:
    """Keeps every problem with its plan."""

    def __init__(self) -> None:
        self.seen: list[tuple[Problem, Plan]] = []

    def __call__(self, problem: Problem, plan: Plan) -> None:
        self.seen.append((problem, plan))


def due(rows: Rows, week: int = 20) -> Due:
    """Return what is due, as (coach, kind, weeks to the deadline), by coach."""
    rows = sorted(rows, key=lambda one: one[0])
    coach, kind, ahead = np.array(rows, np.int64).reshape(-1, 3).T
    none = np.zeros(len(rows), np.int64)
    takes = np.where(kind == INTERVIEW, 75, 45)
    return Due(
        week, coach, np.arange(len(rows)), kind, week + ahead, takes, none, none, none + 8
    )  # fmt: skip


ROWS = st.lists(
    st.tuples(st.integers(0, 2), st.sampled_from([INTERVIEW, DISCUSSION, WINDOW]),
              st.integers(-4, 6)),
    max_size=60,
)  # fmt: skip
MINUTES = st.lists(st.integers(0, 1_700), min_size=3, max_size=3)


@given(ROWS, MINUTES)
@settings(max_examples=40, deadline=None)
def test_plans_keep_every_rule_and_no_must_is_missed_that_a_hand_would_book(
    rows: Rows, minutes: list[int]
) -> None:
    watching, asked = Watching(), due(rows)
    held = WeekPlanner(watch=watching, moves=500).choose(asked, np.array(minutes))
    taken = np.bincount(asked.coach[held], asked.minutes[held], minlength=3)
    assert (taken <= minutes).all()
    for problem, plan in watching.seen:
        assert checker.problems_of(problem, plan.booked) == []
        assert plan.missed_musts <= earliest.solve(problem).missed_musts


@given(ROWS)
@settings(max_examples=40, deadline=None)
def test_where_musts_fit_on_their_own_they_are_the_rules_musts(rows: Rows) -> None:
    asked = due(rows)
    minutes = np.full(3, 1_650)
    must = weekly.musts(asked, np.arange(len(asked)))
    room = np.bincount(asked.coach[must], minlength=3) <= 20
    held = WeekPlanner(moves=500).choose(asked, minutes)
    by_rule = EarliestDeadline().choose(asked, minutes)
    mine = must & room[asked.coach]
    assert held[mine].all() and by_rule[mine].all()


def test_control_a_week_without_an_hour_left_misses_a_must() -> None:
    asked = due([(0, DISCUSSION, 0)] * 40)
    assert WeekPlanner(moves=100).choose(asked, np.array([1_650])).sum() == 35


def test_with_room_for_all_it_is_the_loop_without_a_planner() -> None:
    idle = Policy(caseload=12.5)
    planned = looped.one(finland.WORLD, idle, INTAKE, WeekPlanner(moves=100), seed=4)
    plain = running.one(finland.WORLD, idle, INTAKE, 4, 0)
    assert planned.counts.tolist() == plain.counts.tolist()
    assert planned.census.tolist() == plain.census.tolist()
    assert planned.clients.whole.tobytes() == plain.clients.whole.tobytes()


def test_control_without_room_the_week_books_otherwise() -> None:
    planned = looped.one(finland.WORLD, Policy(), INTAKE, WeekPlanner(moves=100), seed=4)
    plain = running.one(finland.WORLD, Policy(), INTAKE, 4, 0)
    assert 0 < planned["contacts"] < plain["contacts"]


def test_a_run_is_the_same_each_time_and_its_plans_are_sound() -> None:
    policy = Policy(caseload=75, absence=Absence(one_in=2, begins=4, weeks=6, covered=0.5))
    watching = Watching()
    first, again = (
        looped.one(finland.WORLD, policy, INTAKE, WeekPlanner(watch=watch), seed=9)
        for watch in (watching, None)
    )
    assert first.clients.whole.tobytes() == again.clients.whole.tobytes()
    assert first.counts.tolist() == again.counts.tolist()
    assert len(watching.seen) == 2 * 16
    booked = 0
    for problem, plan in watching.seen:
        assert checker.problems_of(problem, plan.booked) == []
        booked += int((plan.booked != UNBOOKED).sum())
    assert booked == first["contacts"]


def test_control_the_checker_finds_a_plan_that_books_an_hour_twice() -> None:
    watching = Watching()
    WeekPlanner(watch=watching).choose(due([(0, WINDOW, 0)] * 3), np.array([300]))
    problem, plan = watching.seen[0]
    twice = plan.booked.copy()
    twice[1] = problem.first[1] + twice[0] - problem.first[0]
    assert checker.problems_of(problem, twice) == ["the coach is not free"]


@pytest.mark.parametrize("slots", [1, 3, 5, 92, 93, 94, 110])
def test_a_week_has_the_coachs_slots_and_no_more(slots: int) -> None:
    asked = due([(0, WINDOW, 0), (0, INTERVIEW, 2)])
    problem = weekly.week_of(asked, np.arange(2), slots)
    assert problem.days * problem.slots_per_day - int(problem.busy[:, 2].sum()) == slots
    ends = problem.slot + np.repeat(problem.slots, np.diff(problem.first))
    closed = {(day, slot) for day, slot, _ in problem.busy.tolist()}
    for day, end in zip(problem.day.tolist(), ends.tolist(), strict=True):
        assert end <= problem.slots_per_day - ((day, problem.slots_per_day - 1) in closed)


def test_a_must_with_a_far_rival_goes_first_and_a_hopeless_pile_is_cut() -> None:
    pile = [(0, WINDOW, ahead % 9) for ahead in range(300)]
    asked = due([*pile, (0, DISCUSSION, 0)])
    chance = weekly.offered(asked, np.arange(301), 93)
    assert 60 <= len(chance) <= 63 and 300 in chance
    assert WeekPlanner(moves=100).choose(asked, np.array([1_402]))[300]
    few = weekly.offered(asked, np.arange(40), 93)
    assert few.tolist() == list(range(40))
