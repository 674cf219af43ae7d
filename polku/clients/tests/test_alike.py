"""Whoever opens a record is first shown who may be the same person, of those they may see."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

import pytest
from django.urls import reverse

from polku.clients import lifecycle
from polku.clients.models import Client
from polku.foundation import clock
from polku.foundation.models import AuditEntry
from polku.rules.known.personal_identity_code import artificial_identity_code

BORN = date(1988, 5, 4)
SAME = {
    "last_name": "KOIVUNEN", "first_names": "Devi Maria", "born": "1988-05-04", "language": "fi",
    "service_language": "fi", "referral": "registered", "registered_on": "2026-11-02",
    "status": "02",
}  # fmt: skip
OTHER = SAME | {"last_name": "Aalto", "first_names": "Veera", "born": "1990-01-02"}
ASKED = "Is it somebody you have already?"


@pytest.fixture
def devi(world: Any) -> Client:
    world.enter("lake")
    Client.objects.filter(pk=world.clients["devi"].pk).update(born=BORN)
    return Client.objects.get(pk=world.clients["devi"].pk)


def post(world: Any, who: str, **data: str) -> Any:
    browser = world.browser(who, headers={"accept-language": "en"})
    return browser.post(reverse("client_new"), data)


def count(world: Any) -> int:
    world.enter("lake")
    return Client.objects.count()


@pytest.mark.parametrize(
    "given",
    [SAME, OTHER | {"phone": "040 123 4567"}, SAME | {"born": ""}],
    ids=["name and birth", "phone", "name alone"],
)
def test_the_likely_same_are_shown_first_and_nothing_is_lost(
    world: Any, devi: Client, given: dict[str, str]
) -> None:
    before = count(world)
    page = post(world, "aino", **given)
    shown = page.content.decode()
    assert page.status_code == 200 and ASKED in shown and "4.5.1988" in shown
    assert f'href="/clients/{devi.id}/"' in shown and given["first_names"] in shown
    assert count(world) == before
    entry = AuditEntry.objects.latest("id")
    assert (entry.action, entry.shown) == ("clients.alike", [devi.id])
    found = re.search(r'name="another" value="([^"]+)"', shown)
    assert found and post(world, "aino", **given, another=found[1]).status_code == 302
    assert count(world) == before + 1


@pytest.mark.parametrize(
    "given",
    [OTHER, SAME | {"born": "1990-01-02"}, SAME | {"first_names": "Aila"}],
    ids=["another", "born another day", "another first name"],
)
def test_others_are_opened_at_once(world: Any, devi: Client, given: dict[str, str]) -> None:
    assert post(world, "aino", **given).status_code == 302


@pytest.mark.parametrize("who", ["bengt", "carita"])
def test_nobody_is_told_of_whom_they_may_not_see(world: Any, devi: Client, who: str) -> None:
    """The pages are the same whether the other record is there or not."""
    answer = post(world, who, **SAME)
    assert answer.status_code == 302


def test_under_a_ban_only_the_guardian_is_asked_and_a_phone_finds_nobody(
    world: Any, devi: Client
) -> None:
    aino = world.enter_as("aino")
    assert ASKED in post(world, "lahja", **SAME).content.decode(), "control: no ban yet"
    aino = world.enter_as("aino")
    lifecycle.set_ban(devi, by=aino, at=clock.now(), reason="pyyntö")
    assert ASKED in post(world, "aino", **SAME).content.decode()
    assert post(world, "aino", **OTHER, phone="040 123 4567").status_code == 302
    assert post(world, "lahja", **SAME).status_code == 302


def test_saying_so_of_one_does_not_say_so_of_another(world: Any, devi: Client) -> None:
    assert ASKED in post(world, "aino", **SAME, another="somebody").content.decode()


def test_two_identity_codes_tell_two_people_apart(world: Any, devi: Client) -> None:
    from polku.clients import identity

    world.enter("lake")
    identity.give(devi, artificial_identity_code(BORN, 931))
    devi.save()
    code = artificial_identity_code(BORN, 932)
    assert post(world, "aino", **SAME, identity_code=code).status_code == 302
