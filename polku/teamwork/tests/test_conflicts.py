"""Conflict of interest: shut out by name, at the next request, and ended only by somebody else."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from django.test import Client

from polku.clients import actions as clients
from polku.clients import identity, queries
from polku.clients.models import Client as Person
from polku.foundation import clock
from polku.foundation.models import AuditEntry, ForeseenRecusal, Recusal
from polku.foundation.permissions import Refused
from polku.teamwork import recusals

pytestmark = pytest.mark.django_db


def a_code() -> str:
    """Return an artificial identity code with its right check character."""
    digits = int("010190" + "999")
    return "010190-999" + "0123456789ABCDEFHJKLMNPRSTUVWXY"[digits % 31]


def another_code() -> str:
    digits = int("020290" + "901")
    return "020290-901" + "0123456789ABCDEFHJKLMNPRSTUVWXY"[digits % 31]


@pytest.fixture
def devi(world: Any) -> Any:
    """Devi, with an identity code; Aino is the own coach."""
    world.enter_as("aino")
    client = Person.objects.get(pk=world.clients["devi"].id)
    identity.give(client, a_code())
    client.save()
    return client


def text_of(answer: Any) -> str:
    return re.sub(r'value="[^"]{40,}"', "", answer.content.decode())


def test_told_from_the_client_s_page_shuts_out_at_the_next_request(
    world: Any, devi: Any, client: Client
) -> None:
    client.force_login(world.people["aino"])
    here = f"/clients/{devi.id}/conflict/"
    assert client.get(here).status_code == 200
    assert client.post(here, {"ground": "relative"}).status_code == 302
    assert client.get(here).status_code == 404
    with pytest.raises(Person.DoesNotExist):
        queries.get(replace(world.enter_as("aino"), at=clock.now()), devi.id)
    entry = AuditEntry.objects.get(action="teamwork.recuse")
    assert (entry.client, entry.reason) == (devi.id, "relative")


def test_told_by_code_shuts_out_and_the_answer_tells_nothing(
    world: Any, devi: Any, client: Client
) -> None:
    client.force_login(world.people["bengt"])
    told = {}
    for code in (a_code(), another_code()):
        answer = client.post("/conflicts/", {"identity_code": code, "ground": "relative"})
        assert answer.status_code == 302
        told[code] = text_of(client.get("/conflicts/"))
    first, second = told.values()
    assert first.count("<tbody>") == second.count("<tbody>") == 1
    assert "Devi" not in first + second
    world.enter()
    assert Recusal.objects.filter(user=world.people["bengt"], client=devi).exists()
    assert Recusal.objects.count() == 1
    assert ForeseenRecusal.objects.count() == 2


def test_a_relative_who_becomes_a_client_later_is_out_of_sight_from_the_first(world: Any) -> None:
    viewer = world.enter_as("aino")
    recusals.declare_by_code(
        by=viewer, at=clock.now(), identity_code=another_code(), ground="relative"
    )
    newcomer = clients.open_client(
        by=world.viewers["lahja"],
        at=clock.now(),
        last_name="Uusi",
        first_names="Sukulainen",
        registered_on=date(2026, 3, 2),
        opened_on=date(2026, 3, 2),
        identity_code=another_code(),
    )
    assert Recusal.objects.filter(client=newcomer, user=world.people["aino"]).exists()
    assert not Recusal.objects.filter(client=newcomer).exclude(user=world.people["aino"]).exists()


def test_it_holds_too_when_the_code_is_written_down_later_and_in_bulk(world: Any) -> None:
    viewer = world.enter_as("bengt")
    recusals.declare_by_code(by=viewer, at=clock.now(), identity_code=a_code(), ground="relative")
    assert not Recusal.objects.exists()
    later = Person.objects.get(pk=world.clients["stranger"].id)
    identity.give(later, a_code())
    later.save()
    assert Recusal.objects.get().client_id == later.id
    recusals.declare_by_code(
        by=viewer, at=clock.now(), identity_code=another_code(), ground="relative"
    )
    many = [
        Person(
            register_id=viewer.register_id,
            last_name=f"Joukko {n}",
            first_names="Jäsen",
            registered_on=date(2026, 3, 2),
            opened_on=date(2026, 3, 2),
            created_at=clock.now(),
            changed_at=clock.now(),
        )
        for n in range(3)
    ]
    identity.give(many[1], another_code())
    Person.objects.bulk_create(many)
    assert Recusal.objects.filter(client=many[1], user=world.people["bengt"]).exists()
    assert Recusal.objects.count() == 2


def test_a_wrong_code_is_explained_and_nothing_is_kept(
    world: Any, devi: Any, client: Client
) -> None:
    client.force_login(world.people["aino"])
    answer = client.post("/conflicts/", {"identity_code": "010190-9990", "ground": "self"})
    assert answer.status_code == 200
    assert "identity_code" in answer.context["form"].errors
    world.enter()
    assert not ForeseenRecusal.objects.exists()


def test_a_lead_or_an_administrator_ends_it_with_a_reason(
    world: Any, devi: Any, client: Client
) -> None:
    viewer = world.enter_as("aino")
    recusals.declare_for_client(by=viewer, at=clock.now(), client_id=devi.id, ground="other")
    recusal = Recusal.objects.get()
    client.force_login(world.people["lahja"])
    here = f"/staff/conflicts/{recusal.id}/end/"
    assert client.post(here, {"reason": "short"}).context["form"].errors
    assert client.post(here, {"reason": "They are no longer neighbours."}).status_code == 302
    assert queries.get(replace(world.enter_as("aino"), at=clock.now()), devi.id)
    entry = AuditEntry.objects.get(action="teamwork.recusal_end")
    assert entry.reason == "They are no longer neighbours."


def test_the_worker_can_t_end_it(world: Any, devi: Any, client: Client) -> None:
    viewer = world.enter_as("aino")
    recusals.declare_for_client(by=viewer, at=clock.now(), client_id=devi.id, ground="self")
    recusal = Recusal.objects.get()
    client.force_login(world.people["aino"])
    assert (
        client.post(f"/staff/conflicts/{recusal.id}/end/", {"reason": "x" * 20}).status_code == 403
    )
    with pytest.raises(Refused):
        recusals.end(by=viewer, at=clock.now(), recusal_id=recusal.id, reason="x" * 20)


def test_a_lead_can_t_end_their_own(world: Any, devi: Any) -> None:
    viewer = world.enter_as("lahja")
    recusals.declare_by_code(by=viewer, at=clock.now(), identity_code=a_code(), ground="self")
    recusal = Recusal.objects.get(user=world.people["lahja"])
    with pytest.raises(recusals.NotYours):
        recusals.end(by=viewer, at=clock.now(), recusal_id=recusal.id, reason="x" * 20)


def test_an_administrator_sees_the_conflict_and_not_who_the_client_is(
    world: Any, devi: Any, client: Client
) -> None:
    viewer = world.enter_as("aino")
    recusals.declare_for_client(by=viewer, at=clock.now(), client_id=devi.id, ground="other")
    client.force_login(world.people["gus"])
    page = client.get("/staff/conflicts/").content.decode()
    assert "Aino Esimerkki" in page
    assert devi.last_name not in page
    client.force_login(world.people["lahja"])
    assert devi.last_name in client.get("/staff/conflicts/").content.decode()


def test_a_worker_of_another_register_can_t_be_shut_out(world: Any, devi: Any) -> None:
    viewer = world.enter_as("lahja")
    with pytest.raises(recusals.UnknownWorker):
        recusals.declare_by_code(
            by=viewer,
            at=clock.now(),
            identity_code=a_code(),
            ground="other",
            user_id=world.people["carita"].id,
        )


@pytest.mark.parametrize("name", ["carita", "bengt"])
def test_who_does_not_see_the_client_finds_no_form(
    world: Any, devi: Any, client: Client, name: str
) -> None:
    client.force_login(world.people[name])
    assert client.get(f"/clients/{devi.id}/conflict/").status_code == 404
    assert client.get("/staff/conflicts/").status_code == 403
