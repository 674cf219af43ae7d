"""A personal link opens in one browser, for its time, and shows nothing of anybody but its own."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.test import Client as Browser

from polku.foundation import clock, walls
from polku.foundation.models import AuditEntry, OutboxMessage
from polku.placements.host import asking, links
from polku.placements.models import HostLink, Opening, Worksite
from polku.placements.tests.places import make_opening, make_supervisor, make_worksite

pytestmark = pytest.mark.django_db


@pytest.fixture
def worksite(world: Any) -> Any:
    world.enter()
    return make_worksite(world)


@pytest.fixture
def supervisor(worksite: Any) -> Any:
    return make_supervisor(worksite)


@pytest.fixture
def opening(world: Any, worksite: Any) -> Any:
    return make_opening(world, worksite=worksite, seats=2)


def link(world: Any, supervisor: Any) -> str:
    viewer = world.enter_as("aino")
    address = links.make(supervisor, by=viewer, at=clock.now(), purpose="confirm")
    return urlsplit(address).path


def entries(world: Any, action: str) -> list[Any]:
    world.enter()
    return list(AuditEntry.objects.filter(action=action))


def come_in(address: str) -> Browser:
    browser = Browser()
    assert browser.get(address).status_code == 200
    assert browser.post(address)["Location"] == "/host/"
    return browser


def test_looking_at_the_link_uses_nothing_up(world: Any, supervisor: Any, opening: Any) -> None:
    address = link(world, supervisor)
    assert Browser().get(address).status_code == 200
    browser = come_in(address)
    page = browser.get("/host/", follow=True)
    assert opening.title in page.content.decode()


def test_it_opens_again_in_the_same_browser(world: Any, supervisor: Any, opening: Any) -> None:
    address = link(world, supervisor)
    browser = come_in(address)
    browser.post("/host/out/")
    assert browser.get("/host/openings/").status_code == 302
    assert browser.post(address)["Location"] == "/host/"


def test_the_first_page_of_the_house_leads_to_their_own(world: Any, supervisor: Any) -> None:
    assert come_in(link(world, supervisor)).get("/")["Location"] == "/host/"


def test_a_forwarded_link_shows_nothing_and_is_on_record(
    world: Any, supervisor: Any, opening: Any
) -> None:
    address = link(world, supervisor)
    come_in(address)
    other = Browser()
    page = other.get(address)
    assert page.status_code == 404
    assert opening.title not in page.content.decode()
    assert supervisor.name not in page.content.decode()
    assert [one.reason for one in entries(world, "placements.host_link_refused")] == ["elsewhere"]
    assert other.get("/host/openings/").status_code == 302


def test_a_stolen_session_cookie_alone_opens_nothing(
    world: Any, supervisor: Any, opening: Any
) -> None:
    browser = come_in(link(world, supervisor))
    thief = Browser()
    thief.cookies["polku_session"] = browser.cookies["polku_session"].value
    assert thief.get("/host/openings/").status_code == 302


@pytest.mark.parametrize("age", [31, 400])
def test_an_old_link_says_so(world: Any, supervisor: Any, age: int) -> None:
    address = link(world, supervisor)
    HostLink.objects.update(expires_at=clock.now() - timedelta(days=age - 30))
    page = Browser().get(address)
    assert page.status_code == 404
    assert [one.reason for one in entries(world, "placements.host_link_refused")] == ["old"]


def test_a_replaced_link_and_a_forged_one_open_nothing(world: Any, supervisor: Any) -> None:
    first, second = link(world, supervisor), link(world, supervisor)
    assert Browser().get(first).status_code == 404
    assert Browser().get(second).status_code == 200
    assert Browser().get("/h/" + "A" * 32 + "/").status_code == 404
    assert [one.reason for one in entries(world, "placements.host_link_refused")] == ["revoked"]
    walls.enter(register=None)
    assert AuditEntry.objects.filter(action="placements.host_link_refused").count() == 1


def test_a_new_link_is_mailed_to_the_supervisors_own_address(world: Any, supervisor: Any) -> None:
    address = link(world, supervisor)
    come_in(address)
    other = Browser()
    assert [other.post(address).status_code for _ in range(3)] == [200, 200, 200]
    world.enter()
    written = OutboxMessage.objects.filter(host=supervisor.id)
    assert written.count() == 1, "one that has not been opened yet is on its way"
    assert supervisor.name not in written.get().body
    assert links.address_of(supervisor.id).email == supervisor.email


def mailed(world: Any, supervisor: Any) -> str:
    world.enter()
    body = OutboxMessage.objects.filter(host=supervisor.id).latest("created_at").body
    return urlsplit(next(line for line in body.splitlines() if "/h/" in line)).path


def test_whoever_holds_a_forwarded_link_ends_nobodys_session(
    world: Any, supervisor: Any, opening: Any
) -> None:
    address = link(world, supervisor)
    browser = come_in(address)
    assert Browser().post(address).status_code == 200
    assert browser.get("/host/openings/").status_code == 200
    assert opening.title in browser.get("/host/openings/").content.decode()


def test_the_new_link_takes_the_place_of_the_old_one_when_it_is_opened(
    world: Any, supervisor: Any, opening: Any
) -> None:
    address = link(world, supervisor)
    first = come_in(address)
    Browser().post(address)
    new = come_in(mailed(world, supervisor))
    assert new.get("/host/openings/").status_code == 200
    ended = first.get("/host/openings/")
    assert (ended.status_code, ended["Location"]) == (302, "/h/")
    assert first.get(ended["Location"]).status_code == 200
    assert Browser().get(address).status_code == 404


def test_an_ended_session_leads_to_a_page_for_workplaces_and_a_workers_to_the_sign_in(
    world: Any,
) -> None:
    stranger = Browser()
    assert stranger.get("/host/placement/")["Location"] == "/h/"
    assert stranger.post("/host/placement/absence/", {"on": "x"})["Location"] == "/h/"
    assert stranger.get("/places/")["Location"].startswith("/sign-in/")


def test_who_has_left_the_workplace_is_out_at_the_next_request(
    world: Any, supervisor: Any, opening: Any
) -> None:
    browser = come_in(link(world, supervisor))
    assert browser.get("/host/openings/").status_code == 200
    world.enter()
    supervisor.ended_on = clock.today()
    supervisor.save()
    assert browser.get("/host/openings/").status_code == 302


def test_a_host_reads_its_own_worksite_alone(world: Any, supervisor: Any, opening: Any) -> None:
    other = make_opening(world, worksite=make_worksite(world, name="Toinen paikka"))
    browser = come_in(link(world, supervisor))
    assert browser.post(f"/host/openings/{other.id}/", {}).status_code == 404
    for path in ("/", "/clients/", f"/clients/{world.clients['devi'].id}/", "/me/", "/team/"):
        assert browser.get(path).status_code in (302, 403, 404), path
    with walls.inside(supervisor.register_id, host=supervisor.worksite_id):
        assert [one.id for one in Worksite.objects.all()] == [supervisor.worksite_id]
        assert [one.id for one in Opening.objects.all()] == [opening.id]
        from polku.clients.models import Client

        assert not Client.objects.exists()
        assert not AuditEntry.objects.exists()


def answered(browser: Browser, opening: Any, **said: Any) -> Any:
    given = {"answer": "still", "seats": 2, "version": opening.version} | said
    return browser.post(
        f"/host/openings/{opening.id}/", {f"{opening.id}-{k}": v for k, v in given.items()}
    )


def test_a_host_confirms_in_one_press(world: Any, supervisor: Any, opening: Any) -> None:
    world.enter()
    Opening.objects.filter(pk=opening.pk).update(confirmed_on=clock.today() - timedelta(days=200))
    browser = come_in(link(world, supervisor))
    assert answered(browser, opening, seats=3).status_code == 302
    world.enter()
    opening.refresh_from_db()
    assert (opening.seats, opening.confirmed_on) == (3, clock.today())
    assert opening.confirmed_by_host
    assert len(entries(world, "placements.confirm")) == 1


def test_what_was_changed_meanwhile_is_not_overwritten(
    world: Any, supervisor: Any, opening: Any
) -> None:
    browser = come_in(link(world, supervisor))
    world.enter()
    Opening.objects.filter(pk=opening.pk).update(version=7, seats=5)
    assert answered(browser, opening, answer="close").status_code == 302
    world.enter()
    opening.refresh_from_db()
    assert (opening.seats, opening.state) == (5, "open")


def test_bad_answers_say_what_is_wrong(world: Any, supervisor: Any, opening: Any) -> None:
    browser = come_in(link(world, supervisor))
    for said in ({"seats": 0}, {"seats": "paljon"}, {"answer": "perhaps"}, {"seats": 201}):
        page = answered(browser, opening, **said)
        assert page.status_code == 200
        assert 'role="alert"' in page.content.decode()
    world.enter()
    opening.refresh_from_db()
    assert opening.version == 1


def test_a_worksite_is_asked_once_in_two_weeks(world: Any, supervisor: Any, opening: Any) -> None:
    viewer = world.enter_as("aino")
    worksite = Worksite.objects.get(pk=supervisor.worksite_id)
    asking.ask(worksite, by=viewer, at=clock.now())
    with pytest.raises(asking.AskedLately):
        asking.ask(worksite, by=viewer, at=clock.now())


def test_each_day_those_due_are_asked(world: Any, supervisor: Any, opening: Any) -> None:
    make_opening(world)
    register = supervisor.register_id
    assert asking.ask_those_due(register, at=clock.now()) == 0
    world.enter()
    Opening.objects.update(confirmed_on=clock.today() - timedelta(days=91))
    assert asking.ask_those_due(register, at=clock.now()) == 1, "the other has nobody to ask"
    assert asking.ask_those_due(register, at=clock.now()) == 0


def test_a_coach_asks_a_workplace_in_one_press(world: Any, supervisor: Any, opening: Any) -> None:
    address = f"/places/worksites/{supervisor.worksite_id}/ask/"
    browser = world.browser("aino")
    for _ in range(2):
        assert browser.post(address).status_code == 302
    world.enter()
    assert OutboxMessage.objects.filter(host=supervisor.id).count() == 1
    assert world.browser("carita").post(address).status_code == 404
    assert world.browser("elli").post(address).status_code == 403
