"""What is drawn: small, safe under the content policy, told by more than colour, the same twice."""

import re
import time
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings

from polku.paths.picture import (
    Links,
    PictureError,
    Station,
    cache_key,
    figure,
    layout_wide,
    render_tall,
    render_wide,
)
from polku.paths.picture.lives import FINNISH, LIVES, TODAY
from polku.paths.picture.tests.picture_cases import paths

GOLDEN = Path(__file__).parent / "golden"
MIRJA = LIVES["Mirja, 52, keittiötyöhön"]
ASK: dict[str, Any] = {"words": FINNISH, "today": TODAY}
TWELVE = tuple(
    Station(
        key=f"k{n}",
        label="Kuntouttava työtoiminta" if n % 2 else "Työkokeilu",
        theme=("work", "learning", "health", "everyday")[n % 4],
        state="done" if n < 8 else "now" if n == 8 else "planned",
        when="9–11/2024",
        href=f"/asiakas/1234/askel/{n}",
    )
    for n in range(12)
)


@pytest.mark.parametrize("standalone", [False, True])
@given(path=paths(most=20))
@settings(max_examples=40, deadline=None)
def test_any_path_is_well_formed(standalone: bool, path: tuple[Station, ...]) -> None:
    for render in (render_wide, render_tall):
        root = ElementTree.fromstring(render(path, standalone=standalone, **ASK))
        assert root.tag == "{http://www.w3.org/2000/svg}svg"


@pytest.mark.parametrize("name", LIVES)
def test_on_a_page_nothing_carries_a_style_or_a_colour(name: str) -> None:
    page = figure(LIVES[name], **ASK)
    assert "style=" not in page
    assert not re.search(r"""["'(:]#[0-9a-f]{3,6}["');]""", page)
    assert not re.search(r"\son\w+=", page)
    assert "fill=" not in page and "stroke=" not in page


def test_on_paper_every_part_carries_its_paint_and_no_class() -> None:
    svg = render_wide(MIRJA, standalone=True, **ASK)
    assert "class=" not in svg and "<a " not in svg and "style=" not in svg
    for shape in re.findall(r"<(?:circle|path|rect|text)[^>]*>", svg):
        assert "fill=" in shape


def test_markup_in_a_label_stays_text() -> None:
    evil = Station("k", '<script>alert("1")</script> & co', "work", "done", href='/"><b>')
    for svg in (render_wide([evil], **ASK), render_tall([evil], standalone=True, **ASK)):
        assert "<script" not in svg and "<b>" not in svg
        ElementTree.fromstring(svg)


def test_without_links_it_is_an_image_and_with_links_a_group_with_a_list() -> None:
    plain = render_wide(LIVES["Kaisu, 27, kaikki valmista"], **ASK)
    linked = render_wide(MIRJA, **ASK)
    assert 'role="img" aria-labelledby="path-wide-t path-wide-d"' in plain
    assert "<a " not in plain and 'role="list"' not in plain
    assert 'role="group" aria-labelledby' in linked
    assert linked.count('role="listitem"') == len(MIRJA) == linked.count("<a ")


def test_each_link_says_the_whole_step_and_begins_with_what_is_seen() -> None:
    svg = render_wide(MIRJA, **ASK)
    assert 'aria-label="Nyt, Työkokeilu ehdolla, alkaen 7.12., Mirjan vuoro, Työ"' in svg
    assert 'aria-label="Digikurssi, 9–11/2024, Työ, valmis"' in svg


def test_themes_differ_by_their_sign_and_states_by_their_shape() -> None:
    signs = {
        theme: re.findall(r'<path d="([^"]+)" class="pp-icon"', render_wide([step], **ASK))
        for theme in ("work", "learning", "health", "everyday")
        for step in [Station("k", "Askel", theme, "done")]
    }
    assert len({tuple(sign) for sign in signs.values()}) == 4
    shapes = set()
    for state in ("done", "now", "proposed", "planned", "dropped"):
        svg = render_wide([Station("k", "Askel", "work", state)], **ASK)
        shapes.add(re.sub(r'd="[^"]*"', "", "".join(re.findall("<circle[^>]*>", svg))))
    assert len(shapes) == 5


def test_an_empty_path_teaches_how_it_begins() -> None:
    svg = render_wide([], links=Links(first_step="/uusi"), **ASK)
    assert FINNISH.start in svg and 'href="/uusi"' in svg
    assert "Sopikaa yhdessä" in svg


def test_the_fold_leads_to_the_list() -> None:
    long = tuple(Station(f"k{n}", f"Askel {n}", "work", "done") for n in range(40))
    svg = render_wide(long, links=Links(all_steps="#kaikki"), **ASK)
    assert 'href="#kaikki"' in svg


def test_every_id_of_a_figure_is_its_own() -> None:
    ids = re.findall(r'\bid="([^"]+)"', figure(MIRJA, uid="c7", **ASK))
    assert len(ids) == len(set(ids)) == 6
    assert all(name.startswith("c7-") for name in ids)


def test_twelve_linked_stations_stay_below_8_kb() -> None:
    for render in (render_wide, render_tall):
        svg = render(TWELVE, **ASK)
        assert svg.count("<a ") == 12
        assert len(svg.encode()) < 8192


def test_the_same_path_gives_the_same_picture_and_the_same_key() -> None:
    assert figure(MIRJA, **ASK) == figure(list(MIRJA), **ASK)
    assert cache_key(MIRJA, **ASK) == cache_key(list(MIRJA), **ASK)
    assert cache_key(MIRJA, **ASK) != cache_key(MIRJA[1:], **ASK)
    assert "Mirja" not in cache_key(MIRJA, **ASK)


def test_drawing_twelve_stations_is_quick() -> None:
    spent = []
    for _ in range(20):
        began = time.process_time()
        render_wide(TWELVE, **ASK)
        spent.append(time.process_time() - began)
    # About 1 ms here; the bound only catches a change of kind (a search that explodes).
    assert min(spent) < 0.01


@pytest.mark.parametrize(
    ("station", "says"),
    [
        (Station("k", "A", "sport", "done"), "'sport'"),  # type: ignore[arg-type]
        (Station("k", "A", "work", "lost"), "'lost'"),  # type: ignore[arg-type]
    ],
)
def test_an_unknown_theme_or_state_is_refused_by_name(station: Station, says: str) -> None:
    with pytest.raises(PictureError, match=says):
        render_wide([station], **ASK)


def test_a_key_used_twice_and_too_little_room_are_refused() -> None:
    twice = [Station("k", "A", "work", "done"), Station("k", "B", "work", "done")]
    with pytest.raises(PictureError, match="share the key 'k'"):
        render_wide(twice, **ASK)
    with pytest.raises(PictureError, match="280"):
        layout_wide([], width=200, **ASK)


@pytest.mark.parametrize(
    ("name", "svg"),
    [
        ("mirja-wide.svg", render_wide(MIRJA, **ASK)),
        ("mirja-tall-paper.svg", render_tall(MIRJA, standalone=True, **ASK)),
    ],
)
def test_the_picture_looks_as_it_was_looked_at(name: str, svg: str) -> None:
    """After a wanted change: look at the gallery, then write the new text to the golden file."""
    assert svg == (GOLDEN / name).read_text("utf-8").rstrip("\n")
