"""The still picture: what is seen without script and without WebGL."""

from __future__ import annotations

import re
from dataclasses import replace

from django.utils import translation

from polku.placements.map.clusters import Ring
from polku.placements.map.drawing import FINLAND, Map, Pick, said
from polku.placements.map.still import View, fitting, still
from polku.placements.map.travel import plain

LAHTI = (24.9, 60.75, 26.7, 61.5)


def ring(**more) -> Ring:
    box = (25.66, 60.98, 25.66, 60.98)
    one = Ring("9.1.2", 25.66, 60.98, 4, 2, 1, 1, 1, "Koulu", "Lahti", "w1", ("w1",), box, False)
    return replace(one, **more)


def test_it_shows_land_water_and_rings_that_lead_to_the_list() -> None:
    svg = still(fitting(LAHTI), [ring()], title="Kartta", said=said)
    assert 'class="land"' in svg and 'class="water"' in svg
    assert '<a href="#worksite-w1">' in svg
    assert 'aria-label="Kartta"' in svg and ">2</text>" in svg
    assert ">Heinola</text>" in svg


def test_nothing_in_it_needs_a_looser_policy() -> None:
    svg = still(fitting(LAHTI), [ring(name="<b onload=1>")], title='"><script>', said=said)
    assert "style=" not in svg and "<script" not in svg and "<b " not in svg
    assert not re.search(r"\son\w+=", re.sub(r"&lt;.*?&gt;", "", svg))


def test_it_is_light_even_for_the_whole_country() -> None:
    assert len(still(fitting(FINLAND), title="Suomi")) < 120_000
    assert len(still(fitting(LAHTI), title="Lahti")) < 90_000


def test_a_box_fits_with_room_around_it() -> None:
    west, south, east, north = fitting(LAHTI).box()
    assert west < LAHTI[0] and south < LAHTI[1] and east > LAHTI[2] and north > LAHTI[3]


def test_its_middle_is_in_the_middle() -> None:
    view = View(25.0, 61.0, 8.0)
    assert view.at(25.0, 61.0) == (380, 280)
    west, _south, _east, north = view.box()
    x, y = view.at(west, north)
    assert abs(x) < 1e-6 and abs(y) < 1e-6


def test_under_a_safety_ban_no_point_and_no_outside_tile_is_in_the_page(db, settings) -> None:
    settings.MAP_TILES = "https://tiles.example/{z}/{x}/{y}.png"
    open_one = Map(title="x", travel=plain(25.6, 61.0))
    assert open_one.home_text and open_one.tiles
    guarded = Map(title="x", travel=plain(25.6, 61.0), guarded=True)
    assert (guarded.home_text, guarded.reach_json) == ("", "[]")
    assert (guarded.tiles, guarded.style) == ("", "")
    assert "reach" in open_one.still and "reach" not in guarded.still


def test_a_map_for_a_form_names_its_fields() -> None:
    assert Pick(lat="id_lat", lon="id_lon").precision == ""


def test_a_coarse_place_says_so_in_each_language() -> None:
    told = {}
    for language in ("fi", "sv", "en"):
        with translation.override(language):
            told[language] = said(ring(coarse=True))
    assert told["en"] == "Koulu: 2 free of 4 seats; place known only about"
    assert len(set(told.values())) == 3
