"""What a list calls free can be suggested as the form stands: both look at the same days."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from polku.foundation import clock
from polku.placements import free_days, seats
from polku.placements.fitting import stock
from polku.placements.models import Opening, Placement, Search
from polku.placements.tests.places import make_opening, make_worksite

pytestmark = pytest.mark.django_db
DAY = date(2026, 6, 1)


@pytest.fixture
def opening(world: Any) -> Any:
    stock.forget()
    world.enter()
    return make_opening(world, worksite=make_worksite(world, name="School"), title="Kitchen")


def use(opening: Any, first: date, last: date | None, **more: Any) -> Any:
    return seats.hold(opening, at=clock.now(), starts_on=first, ends_on=last, **more)


def first(opening: Any, on: date = DAY) -> free_days.Period | None:
    row = free_days.Seated(opening.id, opening.seats, opening.open_from, opening.open_to)
    return free_days.first([row], on=on, now=clock.now())[opening.id]


def plus(days: int) -> date:
    return DAY + timedelta(days=days)


def test_three_months_from_the_day_on_where_nobody_is(opening: Any) -> None:
    assert first(opening) == free_days.Period(DAY, plus(90), 1)


def test_a_seat_that_is_used_later_in_the_period_is_not_free(opening: Any) -> None:
    use(opening, plus(80), plus(100))
    assert first(opening) == free_days.Period(plus(105), plus(195), 1), "the Monday after"


def test_of_two_seats_one_is_enough(opening: Any) -> None:
    opening.seats = 2
    use(opening, plus(3), plus(9))
    found = first(opening)
    assert found and (found.starts_on, found.free) == (DAY, 1)


def test_a_seat_without_an_end_or_an_opening_shut_before_is_never_free(opening: Any) -> None:
    opening.open_to = plus(20)
    assert first(opening) == free_days.Period(DAY, plus(20), 1)
    use(opening, DAY, plus(30))
    assert first(opening) is None
    opening.open_to = None
    use(opening, plus(31), None)
    assert first(opening) is None


def test_a_promise_that_has_run_out_uses_nothing(opening: Any) -> None:
    use(opening, DAY, None, until=clock.now() - timedelta(hours=1))
    assert first(opening) == free_days.Period(DAY, plus(90), 1)


def form(world: Any, query: str) -> Any:
    browser = world.browser("aino", HTTP_ACCEPT_LANGUAGE="en")
    browser.cookies["polku_language"] = "en"
    return browser.get(f"/clients/{world.clients['devi'].id}/placements/new/{query}")


def as_it_stands(world: Any, opening: Any, query: str = "") -> Any:
    """Send the form with what it was filled with at first."""
    page = form(world, f"?opening={opening.id}{query}").context["form"]
    given = {name: page[name].value() for name in page.fields}
    given = {name: value for name, value in given.items() if value not in (None, False)}
    return world.browser("aino").post(
        f"/clients/{world.clients['devi'].id}/placements/new/?opening={opening.id}", given
    )


@pytest.mark.parametrize("after", [10, 60, 85])
def test_what_is_taken_within_the_forms_days_is_told_with_the_day_and_can_be_suggested(
    world: Any, opening: Any, after: int
) -> None:
    begins = free_days.begins()
    last = begins + timedelta(days=after + 7)
    use(opening, begins + timedelta(days=after), last)
    answer = form(world, "")
    assert answer.context["best"].fits == ()
    (row,) = answer.context["best"].full
    assert row.seats.startswith("free from ")
    assert answer.context["found"][0].free == row.seats and answer.context["found"][0].full
    page = form(world, f"?opening={opening.id}")
    assert "A seat is free for the whole time from" in page.content.decode()
    assert as_it_stands(world, opening).status_code == 302
    world.enter()
    made = Placement.objects.get()
    assert made.starts_on > last


def test_what_is_free_today_alone_is_not_told_as_free_on_the_map(world: Any, opening: Any) -> None:
    text = form_on_the_map(world)
    assert "Fit, best first" in text
    use(opening, free_days.begins() + timedelta(days=30), None)
    text = form_on_the_map(world)
    assert "Fit, best first" not in text and "Would fit, but no seat is free" in text
    assert "no day is known from which a seat is free" in text


def form_on_the_map(world: Any) -> str:
    browser = world.browser("aino", HTTP_ACCEPT_LANGUAGE="en")
    browser.cookies["polku_language"] = "en"
    text: str = browser.get(f"/places/?client={world.clients['devi'].id}").content.decode()
    return text


def test_on_the_map_what_can_be_had_stands_before_what_is_full(world: Any, opening: Any) -> None:
    other = make_opening(world, worksite=make_worksite(world, name="Café"), title="Baking")
    use(opening, free_days.begins() + timedelta(days=80), free_days.begins() + timedelta(days=99))
    text = form_on_the_map(world)
    full = text.index("Would fit, but no seat")
    assert text.index(f"?opening={other.id}") < full < text.index(f"?opening={opening.id}")
    assert "free from" in text


def test_a_day_that_was_asked_for_goes_along_into_the_form(world: Any, opening: Any) -> None:
    day = clock.today() + timedelta(days=2)
    answer = form(world, f"?on={day}")
    assert answer.context["found"][0].url.endswith(f"&on={day}")
    assert (
        form(world, f"?opening={opening.id}&on={day}").context["form"].initial["starts_on"] == day
    )
    odd = form(world, f"?opening={opening.id}&on=soon").context["form"].initial
    assert odd["starts_on"] == free_days.begins()


@pytest.mark.parametrize(
    ("sought", "preset"),
    [
        (["rehabilitative", "work_trial"], "rehabilitative"),
        (["volunteering", "work_trial"], "work_trial"),
        (["volunteering"], "volunteering_is_not_offered"),
        ([], "first"),
    ],
)
def test_the_kind_is_one_that_the_client_looks_for(
    world: Any, opening: Any, sought: list[str], preset: str
) -> None:
    Search.objects.create(
        register=world.areas["lake"], client=world.clients["devi"], kinds=sought,
        changed_at=clock.now(),
    )  # fmt: skip
    Opening.objects.filter(pk=opening.pk).update(kinds=["work_trial", "rehabilitative"])
    found = form(world, f"?opening={opening.id}").context["form"].initial["kind"]
    assert found == (preset if preset in ("rehabilitative", "work_trial") else "work_trial")
