"""A named administrator confirms, changes and withdraws; all of it stays, once each."""

from datetime import date, timedelta

import pytest
from django.db import DatabaseError, transaction

from polku.foundation import clock
from polku.foundation.models import AuditEntry
from polku.foundation.permissions import Refused
from polku.law import actions, queries
from polku.law.models import KeptValue
from polku.law.tests.deciding import decide
from polku.rules import OverrideRefused


def told(action):
    return AuditEntry.objects.filter(action=action).count()


def test_deciding_is_told_once_with_what_it_was_about(world):
    decide(world)
    entry = AuditEntry.objects.get(action="law.decide")
    assert entry.reason == "initial_interview_within"
    assert entry.actor_user == world.people["gus"].id


def test_the_same_decision_pressed_twice_is_one(world):
    assert decide(world) == decide(world)
    assert KeptValue.objects.count() == told("law.decide") == 1


@pytest.mark.parametrize("name", ["aino", "lahja", "elli"])
def test_others_decide_nothing(world, name):
    kept = decide(world)
    viewer = world.enter_as(name)
    with pytest.raises(Refused):
        decide(world, 12, name=name)
    with pytest.raises(Refused):
        actions.withdraw(kept.id, by=viewer, at=clock.now())
    with pytest.raises(Refused):
        actions.undo_withdrawal(kept.id, by=viewer, at=clock.now())
    assert KeptValue.objects.get().withdrawn_at is None


@pytest.mark.parametrize(
    ("value", "more"),
    [
        ("fifteen", {}),
        (-1, {}),
        (15, {"source": "  "}),
        (15, {"valid_to": date(2025, 12, 31)}),
        (15, {"parameter": "no_such_parameter"}),
        ({"days": 15}, {}),
    ],
)
def test_what_can_not_be_laid_over_the_law_is_refused_with_a_sentence(world, value, more):
    with pytest.raises(OverrideRefused) as refused:
        decide(world, value, **more)
    assert str(refused.value).endswith(".")
    assert not KeptValue.objects.exists()
    assert told("law.decide") == 0


def test_withdrawing_stays_in_the_history_and_is_told_once(world):
    kept, gus = decide(world), world.viewers["gus"]
    actions.withdraw(kept.id, by=gus, at=clock.now())
    again = actions.withdraw(kept.id, by=gus, at=clock.now())
    assert again.withdrawn_by_id == gus.user_id
    assert [one.id for one in queries.kept(gus)] == [kept.id]
    assert told("law.withdraw") == 1


def test_a_withdrawal_is_undone_soon_after_and_by_the_same_alone(world):
    kept, gus, at = decide(world), world.viewers["gus"], clock.now()
    actions.withdraw(kept.id, by=gus, at=at)
    with pytest.raises(actions.TooLate):
        actions.undo_withdrawal(kept.id, by=gus, at=at + timedelta(minutes=11))
    actions.undo_withdrawal(kept.id, by=gus, at=at + timedelta(minutes=9))
    assert KeptValue.objects.get().withdrawn_at is None
    assert told("law.undo_withdrawal") == 1


@pytest.mark.parametrize("change", [{"value": 9}, {"source": "x"}, {"valid_to": date(2027, 1, 1)}])
def test_the_database_changes_no_decision(world, change):
    decide(world)
    with pytest.raises(DatabaseError, match="only ever added or withdrawn"), transaction.atomic():
        KeptValue.objects.update(**change)


def test_the_database_forgets_no_decision(world):
    decide(world)
    with pytest.raises(DatabaseError, match="only ever added or withdrawn"), transaction.atomic():
        KeptValue.objects.all().delete()


def test_the_database_lets_a_decision_be_withdrawn(world):
    """The negative control of the two above."""
    decide(world)
    gus = world.people["gus"]
    assert KeptValue.objects.update(withdrawn_at=clock.now(), withdrawn_by=gus) == 1


def test_another_registers_decision_is_not_there(world):
    kept = decide(world)
    viewer = world.enter_as("carita")
    assert queries.kept(viewer) == []
    with pytest.raises(KeptValue.DoesNotExist):
        queries.get(viewer, kept.id)
