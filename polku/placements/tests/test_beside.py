"""Every open place beside one client: the same order and reasons as the ten best, and fast."""

from __future__ import annotations

from datetime import date, timedelta
from time import perf_counter
from typing import Any
from uuid import UUID, uuid4

import pytest

from polku.foundation import clock
from polku.placements.fitting import beside, best, stock
from polku.placements.fitting.seekers import Seeker
from polku.placements.tests.places import make_opening, make_worksite

DAY = date(2026, 6, 1)
CLIENT = Seeker(
    uuid4(), kinds=("work_trial",), limits=("lifting_10",), mode="bus", minutes_at_most=40,
    lat=60.86, lon=25.27, words=(("wish", "4411", None, None),),
)  # fmt: skip


@pytest.fixture
def places(world: Any) -> dict[str, Any]:
    stock.forget()
    world.enter()
    kinds: dict[str, dict[str, Any]] = {
        "plain": {},
        "wished": {"work_code": "4411"},
        "heavy": {"demands": ["lifting_20"]},
        "later": {"open_from": DAY + timedelta(days=9)},
        "other": {"kinds": ["volunteering"]},
        "paused": {"state": "paused"},
    }
    return {
        name: make_opening(
            world, worksite=make_worksite(world, name=name), title=name, **more
        ).id
        for name, more in kinds.items()
    }  # fmt: skip


def held(world: Any, seeker: Seeker = CLIENT) -> beside.Beside:
    return beside.beside(seeker, register_id=world.areas["lake"].id, on=DAY)


def test_what_fits_is_told_best_first_as_the_ten_best_tell_it(world: Any, places: Any) -> None:
    found = held(world)
    ids = [UUID(one) for one in found.ids[1:-1].split(",")]
    assert ids == [places["wished"], places["plain"]]
    ten = best.best(CLIENT, register_id=world.areas["lake"].id, on=DAY, now=clock.now())
    assert ids == [one.opening_id for one in ten.fits]
    assert found.why(ids[0]) == ten.fits[0].reasons


@pytest.mark.parametrize(
    ("name", "code"),
    [("heavy", "health"), ("later", "closed"), ("other", "kind"), ("paused", "not_open")],
)
def test_what_does_not_fit_says_why(world: Any, places: Any, name: str, code: str) -> None:
    assert [one.code for one in held(world).why_not(places[name])] == [code]


def test_nothing_fits_where_there_is_nothing(world: Any) -> None:
    stock.forget()
    world.enter()
    found = held(world)
    assert (found.ids, found.why(uuid4())) == ("{}", ())


def test_one_that_the_client_does_not_want_is_barred(world: Any, places: Any) -> None:
    words = (("veto", "", None, places["plain"]),)
    found = held(world, Seeker(uuid4(), words=words))
    assert found.barred(places["plain"]) and not found.barred(places["heavy"])
    assert found.barred(uuid4())


def test_twenty_thousand_openings_take_less_than_twenty_milliseconds(monkeypatch: Any) -> None:
    """The best of some tries: what the page does itself, without the database."""
    row = (["work_trial"], "9412", None, None, ["lifting_5"], [], "", "", [], None, None)
    rows = [
        (
            uuid4(),
            uuid4(),
            uuid4(),
            *row,
            60 + n % 700 / 100,
            21 + n % 900 / 100,
            "exact",
            "316",
            1,
            None,
            None,
            None,
            None,
        )
        for n in range(20_000)
    ]
    many = stock._arrays(rows)
    monkeypatch.setattr(beside, "stock", lambda register_id: many)
    client = Seeker(uuid4(), kinds=("work_trial",), mode="car", minutes_at_most=240)
    took = []
    for _ in range(7):
        begun = perf_counter()
        found = beside.beside(client, register_id=uuid4(), on=DAY)
        assert len(found.ids) > 600_000
        for one in many.ids[:50]:
            found.why(one)
        took.append(perf_counter() - begun)
    assert min(took) < 0.020, took
