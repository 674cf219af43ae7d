"""An operator's own tiles: one origin more in a map page's policy, and no other page's."""

from __future__ import annotations

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.http import HttpResponse
from django.test import RequestFactory

from polku.config import reading
from polku.foundation import middleware
from polku.foundation.middleware import SecurityHeadersMiddleware
from polku.placements.map import tiles
from polku.placements.tests.places import make_worksite

TILES = "https://tiles.example:8443/fi/{z}/{x}/{y}.png"


def policy(response: HttpResponse) -> str:
    answer = SecurityHeadersMiddleware(lambda request: response)(RequestFactory().get("/"))
    return answer["Content-Security-Policy"]


def test_without_the_setting_the_policy_stays_as_it_is(settings) -> None:
    assert (settings.MAP_TILES, settings.MAP_STYLE) == ("", "")
    assert policy(tiles.let_in(HttpResponse())) == SecurityHeadersMiddleware.POLICY


def test_only_images_and_requests_of_that_origin_are_let_in(settings) -> None:
    settings.MAP_TILES = TILES
    said = policy(tiles.let_in(HttpResponse()))
    origin = "https://tiles.example:8443"
    plain = SecurityHeadersMiddleware.POLICY
    assert said.count(origin) == 2
    assert said.replace(f" {origin}", "") == plain
    assert f"img-src 'self' {origin} data:" in said and f"connect-src 'self' {origin};" in said
    assert policy(HttpResponse()) == plain


def test_the_worker_may_ask_it_too_and_no_other_file(settings, monkeypatch) -> None:
    monkeypatch.setattr(middleware, "_further", {})
    settings.MAP_STYLE = "https://style.example/s.json"
    tiles.let_worker()
    answer = middleware.SecurityHeadersMiddleware(lambda request: HttpResponse())
    told = {
        path: "https://style.example"
        in answer(RequestFactory().get(path))["Content-Security-Policy"]
        for path in ("/static/vendor/maplibre/maplibre-gl-worker.abc.mjs", "/static/web/a.js", "/")
    }
    assert list(told.values()) == [True, False, False]


def test_tiles_go_before_a_style(settings) -> None:
    settings.MAP_TILES, settings.MAP_STYLE = TILES, "https://style.example/s.json"
    assert tiles.style() == "" and tiles.origin() == "https://tiles.example:8443"
    settings.MAP_TILES = ""
    assert tiles.style() and tiles.origin() == "https://style.example"


@pytest.mark.parametrize(
    "bad",
    ["http://tiles.example/{z}/{x}/{y}", "https://tiles.example/", "tiles", "https://*/{z}/{x}/{y}",
     "https://a.example; script-src */{z}/{x}/{y}", "https://a.example/{z}/{x}/{y}'"],
)  # fmt: skip
def test_an_address_that_would_loosen_the_policy_is_refused_at_the_start(monkeypatch, bad) -> None:
    monkeypatch.setenv("POLKU_MAP_TILES", bad)
    with pytest.raises(ImproperlyConfigured, match="POLKU_MAP_TILES"):
        reading.address("POLKU_MAP_TILES", holding=("{z}", "{x}", "{y}"))


def test_a_good_address_is_taken(monkeypatch) -> None:
    monkeypatch.setenv("POLKU_MAP_TILES", TILES)
    assert reading.address("POLKU_MAP_TILES", holding=("{z}", "{x}", "{y}")) == TILES


@pytest.mark.django_db
def test_every_page_with_a_map_lets_the_operators_tiles_in(world, settings) -> None:
    settings.MAP_TILES = TILES
    world.enter()
    site = make_worksite(world)
    browser = world.browser("aino")
    for url in ("/places/", f"/places/worksites/{site.id}/map/", "/design/map/"):
        assert "https://tiles.example:8443" in browser.get(url)["Content-Security-Policy"], url
    for url in ("/places/worksites/", f"/places/worksites/{site.id}/"):
        assert "tiles.example" not in browser.get(url)["Content-Security-Policy"], url
