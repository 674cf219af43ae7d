"""Many presses at one instant: the same question is one, and the queue keeps its end."""

from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest
from django.db import connections
from procrastinate.contrib.django.models import ProcrastinateJob

from polku.foundation import clock, turns, walls
from polku.insight import actions
from polku.insight.models import WhatIf
from polku.planning.simulation.whatif import Question, Side

pytestmark = pytest.mark.django_db(transaction=True)

HANDS, INSTANTS = 4, 12


def at_once(world: Any, new_of: Callable[[int, int], float]) -> list[Counter[str]]:
    """Let the lead ask with four hands at one instant, again and again; return what came of it."""
    lead, gate = world.viewers["lahja"], Barrier(HANDS)

    def ask(hand: int, nth: int) -> str:
        question = Question(200, Side(5, 100), Side(new_of(hand, nth), 100))
        gate.wait()
        try:
            with walls.inside(lead.register_id, by=lead):
                return str(actions.ask(question, by=lead, at=clock.now(), measured={}).id)
        except actions.Busy:
            return "busy"

    came = []
    with ThreadPoolExecutor(HANDS, initializer=connections.close_all) as pool:
        for nth in range(INSTANTS):
            said = pool.map(lambda hand, nth=nth: ask(hand, nth), range(HANDS))
            came.append(Counter(said))
            with walls.inside(lead.register_id, by=lead):
                WhatIf.objects.update(problem="ended by the test")
        list(pool.map(lambda _: connections.close_all(), range(HANDS)))
    return came


def test_four_presses_at_once_are_one_question_and_one_job(world: Any) -> None:
    came = at_once(world, lambda _hand, nth: 10 + nth)
    assert [set(one.values()) for one in came] == [{HANDS}] * INSTANTS
    assert ProcrastinateJob.objects.filter(task_name="work_out_what_if").count() == INSTANTS


def test_the_queue_keeps_its_end_and_without_turns_it_would_not(
    world: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(actions, "MOST_WAITING", 1)
    came = at_once(world, lambda hand, nth: 10 + HANDS * nth + hand)
    assert [one["busy"] for one in came] == [HANDS - 1] * INSTANTS
    monkeypatch.setattr(turns, "take", lambda *_: None)
    loose = at_once(world, lambda hand, nth: 500 + HANDS * nth + hand)
    assert min(one["busy"] for one in loose) < HANDS - 1
