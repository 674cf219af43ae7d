"""Who may: the client's workers, a named official of the right organisation, and nobody else."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse

from polku.foundation import clock
from polku.foundation.models import Organisation, Recusal
from polku.foundation.permissions import Refused
from polku.statements import deciding, officials, presenters, queries
from polku.statements.models import Matter, Official
from polku.statements.tests.conftest import make_official, put, whole
from polku.statements.tests.test_pages import url
from polku.teamwork.models import Agreement


def sign(world: Any, matter: Matter, who: str) -> Any:
    seal = presenters.seal(whole(world, matter))
    return deciding.sign(matter, by=world.enter_as(who), at=clock.now(), seal=seal)


def test_an_official_signs_and_who_is_not_named_does_not(world: Any) -> None:
    matter = put(world, "drafted")
    with pytest.raises(Refused):
        sign(world, matter, "lahja")
    make_official(world, "lahja")
    assert sign(world, matter, "lahja").signer == "Lahja Esimerkki"


def test_a_coach_who_is_an_official_may_sign_what_they_wrote(world: Any) -> None:
    make_official(world, "aino")
    assert sign(world, put(world, "drafted"), "aino").signer == "Aino Esimerkki"


@pytest.mark.parametrize("starts,ends", [(1, None), (-30, -1)], ids=["not-yet", "no-more"])
def test_only_while_they_are_an_official(world: Any, starts: int, ends: int | None) -> None:
    matter, today = put(world, "drafted"), clock.today()
    named = make_official(world, "lahja")
    named.starts_on = today + timedelta(days=starts)
    named.ends_on = None if ends is None else today + timedelta(days=ends)
    named.save()
    with pytest.raises(Refused):
        sign(world, matter, "lahja")


def agree(world: Any, task: str, *, days: int = -10) -> Organisation:
    """Let another organisation do a task for the lake's town, from a day on."""
    world.enter("lake")
    other = Organisation.objects.create(name="Naapurin kunta", kind="municipality")
    Agreement.objects.create(
        register=world.areas["lake"], municipality_id="316", task=task, organisation=other,
        valid_from=clock.today() + timedelta(days=days),
    )  # fmt: skip
    return other


def test_whose_organisation_does_not_write_for_the_town_may_not(world: Any, official: Any) -> None:
    matter = put(world, "drafted")
    agree(world, "coaching")
    assert sign(world, matter, "lahja"), "control: another task takes nothing away"
    second = put(world, "drafted")
    agree(world, "statements")
    with pytest.raises(Refused):
        sign(world, second, "lahja")


def test_an_agreement_of_tomorrow_takes_nothing_away_today(world: Any, official: Any) -> None:
    agree(world, "statements", days=1)
    assert sign(world, put(world, "drafted"), "lahja")


def neighbour(world: Any) -> str:
    """Let Bengt work for the organisation that writes statements for the town, as an official."""
    from polku.foundation.models import RoleAssignment
    from polku.foundation.viewer import for_role

    other = agree(world, "statements")
    role = RoleAssignment.objects.filter(pk=world.viewers["bengt"].role_id)
    role.update(organisation=other, team=None)
    world.viewers["bengt"] = for_role(role.select_related("user", "organisation", "register").get())
    make_official(world, "bengt")
    return "bengt"


def test_another_organisations_official_sees_the_draft_and_signs(world: Any) -> None:
    matter = put(world, "drafted")
    who = neighbour(world)
    browser = world.browser(who)
    assert browser.get(reverse("client_page", args=[matter.client_id])).status_code == 404
    assert str(matter.id) in browser.get(reverse("statements")).content.decode()
    text = browser.get(url(matter)).content.decode()
    assert "allekirjoitan" in text
    assert f'href="{reverse("client_page", args=[matter.client_id])}"' not in text
    assert browser.post(url(matter, "matter_withdraw"), {}).status_code == 404
    world.enter()
    seal = presenters.seal(whole(world, matter))
    assert browser.post(url(matter, "matter_sign"), {"seal": seal}).status_code == 302


@pytest.mark.parametrize("state", ["opened", "asked", "answered"])
def test_before_the_draft_the_official_of_another_house_sees_nothing(
    world: Any, state: str
) -> None:
    matter = put(world, state)
    browser = world.browser(neighbour(world))
    assert browser.get(url(matter)).status_code == 404
    assert str(matter.id) not in browser.get(reverse("statements")).content.decode()


def test_a_safety_ban_and_a_conflict_of_interest_shut_out(world: Any) -> None:
    matter = put(world, "drafted")
    who = neighbour(world)
    browser = world.browser(who)
    assert browser.get(url(matter)).status_code == 200, "control"
    world.enter()
    recusal = Recusal.objects.create(
        register_id=matter.register_id, client_id=matter.client_id, user=world.people[who],
        ground="other", starts_at=clock.now() - timedelta(days=1),
    )  # fmt: skip
    assert browser.get(url(matter)).status_code == 404
    world.enter()
    recusal.delete()
    client = type(world.clients["devi"]).objects
    client.filter(pk=matter.client_id).update(safety_ban=True, municipality=None)
    assert browser.get(url(matter)).status_code == 404
    assert world.browser("lahja").get(url(matter)).status_code == 404
    assert world.browser("aino").get(url(matter)).status_code == 200, "the own coach"


def test_under_a_ban_the_own_coach_signs_by_the_hidden_town(world: Any) -> None:
    make_official(world, "aino")
    matter = put(world, "drafted")
    client = type(world.clients["devi"]).objects
    client.filter(pk=matter.client_id).update(safety_ban=True, municipality=None)
    assert sign(world, matter, "aino")
    second = whole(world, matter).client
    agree(world, "statements")
    assert not officials.signing(world.enter_as("aino"), second).may


@pytest.mark.parametrize("who", ["bengt", "carita", "gus", "elli"])
def test_of_a_client_whom_one_may_not_see_there_is_nothing(world: Any, who: str) -> None:
    matter = put(world, "drafted")
    browser = world.browser(who)
    assert browser.get(url(matter)).status_code in (403, 404)
    with pytest.raises(Matter.DoesNotExist):
        queries.get(world.enter_as(who), matter.client_id, matter.id)


def test_an_administrator_names_officials_of_the_own_office_and_never_oneself(world: Any) -> None:
    gus = world.browser("gus")
    address, today = reverse("officials"), clock.today().isoformat()
    shown = gus.get(address).content.decode()
    lahja, me = str(world.viewers["lahja"].role_id), str(world.viewers["gus"].role_id)
    assert lahja in shown and me not in shown
    assert gus.post(address, {"worker": me, "starts_on": today}).status_code == 422
    for _again in range(2):
        assert gus.post(address, {"worker": lahja, "starts_on": today}).status_code == 302
    world.enter()
    named = Official.objects.get()
    assert named.named_by_id == world.people["gus"].id
    assert gus.post(reverse("official_end", args=[named.id])).status_code == 302
    world.enter()
    assert not Official.objects.exists(), "named today and taken back today: it never was"
    assert world.browser("lahja").get(address).status_code == 403


def test_an_official_who_ends_signs_no_more_and_the_signature_stays(world: Any) -> None:
    named = make_official(world, "lahja")
    first, second = put(world, "drafted"), put(world, "drafted")
    sign(world, first, "lahja")
    officials.end(named, by=world.enter_as("gus"), at=clock.now())
    with pytest.raises(Refused):
        sign(world, second, "lahja")
    assert whole(world, first).signed[0].signer == "Lahja Esimerkki"
