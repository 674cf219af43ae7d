"""Every booking and every omission has its reason, and what is said to help does help."""

from dataclasses import replace
from typing import Any

import numpy as np
from hypothesis import given, settings

from polku.planning.week import checker, solving
from polku.planning.week.helping import FREE, MORE_HOURS, OTHER_TIME, SHORTER, Help
from polku.planning.week.problem import UNBOOKED, Ints, Longs, Plan, Problem
from polku.planning.week.reasons import LOST, NO_BENEFIT, NO_FREE_START, NO_STARTS, reasons_of
from polku.planning.week.tests.making import week_of, weeks
from polku.planning.week.tests.weeks import week

HERE = [(0, 0, 300)]


def why_not(problem: Problem, meeting: int) -> tuple[str, str, int | None, list[str]]:
    told = {one.meeting: one for one in reasons_of(problem, solving.solve(problem))[1]}
    one = told[meeting]
    return one.reason, one.to, one.short, [each.code for each in one.would_help]


def without(rows: Ints, day: int, slots: range, resources: list[int] | None = None) -> Ints:
    """Return stretches in quarters, those that a meeting would need left out."""
    found = []
    for *whose, on, first, many in rows.tolist():
        for slot in range(first, first + many):
            mine = not whose or resources is None or whose[0] in resources
            if not (on == day and slot in slots and mine):
                found.append((*whose, on, slot, 1))
    return np.array(found, np.int32).reshape(-1, rows.shape[1])


def helped(problem: Problem, plan: Plan, meeting: int, one: Help) -> tuple[Problem, Longs]:
    """Make the change that is said to help, and book the meeting there."""
    long = one.slots + int(problem.buffer[meeting])
    span = range(one.slot, one.slot + long)
    change: dict[str, Any] = {}
    if one.code == FREE:
        needs = problem.needs[problem.needs[:, 0] == meeting, 1].tolist()
        change = {
            "busy": without(problem.busy, one.day, span),
            "focus": without(problem.focus, one.day, span),
            "resource_busy": without(problem.resource_busy, one.day, span, needs),
        }
    # A start of its own at that place, added last among its starts.
    at = int(problem.first[meeting + 1])
    first = problem.first + (np.arange(problem.meetings + 1) > meeting)
    slots = problem.slots.copy()
    slots[meeting] = one.slots
    wider = replace(
        problem, first=first, slots=slots, day=np.insert(problem.day, at, one.day),
        slot=np.insert(problem.slot, at, one.slot), value=np.insert(problem.value, at, 1), **change,
    )  # fmt: skip
    booked = np.where(plan.booked >= at, plan.booked + 1, plan.booked)
    booked[meeting] = at
    return wider, booked


@settings(max_examples=200, deadline=None)
@given(weeks())
def test_what_is_said_to_help_does(problem: Problem) -> None:
    plan = solving.solve(problem)
    whys, why_nots = reasons_of(problem, plan)
    assert [one.meeting for one in whys] == np.flatnonzero(plan.booked != UNBOOKED).tolist()
    assert [one.meeting for one in why_nots] == np.flatnonzero(plan.booked == UNBOOKED).tolist()
    for one in why_nots:
        assert one.would_help or one.reason == NO_BENEFIT
        assert one.short is None or one.short >= 0
        for change in one.would_help:
            if change.code != MORE_HOURS:
                wider, booked = helped(problem, plan, one.meeting, change)
                assert checker.problems_of(wider, booked) == []
            if change.code in (FREE, SHORTER):
                place = change.day, change.slot
                row = range(int(problem.first[one.meeting]), int(problem.first[one.meeting + 1]))
                assert place in {(int(problem.day[at]), int(problem.slot[at])) for at in row}


def test_control_without_the_change_it_would_break_a_rule() -> None:
    """What is freed and what is shortened stood in the way before."""
    seen = set()
    for seed in range(8):
        problem = week(seed, 40 if seed % 2 else 150)
        plan = solving.solve(problem)
        for one in reasons_of(problem, plan)[1]:
            for change in one.would_help:
                if change.code not in (FREE, SHORTER):
                    continue
                wider, booked = helped(problem, plan, one.meeting, change)
                as_it_was = replace(
                    wider, slots=problem.slots, busy=problem.busy, focus=problem.focus,
                    resource_busy=problem.resource_busy,
                )  # fmt: skip
                assert checker.problems_of(as_it_was, booked)
                seen.add(change.code)
    assert seen == {FREE, SHORTER}


