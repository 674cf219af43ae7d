"""The map in a real browser: by hand, by keyboard, without WebGL, without script."""

from __future__ import annotations

import base64
import os
import re
import threading
import time
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, ClassVar

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from polku.contacts.tests.driving import HERE, chromium
from polku.web import bundle
from tests.axe import barriers

# Drawing by software takes both cores for minutes: run by `make torture PROMISE=56`.
pytestmark = [
    pytest.mark.torture(promise=56),
    pytest.mark.journey,
    pytest.mark.django_db(transaction=True),
]

# WebGL in software; a browser that has none.
DRAWS = ["--no-sandbox", HERE, "--use-angle=swiftshader", "--enable-unsafe-swiftshader"]
DRAWS_NOT = ["--no-sandbox", HERE, "--disable-gpu", "--disable-3d-apis"]
PATIENCE = 60_000
PIXEL = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg=="
)
MIDDLE = """() => {
  const { lng, lat } = document.querySelector("[data-placement-map]").placementMap.map.getCenter();
  return [lng, lat, document.querySelector("[data-placement-map]").placementMap.map.getZoom()];
}"""
Visit = Callable[..., Page]


@pytest.fixture(scope="module")
def browsers() -> Iterator[Callable[[list[str]], Browser]]:
    if bundle.stale():
        bundle.build()
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    opened: dict[str, Browser] = {}
    with sync_playwright() as play:

        def one(args: list[str]) -> Browser:
            key = " ".join(args)
            if key not in opened:
                opened[key] = play.chromium.launch(executable_path=chromium(), args=args)
            return opened[key]

        yield one
        for browser in opened.values():
            browser.close()
    del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


@pytest.fixture
def visit(browsers: Any, live_server: Any) -> Iterator[Visit]:
    """Open the living page of the map; no fault may be thrown, and the policy refuse nothing."""
    opened: list[BrowserContext] = []
    wrong: list[str] = []

    def go(
        *,
        args: list[str] = DRAWS,
        live: bool = True,
        width: int = 1280,
        also: str = "nowhere",
        **more: Any,
    ) -> Page:
        def ours(url: str, *origins: str) -> None:
            if not url.startswith((*origins, "data:", "blob:")):
                wrong.append(url)

        context = browsers(args).new_context(
            viewport={"width": width, "height": 900},
            locale="en-GB",
            reduced_motion="reduce",
            **more,
        )
        opened.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: wrong.append(str(error)))
        page.on("console", lambda m: wrong.append(m.text) if "Content Security" in m.text else None)
        page.on("request", lambda r: ours(r.url, live_server.url, also))
        page.goto(f"{live_server.url}/design/map/")
        if live:
            page.locator(".map.live").first.wait_for(timeout=PATIENCE)
        return page

    yield go
    for context in opened:
        context.close()
    assert wrong == []


def rings(page: Page) -> Any:
    return page.locator("[data-rings]").first.get_by_role("button")


def test_rings_are_buttons_in_reading_order_with_whole_names(visit: Visit) -> None:
    page = visit()
    expect(page.get_by_role("button", name="Kunnantalo: 1 free of 2 seats")).to_be_visible()
    expect(page.get_by_role("button", name="Heinola: 2 free of 6 seats at 2 work")).to_be_visible()
    expect(page.get_by_role("button", name="Kuusi: 0 free of 1 seats; place kn")).to_be_visible()
    tops = [rings(page).nth(n).bounding_box()["y"] for n in range(rings(page).count())]
    assert len(tops) >= 9
    assert all(later > earlier - 70 for earlier, later in zip(tops, tops[1:], strict=False))


def test_map_and_list_mark_each_other(visit: Visit) -> None:
    page = visit()
    row = page.locator("#worksite-s7")
    page.get_by_role("button", name="Kunnantalo").hover()
    expect(row).to_have_class("near")
    page.get_by_role("button", name="Kunnantalo").click()
    expect(row).to_have_class(re.compile("chosen"))
    expect(row.get_by_role("link")).to_be_focused()
    page.locator("#worksite-s11").hover()
    expect(page.locator(".near > button", has_text="Puutarha Onni")).to_be_visible()
    page.locator("#worksite-s10").get_by_role("link").click()
    expect(page.locator(".chosen > button", has_text="Verstas Nasta")).to_be_visible()


def test_a_ring_of_many_opens_up(visit: Visit) -> None:
    page = visit()
    page.get_by_role("button", name="Lahti: ").click()
    expect(page.get_by_role("button", name="Vuokkoharjun koulu")).to_be_visible()
    expect(page.get_by_role("button", name="Kierrätyskeskus Ranta")).to_be_visible()


def test_filters_of_the_page_are_the_maps_own(visit: Visit) -> None:
    page = visit()
    expect(page.get_by_role("button", name="Varikko")).to_be_visible()
    page.get_by_label("Only where a seat is free").check()
    expect(page.get_by_role("button", name="Varikko")).to_have_count(0)
    expect(page.locator("[data-said]").first).to_contain_text("free of")


