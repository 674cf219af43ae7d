"""What is read of a register's history: days and codes, nobody under a ban, no other register."""

from datetime import date, timedelta

import pytest

from polku.clients.models import Client, Episode
from polku.foundation import clock
from polku.foundation.viewer import system
from polku.insight.early import fitting, history, keeping, situations
from polku.insight.early.models import EarlySigns
from polku.insight.tests.histories import fitted, went
from polku.planning.signs.fitting import Answer
from polku.planning.signs.spells import NEVER, OPEN_MARKET
from polku.planning.signs.telling import Refused, Why


def _read(world, area="lake"):
    world.enter(area)
    return history.spells(system(world.areas[area].id), clock.today() - timedelta(days=1))


def test_spells_hold_days_codes_and_ends(world):
    world.enter()
    before = len(_read(world))
    went(world, 10, after=20)
    found = _read(world)
    assert len(found) == before + 10
    gone = found.left != NEVER
    assert (found.end[gone] == OPEN_MARKET).all()
    assert set((found.left - found.entered)[gone].tolist()) == {20, 40}


def test_nobody_under_a_safety_ban_is_in_it(world):
    world.enter()
    went(world, 10, after=20)
    many = len(_read(world))
    Client.objects.filter(last_name="Entinen 3").update(safety_ban=True)
    assert len(_read(world)) == many - 1


def test_another_register_s_people_are_not_in_it(world):
    world.enter()
    before = len(_read(world, "river"))
    world.enter()
    went(world, 10, after=20)
    assert len(_read(world, "river")) == before


def test_a_service_counts_from_its_first_day_and_only_within_the_spell():
    first, last = date(2026, 1, 1), date(2026, 6, 30)
    begun = [
        (situations.TRIAL, date(2026, 3, 1)), (situations.TRIAL, date(2026, 2, 1)),
        (situations.SUBSIDY, date(2025, 12, 31)), (situations.REHABILITATIVE, date(2026, 7, 1)),
    ]  # fmt: skip
    found = history._first_days(begun, first, last)
    assert found == [date(2026, 2, 1).toordinal(), NEVER, NEVER]


@pytest.mark.parametrize(
    ("registered", "after", "entered"),
    [
        (date(2026, 4, 20), None, date(2026, 5, 1)),  # opened soon after registering
        (date(2026, 1, 1), None, date(2026, 1, 1)),  # long before the record: seen from later
        (date(2026, 1, 1), date(2026, 2, 1), date(2026, 5, 1)),  # that was for the spell before
        (date(2026, 5, 9), None, date(2026, 5, 1)),
    ],
)
def test_when_a_spell_began(registered, after, entered):
    assert situations.entered_on(date(2026, 5, 1), registered, after) == entered


def test_a_register_with_a_history_speaks_and_one_without_refuses(world):
    world.enter()
    went(world, 300)
    told = keeping.fitted(fitted(world).told).look(91, 365, (situations.MIDDLE, 0))
    assert isinstance(told, Answer)
    # Half stay for 200 days and half for 400: from three months on none is here a year later.
    assert told.told.here[0] == 0
    half = keeping.fitted(fitted(world).told).look(91, 182, (situations.MIDDLE, 0))
    assert isinstance(half, Answer) and half.told.here[0] <= 50 <= half.told.here[1]
    small = keeping.fitted(fitted(world, "river").told).look(91, 365, (situations.MIDDLE, 0))
    assert small == Refused(Why.PEOPLE)


def test_no_person_stands_in_what_is_kept(world):
    world.enter()
    went(world, 300)
    kept = str(fitted(world).told)
    for one in Client.objects.values_list("pk", flat=True):
        assert str(one) not in kept
    assert "Entinen" not in kept
    assert Episode.objects.filter(closed_on__isnull=False).exists()


def test_the_job_fits_once_a_month_and_at_once_when_the_way_changes(world, monkeypatch):
    world.enter()
    register, at = world.areas["lake"].id, clock.now()
    assert fitting.run(register, at) == "fitted"
    assert fitting.run(register, at + timedelta(days=27)) == "fresh"
    assert fitting.run(register, at + timedelta(days=28)) == "fitted"
    monkeypatch.setattr(fitting, "NUMBER", fitting.NUMBER + 1)
    assert fitting.run(register, at + timedelta(days=28)) == "fitted"
    world.enter()
    assert EarlySigns.objects.count() == 1
