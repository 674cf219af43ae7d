"""Where a place is chosen for a client, the ten best stand first, and other wishes can be tried."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from polku.foundation import clock
from polku.placements import seats
from polku.placements.client.choosing import AHEAD
from polku.placements.fitting import stock
from polku.placements.models import Opening, Search, SearchWord
from polku.placements.tests.places import make_opening, make_worksite

pytestmark = pytest.mark.django_db


@pytest.fixture
def two(world: Any) -> dict[str, Any]:
    """A kitchen with heavy lifts and a library; Devi wishes for the library, rules out lifts."""
    stock.forget()
    world.enter()
    made = {
        "Kitchen": make_opening(
            world, worksite=make_worksite(world, name="School"), title="Kitchen",
            demands=["lifting_20"],
        ),
        "Library": make_opening(
            world, worksite=make_worksite(world, name="Books"), title="Library", work_code="4411",
        ),
    }  # fmt: skip
    row = {"register": world.areas["lake"], "client": world.clients["devi"]}
    Search.objects.create(**row, limits=["lifting_10"], changed_at=clock.now())
    SearchWord.objects.create(**row, kind="wish", work_code="4411", told_on=clock.today())
    return made


def page(world: Any, who: str = "aino", query: str = "") -> Any:
    browser = world.browser(who, HTTP_ACCEPT_LANGUAGE="en")
    browser.cookies["polku_language"] = "en"
    return browser.get(f"/clients/{world.clients['devi'].id}/placements/new/{query}")


def best_of(answer: Any) -> list[str]:
    return [row.title for row in answer.context["best"].fits]


def test_what_fits_stands_first_with_its_reasons(world: Any, two: Any) -> None:
    answer = page(world)
    assert best_of(answer) == ["Library"]
    assert "wish: library work" in answer.content.decode()


def test_why_another_does_not_fit_is_told(world: Any, two: Any) -> None:
    said = page(world, query=f"?why={two['Kitchen'].id}").content.decode()
    assert "lifting over 20 kg (the client&#x27;s limit)" in said
    assert page(world, query="?why=nonsense").status_code == 200


def test_a_limit_left_out_is_tried_and_saved_nowhere(world: Any, two: Any) -> None:
    answer = page(world, query="?without=lifting_10")
    assert best_of(answer) == ["Library", "Kitchen"]
    assert answer.context["best"].tried
    world.enter()
    assert Search.objects.get().limits == ["lifting_10"]
    assert best_of(page(world, query="?without=no-such-limit")) == ["Library"]


def test_a_full_opening_is_told_apart(world: Any, two: Any) -> None:
    world.enter()
    start = clock.today() + AHEAD
    seats.hold(two["Library"], at=clock.now(), starts_on=start, ends_on=start + timedelta(days=30))
    answer = page(world)
    assert best_of(answer) == []
    assert [row.title for row in answer.context["best"].full] == ["Library"]


def test_a_suggestion_begins_with_the_reasons(world: Any, two: Any) -> None:
    said = page(world, query=f"?opening={two['Library'].id}").content.decode()
    assert "Wish: library work." in said


def test_another_coach_and_a_foreign_opening_see_nothing(world: Any, two: Any) -> None:
    assert page(world, "carita").status_code == 404
    world.enter("river")
    foreign = make_opening(world, area="river", title="Foreign")
    answer = page(world, query=f"?why={foreign.id}")
    assert "Foreign" not in answer.content.decode()
    assert Opening.objects.count() <= 3
