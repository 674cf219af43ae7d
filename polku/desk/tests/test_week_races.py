"""Two tabs take the same proposals at once, on connections of their own: each is booked once."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from django.db import connection

from polku.contacts.models import Appointment, WeekPlan, WeekProposal
from polku.contacts.weeks import deciding
from polku.desk.tests.planning import person
from polku.desk.week import asking, running
from polku.foundation import clock, walls

pytestmark = pytest.mark.django_db(transaction=True)
TABS = 4


def test_tabs_that_take_at_once_book_each_proposal_once(world):
    register, viewer = world.areas["lake"].id, world.viewers["aino"]
    monday = asking.monday_of(clock.today()) + timedelta(days=7)
    with walls.inside(register):
        for number in range(5):
            person(world, f"R{number}", last=40)
        asking.ask_for(register, viewer.user_id, monday, clock.now())
    assert running.run(register, viewer.user_id, monday) == "planned"
    with walls.inside(register):
        assert not WeekPlan.objects.get().runs
        found = WeekProposal.objects.filter(state="proposed").values_list("id", "version")
        wanted = list(found)
    start = Barrier(TABS)

    def tab(_nth: int) -> deciding.Taken:
        try:
            start.wait()
            with walls.inside(register, by=viewer):
                return deciding.take(wanted, by=viewer, at=clock.now())
        finally:
            connection.close()

    with ThreadPoolExecutor(TABS) as pool:
        told = list(pool.map(tab, range(TABS)))
    assert len(wanted) >= 5
    assert sum(len(one.booked) for one in told) == len(wanted)
    assert sum(one.already for one in told) == (TABS - 1) * len(wanted)
    assert not any(one.refused for one in told)
    with walls.inside(register):
        assert Appointment.objects.filter(status="proposed").count() == len(wanted)
