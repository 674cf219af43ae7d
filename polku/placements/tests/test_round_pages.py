"""The pages of a round in the browser: what they show, what they take, and who may not."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from polku.foundation import clock
from polku.foundation.models import AuditEntry, Recusal
from polku.placements.models import Placement, Round, RoundPair
from polku.placements.round import laws_asked
from polku.placements.tests import towns
from polku.placements.tests.acting import make_coordinator
from polku.placements.tests.living import monday
from polku.placements.tests.places import make_opening
from polku.placements.tests.rounds import (
    begun,
    coordinator,
    more_people,
    pair_of,
    placed,
    waits,
    worked_out,
)
from polku.rules import packaged_law
from polku.teamwork.models import Agreement
from polku.web import dates

pytestmark = pytest.mark.django_db


@pytest.fixture
def town(world: Any) -> Any:
    return towns.two_and_a_far_kitchen(world)


def browser(world: Any, who: str = "konsta") -> Any:
    coordinator(world)
    made = world.browser(who, HTTP_ACCEPT_LANGUAGE="en")
    made.cookies["polku_language"] = "en"
    return made


def act(world: Any, found: Round, name: str, **given: Any) -> Any:
    url = f"/places/rounds/{found.id}/pairs/{world.clients[name].id}/"
    return browser(world).post(url, given, follow=True)


def test_a_round_is_begun_and_says_that_it_is_being_worked_out(town: Any) -> None:
    page = browser(town).get("/places/rounds/")
    assert "Matching rounds" in page.content.decode()
    given = {"name": "December", "towns": ["316"], "starts_on": monday().isoformat(),
             "ends_on": (monday() + timedelta(days=60)).isoformat(),
             "submission": str(uuid4())}  # fmt: skip
    for _twice in range(2):
        answer = browser(town).post("/places/rounds/", given, follow=True)
        assert "Being worked out" in answer.content.decode()
    town.enter_as("konsta")
    assert Round.objects.get().created_by_id == coordinator(town).user_id


@pytest.mark.parametrize(
    "wrong",
    [{"name": ""}, {"towns": []}, {"towns": ["091"]},
     {"starts_on": "2020-01-01"}, {"ends_on": "2020-01-01"}, {"starts_on": "x"}],
)  # fmt: skip
def test_bad_input_is_told_and_nothing_is_written(town: Any, wrong: dict[str, Any]) -> None:
    given = {"name": "December", "towns": ["316"], "starts_on": monday().isoformat(),
             "ends_on": (monday() + timedelta(days=60)).isoformat(),
             "submission": str(uuid4())} | wrong  # fmt: skip
    answer = browser(town).post("/places/rounds/", given)
    assert answer.status_code == 422
    town.enter_as("konsta")
    assert not Round.objects.exists()


def test_the_page_shows_who_where_and_why(town: Any) -> None:
    found = begun(town)
    ines = town.clients["ines"]
    text = browser(town).get(f"/places/rounds/{found.id}/?client={ines.id}").content.decode()
    assert "2 wait" in text and "Devi Koivunen" in text and "own wish" in text
    assert "No place is proposed." in text
    assert "min of travel suited" in text, "what would help is told"
    assert "its seats counted" in text, "and why not the library"
    assert "Coach: Bengt Esimerkki" in " ".join(text.replace("</b>", "").split())


def test_whoever_is_shown_finds_it_in_the_record(town: Any) -> None:
    found = begun(town)
    browser(town).get(f"/places/rounds/{found.id}/?client={town.clients['ines'].id}")
    town.enter_as("konsta")
    board = AuditEntry.objects.filter(action="placements.round").latest("at")
    assert set(board.shown) == {town.clients["devi"].id, town.clients["ines"].id}
    one = AuditEntry.objects.get(action="placements.round_client")
    assert one.client == town.clients["ines"].id


def test_fixing_moving_refusing_and_leaving_out_by_the_page(town: Any) -> None:
    found = begun(town)
    library = str(town.openings["Library"].id)
    assert "Fixed: it stays" in act(town, found, "devi", do="fix").content.decode()
    assert (
        "All its seats are fixed"
        in act(town, found, "ines", do="move", opening=library).content.decode()
    )
    assert "No longer fixed" in act(town, found, "devi", do="loosen").content.decode()
    said = act(town, found, "devi", do="refuse", opening=library, why="other", word="")
    assert said.status_code == 422 and "Say in a few words" in said.content.decode()
    act(town, found, "devi", do="refuse", opening=library, why="hours", word="evenings")
    town.enter_as("konsta")
    assert placed(worked_out(found)) == {"Devi": "", "Ines": "Library"}
    page = browser(town).get(f"/places/rounds/{found.id}/").content.decode()
    assert "the hours do not suit (evenings)" in page and "For Aino Esimerkki" in page
    search = browser(town, "aino").get(f"/clients/{town.clients['devi'].id}/search/")
    assert "the hours do not suit (evenings)" in search.content.decode(), "the coach reads it"
    act(town, found, "ines", do="leave_out")
    town.enter_as("konsta")
    assert placed(worked_out(found))["Ines"] == ""
    act(town, found, "ines", do="take_in")
    act(town, found, "devi", do="missing")
    assert (
        "A fitting place is missing"
        in browser(town).get(f"/places/rounds/{found.id}/").content.decode()
    )


def test_a_move_that_a_limit_forbids_says_which(town: Any) -> None:
    found = begun(town)
    said = act(town, found, "ines", do="move", opening=str(town.openings["Kitchen"].id))
    assert "farther than the client travels" in said.content.decode()


@pytest.mark.parametrize("wrong", ["nonsense", "", None])
def test_an_unknown_deed_or_opening_is_not_found(town: Any, wrong: Any) -> None:
    found = begun(town)
    assert act(town, found, "devi", do=wrong or "").status_code == 404
    assert act(town, found, "devi", do="move", opening="nonsense").status_code == 404
    assert act(town, found, "devi", do="move", opening=str(uuid4())).status_code == 404


def test_sending_by_the_page(town: Any) -> None:
    found = begun(town)
    page = browser(town).get(f"/places/rounds/{found.id}/send/").content.decode()
    assert "Devi Koivunen" in page and "Ines" not in page
    nobody = browser(town).post(f"/places/rounds/{found.id}/send/", {"answer_by": "x"})
    assert nobody.status_code == 422
    given = {"to": [str(town.clients["devi"].id)], "answer_by": clock.today().isoformat()}
    for _twice in range(2):
        answer = browser(town).post(f"/places/rounds/{found.id}/send/", given, follow=True)
    assert "suggested" in answer.content.decode()
    town.enter_as("konsta")
    assert Placement.objects.count() == 1


def test_nothing_is_sent_while_it_is_being_worked_out(town: Any) -> None:
    found = begun(town)
    browser(town).post(f"/places/rounds/{found.id}/ask/")
    given = {"to": [str(town.clients["devi"].id)], "answer_by": clock.today().isoformat()}
    answer = browser(town).post(f"/places/rounds/{found.id}/send/", given)
    assert answer.status_code == 409 and "Nothing was sent" in answer.content.decode()
    town.enter_as("konsta")
    assert not Placement.objects.exists()


def test_how_it_came_about_names_nobody(town: Any) -> None:
    found = begun(town)
    text = browser(town).get(f"/places/rounds/{found.id}/how/").content.decode()
    assert "No better proposal for all together exists" in text and "polku-auction" in text
    assert "Koivunen" not in text


def test_the_law_and_the_calculation_are_told_in_words_with_their_names_in_small(town: Any) -> None:
    found = begun(town)
    text = browser(town).get(f"/places/rounds/{found.id}/how/").content.decode()
    assert "How many months of work trial are left?" in text and "not verified" in text
    with translation.override("en"):
        assert f"law in force from {dates.full(date(2025, 1, 1))} on" in text
    assert "Polku&#x27;s own auction, which proves its answer" in text
    words, record = text.split("How many months of work trial are left?")[1].split("<small", 1)
    assert "work_trial_length" not in words
    assert "work_trial_left: work_trial_length 2025-01-01" in record
    odd = laws_asked.laws(
        "gone_rule: gone_terms 2019-01-01; pay_subsidy: x not known", monday(), packaged_law()
    )
    assert [(one.question, one.verified) for one in odd][0] == ("gone_rule", False)
    assert not odd[1].verified and odd[1].names == "pay_subsidy: x not known"
    assert laws_asked.solver("ortools-min-cost-flow/9 after polku-auction/2").startswith("OR-tools")


@pytest.mark.parametrize("path", ["", "how/", "send/"])
@pytest.mark.parametrize("who", ["aino", "lahja", "gus", "carita"])
def test_nobody_else_sees_a_round(town: Any, who: str, path: str) -> None:
    found = begun(town)
    assert browser(town, who).get(f"/places/rounds/{found.id}/{path}").status_code in (403, 404)
    town.enter()
    assert pair_of(found, town.clients["devi"]).state == "proposed"


def test_a_worker_with_a_conflict_of_interest_does_not_see_the_client(town: Any) -> None:
    found = begun(town)
    town.enter()
    Recusal.objects.create(
        register=town.areas["lake"], user=town.people["konsta"], client=town.clients["devi"],
        starts_at=clock.now() - timedelta(days=1), ground="relative",
    )  # fmt: skip
    url = f"/places/rounds/{found.id}/"
    assert "Koivunen" not in browser(town).get(url).content.decode()
    assert browser(town).get(f"{url}?client={town.clients['devi'].id}").status_code == 404
    assert act(town, found, "devi", do="fix").status_code == 404


def test_a_client_of_nowhere_and_nonsense_are_not_found(town: Any) -> None:
    found = begun(town)
    for asked in (uuid4(), "nonsense", town.clients["foreign"].id):
        assert browser(town).get(f"/places/rounds/{found.id}/?client={asked}").status_code == 404
    assert browser(town).get(f"/places/rounds/{uuid4()}/").status_code == 404


def test_the_page_asks_as_much_for_many_as_for_few(town: Any) -> None:
    found, here = begun(town), browser(town)
    url = f"/places/rounds/{found.id}/"
    here.get(url)
    with CaptureQueriesContext(connection) as few:
        here.get(url)
    town.enter()
    for client in more_people(town, *(f"Testi{chr(97 + n)}" for n in range(20))):
        waits(town, client)
        RoundPair.objects.create(
            register=town.areas["lake"], round=found, client=client,
            opening=make_opening(town, title=f"Opening {client.first_names}"),
        )  # fmt: skip
    here.get(url)
    with CaptureQueriesContext(connection) as many:
        here.get(url)
    assert len(many) == len(few) <= 20


def test_a_round_goes_with_the_municipality_to_whoever_finds_places_now(town: Any) -> None:
    found, here = begun(town), browser(town)
    assert here.get(f"/places/rounds/{found.id}/").status_code == 200
    town.enter()
    Agreement.objects.create(
        register=town.areas["lake"], municipality_id="316", task="placements",
        organisation=town.areas["river"].controller, valid_from=clock.today(),
    )  # fmt: skip
    for path in ("", "how/", "send/"):
        assert here.get(f"/places/rounds/{found.id}/{path}").status_code == 404
    assert act(town, found, "devi", do="fix").status_code == 404
    page = here.get("/places/rounds/").content.decode()
    assert "Testikierros" not in page and "finds places for no municipality" in page


def test_a_coordinator_of_another_area_finds_nothing_by_any_address(town: Any) -> None:
    found = begun(town)
    make_coordinator(town, "kaisa", "river")
    here = town.browser("kaisa")
    one = f"/places/rounds/{found.id}/"
    pair = f"{one}pairs/{town.clients['devi'].id}/"
    for url in (one, f"{one}how/", f"{one}send/"):
        assert here.get(url).status_code == 404, url
    for url in (f"{one}ask/", f"{one}close/", f"{one}send/", pair):
        assert here.post(url, {"do": "fix"}).status_code == 404, url
    town.enter()
    assert (Round.objects.get().state, pair_of(found, town.clients["devi"]).state) == (
        "open", "proposed",
    )  # fmt: skip
