"""The present numbers: counts of the register, small ones covered, nobody under a ban."""

from datetime import timedelta

import pytest

from polku.clients.models import Client
from polku.foundation import clock
from polku.foundation.permissions import Refused
from polku.insight import presenters, queries
from polku.insight.tests.counting import long_ago, manager, people


def _present(world):
    world.enter()
    return queries.present(manager(world), clock.today())


def test_open_clients_those_who_came_in_a_year_and_their_coaches_are_counted(world):
    world.enter()
    people(world, 30)
    people(world, 40, coach="bengt", registered_on=long_ago())
    people(world, 6, closed_on=clock.today() - timedelta(days=3))
    found = _present(world)
    # Of the world itself Devi and the stranger are there, from March 2026.
    mine = sum(
        one.registered_on > clock.today() - timedelta(days=365)
        for one in Client.objects.exclude(last_name__startswith="Testinen")
    )
    assert (found.clients, found.new_counted, found.days, found.coaches) == (72, 36 + mine, 365, 2)
    assert found.new_a_month == round((36 + mine) / 12, 1)
    assert found.caseload == 36


def test_whoever_is_under_a_safety_ban_is_no_number(world):
    world.enter()
    people(world, 30)
    before = _present(world)
    Client.objects.filter(last_name="Testinen 3").update(safety_ban=True)
    after = _present(world)
    assert before.clients - after.clients == before.new_counted - after.new_counted == 1


def test_another_register_is_not_counted(world):
    world.enter()
    people(world, 30)
    before = _present(world)
    world.enter("river")
    people(world, 50, area="river", coach="carita")
    assert _present(world) == before


@pytest.mark.parametrize(("many", "shown"), [(17, False), (18, True)])
def test_fewer_than_twenty_clients_are_covered(world, many, shown):
    world.enter()
    Client.objects.update(registered_on=clock.today() - timedelta(days=50))
    people(world, many)
    found = _present(world)
    assert (found.clients is not None) == shown == (found.new_a_month is not None)
    assert ("20" in presenters.sources(found)["clients"]) != shown


@pytest.mark.parametrize(("many", "shown"), [(2, False), (3, True)])
def test_fewer_than_five_new_ones_are_covered(world, many, shown):
    world.enter()
    Client.objects.update(registered_on=clock.today() - timedelta(days=50))
    people(world, 40, registered_on=long_ago())
    people(world, many)
    found = _present(world)
    assert (found.new_counted is not None) == shown
    assert found.clients == 42 + many


def test_a_young_register_is_measured_by_its_own_days(world):
    world.enter()
    Client.objects.all().delete()
    people(world, 40, registered_on=clock.today() - timedelta(days=60))
    found = _present(world)
    assert found.days == 60 and found.new_a_month == pytest.approx(40 / 60 * 365 / 12, abs=0.06)


def test_an_empty_register_has_no_numbers_and_no_fault(world):
    world.enter()
    Client.objects.all().delete()
    found = _present(world)
    assert (found.clients, found.new_a_month, found.coaches, found.caseload) == (
        None,
        None,
        0,
        None,
    )
    assert presenters.sources(found) and presenters.beside(found) == ""


@pytest.mark.parametrize("who", ["aino", "gus", "elli", "devi"])
def test_others_are_refused(world, who):
    viewer = world.enter_as(who)
    with pytest.raises(Refused):
        queries.present(viewer, clock.today())


def test_control_the_lead_is_let_in(world):
    assert queries.present(world.enter_as("lahja"), clock.today()).days > 0
