"""A suggested place on the client's own phone: answered, signed, told of, assessed."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.conf import settings
from django.test import Client as Browser

from polku.clients import lifecycle
from polku.foundation import clock
from polku.foundation.models import OutboxMessage
from polku.placements import agreeing, seats
from polku.placements.models import Absence, Assessment, Placement
from polku.placements.tests.living import agreed, answered, begun, sign, suggested, with_terms
from polku.placements.tests.places import make_opening
from polku.portal import access, door

PLACE = "Testilän koulu"


@pytest.fixture
def phone(world: Any) -> Browser:
    """Devi's phone, signed in by her link."""
    by, devi = world.enter_as("aino"), world.clients["devi"]
    address = access.make_link(by=by, client_id=devi.id, at=clock.now())
    token = address.rstrip("/").split("/")[-1]
    browser = Browser()
    session = browser.session
    session[door.KEY] = {
        "register": str(devi.register_id),
        "client": str(devi.id),
        "link": access.hash_of(token).hex(),
    }
    session.save()
    browser.cookies[settings.SESSION_COOKIE_NAME] = session.session_key
    return browser


def page(phone: Browser) -> str:
    answer = phone.get("/me/")
    assert answer.status_code == 200
    return str(answer.content.decode())


def url(placement: Placement, end: str) -> str:
    return f"/me/placements/{placement.id}/{end}/"


def stored(world: Any, placement: Placement) -> Placement:
    world.enter_as("aino")
    return Placement.objects.get(pk=placement.pk)


def test_a_suggestion_tells_what_where_and_why_and_is_answered(world: Any, phone: Any) -> None:
    placement = suggested(world)
    shown = page(phone)
    for said in (PLACE, "Keittiöapulainen", "You have wanted to work in a kitchen."):
        assert said in shown
    phone.post(url(placement, "answer"), {"answer": "no", "word": "Liian  kaukana", "version": 1})
    kept = stored(world, placement)
    assert (kept.state, kept.word) == ("declined", "Liian kaukana")
    assert "Liian kaukana" in page(phone)


def test_the_answer_can_be_changed(world: Any, phone: Any) -> None:
    placement = answered(world, suggested(world), "not_now")
    version = stored(world, placement).version
    phone.post(url(placement, "answer"), {"answer": "yes", "version": version})
    assert stored(world, placement).state == "accepted"


def test_a_yes_that_comes_too_late_is_told_kindly(world: Any, phone: Any) -> None:
    placement = suggested(world)
    seats.let_go(at=clock.now() + timedelta(days=9))
    seats.hold(
        placement.opening, at=clock.now(), starts_on=placement.starts_on, ends_on=placement.ends_on
    )
    phone.post(url(placement, "answer"), {"answer": "yes", "version": 1})
    kept = stored(world, placement)
    assert (kept.state, kept.turn) == ("suggested", "organiser")
    assert 'name="answer"' not in page(phone)


def test_the_agreement_is_read_and_accepted(world: Any, phone: Any) -> None:
    placement = with_terms(world, stored(world, answered(world, suggested(world))))
    terms = agreeing.terms_hash(placement)
    assert terms in page(phone)
    phone.post(url(placement, "sign"), {"terms": "0" * 64})
    assert stored(world, placement).turn == "client"
    phone.post(url(placement, "sign"), {"terms": terms})
    assert stored(world, placement).turn == "host"
    assert terms not in page(phone)


def test_an_absence_is_told(world: Any, phone: Any) -> None:
    placement = begun(world)
    assert url(placement, "away") in page(phone)
    far = clock.today() + timedelta(days=400)
    assert phone.post(url(placement, "away"), {"on": far, "reason": "ill"}).status_code == 422
    phone.post(url(placement, "away"), {"on": clock.today(), "reason": "ill", "word": "Kuume"})
    world.enter_as("aino")
    assert Absence.objects.get().told_by == "client"


