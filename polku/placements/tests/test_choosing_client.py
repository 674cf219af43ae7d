"""The chooser on the placement map: one's own who wait, by name all one may see, on record."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from polku.foundation import clock
from polku.foundation.models import AuditEntry, Recusal, Relation
from polku.placements import searching
from polku.placements.models import Search
from polku.placements.tests.acting import make_coordinator
from polku.placements.tests.places import make_opening

pytestmark = pytest.mark.django_db


@pytest.fixture
def waits(world: Any) -> Any:
    """Devi and a client of Bengt's wait."""
    make_coordinator(world)
    world.enter()
    make_opening(world)
    for name in ("devi", "stranger"):
        Search.objects.create(
            register=world.areas["lake"], client=world.clients[name],
            waiting_since=clock.today() - timedelta(days=9), changed_at=clock.now(),
        )  # fmt: skip
    return world


def chooser(world: Any, query: str, who: str = "aino") -> Any:
    return world.browser(who).get(f"/places/?{query}").context.get("chooser")


def names(found: Any) -> list[str]:
    return [row.name for row in found.rows]


def test_ones_own_who_wait_are_listed_and_keep_the_choices(waits: Any) -> None:
    found = chooser(waits, "choose=1&kind=work_trial&page=1")
    assert names(found) == ["Devi Koivunen"]
    assert found.rows[0].url == f"?kind=work_trial&client={waits.clients['devi'].id}"
    assert found.close == "?kind=work_trial"


def test_names_find_ones_own_also_who_do_not_wait(waits: Any) -> None:
    waits.enter()
    Search.objects.update(waiting_since=None)
    assert names(chooser(waits, "choose=1")) == []
    found = chooser(waits, "choose=1&who=koivu")
    assert [(row.name, row.coach, row.waits) for row in found.rows] == [("Devi Koivunen", "", "")]
    assert names(chooser(waits, "choose=1&who=Lehtim")) == []


def test_a_lead_without_clients_of_their_own_is_told_how_to_find_one(waits: Any) -> None:
    lead = waits.browser("lahja", HTTP_ACCEPT_LANGUAGE="en")
    lead.cookies["polku_language"] = "en"
    page = lead.get("/places/?choose=1")
    assert page.context["chooser"].none_own and names(page.context["chooser"]) == []
    assert "You have no clients of your own" in page.content.decode()
    # Control: who has some is not told so, though none of them waits.
    waits.enter()
    Search.objects.update(waiting_since=None)
    assert not chooser(waits, "choose=1").none_own


def test_a_lead_finds_the_team_s_clients_by_name_and_whose_they_are(waits: Any) -> None:
    found = chooser(waits, "choose=1&who=koivu", "lahja")
    assert [(row.name, "Aino" in row.coach) for row in found.rows] == [("Devi Koivunen", True)]
    assert found.others and found.rows[0].waits
    answer = waits.browser("lahja").get(f"/places/{found.rows[0].url}")
    assert answer.context["chosen"].client == waits.clients["devi"]


def test_whom_a_lead_was_shown_is_on_record_and_so_is_whom_they_chose(waits: Any) -> None:
    found = chooser(waits, "choose=1&who=koivu", "lahja")
    waits.browser("lahja").get(f"/places/{found.rows[0].url}")
    waits.enter()
    shown, chose = AuditEntry.objects.order_by("-id")[:2][::-1]
    devi = waits.clients["devi"].id
    assert (shown.action, shown.shown) == ("placements.choose_client", [devi])
    assert (chose.action, chose.client) == ("placements.map_for_client", devi)
    assert {shown.actor_user, chose.actor_user} == {waits.people["lahja"].id}


def test_a_client_without_a_coach_is_found_by_the_team_s_coaches(waits: Any) -> None:
    assert names(chooser(waits, "choose=1&who=koivu", "bengt")) == []
    waits.enter()
    Relation.objects.filter(client=waits.clients["devi"], kind="own").update(
        ends_at=clock.now() - timedelta(days=1)
    )
    found = chooser(waits, "choose=1&who=koivu", "bengt")
    assert [row.name for row in found.rows] == ["Devi Koivunen"] and found.rows[0].coach


