"""The chooser on the placement map: one's own clients who wait, found by name, on record."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from polku.foundation import clock
from polku.foundation.models import AuditEntry
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
    assert [(row.name, row.waits) for row in found.rows] == [("Devi Koivunen", "")]
    assert names(chooser(waits, "choose=1&who=Lehtim")) == []


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
