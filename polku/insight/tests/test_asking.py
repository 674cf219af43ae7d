"""A question is one row and one job; the same again is answered by what is kept."""

import json
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from procrastinate.contrib.django.models import ProcrastinateJob

from polku.foundation import clock, walls
from polku.foundation.models import AuditEntry
from polku.foundation.permissions import Refused
from polku.insight import actions, tasks, working
from polku.insight.models import WhatIf
from polku.insight.tests.counting import manager
from polku.planning.simulation import whatif
from polku.planning.simulation.whatif import Question, Side

TODAY = Side(5, 100)
QUESTION = Question(200, TODAY, Side(10, 100))


def _ask(world, question=QUESTION, by="maija", at=None):
    manager(world)
    return actions.ask(question, by=world.enter_as(by), at=at or clock.now(), measured={})


def _jobs():
    return ProcrastinateJob.objects.filter(task_name="work_out_what_if", status="todo").count()


def _other(number):
    return Question(200, TODAY, Side(10 + number, 100))


def test_asked_twice_is_one_question_and_one_job(world):
    first, again = _ask(world), _ask(world, by="lahja")
    assert first == again and again.asked_by_id == world.people["maija"].id
    assert (WhatIf.objects.count(), _jobs()) == (1, 1)
    assert AuditEntry.objects.filter(action="insight.what_if_ask").count() == 2


def test_the_job_answers_and_the_answer_is_kept(world):
    found = _ask(world)
    register = found.register_id
    assert working.run(register, found.id) == "answered"
    world.enter()
    found.refresh_from_db()
    assert not found.waits and found.answer == json.loads(json.dumps(whatif.answer(QUESTION)))
    assert working.run(register, found.id) == "done"
    world.enter()
    assert _ask(world).answered_at == found.answered_at and _jobs() == 1


def test_another_simulation_gives_the_question_another_answer(world, monkeypatch):
    first = _ask(world)
    monkeypatch.setattr(whatif, "NUMBER", "next")
    assert _ask(world) != first


def test_a_queue_has_an_end(world):
    for number in range(actions.MOST_WAITING):
        _ask(world, _other(number))
    with pytest.raises(actions.Busy):
        _ask(world, _other(99))
    assert WhatIf.objects.count() == _jobs() == actions.MOST_WAITING
    assert _ask(world, _other(0)).waits, "what waits already may be asked for"
    WhatIf.objects.update(problem="broken")
    assert _ask(world, _other(99)).waits


@pytest.mark.parametrize("who", ["aino", "gus", "elli", "devi"])
def test_others_may_not_ask(world, who):
    viewer = world.enter_as(who)
    with pytest.raises(Refused):
        actions.ask(QUESTION, by=viewer, at=clock.now(), measured={})
    assert WhatIf.objects.count() == _jobs() == 0


def test_what_breaks_is_told_and_may_be_asked_again(world, monkeypatch):
    found = _ask(world)

    def broken(question):
        raise ZeroDivisionError

    with monkeypatch.context() as patched:
        patched.setattr(whatif, "answer", broken)
        with pytest.raises(ZeroDivisionError):
            working.run(found.register_id, found.id)
    world.enter()
    found.refresh_from_db()
    assert found.problem == "broken" and not found.waits
    assert _ask(world).waits
    assert working.run(found.register_id, found.id) == "answered"


def test_a_question_whose_worker_died_is_taken_up_again_but_not_for_ever(world):
    found = _ask(world)
    later = clock.now() + timedelta(minutes=5)
    assert working.resume(found.register_id, later) == 0, "its job still waits in the queue"
    world.enter()
    WhatIf.objects.update(tries=working.TRIES)
    assert working.run(found.register_id, found.id) == "lost"
    world.enter()
    found.refresh_from_db()
    assert found.problem == "lost"


def test_a_silent_question_gets_a_new_job(world, monkeypatch):
    found = _ask(world)
    deferred = []
    monkeypatch.setattr(actions, "defer", lambda *ids: deferred.append(ids) or True)
    soon, later = clock.now() + timedelta(seconds=60), clock.now() + timedelta(minutes=5)
    assert (working.resume(found.register_id, soon), deferred) == (0, [])
    with clock.at(later):
        assert tasks.resume_what_ifs(timestamp=0) == 1
    assert deferred == [(found.register_id, found.id)]


def test_another_registers_question_is_not_there(world):
    found = _ask(world)
    river = world.areas["river"].id
    assert working.run(river, found.id) == "gone"
    with walls.inside(river):
        assert not WhatIf.objects.exists()


def test_the_database_refuses_the_same_question_twice(world):
    found = _ask(world)
    with pytest.raises(IntegrityError), transaction.atomic():
        WhatIf.objects.create(
            register_id=found.register_id, question={}, fingerprint=found.fingerprint,
            asked_at=clock.now(), asked_by=found.asked_by,
        )  # fmt: skip
