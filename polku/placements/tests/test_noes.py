"""A no holds wherever places are looked for, is told with who said it, and is passed by hand."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest
from django.utils import translation

from polku.foundation import clock
from polku.placements import calling_off, suggesting
from polku.placements.fitting import noes, reading, stock
from polku.placements.models import Placement, Search
from polku.placements.round import deciding
from polku.placements.tests import living
from polku.placements.tests.places import make_opening, make_worksite
from polku.placements.tests.rounds import begun, coordinator, pair_of, placed, waits, worked_out

pytestmark = pytest.mark.django_db


@pytest.fixture
def library(world: Any) -> Any:
    """A library, the only place there is; Devi waits and wishes for it."""
    stock.forget()
    world.enter()
    made = make_opening(
        world, worksite=make_worksite(world, name="Books"), title="Library", work_code="4411"
    )
    waits(world, world.clients["devi"], wishes=("4411",))
    return made


def refused_in_a_round(world: Any, library: Any, why: str = "host", word: str = "no room") -> Any:
    found = begun(world)
    assert placed(found) == {"Devi": "Library"}
    pair = pair_of(found, world.clients["devi"])
    deciding.refuse(pair, library, by=coordinator(world), at=clock.now(), why=why, word=word)
    return worked_out(found)


def refused_by_the_host(world: Any, library: Any) -> None:
    made = living.suggested(world, opening=library)
    calling_off.refuse(
        made, by=world.enter_as("aino"), at=clock.now(), ending="host_changes", word="they move"
    )


def declined(world: Any, library: Any) -> None:
    made = living.suggested(world, opening=library)
    living.answered(world, made, "no", because="far", word="two buses")


SAID = {
    refused_in_a_round: "the workplace does not take this client (no room)",
    refused_by_the_host: "the workplace said no (changes at the workplace: they move)",
    declined: "the client said no (the way is too long: two buses)",
}
WAYS = pytest.mark.parametrize("say_no", list(SAID), ids=lambda one: one.__name__)


def shown(world: Any, address: str) -> Any:
    browser = world.browser("aino", HTTP_ACCEPT_LANGUAGE="en")
    browser.cookies["polku_language"] = "en"
    return browser.get(address.replace("DEVI", str(world.clients["devi"].id)))


def best(world: Any, query: str = "") -> Any:
    return shown(world, f"/clients/DEVI/placements/new/{query}")


@WAYS
def test_it_is_not_among_the_ten_best_and_why_not_tells_who(
    world: Any, library: Any, say_no: Any
) -> None:
    assert [one.title for one in best(world).context["best"].fits] == ["Library"]
    say_no(world, library)
    answer = best(world, f"?why={library.id}")
    assert answer.context["best"].fits == ()
    assert SAID[say_no] in answer.content.decode()


@WAYS
def test_on_the_map_it_does_not_fit_and_is_suggested_all_the_same(
    world: Any, library: Any, say_no: Any
) -> None:
    assert "Suggest all the same" not in shown(world, "/places/?client=DEVI").content.decode()
    say_no(world, library)
    assert shown(world, "/places/?client=DEVI").context["groups"] == []
    text = shown(world, "/places/?client=DEVI&fits=all").content.decode()
    assert SAID[say_no] in text and "Suggest all the same" in text


@WAYS
def test_the_form_tells_it_and_takes_it_by_hand(world: Any, library: Any, say_no: Any) -> None:
    assert "Somebody has said no" not in best(world, f"?opening={library.id}").content.decode()
    say_no(world, library)
    text = best(world, f"?opening={library.id}").content.decode()
    assert "Somebody has said no before" in text and SAID[say_no][1:] in text
    day = living.monday()
    sent = world.browser("aino").post(
        f"/clients/{world.clients['devi'].id}/placements/new/?opening={library.id}",
        {"kind": "work_trial", "starts_on": day, "ends_on": day, "reasons": "",
         "submission": str(uuid4())},
    )  # fmt: skip
    assert sent.status_code == 302
    world.enter_as("aino")
    assert Placement.objects.filter(opening=library, state="suggested").count() == 1


@WAYS
def test_a_later_round_does_not_propose_it(world: Any, library: Any, say_no: Any) -> None:
    say_no(world, library)
    assert placed(begun(world, name="The next")) == {"Devi": ""}


def test_a_lesson_holds_while_its_round_is_open_and_in_no_other(world: Any, library: Any) -> None:
    found = refused_in_a_round(world, library, why="hours", word="evenings")
    assert best(world).context["best"].fits == ()
    assert placed(begun(world, name="The next")) == {"Devi": "Library"}
    deciding.close(found, by=coordinator(world), at=clock.now())
    assert [one.title for one in best(world).context["best"].fits] == ["Library"]


def test_who_may_not_see_placements_reads_no_reason(world: Any, library: Any) -> None:
    declined(world, library)
    found = begun(world)
    pair = pair_of(found, world.clients["devi"])
    with pytest.raises(deciding.DoesNotFit) as stopped, translation.override("en"):
        deciding.move(pair, library, by=coordinator(world), at=clock.now())
    assert [one.text for one in stopped.value.reasons] == ["the client said no"]


def test_in_its_round_a_person_may_fix_it_all_the_same(world: Any, library: Any) -> None:
    found = refused_in_a_round(world, library)
    pair = pair_of(found, world.clients["devi"])
    deciding.move(pair, library, by=coordinator(world), at=clock.now())
    assert placed(worked_out(found)) == {"Devi": "Library"}


def test_noes_are_read_the_latest_last_and_of_that_client_alone(world: Any, library: Any) -> None:
    other = world.clients["stranger"]
    assert reading.seeker(other.id).noes == ()
    declined(world, library)
    refused_again = Placement.objects.get()
    suggesting.suggest_again(refused_again, by=world.enter_as("aino"), at=clock.now())
    assert reading.seeker(world.clients["devi"].id).noes == ()
    assert reading.seeker(world.clients["devi"].id).has == {library.id}
    refused_again.refresh_from_db()
    living.answered(world, refused_again, "no")
    (one,) = reading.seeker(world.clients["devi"].id).noes
    assert one == noes.No(library.id, "declined")
    assert reading.seeker(other.id).noes == () and Search.objects.count() == 1
