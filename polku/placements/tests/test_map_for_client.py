"""The placement map with one client chosen: what fits and why not, who may, what is on record."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from polku.clients import lifecycle
from polku.clients.models import Client
from polku.foundation import clock
from polku.foundation.models import AuditEntry
from polku.placements import seats
from polku.placements.client.choosing import AHEAD
from polku.placements.fitting import stock
from polku.placements.models import Search, SearchWord
from polku.placements.tests.acting import make_coordinator
from polku.placements.tests.places import make_opening, make_worksite

pytestmark = pytest.mark.django_db
VIEW = "bbox=24,60,27,62&zoom=10"


@pytest.fixture
def three(world: Any) -> dict[str, Any]:
    """A library that Devi wishes for, a kitchen with lifts that she rules out, and a far shop."""
    stock.forget()
    make_coordinator(world)
    world.enter()
    kitchen = make_worksite(world, name="School", lat=60.9, lon=25.4)
    shop = make_worksite(world, name="Shop", lat=61.4, lon=26.2)
    made = {
        "Kitchen": make_opening(world, worksite=kitchen, title="Kitchen", demands=["lifting_20"]),
        "Library": make_opening(world, worksite=make_worksite(world, name="Books"),
                                title="Library", work_code="4411"),
        "Shop": make_opening(world, worksite=shop, title="Shop"),
    }  # fmt: skip
    row = {"register": world.areas["lake"], "client": world.clients["devi"]}
    Search.objects.create(
        **row, limits=["lifting_10"], mode="bus", minutes_at_most=40, lat=60.87, lon=25.28,
        starts_from="Kärkölä", waiting_since=clock.today(), changed_at=clock.now(),
    )  # fmt: skip
    SearchWord.objects.create(**row, kind="wish", work_code="4411", told_on=clock.today())
    return made


def ask(world: Any, who: str = "aino", query: str = "", *, client: Any = "devi") -> Any:
    browser = world.browser(who)
    browser.cookies["polku_language"] = "en"
    chosen = world.clients[client].id if client in world.clients else client
    return browser.get(f"/places/{query and '?'}{query.replace('CLIENT', f'client={chosen}')}")


def groups(answer: Any) -> list[list[str]]:
    return [[row.title for row in group.rows] for group in answer.context["groups"]]


def entry(world: Any) -> AuditEntry:
    world.enter()
    found = AuditEntry.objects.order_by("-id").first()
    assert found is not None
    return found


def test_only_what_fits_is_listed_with_reasons_and_suggested_in_two_presses(
    world: Any, three: Any
) -> None:
    answer = ask(world, query="CLIENT")
    page = answer.content.decode()
    assert groups(answer) == [["Library"]]
    assert "wish: library work" in page
    url = f"/clients/{world.clients['devi'].id}/placements/new/?opening={three['Library'].id}"
    assert f'href="{url}"' in page
    assert world.browser("aino").get(url).status_code == 200


def test_what_does_not_fit_stands_below_with_whose_limit_it_is(world: Any, three: Any) -> None:
    answer = ask(world, query="CLIENT&fits=all&sort=title")
    page = answer.content.decode()
    assert groups(answer) == [["Library"], ["Kitchen", "Shop"]]
    assert "lifting over 20 kg (the client&#x27;s limit)" in page
    assert "farther than the client travels (40 min)" in page
    assert "1 fit of 3" in page
    best = ask(world, query="CLIENT&fits=all").context["groups"][0].rows[0].fit
    assert (best.first, best.good) == (True, True)


def test_no_figure_stands_on_a_person(world: Any, three: Any) -> None:
    page = ask(world, query="CLIENT&fits=all").content.decode().lower()
    assert "score" not in page and "points:" not in page


def test_a_full_one_stands_after_those_that_can_be_had(world: Any, three: Any) -> None:
    world.enter()
    make_opening(world, title="Hall", worksite=three["Library"].worksite)
    start = clock.today() - timedelta(days=1)
    seats.hold(three["Library"], at=clock.now(), starts_on=start,
               ends_on=clock.today() + AHEAD + timedelta(days=30))  # fmt: skip
    assert groups(ask(world, query="CLIENT")) == [["Hall"], ["Library"]]


def test_another_limit_is_tried_in_place_and_saved_nowhere(world: Any, three: Any) -> None:
    assert groups(ask(world, query="CLIENT&try-without=lifting_10")) == [["Library", "Kitchen"]]
    assert groups(ask(world, query="CLIENT&try-minutes=240")) == [["Library", "Shop"]]
    assert groups(ask(world, query="CLIENT&try-hours=1")) == []
    world.enter()
    kept = Search.objects.get()
    assert (kept.limits, kept.minutes_at_most) == (["lifting_10"], 40)


ODD = ("try-hours=x", "try-without=nonsense", "fits=zz", "sort=fit", "try-minutes=-1", "page=9",
       "sort=-fit", "choose=1&who=%00")  # fmt: skip


@pytest.mark.parametrize("odd", ODD)
def test_odd_words_are_left_aside(world: Any, three: Any, odd: str) -> None:
    answer = ask(world, query=f"CLIENT&{odd}")
    assert answer.status_code in (200, 302)
    assert ask(world, query=odd).status_code == 200 or odd == "page=9"


def test_the_client_stays_chosen_and_can_be_let_go(world: Any, three: Any) -> None:
    world.enter()
    for n in range(60):
        make_opening(world, worksite=three["Library"].worksite, title=f"Desk {n}")
    page = ask(world, query="CLIENT&kind=work_trial&try-minutes=30").content.decode()
    name = f"client={world.clients['devi'].id}"
    assert f'name="client" value="{world.clients["devi"].id}"' in page
    assert f"{name}&amp;kind=work_trial&amp;try-minutes=30&amp;page=2" in page
    assert 'href="?kind=work_trial"' in page


def test_the_map_tells_what_fits_and_how_far_the_client_gets(world: Any, three: Any) -> None:
    answer = ask(world, query="CLIENT")
    page = answer.content.decode()
    assert 'class="ring fits"' in page and 'class="reach"' in page
    assert 'data-home="25.28000,60.87000"' in page and "40 min, 16 km" in page
    assert "start: about Kärkölä" in page and "as the crow flies" in page
    client = world.clients["devi"].id
    browser = world.browser("aino")
    found = browser.get(f"/places/points/?{VIEW}&client={client}").json()
    assert {ring["name"]: ring["fits"] for ring in found["clusters"]} == {
        "Books": 1, "School": 0, "Shop": 0,
    }  # fmt: skip
    assert (found["total"]["worksites"], found["total"]["fits"]) == (3, 1)
    near = browser.get(f"/places/points/?bbox=24,60,27,62&zoom=3&client={client}").json()
    assert [(ring["worksites"], ring["fits"]) for ring in near["clusters"]] == [(3, 1)]


def test_without_a_client_nothing_tells_of_fit(world: Any, three: Any) -> None:
    page = ask(world, query="").content.decode()
    assert 'class="reach"' not in page and "ring fits" not in page and "Suggest" not in page
    found = world.browser("aino").get(f"/places/points/?{VIEW}").json()
    assert {ring["fits"] for ring in found["clusters"]} == {None}
    assert "fits" not in found["total"]


def test_without_a_start_nothing_is_drawn_and_it_is_said(world: Any, three: Any) -> None:
    world.enter()
    Search.objects.update(lat=None, lon=None, starts_from="")
    page = ask(world, query="CLIENT").content.decode()
    assert 'class="reach"' not in page
    assert "Where the client sets out from is not written" in page


def test_every_look_is_on_record_once(world: Any, three: Any) -> None:
    client = world.clients["devi"].id
    before = AuditEntry.objects.count()
    for url in (f"/places/?client={client}", f"/places/points/?{VIEW}&client={client}"):
        world.browser("aino").get(url)
        last = entry(world)
        assert (last.action, last.client) == ("placements.map_for_client", client), url
    assert AuditEntry.objects.count() == before + 2


@pytest.mark.parametrize("who", ["bengt", "carita", "konsta"])
def test_who_may_not_see_or_not_suggest_finds_nobody(world: Any, three: Any, who: str) -> None:
    client = world.clients["devi"].id
    for url in (f"/places/?client={client}", f"/places/points/?{VIEW}&client={client}"):
        answer = world.browser(who).get(url)
        assert answer.status_code == 404, url
        assert "Koivunen" not in answer.content.decode()
    assert world.browser(who).get("/places/").status_code == 200


NOBODY = "11111111-1111-4111-8111-111111111111"


@pytest.mark.parametrize("odd", ["x", "1", NOBODY, "%00", "devi'--"])
def test_what_is_no_client_is_not_there(world: Any, three: Any, odd: str) -> None:
    for url in (f"/places/?client={odd}", f"/places/points/?{VIEW}&client={odd}"):
        assert world.browser("aino").get(url).status_code == 404, url
    assert world.browser("aino").get("/places/?client=").status_code == 200


def test_under_a_safety_ban_nobody_is_on_the_map(world: Any, three: Any) -> None:
    client = Client.objects.get(pk=world.clients["devi"].pk)
    lifecycle.set_ban(client, by=world.enter_as("aino"), at=clock.now(), reason="asked")
    answer = ask(world, query="CLIENT")
    assert (answer.status_code, answer["Location"]) == (302, f"/clients/{client.id}/")
    assert entry(world).client == client.id
    page = world.browser("aino").get(f"/places/points/?{VIEW}&client={client.id}")
    assert page.status_code == 404
    assert ask(world, "lahja", query="CLIENT").status_code == 404
    for who in ("choose=1", "choose=1&who=Koivunen"):
        assert ask(world, query=who).context["chooser"].rows == ()
    world.enter()
    assert Search.objects.get().lat is None


def test_a_closed_record_leads_to_the_clients_page(world: Any, three: Any) -> None:
    world.enter()
    Client.objects.filter(pk=world.clients["devi"].pk).update(closed_on=clock.today())
    assert ask(world, query="CLIENT").status_code == 302
    assert ask(world, query="choose=1&who=Koivunen").context["chooser"].rows == ()


def test_links_lead_from_the_clients_pages_to_the_map(world: Any, three: Any) -> None:
    client = world.clients["devi"].id
    for page in ("search/", "placements/new/"):
        said = world.browser("aino").get(f"/clients/{client}/{page}").content.decode()
        assert f'href="/places/?client={client}"' in said, page


def test_a_ring_that_is_not_in_the_list_leads_to_why(world: Any, three: Any) -> None:
    client, site = world.clients["devi"].id, three["Kitchen"].worksite_id
    page = ask(world, query="CLIENT").content.decode()
    assert f'href="?client={client}&amp;fits=all&amp;site={site}"' in page
    assert f'href="#worksite-{three["Library"].worksite_id}"' in page
    answer = ask(world, query=f"CLIENT&fits=all&site={site}")
    assert groups(answer) == [["Kitchen"]]
    shown = answer.context["map"].shown
    assert (shown.lon, round(shown.lat, 2)) == (25.4, 60.9)
    assert ask(world, query="site=x").context["found"].total == 3
