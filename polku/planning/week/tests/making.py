"""Weeks of any shape, drawn by hypothesis: ties, nothing free, gaps, resources, fixed and kept."""

from dataclasses import replace

import numpy as np
from hypothesis import strategies as st

from polku.planning.week import checker
from polku.planning.week.openings import openings
from polku.planning.week.problem import Longs, Problem

Start = tuple[int, int, int]


def week_of(
    days: int, per_day: int, meetings: list[tuple[int, str, list[Start]]], **more: object
) -> Problem:
    """Build a week from (slots, "m" and "p" for must and promised, starts) each."""
    rows = [start for _, _, starts in meetings for start in starts]
    table = np.array(rows, np.int32).reshape(-1, 3)
    for name, columns in (
        ("busy", 3), ("focus", 3), ("keep", 3), ("fixed", 3), ("apart", 3), ("needs", 2),
        ("resource_busy", 4),
    ):  # fmt: skip
        if name in more:
            more[name] = np.array(more[name], np.int32).reshape(-1, columns)
    for name in ("buffer", "not_before"):
        if name in more:
            more[name] = np.array(more[name], np.int32)
    return Problem(
        days, per_day, np.array([slots for slots, _, _ in meetings], np.int32),
        np.array(["m" in kind for _, kind, _ in meetings], np.bool_),
        np.array(["p" in kind for _, kind, _ in meetings], np.bool_),
        np.cumsum([0, *(len(starts) for _, _, starts in meetings)]).astype(np.int64),
        table[:, 0].copy(), table[:, 1].copy(), table[:, 2].copy(), **more,  # type: ignore[arg-type]
    )  # fmt: skip


@st.composite
def weeks(draw: st.DrawFn, *, most_meetings: int = 9) -> Problem:
    """Draw a week that is sound."""
    days, per_day = draw(st.integers(1, 3)), draw(st.integers(1, 9))
    many = draw(st.integers(1, most_meetings))
    top = draw(st.sampled_from([1, 3, 400, 1_000_000]))
    places = st.tuples(st.integers(0, days - 1), st.integers(0, per_day - 1))
    meetings = []
    for _ in range(many):
        starts = draw(st.dictionaries(places, st.integers(-top, top), max_size=8))
        kind = draw(st.sampled_from(["", "", "p", "m", "mp"]))
        meetings.append((draw(st.integers(1, 4)), kind, [(*at, v) for at, v in starts.items()]))
    stretch = st.tuples(
        st.integers(0, days - 1), st.integers(0, per_day - 1), st.integers(1, 3)
    )  # fmt: skip
    whose = st.integers(0, many - 1)
    pairs = st.tuples(whose, whose, st.integers(1, 3)).filter(lambda one: one[0] != one[1])
    problem = week_of(
        days, per_day, meetings,
        busy=draw(st.lists(stretch, max_size=2)), focus=draw(st.lists(stretch, max_size=1)),
        buffer=draw(st.lists(st.integers(0, 2), min_size=many, max_size=many)),
        not_before=draw(st.lists(st.integers(0, 1), min_size=many, max_size=many)),
        apart=draw(st.lists(pairs, max_size=3)),
        needs=draw(st.lists(st.tuples(whose, st.integers(0, 1)), max_size=3)),
        resource_busy=[
            (draw(st.integers(0, 1)), *one) for one in draw(st.lists(stretch, max_size=2))
        ],
        keep_bonus=draw(st.integers(0, 400)),
    )  # fmt: skip
    starts_of = [
        (i, int(problem.day[row]), int(problem.slot[row]))
        for i in range(many)
        for row in range(int(problem.first[i]), int(problem.first[i + 1]))
    ]
    if not starts_of:
        return problem
    keep = {one[0]: one for one in draw(st.lists(st.sampled_from(starts_of), max_size=3))}
    kept = np.array(list(keep.values()), np.int32).reshape(-1, 3)
    problem = replace(problem, keep=kept)
    return _with_fixed(problem, draw(st.lists(st.sampled_from(starts_of), max_size=2)))


def _with_fixed(problem: Problem, wanted: list[tuple[int, int, int]]) -> Problem:
    """Fix those of the wanted bookings that can stand beside each other."""
    for one in wanted:
        if one[0] in problem.fixed[:, 0]:
            continue
        fixed = np.array([*problem.fixed.tolist(), one], np.int32)
        tried = replace(problem, fixed=fixed)
        if not checker.problems_of(tried, openings(tried).fixed_start):
            problem = tried
    return problem


def bent(problem: Problem, booked: Longs, meeting: int, start: int) -> Longs:
    """Return a plan with one meeting at another start."""
    other = booked.copy()
    other[meeting] = start
    return other
