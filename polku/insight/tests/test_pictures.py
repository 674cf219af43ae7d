"""The pictures: drawn where the numbers are, readable by ear, and without a style attribute."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from polku.insight import pictures

WORDS = ("Today", "What if")


@given(st.floats(-1e4, 1e4), st.floats(0, 1e4))
def test_ticks_hold_what_is_drawn(low: float, wide: float) -> None:
    marks = pictures.ticks(low, low + wide)
    assert marks[0] <= low + 1e-6 and marks[-1] >= low + wide - 1e-6
    assert 2 <= len(marks) <= 8 and marks == sorted(set(marks))


@pytest.mark.parametrize(
    ("low", "high", "least", "most", "axis"),
    [(3.50, 3.54, 2, None, (2.52, 4.52)), (0, 0, 5, None, (0, 5)), (98, 99, 10, 100, (90, 100)),
     (20, 60, 10, 100, (20, 60)), (0.2, 0.4, 5, None, (0, 5))],
)  # fmt: skip
def test_an_axis_has_room_so_that_nothing_small_looks_great(low, high, least, most, axis) -> None:
    assert pictures.room(low, high, least, most) == pytest.approx(axis)


def _pair(today: pictures.Span, other: pictures.Span) -> str:
    return pictures.pair(today, other, label="Said <so>", words=WORDS)


def test_the_greater_mean_stands_further_on() -> None:
    drawn = _pair((9, 10, 11), (19, 20, 21))
    circle = float(re.search(r'<circle class="now" cx="([\d.]+)"', drawn)[1])
    diamond = float(re.search(r'<path class="then" d="M([\d.]+)', drawn)[1])
    assert pictures.LEFT <= circle < diamond <= pictures.RIGHT
    bands = [
        float(one)
        for one in re.findall(r'class="band \w+" x="[\d.]+" y="\d+" width="([\d.]+)"', drawn)
    ]
    assert bands[0] == pytest.approx(bands[1], abs=0.1) and bands[0] > pictures.LEAST_BAND


@pytest.mark.parametrize("both", [((0, 0, 0),) * 2, ((5, 5, 5),) * 2, ((0, 0, 0), (1e6, 1e6, 1e6))])
def test_flat_and_far_are_drawn_inside_the_picture(both) -> None:
    drawn = _pair(*both)
    for at in re.findall(r'(?:cx|x1|x2)="([-\d.]+)"', drawn):
        assert 0 <= float(at) <= pictures.WIDE
    assert "nan" not in drawn and "inf" not in drawn


def test_a_picture_is_named_and_safe() -> None:
    drawn = _pair((1, 2, 3), (2, 3, 4))
    assert 'role="img" aria-label="Said &lt;so&gt;"' in drawn
    assert "style=" not in drawn
    assert "Today" in drawn and "What if" in drawn


def test_a_course_ends_with_its_marks() -> None:
    points = [(1, 100.0, 95.0, 105.0), (52, 110.0, 100.0, 120.0), (104, 120.0, 90.0, 150.0)]
    drawn = pictures.course(
        points, [(w, 2 * m, 2 * a, 2 * b) for w, m, a, b in points], label="x", words=("a", "b")
    )
    assert drawn.count('class="line') == 2 and drawn.count('class="band') == 2
    circle = float(re.search(r'<circle class="now" cx="[\d.]+" cy="([\d.]+)"', drawn)[1])
    diamond = float(re.search(r'<path class="then" d="M[\d.]+ ([\d.]+)', drawn)[1]) + 7
    assert diamond < circle <= pictures.BOTTOM