def test_an_assessment_is_filled_in_when_it_is_asked_for(world: Any, phone: Any) -> None:
    placement = begun(world, ends_on=clock.today() + timedelta(days=2))
    row = Assessment.objects.get(placement=placement, party="client")
    asked = url(placement, f"assess/{row.id}")
    assert asked in page(phone)
    assert phone.get(asked).status_code == 200
    phone.post(asked, {"version": row.version, "q_like": "yes", "word": "Mukavaa"})
    world.enter_as("aino")
    row.refresh_from_db()
    assert (row.answers, row.word) == ({"like": "yes"}, "Mukavaa")
    assert asked not in page(phone)


def test_the_hosts_assessment_is_not_the_clients_to_fill_in(world: Any, phone: Any) -> None:
    placement = begun(world)
    row = Assessment.objects.get(placement=placement, party="host")
    assert phone.get(url(placement, f"assess/{row.id}")).status_code == 404


def test_a_place_is_not_asked_about_twice(world: Any, phone: Any) -> None:
    placement = answered(world, suggested(world))
    step = stored(world, placement).step_id
    shown = page(phone)
    assert f"/me/steps/{step}/" not in shown
    assert shown.count('name="answer"') == 2  # change my answer: not now, no


def test_another_clients_place_is_not_there(world: Any, phone: Any) -> None:
    world.enter()
    other = suggested(world, by="bengt", client=world.clients["stranger"])
    for end in ("answer", "sign", "away"):
        assert phone.post(url(other, end), {"answer": "yes", "version": 1}).status_code == 404
    assert stored(world, other).state == "suggested"


def test_under_a_ban_the_place_is_nowhere_on_the_phone(world: Any, phone: Any) -> None:
    placement = begun(world)
    aino, devi = world.enter_as("aino"), world.clients["devi"]
    devi.refresh_from_db()
    lifecycle.set_ban(devi, by=aino, at=clock.now())
    shown = page(phone)
    assert PLACE not in shown
    assert "Keittiöapulainen" not in shown
    assert phone.get(url(placement, "away")).status_code == 404


def test_what_was_agreed_stands_there(world: Any, phone: Any) -> None:
    agreed(world)
    shown = page(phone)
    assert "Devi K." in shown
    assert "Työkokeilu" in shown
    assert "Sopimus työpaikastasi" not in shown


def accepted(world: Any) -> Placement:
    placement = answered(world, suggested(world))
    placement.refresh_from_db()
    return with_terms(world, placement)


def test_whoever_has_accepted_reads_for_whom_it_waits(world: Any, phone: Any) -> None:
    placement = accepted(world)
    assert "Muuta vastausta" not in page(phone)
    placement = sign(world, placement, "client")
    shown = page(phone)
    assert "Nyt se odottaa työpaikkaa." in shown
    assert "Valmentajasi kirjoittaa sopimuksen" not in shown
    assert "Muuta vastausta" not in shown
    sign(world, placement, "host")
    assert "Nyt se odottaa valmentajaasi." in page(phone)


def test_whoever_has_only_said_yes_may_change_the_answer(world: Any, phone: Any) -> None:
    """Control of the test above."""
    answered(world, suggested(world))
    shown = page(phone)
    assert "Valmentajasi kirjoittaa sopimuksen" in shown
    assert "Muuta vastausta" in shown


@pytest.mark.parametrize(
    ("kind", "heading"),
    [("work_trial", "Työkokeilu sinulle"), ("pay_subsidy", "Palkkatukityö sinulle")],
)
def test_a_trial_does_not_sound_like_a_job(world: Any, phone: Any, kind: str, heading: str) -> None:
    world.enter()
    opening = make_opening(world, kinds=["work_trial", "pay_subsidy"])
    suggested(world, opening=opening, kind=kind)
    shown = page(phone)
    assert heading in shown
    assert "Työpaikka sinulle" not in shown
    world.enter_as("aino")
    subject = OutboxMessage.objects.get(kind="placement_suggested").subject
    assert ("työpaikkaa" in subject) is (kind == "pay_subsidy")


def test_what_changes_stands_old_beside_new(world: Any, phone: Any) -> None:
    placement = begun(world)
    assert "→" not in page(phone)
    world.enter_as("aino")
    agreeing.change(
        placement, by=world.viewers["aino"], at=clock.now(), what="hours", initiative="host",
        version=placement.version, hours_a_day=4,
    )  # fmt: skip
    shown = page(phone)
    assert "5 → 4" in shown
    assert "sopimus muuttuu" in shown
