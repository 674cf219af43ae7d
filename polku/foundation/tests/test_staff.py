"""Administrators keep their own house's workers, nobody else's, and open no clients by it."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from polku.foundation import clock
from polku.foundation.door import second_step
from polku.foundation.models import (
    AuditEntry,
    EntryLink,
    Organisation,
    OutboxMessage,
    RoleAssignment,
    User,
)
from polku.foundation.tests.coming_in import app_code, give_second_step, is_in, password

pytestmark = pytest.mark.django_db


@pytest.fixture
def gus(world: Any, client: Client) -> Client:
    """A browser in which the administrator of the lake's register works."""
    client.force_login(world.people["gus"])
    return client


def invitation(world: Any, **more: Any) -> dict[str, Any]:
    return {
        "email": "uusi@example.org",
        "first_name": "Uuno",
        "last_name": "Uusi",
        "language": "fi",
        "role": "coach",
        "organisation": str(world.areas["lake"].controller_id),
        "team": str(world.teams["lake"].id),
        "first_day": clock.today().isoformat(),
        **more,
    }


def mailed_link(kind: str) -> str:
    """Return the path of the link in the newest mail of a kind."""
    body = OutboxMessage.objects.filter(kind=kind).latest("created_at").body
    found = re.search(r"/welcome/[\w-]+/", body)
    assert found
    return found[0]


def test_an_invited_worker_comes_in_by_the_mailed_link_once(world: Any, gus: Client) -> None:
    answer = gus.post("/staff/invite/", invitation(world))
    assert answer.status_code == 302, answer.context["form"].errors
    world.enter()
    address = mailed_link("invitation")
    new = Client()
    assert new.get(address).status_code == 200
    told = {
        "first_name": "Uuno",
        "last_name": "Uusi",
        "password": "sade rummuttaa peltikattoa",
        "again": "sade rummuttaa peltikattoa",
    }
    assert new.post(address, told)["Location"] == "/sign-in/second-step/"
    assert Client().get(address).status_code == 404
    assert Client().post(address, told).status_code == 404
    user = User.objects.get(email="uusi@example.org")
    assert user.roles.get().given_by == world.people["gus"]
    world.enter()
    actions = AuditEntry.objects.values_list("action", flat=True)
    assert {"staff.invite", "door.accept_invite"} <= set(actions)


def test_an_invitation_lasts_seven_days(world: Any, gus: Client) -> None:
    gus.post("/staff/invite/", invitation(world))
    world.enter()
    address = mailed_link("invitation")
    with clock.at(clock.now() + timedelta(days=7, minutes=1)):
        assert Client().get(address).status_code == 404


def test_a_new_invitation_voids_the_old(world: Any, gus: Client) -> None:
    gus.post("/staff/invite/", invitation(world))
    world.enter()
    old = mailed_link("invitation")
    user = User.objects.get(email="uusi@example.org")
    with clock.at(clock.now() + timedelta(minutes=1)):
        gus.post(f"/staff/{user.id}/account/", {"do": "link"})
        world.enter()
        assert mailed_link("invitation") != old
        assert Client().get(old).status_code == 404
        assert Client().get(mailed_link("invitation")).status_code == 200


@pytest.mark.parametrize(
    ("bad", "field"),
    [
        ({"email": "not an address"}, "email"),
        ({"role": "superuser"}, "role"),
        ({"first_day": "2020-01-01"}, "first_day"),
        ({"last_day": "2020-01-01"}, "last_day"),
        ({"team": ""}, "__all__"),
    ],
)
def test_a_bad_invitation_says_what_is_wrong_and_sends_nothing(
    world: Any, gus: Client, bad: dict[str, str], field: str
) -> None:
    answer = gus.post("/staff/invite/", invitation(world, **bad))
    assert field in answer.context["form"].errors
    assert not User.objects.filter(email="uusi@example.org").exists()
    assert not EntryLink.objects.exists()


def test_another_register_s_team_and_organisation_can_t_be_chosen(world: Any, gus: Client) -> None:
    for bad in (
        {"team": str(world.teams["river"].id)},
        {"organisation": str(world.areas["river"].controller_id)},
    ):
        answer = gus.post("/staff/invite/", invitation(world, **bad))
        assert answer.context["form"].errors


def test_the_list_shows_the_house_and_nobody_from_elsewhere(world: Any, gus: Client) -> None:
    page = gus.get("/staff/?sort=-role").content.decode()
    assert "aino@example.org" in page
    assert "carita@example.org" not in page


@pytest.mark.parametrize("do", ["disable", "enable", "reset", "link"])
def test_others_staff_can_t_be_seen_or_touched(world: Any, gus: Client, do: str) -> None:
    carita = world.people["carita"]
    assert gus.get(f"/staff/{carita.id}/").status_code == 404
    assert gus.post(f"/staff/{carita.id}/account/", {"do": do}).status_code == 404
    role = carita.roles.get()
    assert gus.post(f"/staff/roles/{role.id}/end/", {}).status_code == 404
    carita.refresh_from_db()
    assert carita.is_active


