"""A register goes by what its administrator decided; another register does not."""

from datetime import date, timedelta

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from polku.foundation import clock, walls
from polku.foundation.models import Register
from polku.foundation.viewer import system
from polku.law import actions, in_force
from polku.law.tests.deciding import WITHIN, decide, decided
from polku.rules import packaged_law

DAY = date(2026, 3, 2)


def within(register) -> int:
    return in_force.of(register.id)[WITHIN].on(DAY).value


def test_what_was_decided_is_the_law_of_that_register_alone(world):
    decide(world)
    assert within(world.areas["lake"]) == 15
    assert in_force.of(world.areas["river"].id) is packaged_law()
    assert packaged_law()[WITHIN].on(DAY).value == 10


def test_what_was_decided_holds_in_its_time_alone(world):
    decide(world, valid_from=date(2026, 3, 1), valid_to=date(2026, 3, 31))
    law = in_force.of(world.areas["lake"].id)[WITHIN]
    days = [date(2026, 2, 28), date(2026, 3, 1), date(2026, 3, 31), date(2026, 4, 1)]
    assert [law.on(day).value for day in days] == [10, 15, 15, 10]


def test_what_is_withdrawn_holds_no_more(world):
    kept = decide(world)
    actions.withdraw(kept.id, by=world.viewers["gus"], at=clock.now())
    assert within(world.areas["lake"]) == 10


def test_of_two_decisions_the_later_holds_also_on_one_day(world):
    decide(world)
    decide(world, 12)
    assert within(world.areas["lake"]) == 12


def test_a_process_that_keeps_an_older_law_follows_the_next_change(world):
    decide(world)
    older = in_force.of(world.areas["lake"].id)
    assert in_force.of(world.areas["lake"].id) is older
    decide(world, 12)
    assert within(world.areas["lake"]) == 12
    assert older[WITHIN].on(DAY).value == 15


def test_a_change_that_was_rolled_back_is_never_mistaken_for_the_next(world):
    """The negative control of marks that are never used twice."""
    with transaction.atomic():
        decide(world, 20)
        assert within(world.areas["lake"]) == 20
        transaction.set_rollback(True)
    decide(world, 12)
    assert within(world.areas["lake"]) == 12


def test_it_costs_no_statement_where_the_mark_is_known(world):
    decide(world)
    register = Register.objects.get(pk=world.areas["lake"].id)
    in_force.of(register.id)
    marks = {register.id: register.law_mark}
    with in_force.noting(marks), CaptureQueriesContext(connection) as asked:
        assert within(register) == 15
    assert len(asked) == 0


def test_a_mark_is_asked_once_where_it_is_not_known(world):
    decide(world)
    within(world.areas["lake"])
    with CaptureQueriesContext(connection) as asked, in_force.noting({}):
        within(world.areas["lake"])
        within(world.areas["lake"])
    assert len(asked) == 1


def test_a_clients_own_session_goes_by_it_too(world):
    decide(world)
    in_force._laws.clear()
    register, client = world.areas["lake"], world.clients["devi"]
    walls.enter(register=register.id, client=client.id, by=system(register.id))
    assert within(register) == 15
    assert walls.named()[1] == client.id


def test_values_that_the_walls_hide_are_no_law(world, monkeypatch):
    """A law with nothing over it must not be kept under a mark that says otherwise."""
    decide(world)
    in_force._laws.clear()
    register = world.areas["lake"]
    monkeypatch.setattr(walls, "inside", lambda *_a, **_k: transaction.atomic())
    walls.enter(register=world.areas["river"].id)
    with pytest.raises(in_force.ValuesHidden):
        in_force.of(register.id)
    assert not in_force._laws


def test_a_value_that_no_longer_fits_is_left_out_and_told(world):
    kept = decide(world)
    kept.parameter = "gone_since"
    assert not in_force.still_fits(kept)
    assert in_force.laid_over([kept])[WITHIN].on(DAY).value == 10


def test_the_decision_is_told_by_name_and_day(world):
    decide(world)
    decision = in_force.of(world.areas["lake"].id)[WITHIN].on(DAY).decision
    assert (decision.by, decision.on, decision.changed) == ("Gus Esimerkki", clock.today(), True)
    actions.withdraw(decide(world, 15).id, by=world.viewers["gus"], at=clock.now())
    decide(world, 10)
    assert not in_force.of(world.areas["lake"].id)[WITHIN].on(DAY).decision.changed


def test_what_is_asked_before_it_is_kept_changes_nothing(world):
    viewer = world.enter_as("gus")
    law = actions.law_with(decided(), by=viewer, at=clock.now() + timedelta(minutes=1))
    assert law[WITHIN].on(DAY).value == 15
    assert within(world.areas["lake"]) == 10
