"""A workplace that takes nobody now: not proposed, marked, left in peace, passed by a choice."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.utils import translation

from polku.foundation import clock
from polku.placements import canvassing, queries, refusing, suggesting
from polku.placements.fitting import stock
from polku.placements.host import asking
from polku.placements.models import HostContact, Opening, Placement, Worksite
from polku.placements.queries.wanted import Wanted
from polku.placements.round import deciding, sending
from polku.placements.tests import living
from polku.placements.tests.places import make_opening, make_supervisor, make_worksite
from polku.placements.tests.rounds import begun, coordinator, pair_of, placed, waits, worked_out

pytestmark = pytest.mark.django_db


@pytest.fixture
def library(world: Any) -> Any:
    stock.forget()
    world.enter()
    made = make_opening(
        world, worksite=make_worksite(world, name="Books"), title="Library", work_code="4411"
    )
    waits(world, world.clients["devi"], wishes=("4411",))
    return made


def talk(world: Any, library: Any, result: str = "refuses", **more: Any) -> HostContact:
    by = world.enter_as("aino")
    fields = {"at": clock.now(), "how": "call", "result": result, "reason": "no_time"} | more
    return canvassing.log_talk(library.worksite, by=by, **fields)


def shown(world: Any, address: str) -> Any:
    browser = world.browser("aino", HTTP_ACCEPT_LANGUAGE="en")
    browser.cookies["polku_language"] = "en"
    return browser.get(address.replace("DEVI", str(world.clients["devi"].id)))


def fits(world: Any) -> list[str]:
    answer = shown(world, "/clients/DEVI/placements/new/")
    return [one.title for one in answer.context["best"].fits]


@pytest.mark.parametrize("result", ["refuses", "not_now"])
def test_it_is_not_among_the_ten_best_and_why_not_tells_day_and_reason(
    world: Any, library: Any, result: str
) -> None:
    assert fits(world) == ["Library"]
    talk(world, library, result)
    assert fits(world) == []
    text = shown(world, f"/clients/DEVI/placements/new/?why={library.id}").content.decode()
    said = "the workplace does not take anybody" + (" now" if result == "not_now" else "")
    assert f"{said} (said on " in text and "no time to supervise)" in text


@pytest.mark.parametrize("result", ["refuses", "not_now"])
def test_no_round_proposes_it(world: Any, library: Any, result: str) -> None:
    found = begun(world)
    assert placed(found) == {"Devi": "Library"}
    talk(world, library, result)
    world.enter_as("konsta")
    deciding.ask(found, by=coordinator(world), at=clock.now())
    assert placed(worked_out(found)) == {"Devi": ""}
    with pytest.raises(deciding.DoesNotFit):
        deciding.move(
            pair_of(found, world.clients["devi"]), library, by=coordinator(world), at=clock.now()
        )


def test_what_was_proposed_before_the_no_is_not_sent(world: Any, library: Any) -> None:
    found = begun(world)
    talk(world, library)
    world.enter_as("konsta")
    came = sending.send(
        found, [world.clients["devi"].id], by=coordinator(world), at=clock.now(), answer_by=None
    )
    assert came.sent == 0 and isinstance(came.failed[0][1], refusing.TakesNobody)


@pytest.mark.parametrize("result", ["offers", "thinks"])
def test_another_word_of_the_workplace_opens_it_again(
    world: Any, library: Any, result: str
) -> None:
    talk(world, library)
    assert fits(world) == []
    talk(world, library, result)
    assert fits(world) == ["Library"]


def test_the_day_of_the_next_talk_opens_it_again(world: Any, library: Any) -> None:
    today = clock.today()
    again = talk(world, library, next_on=today + timedelta(days=1))
    assert fits(world) == []
    text = shown(world, f"/clients/DEVI/placements/new/?why={library.id}").content.decode()
    assert "asked again on" in text
    worksite = Worksite.objects.get(pk=library.worksite_id)
    assert refusing.of(worksite, today)
    assert refusing.of(worksite, today + timedelta(days=1)) is None
    yesterday = clock.now() - timedelta(days=1)
    HostContact.objects.filter(pk=again.pk).update(next_on=today, at=yesterday)
    stock.forget()
    assert fits(world) == ["Library"]


def test_a_next_talk_that_is_written_later_is_seen_at_once(world: Any, library: Any) -> None:
    talk(world, library, at=clock.now() - timedelta(days=1))
    assert fits(world) == []
    talk(world, library, "no_answer", next_on=clock.today())
    assert fits(world) == ["Library"]


@pytest.mark.parametrize("days", [-3, 0])
def test_a_colleagues_talk_that_was_due_before_the_no_opens_nothing(
    world: Any, library: Any, days: int
) -> None:
    colleague = world.people["bengt"].id
    talk(world, library, "talked", next_on=clock.today() + timedelta(days=days), next_by=colleague)
    assert fits(world) == ["Library"]
    talk(world, library)
    assert fits(world) == []
    assert queries.openings(world.enter_as("aino"), Wanted()).free == 0
    found = refusing.of(Worksite.objects.get(pk=library.worksite_id), clock.today())
    assert found and found.again is None


def test_on_the_map_and_in_the_lists_it_is_marked_and_no_seat_is_free(
    world: Any, library: Any
) -> None:
    viewer = world.enter_as("aino")
    assert queries.openings(viewer, Wanted()).free == 1
    talk(world, library)
    viewer = world.enter_as("aino")
    found = queries.openings(viewer, Wanted())
    assert (found.free, found.freeing, found.rows[0].refuses) == (0, 0, True)
    (point,) = queries.points(viewer, Wanted())
    assert point[2:5] == (0, 0, 0)
    assert queries.openings(viewer, Wanted(free="now")).rows == []
    assert queries.worksites(viewer)[0].free == 0
    text = shown(world, "/places/").content.decode()
    assert "the workplace takes nobody now" in text
    text = shown(world, "/places/?client=DEVI&fits=all").content.decode()
    assert "the workplace does not take anybody (said on" in text
    text = shown(world, "/clients/DEVI/placements/new/?q=Library").content.decode()
    assert "the workplace takes nobody now" in text


def test_it_is_not_asked_whether_its_openings_still_stand(world: Any, library: Any) -> None:
    make_supervisor(library.worksite)
    long_ago = clock.today() - timedelta(days=400)
    Opening.objects.filter(pk=library.pk).update(confirmed_on=long_ago)
    register, at = library.register_id, clock.now()
    assert asking.due(register, at=at).count() == 1
    talk(world, library, next_on=clock.today() + timedelta(days=30))
    world.enter()
    assert asking.due(register, at=at).count() == 0
    assert asking.ask_those_due(register, at=at) == 0
    world.enter()
    assert asking.due(register, at=at + timedelta(days=31)).count() == 1


def given(day: date, **more: Any) -> dict[str, Any]:
    return {
        "kind": "work_trial", "starts_on": day, "ends_on": day, "reasons": "",
        "submission": str(uuid4()), **more,
    }  # fmt: skip


def test_by_hand_it_is_told_and_needs_a_plain_choice(world: Any, library: Any) -> None:
    address = f"/clients/{world.clients['devi'].id}/placements/new/?opening={library.id}"
    assert "id_anyway" not in shown(world, address).content.decode()
    talk(world, library)
    text = shown(world, address).content.decode()
    assert "The workplace does not take anybody (said on" in text and "id_anyway" in text
    browser, day = world.browser("aino"), living.monday()
    assert browser.post(address, given(day)).status_code == 422
    world.enter()
    assert not Placement.objects.exists()
    assert browser.post(address, given(day, anyway="on")).status_code == 302
    world.enter()
    assert Placement.objects.count() == 1


def test_suggesting_anew_needs_the_choice_too(world: Any, library: Any) -> None:
    made = living.answered(world, living.suggested(world, opening=library), "not_now")
    talk(world, library)
    by = world.enter_as("aino")
    with pytest.raises(refusing.TakesNobody):
        suggesting.suggest_again(made, by=by, at=clock.now())
    page = f"/clients/{made.client_id}/placements/{made.id}/"
    assert "again_anyway" in shown(world, page).content.decode()
    assert world.browser("aino").post(f"{page}again/", {"version": made.version}).status_code == 422
    sent = world.browser("aino").post(f"{page}again/", {"version": made.version, "anyway": "on"})
    assert sent.status_code == 302


def test_a_no_without_a_talk_is_told_without_a_day(world: Any, library: Any) -> None:
    Worksite.objects.filter(pk=library.worksite_id).update(readiness="not_now")
    found = refusing.of(Worksite.objects.get(pk=library.worksite_id), clock.today())
    assert found == refusing.Refusal("not_now", None, "", None)
    with translation.override("en"):
        assert refusing.told(found) == "the workplace does not take anybody now"
