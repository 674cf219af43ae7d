"""Every pair of colours that meets on a page can be read: WCAG 2.2, 1.4.3 and 1.4.11."""

import pytest

from polku.web.tests.css import colours, ratio

THEMES = ("light", "dark", "contrast", "dark contrast")
HUES = ("lake", "heather", "pine", "cloud", "lingon")
GROUNDS = ("paper", "surface", "sunken")
TEXT = (
    [(ink, ground) for ink in ("ink", "muted", "lake", "lake-deep") for ground in GROUNDS]
    + [(hue, f"{hue}-soft") for hue in HUES]
    + [(ink, f"{hue}-soft") for ink in ("ink", "muted") for hue in HUES]
    + [(hue, "surface") for hue in HUES]
    + [("lake-deep", "lake-soft"), ("on-lake", "lake"), ("on-lake", "lake-deep")]
    + [("lake", f"{hue}-soft") for hue in HUES]
)
SHAPES = [("edge", ground) for ground in GROUNDS] + [
    (mark, ground) for mark in ("focus", "lake") for ground in GROUNDS
]


@pytest.mark.parametrize("theme", THEMES)
def test_text_can_be_read_on_its_ground(theme: str) -> None:
    found = colours(theme)
    weak = {pair: round(ratio(found[pair[0]], found[pair[1]]), 2) for pair in TEXT}
    assert not {pair: value for pair, value in weak.items() if value < 4.5}


@pytest.mark.parametrize("theme", THEMES)
def test_edges_and_focus_can_be_seen(theme: str) -> None:
    found = colours(theme)
    weak = {pair: round(ratio(found[pair[0]], found[pair[1]]), 2) for pair in SHAPES}
    assert not {pair: value for pair, value in weak.items() if value < 3}


@pytest.mark.parametrize("theme", ("contrast", "dark contrast"))
def test_high_contrast_reaches_seven(theme: str) -> None:
    found = colours(theme)
    for ink in ("ink", "muted", "lake"):
        assert ratio(found[ink], found["surface"]) >= 7


def test_the_measure_tells_weak_from_strong() -> None:
    assert round(ratio("#000000", "#ffffff"), 1) == 21
    assert ratio("#ffb000", "#ffffff") < 3
    assert round(ratio("#767676", "#ffffff"), 2) == 4.54


def test_dark_names_every_colour_of_its_own() -> None:
    light, dark = colours("light"), colours("dark")
    assert {name for name in light if light[name] == dark[name]} == set()
