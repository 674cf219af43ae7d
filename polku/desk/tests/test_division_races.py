"""Two tabs accept the same proposals at once, on connections of their own: each is done once."""

from __future__ import annotations

import pytest

from polku.desk.division import asking, deciding, running
from polku.desk.division.deciding import Wanted
from polku.desk.tests.dividing import client
from polku.desk.tests.test_week_races import TABS, at_once
from polku.foundation import clock, walls
from polku.foundation.meanwhile import ChangedMeanwhile
from polku.foundation.models import Relation
from polku.teamwork.models import DivisionProposal, DivisionRule, HandOver
from polku.teamwork.rules import actions
from polku.teamwork.tests.test_rules import GIVEN

pytestmark = pytest.mark.django_db(transaction=True)


def test_tabs_that_accept_at_once_hand_over_each_client_once(world):
    register, viewer = world.areas["lake"].id, world.viewers["lahja"]
    with walls.inside(register):
        for number in range(4):
            client(world, f"Uusi{number}")
    with walls.inside(register, by=viewer):
        division = asking.ask(by=viewer, at=clock.now(), question="new")
    assert running.run(register, division.id) == "planned"
    with walls.inside(register, by=viewer):
        wanted = [
            Wanted(row.id, row.version, None, "")
            for row in DivisionProposal.objects.filter(state="proposed")
        ]
    assert len(wanted) == 4
    done = at_once(viewer, lambda: deciding.accept(division, wanted, by=viewer, at=clock.now()))
    assert sum(len(one.clients) for one in done) == 4
    assert sum(one.already for one in done) == 4 * (TABS - 1)
    assert not any(one.refused for one in done)
    with walls.inside(register, by=viewer):
        assert HandOver.objects.count() == 4
        own = Relation.objects.filter(kind="own", ends_at__isnull=True)
        assert own.filter(client__first_names__startswith="Uusi").count() == 4


def test_tabs_that_write_a_rule_at_once_leave_one(world):
    viewer, aino = world.viewers["lahja"], world.people["aino"].id

    def write():
        try:
            actions.keep(aino, by=viewer, at=clock.now(), version=0, given=GIVEN)
        except ChangedMeanwhile:
            return "late"
        return "kept"

    assert sorted(at_once(viewer, write)) == ["kept", *["late"] * (TABS - 1)]
    with walls.inside(viewer.register_id, by=viewer):
        assert DivisionRule.objects.count() == 1
