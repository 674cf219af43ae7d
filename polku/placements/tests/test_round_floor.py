"""A floor for a group in a round: it is kept, its price is told, and what can't be is refused."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from polku.clients.models import Client
from polku.foundation import clock
from polku.foundation.models import AuditEntry
from polku.foundation.permissions import Refused
from polku.placements.models import Round, Search
from polku.placements.round import deciding, floors, solving
from polku.placements.tests import towns
from polku.placements.tests.rounds import begun, coordinator, more_people, placed, waits, worked_out
from polku.rules.calendar import add_months

pytestmark = pytest.mark.django_db
YOUNG = ("Aada", "Bea", "Cia", "Eva", "Fia")
OLD = ("Gun", "Hilja", "Ilona")


@pytest.fixture
def town(world: Any) -> Any:
    """Three seats in a library. Three older people wish for it, and five young ones do not."""
    towns.openings(world, Library={"work_code": "4411", "seats": 3})
    for client in more_people(world, *YOUNG):
        waits(world, client)
    for client in more_people(world, *OLD):
        waits(world, client, wishes=("4411",))
    set_born(world, YOUNG, date(2005, 5, 5))
    set_born(world, OLD, date(1968, 5, 5))
    return world


def set_born(world: Any, names: tuple[str, ...], born: date) -> None:
    world.enter()
    Client.objects.filter(first_names__in=names).update(born=born)


def floor(world: Any, found: Round, heads: int | None, group: str = "under_30") -> Round:
    by = coordinator(world)
    world.enter_as("konsta")
    return deciding.set_floor(
        found, by=by, at=clock.now(), floor_group=group if heads else "", floor_heads=heads
    )


def have(found: Round, names: tuple[str, ...]) -> int:
    return sum(bool(title) for name, title in placed(found).items() if name in names)


def browser(world: Any, who: str = "konsta") -> Any:
    coordinator(world)
    made = world.browser(who, HTTP_ACCEPT_LANGUAGE="en")
    made.cookies["polku_language"] = "en"
    return made


def test_at_least_so_many_get_a_proposal_and_no_more_than_asked(town: Any) -> None:
    found = begun(town)
    # Control: without a floor the seats go to those who wish for the place.
    assert (have(found, YOUNG), have(found, OLD)) == (0, 3)
    found = worked_out(floor(town, found, 2))
    assert (have(found, YOUNG), have(found, OLD)) == (2, 1)
    found = worked_out(floor(town, found, None))
    assert found.record.get("floor") is None


def test_what_it_cost_stands_in_the_record_of_the_run(town: Any) -> None:
    plain = begun(town)
    found = worked_out(floor(town, plain, 2))
    kept = found.record["floor"]
    assert kept["group"] == "under_30" and (kept["at_least"], kept["members"]) == (2, 5)
    assert (kept["got"], kept["without"], kept["proposals"]) == (2, 0, 0)
    assert (kept["of"], found.record["status"]) == (plain.record["objective"], "optimal")
    assert kept["points"] == kept["of"] - found.record["objective"]
    assert 0 < kept["price"] <= kept["points"] <= 2 * kept["price"]
    assert found.record["input_sha256"] != plain.record["input_sha256"]
    assert not any(str(client.id) in str(found.record) for client in town.clients.values())
    said = AuditEntry.objects.filter(action="placements.round_floor").get()
    assert said.fields == ["floor_group", "floor_heads"] and str(found.id) in said.reason


def test_it_costs_the_same_however_often_the_round_is_worked_out(town: Any) -> None:
    first = worked_out(floor(town, begun(town), 2)).record
    again = worked_out(floor(town, Round.objects.get(), 2)).record
    assert again["floor"] == first["floor"] and again["runs"] == first["runs"] + 1
    # Control: what was proposed by the floor is kept with a bonus now.
    assert again["objective_with_keep"] > again["objective"] == first["objective"]


def test_more_than_can_have_a_place_is_refused_with_the_most_and_nothing_changes(
    town: Any,
) -> None:
    found = begun(town)
    before = placed(found)
    asked = floor(town, found, 4)
    assert solving.run(asked.register_id, asked.id) == "floor"
    assert placed(found) == before
    page = browser(town).get(f"/places/rounds/{found.id}/").content.decode()
    assert "at most 3 can get a place" in page and "The floor can’t be kept" in page
    # Control: three can, and then nothing is refused.
    worked_out(floor(town, found, 3))
    page = browser(town).get(f"/places/rounds/{found.id}/").content.decode()
    assert "can get a place" not in page and "3 have a proposal" in page


def test_the_page_sets_it_and_tells_the_price_in_words(town: Any) -> None:
    found = begun(town)
    url = f"/places/rounds/{found.id}/"
    sent = browser(town).post(f"{url}floor/", {"floor_group": "under_30", "floor_heads": "2"})
    assert sent.status_code == 302
    town.enter_as("konsta")
    worked_out(Round.objects.get(pk=found.pk))
    page = browser(town).get(url).content.decode()
    assert "At least 2 of the 5 who wait and are under 30: 2 have a proposal." in page
    assert "Without the floor it would be 0." in page and "All pairs together lose" in page
    assert "As many as before have a proposal" in page
    how = browser(town).get(f"{url}how/").content.decode()
    assert "At least 2 of the 5" in how


def test_a_round_may_begin_with_one(town: Any) -> None:
    coordinator(town)
    form = browser(town).get("/places/rounds/").context["form"]
    given = {"name": "December", "towns": ["316"], "floor_group": "under_30", "floor_heads": "1"}
    given |= {name: form[name].value() for name in ("starts_on", "ends_on", "submission")}
    assert browser(town).post("/places/rounds/", given).status_code == 302
    town.enter_as("konsta")
    found = worked_out(Round.objects.get())
    assert (found.floor_heads, have(found, YOUNG)) == (1, 1)


@pytest.mark.parametrize(
    "given,said",
    [
        ({"floor_group": "under_30", "floor_heads": "6"}, "5 such people wait"),
        ({"floor_group": "over_55", "floor_heads": "1"}, "Fewer than 5 such people wait"),
        ({"floor_group": "under_30", "floor_heads": ""}, "Say how many of them"),
        ({"floor_group": "", "floor_heads": "2"}, "Choose whom the floor is for"),
        ({"floor_group": "health", "floor_heads": "2"}, "floor_group"),
        ({"floor_group": "under_30", "floor_heads": "0"}, "floor_heads"),
    ],
)
def test_what_can_t_be_asked_is_told_and_nothing_is_written(
    town: Any, given: dict[str, str], said: str
) -> None:
    found = begun(town)
    answer = browser(town).post(f"/places/rounds/{found.id}/floor/", given)
    assert answer.status_code == 422 and said in answer.content.decode()
    town.enter_as("konsta")
    kept = Round.objects.get(pk=found.pk)
    assert (kept.floor_group, kept.floor_heads, kept.version) == ("", None, found.version)


def test_a_closed_round_takes_none(town: Any) -> None:
    found = begun(town)
    deciding.close(found, by=coordinator(town), at=clock.now())
    with pytest.raises(deciding.Closed):
        floor(town, found, 1)


@pytest.mark.parametrize("who", ["aino", "lahja", "elli", "gus"])
def test_who_runs_no_rounds_sets_no_floor(town: Any, who: str) -> None:
    found = begun(town)
    given = {"floor_group": "under_30", "floor_heads": "1"}
    answer = browser(town, who).post(f"/places/rounds/{found.id}/floor/", given)
    assert answer.status_code == 403
    with pytest.raises(Refused):
        deciding.set_floor(
            found, by=town.enter_as(who), at=clock.now(), floor_group="under_30", floor_heads=1
        )


def test_each_group_is_of_whom_it_says(town: Any) -> None:
    on = clock.today()
    rows = {
        "waits_3": ({"waiting_since": add_months(on, -3)}, {"waiting_since": on}),
        "waits_6": ({"waiting_since": add_months(on, -6)}, {"waiting_since": add_months(on, -5)}),
        "waits_12": ({"waiting_since": add_months(on, -12)}, {"waiting_since": None}),
        "part": ({"hours_at_most": 4}, {"hours_at_most": 5}),
        "no_car": ({"mode": "bus"}, {"mode": "car"}),
    }
    ages = {"under_25": (24, 25), "under_30": (29, 30), "over_55": (55, 54)}
    assert {*rows, *ages} == set(Round.Group.values)
    town.enter()
    one = town.clients["aada"]
    for group, both in rows.items():
        for fields, inside in zip(both, (True, False), strict=True):
            Search.objects.filter(client=one).update(**fields)
            assert (floors.members(group, [one.id], on) == {one.id}) is inside, (group, fields)
    for group, both in ages.items():
        for age, inside in zip(both, (True, False), strict=True):
            set_born(town, ("Aada",), add_months(on, -12 * age))
            assert (floors.members(group, [one.id], on) == {one.id}) is inside, (group, age)
    Search.objects.filter(client=one).update(hours_at_most=7, days_at_most=3)
    assert floors.members("part", [one.id], on) == set()
    Search.objects.filter(client=one).update(hours_at_most=7, days_at_most=2)
    assert floors.members("part", [one.id], on) == {one.id}


def test_who_is_not_in_the_round_is_in_no_group(town: Any) -> None:
    town.enter()
    aada = Client.objects.get(first_names="Aada")
    Client.objects.filter(pk=aada.pk).update(safety_ban=True, municipality_id=None)
    with pytest.raises(floors.SmallGroup):
        floor(town, begun(town), 1)


def test_the_database_keeps_it_whole(town: Any) -> None:
    found = begun(town)
    for half in ({"floor_group": "under_30"}, {"floor_heads": 2},
                 {"floor_group": "under_30", "floor_heads": 0}):  # fmt: skip
        with pytest.raises(IntegrityError), transaction.atomic():
            Round.objects.filter(pk=found.pk).update(**half)
    Round.objects.filter(pk=found.pk).update(floor_group="under_30", floor_heads=2)


def test_older_days_do_not_matter(town: Any) -> None:
    """The group is that of the round's first day, not of today."""
    found = begun(town)
    born = add_months(found.starts_on, -12 * 30) + timedelta(days=1)
    set_born(town, YOUNG, born)
    ids = [town.clients[name.lower()].id for name in YOUNG]
    assert len(floors.members("under_30", ids, found.starts_on)) == 5
    assert floors.members("under_30", ids, found.starts_on + timedelta(days=1)) == set()
