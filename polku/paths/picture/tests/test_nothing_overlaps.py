"""Whatever the path, no label lies on a label, a stop or a line, and nothing sticks out."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from polku.paths.picture import Station, layout_tall, layout_wide
from polku.paths.picture.lives import FINNISH, LIVES, TODAY
from polku.paths.picture.tests.picture_cases import faults, paths

WIDTHS = st.integers(320, 1400)


@given(path=paths(), width=WIDTHS)
@settings(max_examples=80, deadline=None)
def test_wide_nothing_overlaps(path: tuple[Station, ...], width: int) -> None:
    layout = layout_wide(path, width=width, today=TODAY, words=FINNISH)
    assert layout.marks
    assert faults(layout) == []


@given(path=paths(), width=WIDTHS)
@settings(max_examples=80, deadline=None)
def test_tall_nothing_overlaps(path: tuple[Station, ...], width: int) -> None:
    layout = layout_tall(path, width=width, today=TODAY, words=FINNISH)
    assert layout.marks
    assert faults(layout) == []


@pytest.mark.parametrize("name", LIVES)
@pytest.mark.parametrize("width", [320, 420, 600, 800, 1120, 1400])
def test_the_lives_are_sound_at_every_width(name: str, width: int) -> None:
    for lay in (layout_wide, layout_tall):
        assert faults(lay(LIVES[name], width=width, today=TODAY, words=FINNISH)) == []


def test_the_check_sees_a_label_that_was_moved_onto_another() -> None:
    layout = layout_wide(LIVES["Mirja, 52, keittiötyöhön"], width=1120, today=TODAY, words=FINNISH)
    first, second, *rest = layout.marks
    moved = replace(layout, marks=(first, replace(second, box=first.box), *rest))
    assert any("labels meet" in fault for fault in faults(moved))


def test_the_check_sees_a_label_on_a_line_and_one_outside() -> None:
    layout = layout_wide(LIVES["Mirja, 52, keittiötyöhön"], width=1120, today=TODAY, words=FINNISH)
    first, *rest = layout.marks
    on_line = replace(first, box=first.box.moved(60, first.y - first.box.bottom + 4))
    away = replace(first, box=first.box.moved(-200, 0))
    assert any("line at" in f for f in faults(replace(layout, marks=(on_line, *rest))))
    assert any("outside" in f for f in faults(replace(layout, marks=(away, *rest))))