@pytest.mark.parametrize("name", ["aino", "lahja", "elli"])
def test_only_administrators_open_the_pages(world: Any, client: Client, name: str) -> None:
    client.force_login(world.people[name])
    bengt = world.people["bengt"]
    for answer in (
        client.get("/staff/"),
        client.get("/staff/invite/"),
        client.get(f"/staff/{bengt.id}/"),
        client.post(f"/staff/{bengt.id}/account/", {"do": "disable"}),
        client.post(f"/staff/roles/{bengt.roles.get().id}/end/"),
    ):
        assert answer.status_code == 403
    bengt.refresh_from_db()
    assert bengt.is_active


def test_a_disabled_account_is_out_at_once_and_can_be_opened_again(world: Any, gus: Client) -> None:
    aino = Client()
    password(aino, "aino@example.org")
    assert is_in(aino)
    here = f"/staff/{world.people['aino'].id}/account/"
    gus.post(here, {"do": "disable"})
    assert not is_in(aino)
    assert not is_in_after(Client())
    gus.post(here + "?do=enable")
    assert is_in_after(Client())


def is_in_after(browser: Client) -> bool:
    password(browser, "aino@example.org")
    return is_in(browser)


def test_a_role_that_is_ended_is_refused_at_the_next_request(world: Any, gus: Client) -> None:
    aino = Client()
    password(aino, "aino@example.org")
    assert is_in(aino)
    role = world.people["aino"].roles.get()
    assert gus.post(f"/staff/roles/{role.id}/end/", {}).status_code == 302
    assert aino.get("/who-may/").status_code == 403


def test_a_role_given_for_later_is_not_in_force_before(world: Any, gus: Client) -> None:
    elli = world.people["elli"]
    day = clock.today() + timedelta(days=3)
    role = {
        "role": "coordinator",
        "organisation": str(world.areas["lake"].controller_id),
        "team": "",
        "first_day": day.isoformat(),
        "last_day": day.isoformat(),
    }
    assert gus.post(f"/staff/{elli.id}/", role).status_code == 302
    made = elli.roles.get(role="coordinator")
    assert clock.local(made.starts_at).date() == day
    assert made.ends_at - made.starts_at == timedelta(days=1)
    assert not RoleAssignment.objects.filter(user=elli).valid(clock.now()).filter(pk=made.pk)


def test_nobody_opens_clients_to_themselves(world: Any, gus: Client) -> None:
    me = world.people["gus"]
    role = invitation(world)
    answer = gus.post(f"/staff/{me.id}/", role)
    assert answer.context["form"].errors
    again = gus.post("/staff/invite/", invitation(world, email=me.email))
    assert again.context["form"].errors
    assert me.roles.count() == 1


def test_the_only_administrator_stays(world: Any, gus: Client) -> None:
    role = world.people["gus"].roles.get()
    answer = gus.post(f"/staff/roles/{role.id}/end/", {})
    assert answer.context["form"].errors
    role.refresh_from_db()
    assert role.ends_at is None


def test_a_reset_second_step_comes_back_only_through_the_mail(
    world: Any, gus: Client, settings: Any
) -> None:
    settings.SECOND_FACTOR_REQUIRED = False
    aino = world.people["aino"]
    give_second_step(aino)
    gus.post(f"/staff/{aino.id}/account/", {"do": "reset"})
    assert not second_step.is_set_up(aino)
    settings.SECOND_FACTOR_REQUIRED = True
    thief = Client()
    assert password(thief, "aino@example.org").status_code == 200
    world.enter()
    owner = Client()
    address = mailed_link("new_second_step")
    assert owner.post(address, {"password": "not it at all"}).status_code == 200
    answer = owner.post(address, {"password": "kesäilta järven rannalla"})
    assert answer["Location"] == "/sign-in/second-step/"
    page = owner.get("/sign-in/second-step/").content.decode()
    secret = re.search(r"<code>([A-Z2-7 ]+)</code>", page)
    assert secret
    code = app_code(secret[1].replace(" ", ""))
    assert owner.post("/sign-in/second-step/", {"code": code}).status_code == 302
    assert is_in(owner)


def test_an_administrator_of_one_town_reaches_that_town_only(world: Any) -> None:
    now = clock.now()
    other = Organisation.objects.create(name="Toinen kunta", kind="municipality")
    hilla = User.objects.create_user(
        "hilla@example.org", None, first_name="Hilla", last_name="Esimerkki", created_at=now
    )
    RoleAssignment.objects.create(
        user=hilla,
        organisation=other,
        register=world.areas["lake"],
        role="administrator",
        starts_at=now - timedelta(days=1),
    )
    browser = Client()
    browser.force_login(hilla)
    page = browser.get("/staff/").content.decode()
    assert "hilla@example.org" in page
    assert "aino@example.org" not in page
    assert browser.get(f"/staff/{world.people['aino'].id}/").status_code == 404


def test_who_works_in_two_registers_keeps_the_account_of_the_first(world: Any, gus: Client) -> None:
    carita = world.people["carita"]
    answer = gus.post("/staff/invite/", invitation(world, email=carita.email))
    assert answer.status_code == 302
    assert carita.roles.count() == 2
    gus.post(f"/staff/{carita.id}/account/", {"do": "disable"})
    carita.refresh_from_db()
    assert carita.is_active
    here = carita.roles.get(register=world.areas["lake"])
    assert gus.post(f"/staff/roles/{here.id}/end/", {}).status_code == 302


def test_the_list_takes_the_same_statements_for_one_and_for_many(
    world: Any, gus: Client, django_assert_max_num_queries: Any
) -> None:
    with django_assert_max_num_queries(12):
        gus.get("/staff/")