def test_nobody_of_another_register_under_a_ban_shut_out_or_closed_is_found(waits: Any) -> None:
    ask = "choose=1&who=koivu"
    devi = waits.clients["devi"]
    assert names(chooser(waits, ask, "carita")) == []
    assert names(chooser(waits, ask, "lahja")) == ["Devi Koivunen"]
    waits.enter()
    now = clock.now()
    shut = Recusal.objects.create(
        register_id=devi.register_id, user=waits.people["lahja"], client=devi, starts_at=now,
        ground="relative",
    )  # fmt: skip
    assert names(chooser(waits, ask, "lahja")) == []
    waits.enter()
    shut.delete()
    for changed in (
        {"closed_on": clock.today()},
        {"closed_on": None, "safety_ban": True, "municipality_id": None},
    ):
        waits.enter()
        type(devi).objects.filter(pk=devi.pk).update(**changed)
        assert names(chooser(waits, ask, "lahja")) == names(chooser(waits, ask)) == []


def test_one_s_own_stand_before_others(waits: Any) -> None:
    waits.enter()
    type(waits.clients["devi"]).objects.update(last_name="Sama", search_name="sama sama")
    Relation.objects.filter(client=waits.clients["stranger"], kind="own").update(
        user=waits.people["lahja"]
    )
    found = chooser(waits, "choose=1&who=sama", "lahja")
    assert [bool(row.coach) for row in found.rows] == [False, True]


def test_an_identity_code_is_not_repeated(waits: Any) -> None:
    page = waits.browser("aino").get("/places/?choose=1&who=010594Y9032")
    assert page.context["chooser"].text == ""


def test_who_stood_there_is_on_record_and_nobody_while_it_is_closed(waits: Any) -> None:
    assert chooser(waits, "") is None
    chooser(waits, "choose=1")
    waits.enter()
    last = AuditEntry.objects.order_by("-id").first()
    assert last is not None
    assert (last.action, last.shown) == ("placements.choose_client", [waits.clients["devi"].id])


def test_a_coordinator_sees_no_chooser(waits: Any) -> None:
    answer = waits.browser("konsta").get("/places/?choose=1")
    page = answer.content.decode()
    assert answer.context.get("chooser") is None
    assert "Koivunen" not in page and 'href="?choose=1"' not in page
    assert 'href="?choose=1"' in waits.browser("aino").get("/places/").content.decode()


def write(world: Any, place: str, version: int = 1, client: Any = None) -> Search:
    return searching.write_search(
        client or world.clients["devi"], by=world.enter_as("aino"), at=clock.now(),
        version=version, waits=True, starts_from=place,
    )  # fmt: skip


def test_a_start_is_a_place_and_never_an_address(waits: Any) -> None:
    kept = write(waits, "  Hollola ")
    assert kept.starts_from == "Hollola" and kept.lat and round(kept.lat) == 61
    with pytest.raises(searching.NoSuchPlace):
        write(waits, "Rantatie 1", version=2)
    assert write(waits, "", version=2).lat is None


def test_no_start_is_kept_under_a_safety_ban(waits: Any) -> None:
    client = waits.clients["devi"]
    client.safety_ban = True
    kept = write(waits, "Hollola", client=client)
    assert (kept.lat, kept.lon, kept.starts_from) == (None, None, "")


def test_the_page_says_when_a_place_is_not_known(waits: Any) -> None:
    url = f"/clients/{waits.clients['devi'].id}/search/"
    sent = waits.browser("aino").post(url, {"version": 1, "starts_from": "Rantatie 1"})
    assert sent.status_code == 422
    assert "starts_from" in sent.context["form"].errors
    good = waits.browser("aino").post(url, {"version": 1, "starts_from": "Kärkölä"})
    assert good.status_code == 302
    waits.enter()
    assert Search.objects.get(client=waits.clients["devi"]).starts_from == "Kärkölä"
