"""What the law says is shown while one chooses: of the form as it stands, with its source."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest

from polku.foundation import clock
from polku.foundation.models import AuditEntry
from polku.placements.models import Placement
from polku.placements.tests.living import answered, begun, monday, suggested
from polku.placements.tests.places import make_opening

FRAGMENT = {"HTTP_X_POLKU_FRAGMENT": "1"}


@pytest.fixture
def browser(sign_in: Any) -> Any:
    found = sign_in("aino")
    found.cookies["polku_language"] = "en"
    return found


def text_of(answer: Any) -> str:
    return answer.content.decode()


def card(answer: Any) -> str:
    """Return the card of the law alone, without the forms beside it."""
    return text_of(answer).split("data-laws")[1].split("</section>")[0]


def problems(answer: Any) -> str:
    return text_of(answer).split('class="problems"')[1].split("</div>")[0]


def new_of(world: Any, **fields: Any) -> str:
    world.enter()
    opening = make_opening(world, **({"kinds": ["work_trial", "volunteering"]} | fields))
    return f"/clients/{world.clients['devi'].id}/placements/new/?opening={opening.id}"


def given(**more: Any) -> dict[str, Any]:
    fields = {
        "kind": "work_trial",
        "starts_on": monday(),
        "ends_on": monday() + timedelta(days=60),
        "reasons": "Because",
        "submission": str(uuid4()),
    }
    return fields | more


def test_the_form_shows_the_law_of_what_it_proposes(world: Any, browser: Any) -> None:
    page = browser.get(new_of(world))
    assert "There is time for this work trial" in card(page)
    assert 'name="check"' in text_of(page)


def test_checking_tells_of_what_stands_in_the_form_and_writes_nothing(
    world: Any, browser: Any
) -> None:
    new = new_of(world)
    page = browser.post(new, given(check="1", ends_on=monday() + timedelta(days=400)))
    assert page.status_code == 200
    assert "may go on to" in card(page)
    assert "not yet sent" in card(page)
    assert "Because" in text_of(page)
    assert 'class="problems"' not in text_of(page)
    world.enter()
    assert not Placement.objects.exists()
    assert AuditEntry.objects.filter(action="placements.suggest_form").count() == 1


def test_another_kind_has_another_law(world: Any, browser: Any) -> None:
    new = new_of(world)
    for kind, found in (("work_trial", True), ("volunteering", False)):
        said = text_of(browser.post(new, given(check="1", kind=kind), **FRAGMENT))
        assert ("There is time for this work trial" in said) is found
        assert "<html" not in said


def test_a_form_that_lacks_a_day_is_told_so_where_it_is_sent_alone(
    world: Any, browser: Any
) -> None:
    new = new_of(world)
    assert browser.post(new, given(check="1", starts_on="")).status_code == 200
    assert browser.post(new, given(starts_on="")).status_code == 422
    said = browser.post(new, given(check="1", ends_on=monday() - timedelta(days=3)))
    assert said.status_code == 200


def accepted(world: Any) -> Placement:
    placement = answered(world, suggested(world))
    placement.refresh_from_db()
    return placement


def url_of(placement: Placement, end: str = "") -> str:
    return f"/clients/{placement.client_id}/placements/{placement.id}/{end}"


def terms(placement: Placement, **more: Any) -> dict[str, Any]:
    fields = {
        "version": placement.version,
        "starts_on": placement.starts_on,
        "ends_on": placement.ends_on,
        "hours_a_day": "9",
        "days_a_week": "6",
        "known_as": "Devi K.",
    }
    return fields | more


def test_hours_that_the_law_stops_come_back_with_reason_and_source(
    world: Any, browser: Any
) -> None:
    placement = accepted(world)
    page = browser.post(url_of(placement, "terms/"), terms(placement))
    assert page.status_code == 422
    said = problems(page)
    assert "8" in said
    assert "Source: " in said
    assert "The law does not let it be arranged like this." in card(page)
    assert "fit the law" not in card(page)
    placement.refresh_from_db()
    assert placement.hours_a_day is None


def test_hours_that_fit_are_told_to_fit_before_they_are_written(world: Any, browser: Any) -> None:
    """Control of the test above: the card speaks of the form, not of what is stored."""
    placement = accepted(world)
    page = browser.post(
        url_of(placement, "terms/"), terms(placement, hours_a_day="5", days_a_week="4", check="1")
    )
    assert page.status_code == 200
    assert "fit the law" in card(page)
    placement.refresh_from_db()
    assert placement.hours_a_day is None


def test_hours_are_asked_of_while_another_field_is_empty(world: Any, browser: Any) -> None:
    placement = accepted(world)
    url = url_of(placement, "terms/")
    said = text_of(browser.post(url, terms(placement, known_as="", check="1"), **FRAGMENT))
    assert "The law does not let it be arranged like this." in said


def test_an_extension_beyond_the_limit_names_its_source_and_the_card_speaks_of_it(
    world: Any, browser: Any
) -> None:
    placement = begun(world)
    later = placement.ends_on + timedelta(days=500)
    change = {
        "version": placement.version,
        "what": "extension",
        "ends_on": later,
        "initiative": "host",
        "reason": "Keep this",
    }
    page = browser.post(url_of(placement, "change/"), change)
    assert page.status_code == 422
    assert "Source: " in problems(page)
    assert "may go on to" in card(page)
    assert "There is time for this work trial" not in card(page)
    assert "Keep this" in text_of(page)
    stands = browser.get(url_of(placement))
    assert "There is time for this work trial" in card(stands)


def test_a_place_suggested_anew_is_held_to_the_law_as_well(world: Any, browser: Any) -> None:
    placement = answered(world, suggested(world), "not_now")
    placement.refresh_from_db()
    given = {
        "version": placement.version,
        "starts_on": monday(),
        "ends_on": monday() + timedelta(days=500),
    }
    url = url_of(placement, "again/")
    assert "may go on to" in text_of(browser.post(url, given | {"check": "1"}, **FRAGMENT))
    page = browser.post(url, given)
    assert page.status_code == 422
    assert "Source: " in problems(page)
    assert "may go on to" in card(page)
    assert browser.post(url, given | {"despite": "Päätös on"}).status_code == 302


def test_of_what_is_over_no_time_is_left_to_tell_of(world: Any, browser: Any) -> None:
    from polku.placements import running

    placement = begun(world)
    assert "There is time" in text_of(browser.get(url_of(placement)))
    world.enter_as("aino")
    placement = running.interrupt(
        placement, by=world.viewers["aino"], at=clock.now(), on=clock.today(), ending="health",
        initiative="client",
    )  # fmt: skip
    assert "There is time" not in text_of(browser.get(url_of(placement)))


def test_what_was_sent_is_looked_at_once_more_with_its_ground(world: Any, browser: Any) -> None:
    placement = accepted(world)
    sent = browser.post(url_of(placement, "terms/"), terms(placement, despite="Päätös on"))
    assert sent.status_code == 302
    world.enter_as("aino")
    placement.refresh_from_db()
    assert placement.days_a_week == 6
