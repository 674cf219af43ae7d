"""The ten best for a client: wishes, limits and vetoes are honoured, with reasons in words."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest

from polku.clients.models import LanguageSkill
from polku.foundation import clock
from polku.placements import seats
from polku.placements.fitting import best, codes, reading, stock
from polku.placements.fitting.seekers import Seeker
from polku.placements.models import Opening, Search, SearchWord
from polku.placements.tests import living
from polku.placements.tests.places import make_opening, make_worksite
from polku.planning.matching.rules import named_bits

pytestmark = pytest.mark.django_db
DAY = date(2026, 6, 1)


@pytest.fixture(autouse=True)
def _fresh() -> None:
    stock.forget()


@pytest.fixture
def places(world: Any) -> Any:
    """Return a maker of openings in the lake register, by title."""
    world.enter()
    made: dict[str, Any] = {}

    def make(title: str, **more: Any) -> Any:
        site = {k: more.pop(k) for k in ("lat", "lon", "precision") if k in more}
        worksite = make_worksite(world, name=f"Paikka {title}", **site)
        made[title] = make_opening(world, worksite=worksite, title=title, **more)
        return made[title]

    return make


def ask(world: Any, seeker: Seeker, **more: Any) -> best.Best:
    register = world.areas["lake"].id
    return best.best(seeker, register_id=register, on=DAY, now=clock.now(), **more)


def titles(found: Any) -> list[str]:
    names = dict(Opening.objects.values_list("id", "title"))
    return [names[one.opening_id] for one in found]


def anybody(**more: Any) -> Seeker:
    return replace(Seeker(uuid4()), **more)


def reasons(world: Any, seeker: Seeker, opening: Any) -> list[str]:
    register = world.areas["lake"].id
    said = best.why_not(seeker, opening.id, register_id=register, on=DAY)
    assert said is not None
    return [one.code for one in said]


def test_a_wish_goes_before_all_else(world: Any, places: Any) -> None:
    places("kitchen", work_code="9412")
    wished = places("library", work_code="4411")
    seeker = anybody(words=(("skill", "9412", None, None), ("wish", "4411", None, None)))
    found = ask(world, seeker)
    assert titles(found.fits) == ["library", "kitchen"]
    assert [one.code for one in found.fits[0].reasons][:1] == ["wished_work"]
    own = anybody(words=(("wish", "", wished.worksite_id, None),))
    assert ask(world, own).fits[0].reasons[0].code == "wished_place"


def test_a_limit_rules_out_and_says_so(world: Any, places: Any) -> None:
    heavy = places("heavy", demands=["lifting_20"])
    places("light")
    seeker = anybody(limits=("lifting_10",))
    assert titles(ask(world, seeker).fits) == ["light"]
    assert reasons(world, seeker, heavy) == ["health"]
    assert reasons(world, anybody(), heavy) == []


def test_a_veto_rules_out_whatever_speaks_for_it(world: Any, places: Any) -> None:
    kitchen = places("kitchen", work_code="9412")
    words = (("wish", "9412", None, None), ("veto", "", None, kitchen.id))
    seeker = anybody(words=words)
    assert titles(ask(world, seeker).fits) == []
    assert reasons(world, seeker, kitchen) == ["vetoed"]


def test_cards_languages_hours_and_kinds_are_hard(world: Any, places: Any) -> None:
    card = places("card", cards=["hygiene"])
    tongue = places("tongue", language="fi", language_level="B1")
    long = places("long", hours_from=6, days_a_week=5)
    cut = places("cut", hours_from=6, days_a_week=5, cuts=["hours"])
    other = places("other", kinds=["volunteering"])
    seeker = anybody(
        kinds=("work_trial",), hours_at_most=4, days_at_most=4, languages=(("fi", "A2"),)
    )
    assert titles(ask(world, seeker).fits) == ["cut"]
    found = {
        name: reasons(world, seeker, one)
        for name, one in {
            "card": card,
            "tongue": tongue,
            "long": long,
            "other": other,
            "cut": cut,
        }.items()
    }
    assert "licence" in found["card"]
    assert "language" in found["tongue"]
    assert found["long"] == ["hours"]
    assert found["other"] == ["kind"]
    assert found["cut"] == []
    ready = replace(seeker, cards=("hygiene",), languages=(("fi", "X"),))
    assert {"card", "tongue", "cut"} == set(titles(ask(world, ready).fits))


def test_a_far_place_is_out_but_a_coarse_point_is_never_cut(world: Any, places: Any) -> None:
    far = places("far", lat=65.0, lon=25.5)
    places("coarse", lat=65.0, lon=25.5, precision="municipality")
    places("near", lat=60.87, lon=25.28)
    seeker = anybody(mode="bus", minutes_at_most=40, lat=60.86, lon=25.27)
    assert titles(ask(world, seeker).fits) == ["near", "coarse"]
    assert reasons(world, seeker, far) == ["travel"]


def test_an_opening_without_a_free_seat_is_told_apart(world: Any, places: Any) -> None:
    full = places("full")
    places("free")
    seats.hold(full, at=clock.now(), starts_on=DAY, ends_on=DAY + timedelta(days=60))
    found = ask(world, anybody())
    assert titles(found.fits) == ["free"]
    assert titles(found.full) == ["full"]


def test_paused_and_foreign_openings_are_not_looked_at(world: Any, places: Any) -> None:
    places("paused", state="paused")
    world.enter("river")
    make_opening(world, area="river", title="foreign")
    world.enter()
    assert ask(world, anybody()).looked == 0


def test_what_changes_is_seen_at_once(world: Any, places: Any) -> None:
    one = places("one")
    assert titles(ask(world, anybody()).fits) == ["one"]
    Opening.objects.filter(pk=one.pk).update(state="closed", changed_at=clock.now())
    assert titles(ask(world, anybody()).fits) == []


def test_the_search_is_read_from_what_the_client_said(world: Any, places: Any) -> None:
    kitchen, devi = places("kitchen"), world.clients["devi"]
    more = {"register": world.areas["lake"], "client": devi}
    Search.objects.create(
        **more,
        kinds=["work_trial"],
        limits=["hurry"],
        hours_at_most="4.5",
        days_at_most=4,
        changed_at=clock.now(),
    )
    SearchWord.objects.create(**more, kind="wish", work_code="9412", told_on=DAY)
    SearchWord.objects.create(**more, kind="veto", opening=kitchen, told_on=DAY, ended_on=DAY)
    LanguageSkill.objects.create(**more, language="fi", level="B1", told_on=DAY)
    seeker = reading.seeker(devi.id)
    assert (seeker.hours_a_week, seeker.limits) == (18, ("hurry",))
    assert seeker.words == (("wish", "9412", None, None),)
    assert seeker.languages == (("fi", "B1"),)


def test_what_the_client_has_already_is_not_offered_again(world: Any) -> None:
    placement = living.suggested(world)
    seeker = reading.seeker(world.clients["devi"].id)
    assert seeker.barred == {placement.opening_id}


def test_every_demand_card_and_language_has_a_bit_of_its_own() -> None:
    from polku.placements.terms import Card, Demand

    words = [codes.demands([one]) for one in Demand]
    assert len(set(words)) == len(words) and 0 not in words
    words = [codes.cards([one]) for one in Card]
    assert len(set(words)) == len(words) and 0 not in words
    for one in Demand:
        told = named_bits(0, codes.demands([one]))
        ((rule, (number,)),) = told.items()
        assert codes.named(rule, number) == one
