"""A supervisor reads one placement by their link, and tells how it goes."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.test import Client as Browser

from polku.clients import lifecycle
from polku.foundation import clock
from polku.foundation.models import OutboxMessage
from polku.placements import agreeing
from polku.placements.host import links
from polku.placements.models import (
    Absence,
    Assessment,
    HostLink,
    OrientationItem,
    OrientationTick,
    Placement,
)
from polku.placements.tests import living

pytestmark = pytest.mark.django_db


def supervisor_of(placement: Any) -> Any:
    placement.refresh_from_db()
    return placement.supervisor or living.make_supervisor(placement.worksite)


def browser_for(world: Any, placement: Any) -> Browser:
    """Return a browser that came in by a fresh link to the placement."""
    by = world.enter_as("aino")
    address = links.make(
        supervisor_of(placement), by=by, at=clock.now(), purpose="placement", placement=placement
    )
    browser = Browser()
    assert browser.post(urlsplit(address).path)["Location"] == "/host/"
    return browser


def page(browser: Browser) -> str:
    answer = browser.get("/host/placement/")
    assert answer.status_code == 200
    return answer.content.decode()


def accepted(world: Any) -> Placement:
    placement = living.answered(world, living.suggested(world))
    placement.refresh_from_db()
    return living.with_terms(world, placement)


def test_a_suggestion_tells_the_workplace_nothing_of_the_person(world: Any) -> None:
    placement = living.suggested(world)
    said = page(browser_for(world, placement))
    assert "Devi" not in said
    assert "Koivunen" not in said


def test_the_workplace_sees_the_name_that_was_agreed_and_no_other(world: Any) -> None:
    said = page(browser_for(world, accepted(world)))
    assert "Devi K." in said
    assert "Koivunen" not in said


def test_the_workplace_accepts_the_agreement(world: Any) -> None:
    placement = accepted(world)
    browser = browser_for(world, placement)
    terms = agreeing.terms_hash(placement)
    assert browser.post("/host/placement/sign/", {"terms": terms}).status_code == 200
    assert browser.post("/host/placement/sign/", {"terms": terms, "read": "on"}).status_code == 302
    world.enter_as("aino")
    assert [one.party for one in agreeing.signatures(placement)] == ["host"]


def test_other_terms_than_were_read_are_not_accepted(world: Any) -> None:
    placement = accepted(world)
    browser = browser_for(world, placement)
    answer = browser.post("/host/placement/sign/", {"terms": "0" * 64, "read": "on"}, follow=True)
    assert answer.status_code == 200
    world.enter_as("aino")
    assert agreeing.signatures(placement) == []


def test_a_no_comes_with_a_reason_and_frees_the_seat(world: Any) -> None:
    placement = accepted(world)
    browser = browser_for(world, placement)
    assert browser.post("/host/placement/refuse/", {}).status_code == 200
    given = {"ending": "host_changes", "word": "Lomautuksia tulossa"}
    assert browser.post("/host/placement/refuse/", given).status_code == 302
    world.enter_as("aino")
    placement.refresh_from_db()
    assert (placement.state, placement.ending, placement.use_id) == (
        "refused",
        "host_changes",
        None,
    )
    assert "Devi" not in page(browser)


def test_the_list_for_the_first_day_is_ticked_and_taken_back(world: Any) -> None:
    placement = living.agreed(world)
    world.enter_as("aino")
    OrientationItem.objects.create(
        register_id=placement.register_id, worksite_id=placement.worksite_id, text="Hätäpoistuminen"
    )
    browser = browser_for(world, placement)
    assert "Hätäpoistuminen" in page(browser)
    browser.post("/host/placement/tick/", {"text": "Hätäpoistuminen", "done": "1"})
    world.enter_as("aino")
    tick = OrientationTick.objects.get()
    assert (tick.told_by, tick.placement_id) == ("host", placement.id)
    browser.post("/host/placement/tick/", {"text": "Hätäpoistuminen"})
    world.enter_as("aino")
    assert not OrientationTick.objects.exists()


def test_a_day_away_is_told_once(world: Any) -> None:
    placement = living.begun(world)
    browser = browser_for(world, placement)
    given = {"on": clock.today().isoformat(), "reason": "ill"}
    for _ in range(2):
        assert browser.post("/host/placement/absence/", given).status_code == 302
    far = {"on": (clock.today() + timedelta(days=400)).isoformat(), "reason": "ill"}
    assert browser.post("/host/placement/absence/", far).status_code == 200
    world.enter_as("aino")
    assert [(row.reason, row.told_by) for row in Absence.objects.all()] == [("ill", "host")]


def test_the_final_assessment_reaches_the_coach_by_itself(world: Any) -> None:
    placement = living.over(world)
    browser = browser_for(world, placement)
    assert browser.post("/host/placement/assess/final/", {"version": "1"}).status_code == 200
    row = Assessment.objects.get(placement=placement, party="host", moment="final")
    given = {"version": row.version, "q_comes": "yes", "word": "Hyvin meni."}
    assert browser.post("/host/placement/assess/final/", given).status_code == 302
    world.enter_as("aino")
    row.refresh_from_db()
    assert row.answers == {"comes": "yes"}
    assert row.delivered_at is not None
    told = OutboxMessage.objects.filter(user=world.people["aino"], kind="client_answered")
    assert told.exists()


def test_ask_no_more_is_one_press(world: Any) -> None:
    placement = living.over(world)
    browser = browser_for(world, placement)
    assert browser.post("/host/placement/assess/final/", {"stop": "1"}).status_code == 302
    world.enter_as("aino")
    assert Assessment.objects.get(placement=placement, party="host", moment="final").stopped_at


def test_what_was_filled_in_is_kept_by_whoever_asks_no_more(world: Any) -> None:
    placement = living.over(world)
    browser = browser_for(world, placement)
    row = Assessment.objects.get(placement=placement, party="host", moment="final")
    given = {"version": row.version, "q_comes": "yes", "word": "", "stop": "1"}
    assert browser.post("/host/placement/assess/final/", given).status_code == 302
    world.enter_as("aino")
    row.refresh_from_db()
    assert (row.answers, row.stopped_at) == ({"comes": "yes"}, None)
    assert row.answered_at


def test_nothing_is_chosen_beforehand_and_each_lack_is_told(world: Any) -> None:
    placement = living.begun(world)
    browser = browser_for(world, placement)
    assert " checked" not in page(browser)
    given = {"on": clock.today().isoformat()}
    answer = browser.post("/host/placement/absence/", given)
    assert "Valitse syy." in answer.content.decode()
    world.enter_as("aino")
    assert not Absence.objects.exists()


def test_a_no_before_anybody_came_has_reasons_of_its_own(world: Any) -> None:
    said = page(browser_for(world, accepted(world)))
    assert "suunniteltu ei sovi meille" in said
    assert "työ ei sopinut" not in said


def test_a_link_to_one_placement_opens_no_other_page_of_the_worksite(world: Any) -> None:
    browser = browser_for(world, accepted(world))
    assert browser.get("/host/openings/").status_code == 404


def test_a_ban_set_later_closes_the_link_and_mails_nobody(world: Any) -> None:
    placement = accepted(world)
    browser = browser_for(world, placement)
    by = world.enter_as("aino")
    lifecycle.set_ban(world.clients["devi"], by=by, at=clock.now())
    assert browser.get("/host/placement/").status_code == 302
    world.enter()
    assert not HostLink.objects.filter(placement=placement.id, revoked_at__isnull=True).exists()


def test_mail_to_a_workplace_names_nobody(world: Any) -> None:
    placement = accepted(world)
    living.sign(world, placement, "client")
    world.enter_as("aino")
    written = list(OutboxMessage.objects.filter(host__isnull=False))
    assert written
    for message in written:
        assert "Devi" not in message.body + message.subject
        assert placement.worksite.name not in message.body + message.subject
