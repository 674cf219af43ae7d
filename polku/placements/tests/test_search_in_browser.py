"""The page of what a client looks for in a browser: boxes on one line, wishes with a button."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page

from polku.contacts.tests.driving import browser, coach, engine
from polku.foundation import clock, walls
from polku.placements.models import SearchWord

__all__ = ["browser", "coach", "engine"]
pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]

# How far apart the lower edges of the boxes of a pair are, at most, in pixels.
APART = """() => Math.max(...[...document.querySelectorAll('.pair')].map((pair) => {
  const fields = [...pair.querySelectorAll('input, select')];
  const boxes = fields.map((one) => one.getBoundingClientRect());
  const lines = Object.groupBy(boxes, (box) => box.left);
  if (Object.keys(lines).length < 2) return 0;
  return Math.max(...boxes.map((box) => box.bottom)) - Math.min(...boxes.map((box) => box.bottom));
}))"""
LONGER = (
    "document.querySelector('.looked-for .pair label').append(' and much more of it'.repeat(4))"
)
AS_IT_WAS = ".pair > .field { align-content: normal !important; align-self: start; }"


@pytest.mark.parametrize("width", [700, 1280])
def test_boxes_of_a_pair_stand_on_one_line_however_long_a_label_is(
    world: Any, live_server: Any, coach: Callable[..., Page], width: int
) -> None:
    page = coach(viewport={"width": width, "height": 900})
    page.goto(f"{live_server.url}/clients/{world.clients['devi'].id}/search/")
    page.evaluate(LONGER)
    assert page.evaluate(APART) < 1
    # Control: without the line of the style sheet they do not.
    page.evaluate(
        "(css) => { const sheet = new CSSStyleSheet(); sheet.replaceSync(css);"
        " document.adoptedStyleSheets = [sheet]; }",
        AS_IT_WAS,
    )
    assert page.evaluate(APART) > 10


def test_a_wish_is_taken_off_beside_it_by_a_button_that_names_it(
    world: Any, live_server: Any, coach: Callable[..., Page]
) -> None:
    devi = world.clients["devi"]
    with walls.inside(devi.register_id):
        SearchWord.objects.create(
            register_id=devi.register_id, client=devi, kind="wish", work_code="4411",
            told_on=clock.today(),
        )  # fmt: skip
    page = coach(viewport={"width": 390, "height": 844})
    page.goto(f"{live_server.url}/clients/{devi.id}/search/")
    line = page.locator(".words > li")
    said, button = line.locator("b").bounding_box(), line.get_by_role("button").bounding_box()
    assert said and button
    assert abs(said["y"] + said["height"] / 2 - button["y"] - button["height"] / 2) < 8
    line.get_by_role("button", name="library").click()
    page.wait_for_load_state()
    assert page.locator(".words > li").count() == 0
