"""A matching round: who is in it, what is proposed, and that what people do holds."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest

from polku.clients import lifecycle
from polku.foundation import clock
from polku.foundation.permissions import Refused
from polku.placements import searching, seats
from polku.placements.models import Placement, Round, RoundPair
from polku.placements.round import deciding, rights, solving
from polku.placements.tests import towns
from polku.placements.tests.acting import place
from polku.placements.tests.living import answered, monday, suggested
from polku.placements.tests.places import make_opening
from polku.placements.tests.rounds import (
    begun,
    coordinator,
    pair_of,
    placed,
    worked_out,
)
from polku.placements.tests.test_round_sending import sent
from polku.teamwork.models import Agreement

pytestmark = pytest.mark.django_db


@pytest.fixture
def town(world: Any) -> Any:
    return towns.three_for_two(world)


def test_everybody_who_waits_gets_one_proposal_for_all(town: Any) -> None:
    found = begun(town)
    assert placed(found) == {"Devi": "Library", "Ines": "Kitchen", "Otso": ""}
    devi = pair_of(found, town.clients["devi"])
    assert devi.kind == "work_trial" and devi.reasons["parts"]["wishes"] == 240
    assert (
        found.record["status"] == "optimal" and found.record["bound"] == found.record["objective"]
    )
    assert (found.record["seats"], found.record["clients"]) == (2, 3)
    otso = pair_of(found, town.clients["otso"])
    assert otso.why_not and otso.why_not[0]["reasons"][0][0] == "full"


def test_the_record_names_nobody(town: Any) -> None:
    found = begun(town)
    said = str(found.record)
    assert not any(str(client.id) in said for client in town.clients.values())
    assert "work_trial_length" in found.record["rules"]


def test_who_does_not_wait_or_has_a_place_is_not_in_it(town: Any) -> None:
    coordinator(town)
    town.enter()
    Placement.objects.filter(client=town.clients["ines"]).delete()
    place(make_opening(town, title="Elsewhere"), town.clients["ines"], town.people["aino"])
    searching.search_of(town.clients["otso"], at=clock.now()).delete()
    assert set(placed(begun(town))) == {"Devi"}


def test_a_client_of_another_town_and_one_under_a_safety_ban_are_not(town: Any) -> None:
    coordinator(town)
    town.enter()
    town.clients["ines"].municipality_id = "619"
    town.clients["ines"].save()
    town.enter_as("bengt")
    lifecycle.set_ban(town.clients["otso"], by=town.viewers["bengt"], at=clock.now())
    assert set(placed(begun(town))) == {"Devi"}


def test_a_seat_that_is_used_in_some_of_the_period_is_not_free(town: Any) -> None:
    last = monday() + timedelta(days=50)
    seats.hold(town.openings["Library"], at=clock.now(), starts_on=last, ends_on=None)
    assert "Library" not in placed(begun(town)).values()


def test_a_kind_that_is_not_looked_for_is_out_of_question(town: Any) -> None:
    town.clients["devi"].search.kinds = ["volunteering"]
    town.clients["devi"].search.save()
    assert placed(begun(town))["Devi"] == ""


def test_what_is_fixed_stays_and_the_rest_stays_put(town: Any) -> None:
    found = begun(town)
    pair = pair_of(found, town.clients["otso"])
    deciding.move(pair, town.openings["Library"], by=coordinator(town), at=clock.now())
    assert pair_of(found, town.clients["devi"]).opening is None, "who was there gives way at once"
    found = worked_out(found)
    assert placed(found) == {"Devi": "", "Ines": "Kitchen", "Otso": "Library"}
    otso, ines = pair_of(found, town.clients["otso"]), pair_of(found, town.clients["ines"])
    assert otso.state == "fixed" and otso.kind == "work_trial" and otso.reasons["parts"]
    assert ines.before_id == ines.opening_id


def test_a_move_past_a_limit_is_refused_and_nothing_changes(town: Any) -> None:
    found = begun(town)
    pair = pair_of(found, town.clients["devi"])
    with pytest.raises(deciding.DoesNotFit) as refused:
        deciding.move(pair, town.openings["Kitchen"], by=coordinator(town), at=clock.now())
    assert [one.code for one in refused.value.reasons] == ["health"]
    assert placed(Round.objects.get(pk=found.pk))["Devi"] == "Library"


def test_more_than_the_seats_can_not_be_fixed(town: Any) -> None:
    found, by = begun(town), coordinator(town)
    deciding.fix(pair_of(found, town.clients["devi"]), by=by, at=clock.now(), fixed=True)
    with pytest.raises(deciding.Full):
        deciding.move(
            pair_of(found, town.clients["otso"]), town.openings["Library"], by=by, at=clock.now()
        )


def test_a_refused_pair_is_not_proposed_again_and_teaches(town: Any) -> None:
    found, by = begun(town), coordinator(town)
    pair = pair_of(found, town.clients["devi"])
    for _twice in range(2):
        deciding.refuse(
            pair, town.openings["Library"], by=by, at=clock.now(), why="client", word="not books"
        )
    found = worked_out(found)
    assert placed(found) == {"Devi": "", "Ines": "Kitchen", "Otso": "Library"}
    assert len(pair_of(found, town.clients["devi"]).refused) == 1
    later = begun(town, name="The next")
    assert placed(later)["Devi"] == "", "the client's own no holds in later rounds"


def test_a_lesson_of_one_round_does_not_hold_in_the_next(town: Any) -> None:
    found, by = begun(town), coordinator(town)
    pair = pair_of(found, town.clients["devi"])
    deciding.refuse(pair, town.openings["Library"], by=by, at=clock.now(), why="hours")
    assert placed(worked_out(found))["Devi"] == ""
    assert placed(begun(town, name="The next"))["Devi"] == "Library"


def test_a_declined_suggestion_keeps_the_pair_apart(town: Any) -> None:
    found = sent(town, begun(town), "devi")
    placement = Placement.objects.get(client=town.clients["devi"])
    answered(town, placement, "no")
    town.enter_as("konsta")
    deciding.ask(found, by=coordinator(town), at=clock.now())
    found = worked_out(found)
    assert placed(found)["Devi"] == ""
    assert placed(found)["Otso"] == "Library"


def test_whoever_is_left_out_frees_the_place(town: Any) -> None:
    found, by = begun(town), coordinator(town)
    pair = pair_of(found, town.clients["devi"])
    deciding.leave_out(pair, by=by, at=clock.now(), left=True)
    assert placed(worked_out(found)) == {"Devi": "", "Ines": "Kitchen", "Otso": "Library"}
    deciding.leave_out(pair, by=by, at=clock.now(), left=False)
    assert set(placed(worked_out(found))) == {"Devi", "Ines", "Otso"}


def test_what_was_changed_while_it_ran_wins(town: Any, monkeypatch: Any) -> None:
    found, by = begun(town, run=False), coordinator(town)
    real, pairs = solving.solve, []

    def meanwhile(problem: Any) -> Any:
        if not pairs:
            pairs.append(1)
            deciding.ask(found, by=by, at=clock.now())
        return real(problem)

    monkeypatch.setattr(solving, "solve", meanwhile)
    assert solving.run(found.register_id, found.id) == "solved"
    assert Round.objects.get(pk=found.pk).record["runs"] == 1


def test_an_unsound_answer_changes_nothing(town: Any, monkeypatch: Any) -> None:
    found = begun(town)
    before = placed(found)
    deciding.ask(found, by=coordinator(town), at=clock.now())
    real = solving.solve

    def twice_in_one_seat(problem: Any) -> Any:
        result = real(problem)
        result.placed[:] = result.placed.max()
        return result

    monkeypatch.setattr(solving, "solve", twice_in_one_seat)
    assert solving.run(found.register_id, found.id) == solving.UNSOUND
    assert placed(found) == before
    assert Round.objects.get(pk=found.pk).problem == solving.UNSOUND


def test_a_closed_round_changes_no_more(town: Any) -> None:
    found, by = begun(town), coordinator(town)
    deciding.close(found, by=by, at=clock.now())
    with pytest.raises(deciding.Closed):
        deciding.ask(found, by=by, at=clock.now())
    with pytest.raises(deciding.Closed):
        deciding.fix(pair_of(found, town.clients["devi"]), by=by, at=clock.now(), fixed=True)


def test_a_ban_takes_the_client_out_of_every_round(town: Any) -> None:
    found = begun(town)
    town.enter_as("aino")
    lifecycle.set_ban(town.clients["devi"], by=town.viewers["aino"], at=clock.now())
    assert "Devi" not in placed(found)
    assert not RoundPair.objects.filter(client=town.clients["devi"]).exists()


@pytest.mark.parametrize("who", ["aino", "lahja", "gus", "elli", "carita"])
def test_nobody_else_runs_a_round(town: Any, who: str) -> None:
    viewer = town.enter_as(who)
    with pytest.raises(Refused):
        deciding.begin(
            by=viewer,
            at=clock.now(),
            name="x",
            towns=["316"],
            starts_on=monday(),
            ends_on=monday(),
            submission=uuid4(),
        )


def test_a_town_that_another_finds_places_for_is_theirs(town: Any) -> None:
    by = coordinator(town)
    town.enter()
    assert rights.towns(by) == {"316"}
    Agreement.objects.create(
        register=town.areas["lake"], municipality_id="316", task="placements",
        organisation=town.areas["river"].controller, valid_from=clock.today(),
    )  # fmt: skip
    assert rights.towns(by) == frozenset()
    with pytest.raises(Refused):
        begun(town)


def test_a_suggestion_made_by_the_coach_takes_the_client_out(town: Any) -> None:
    found = begun(town)
    suggested(town, opening=town.openings["Library"])
    town.enter_as("konsta")
    deciding.ask(found, by=coordinator(town), at=clock.now())
    assert placed(worked_out(found)) == {"Ines": "Kitchen", "Otso": ""}
