"""What was proposed stays where it can, what is confirmed stays always."""

import numpy as np

from polku.planning.week import solving
from polku.planning.week.problem import KEEP_BONUS
from polku.planning.week.tests.blocked import a_day, an_hour, blocked_again
from polku.planning.week.tests.making import week_of
from polku.planning.week.tests.weeks import week


def moved_by_an_hour(bonus: int) -> tuple[float, int]:
    """Return (percent of the unaffected that moved, confirmed ones moved) over blocked hours."""
    moved = unaffected = confirmed = 0
    for seed in range(6):
        problem, chance = week(seed), np.random.default_rng(seed)
        before = solving.solve(problem)
        for _ in range(2):
            change = blocked_again(problem, before, an_hour(problem, chance), bonus=bonus)
            moved, unaffected = moved + change.moved, unaffected + change.unaffected
            confirmed += change.confirmed_moved
    return 100 * moved / unaffected, confirmed


def test_a_blocked_hour_moves_few_of_the_others_and_no_confirmed_one() -> None:
    percent, confirmed = moved_by_an_hour(KEEP_BONUS)
    assert percent <= 6 and confirmed == 0


def test_control_without_a_bonus_many_move_but_no_confirmed_one() -> None:
    percent, confirmed = moved_by_an_hour(0)
    assert percent > 20 and confirmed == 0


def test_a_sick_day_moves_at_most_as_much_as_its_hours() -> None:
    for seed in range(4):
        problem = week(seed)
        before = solving.solve(problem)
        change = blocked_again(problem, before, a_day(problem, seed), bonus=KEEP_BONUS)
        hours = problem.slots_per_day / 4
        assert change.confirmed_moved == 0
        assert change.moved <= 0.06 * hours * change.unaffected


def test_the_bonus_keeps_a_start_that_is_nearly_as_good() -> None:
    meeting = [(1, "", [(0, 0, 310), (0, 1, 500)])]
    assert solving.solve(week_of(1, 4, meeting)).booked.tolist() == [1]
    kept = solving.solve(week_of(1, 4, meeting, keep=[(0, 0, 0)], keep_bonus=300))
    assert kept.booked.tolist() == [0]
    assert (kept.value, kept.value_with_keep) == (310, 610)


def test_a_start_that_is_gone_or_closed_earns_nothing() -> None:
    meeting = [(1, "", [(0, 0, 310), (0, 1, 500)])]
    gone = solving.solve(week_of(1, 4, meeting, keep=[(0, 0, 3)]))
    closed = solving.solve(week_of(1, 4, meeting, keep=[(0, 0, 0)], busy=[(0, 0, 1)]))
    assert gone.value_with_keep == closed.value_with_keep == 500


def test_fixed_bookings_use_time_and_count() -> None:
    meetings = [(2, "", [(0, 0, 5)]), (2, "m", [(0, 1, 900), (0, 2, 1)])]
    plan = solving.solve(week_of(1, 4, meetings, fixed=[(0, 0, 0)]))
    assert plan.booked.tolist() == [0, 2] and plan.value == 6


def test_a_fixed_meeting_keeps_its_persons_other_meeting_away() -> None:
    meetings = [(1, "", [(0, 0, 5)]), (1, "", [(1, 0, 900), (2, 0, 1)])]
    plan = solving.solve(week_of(3, 4, meetings, fixed=[(0, 0, 0)], apart=[(1, 0, 2)]))
    assert plan.booked.tolist() == [0, 2]