def test_no_start_was_given() -> None:
    assert why_not(week_of(1, 4, [(1, "m", [])]), 0) == (NO_STARTS, "", None, [OTHER_TIME])


def test_no_start_is_free_and_what_closes_them_is_counted() -> None:
    starts = [(0, 0, 5), (0, 1, 5), (0, 3, 5), (1, 0, 5), (1, 2, 5)]
    problem = week_of(
        2, 4, [(2, "m", starts)], busy=[(0, 0, 1)], focus=[(0, 2, 1)], needs=[(0, 0)],
        resource_busy=[(0, 1, 0, 2), (0, 1, 3, 1)],
    )  # fmt: skip
    told = reasons_of(problem, solving.solve(problem))[1][0]
    assert told.reason == NO_FREE_START
    assert told.starts == {"busy": 1, "focus": 1, "resource": 2, "outside": 1}
    free, shorter = told.would_help
    assert (free.code, free.day, free.slot, free.what) == (FREE, 0, 0, ("busy",))
    assert (shorter.code, shorter.slots) == (SHORTER, 1)


def test_lost_to_what_comes_before() -> None:
    for kind, to in (("m", "must"), ("p", "promised")):
        problem = week_of(1, 1, [(1, "", HERE), (1, kind, [(0, 0, 1)])])
        assert why_not(problem, 0) == (LOST, to, None, [MORE_HOURS])
    problem = week_of(1, 1, [(1, "", HERE), (1, "", [(0, 0, 340)])])
    assert why_not(problem, 0) == (LOST, "benefit", 40, [MORE_HOURS])


def test_lost_to_a_fixed_booking_and_to_the_persons_own_other_meeting() -> None:
    meetings = [(1, "", HERE), (1, "", [(0, 0, 1), (0, 1, 400)])]
    fixed = week_of(1, 2, meetings, fixed=[(1, 0, 0)])
    assert why_not(fixed, 0)[:2] == (NO_FREE_START, "")
    near = week_of(1, 2, [(1, "", HERE), (1, "", [(0, 1, 400)])], apart=[(0, 1, 1)])
    assert why_not(near, 0) == (LOST, "benefit", 100, [MORE_HOURS])
    told = reasons_of(near, solving.solve(near))[1][0]
    assert told.starts == {"same_person": 1}


def test_no_benefit() -> None:
    assert why_not(week_of(1, 4, [(1, "", [(0, 0, -150), (0, 1, 0)])]), 0)[0] == NO_BENEFIT


def test_another_time_is_offered_where_the_coach_is_free() -> None:
    problem = week_of(1, 4, [(2, "", HERE), (2, "m", [(0, 1, 1)])], needs=[(0, 0)])
    assert why_not(problem, 0)[3] == [SHORTER]
    problem = week_of(1, 6, [(2, "", HERE), (2, "m", [(0, 1, 1)])])
    assert why_not(problem, 0)[3] == [SHORTER, OTHER_TIME]


def test_a_booking_says_how_far_it_is_from_its_best_start_and_what_stands_there() -> None:
    meetings = [(1, "", [(0, 0, 300), (0, 1, 250)]), (1, "m", [(0, 0, 1)])]
    problem = week_of(1, 2, meetings, keep=[(0, 0, 1)], keep_bonus=10)
    one, must = reasons_of(problem, solving.solve(problem))[0]
    assert (one.reason, one.kept, one.below_best, one.instead) == ("benefit", True, 50, ("must",))
    assert (must.reason, must.below_best, must.instead) == ("must", 0, ())


def test_a_start_of_what_needs_any_of_several_is_closed_where_none_of_them_is_free() -> None:
    problem = week_of(1, 8, [(2, "", [(0, 0, 300), (0, 4, 200)])])
    gone = replace(problem, unserved=np.array([True, False]))
    assert solving.solve(gone).booked.tolist() == [1]
    # The control: what trusts no solver sees the start that must not be.
    assert checker.problems_of(gone, np.array([0], np.int64)) == ["a resource is not free"]
    assert checker.problems_of(problem, np.array([0], np.int64)) == []
    closed = replace(problem, unserved=np.array([True, True]))
    (told,) = reasons_of(closed, solving.solve(closed))[1]
    assert told.reason == NO_FREE_START and told.starts == {"resource": 2}
    assert told.would_help[0].code == FREE and told.would_help[0].what == ("resource",)