def test_all_of_it_goes_by_keyboard(visit: Visit) -> None:
    page = visit()
    start = page.evaluate(MIDDLE)
    skip = page.get_by_role("link", name="Skip the map; the list says the same").first
    skip.focus()
    expect(skip).to_be_visible()
    page.keyboard.press("Enter")
    expect(page.locator("#sample-list")).to_be_focused()
    page.get_by_role("button", name="Kunnantalo").focus()
    page.keyboard.press("ArrowRight")
    east = page.evaluate(MIDDLE)
    assert east[0] > start[0] + 0.05 and abs(east[1] - start[1]) < 1e-6
    page.get_by_role("button", name="Palvelutalo Harju").focus()
    page.keyboard.press("+")
    assert page.evaluate(MIDDLE)[2] == pytest.approx(start[2] + 1, abs=0.01)
    page.get_by_role("button", name="Back to the beginning").first.press("Enter")
    assert page.evaluate(MIDDLE) == pytest.approx(start, abs=1e-4)


def test_whoever_can_not_drag_presses_buttons(visit: Visit) -> None:
    page = visit(width=390, has_touch=True)
    start = page.evaluate(MIDDLE)
    page.get_by_role("button", name="Move the map north").first.click()
    page.get_by_role("button", name="Move the map west").first.click()
    moved = page.evaluate(MIDDLE)
    assert moved[1] > start[1] and moved[0] < start[0]


def test_distances_are_called_what_they_are(visit: Visit) -> None:
    page = visit()
    expect(page.locator(".map-key")).to_contain_text("5, 15 and 30 km as the crow flies")
    labels = page.locator("[data-travel] > span:not([hidden]) > span", has_text="the crow flies")
    expect(labels.first).to_be_visible()


def test_a_point_is_picked_by_hand_and_by_keyboard(visit: Visit) -> None:
    page = visit()
    lat, lon = page.get_by_label("Latitude"), page.get_by_label("Longitude")
    page.locator(".map.live.picking").wait_for(timeout=PATIENCE)
    picking = page.locator(".map.picking")
    expect(picking.locator("[data-pin] svg")).to_be_visible()
    picking.scroll_into_view_if_needed()
    box = picking.bounding_box()
    page.mouse.click(box["x"] + box["width"] / 2 + 100, box["y"] + box["height"] / 2)
    picked = float(lon.input_value())
    assert picked > 25.66
    picking.locator("canvas").focus()
    page.keyboard.press("Enter")
    assert float(lon.input_value()) == pytest.approx(25.656, abs=0.001)
    assert float(lat.input_value()) == pytest.approx(60.983, abs=0.001)
    lat.fill("61.2")
    lat.press("Tab")
    expect(picking.locator("[data-pin] svg")).to_be_visible()


def test_without_webgl_the_still_picture_says_so(visit: Visit) -> None:
    page = visit(args=DRAWS_NOT, live=False)
    sentence = page.get_by_text("This browser can't draw the moving map").first
    expect(sentence).to_be_visible(timeout=PATIENCE)
    expect(page.locator(".map-still").first).to_be_visible()
    page.locator('.map-still a[href="#worksite-s7"]').focus()
    page.keyboard.press("Enter")
    assert page.url.endswith("#worksite-s7")


def test_without_script_the_still_picture_and_the_list_are_there(visit: Visit) -> None:
    page = visit(live=False, java_script_enabled=False)
    expect(page.locator(".map-still").first).to_be_visible()
    assert page.locator('.map-still a[href^="#worksite-"]').count() >= 6
    expect(page.locator("#worksite-s1")).to_be_visible()
    expect(page.get_by_label("Latitude")).to_be_editable()


class Tiles(BaseHTTPRequestHandler):
    """Somebody else's tiles: one pixel each, and how many were asked for."""

    asked: ClassVar[list[str]] = []

    def do_GET(self) -> None:
        self.asked.append(self.path)
        self.send_response(200)
        self.send_header("Content-Type", "image/png")
        self.send_header("Access-Control-Allow-Origin", "*")
        self.end_headers()
        self.wfile.write(PIXEL)

    def log_message(self, *_words: Any) -> None:
        pass


@pytest.fixture
def neighbour(settings: Any) -> Iterator[str]:
    """Serve tiles from another origin, named by the setting."""
    Tiles.asked.clear()
    server = ThreadingHTTPServer(("127.0.0.1", 0), Tiles)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    address = f"http://127.0.0.1:{server.server_address[1]}"
    settings.MAP_TILES = f"{address}/{{z}}/{{x}}/{{y}}.png"
    settings.MAP_ATTRIBUTION = "© Naapuri"
    yield address
    server.shutdown()
    server.server_close()


def test_an_operators_own_tiles_are_drawn_and_named(visit: Visit, neighbour: str) -> None:
    page = visit(also=neighbour)
    expect(page.locator(".map-credit").first).to_contain_text("© Naapuri")
    page.get_by_role("button", name="Nearer").first.click()
    deadline = time.monotonic() + 20
    while not Tiles.asked and time.monotonic() < deadline:
        page.wait_for_timeout(100)
    assert Tiles.asked and all(path.endswith(".png") for path in Tiles.asked)


def test_a_dead_neighbour_leaves_the_base_map(visit: Visit, settings: Any) -> None:
    settings.MAP_STYLE = "http://127.0.0.1:9/style.json"
    page = visit(also="http://127.0.0.1:9")
    expect(page.get_by_role("button", name="Kunnantalo")).to_be_visible()


@pytest.mark.parametrize(("args", "live"), [(DRAWS, True), (DRAWS_NOT, False)])
@pytest.mark.parametrize("width", [390, 1280])
def test_no_barrier_is_found(visit: Visit, args: list[str], live: bool, width: int) -> None:
    page = visit(args=args, live=live, width=width, bypass_csp=True)
    assert barriers(page) == []
