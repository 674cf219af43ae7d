"""The table of states: every verb in every state, by the actions themselves."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

import pytest

from polku.foundation import clock
from polku.statements import actions, deciding, presenters, queries, sending, states
from polku.statements.models import Clarification, Matter, Statement
from polku.statements.tests.conftest import QUESTION, TEXT, put, with_day

S = Matter.State
# Written down once more, by hand: verb -> the states in which it may happen, and what follows.
MAY = {
    "ask": {"opened": "asked", "answered": "asked", "no_answer": "asked", "drafted": "asked"},
    "answer": {"asked": "answered", "no_answer": "answered"},
    "time_out": {"asked": "no_answer"},
    "write": {
        "opened": "drafted", "answered": "drafted", "no_answer": "drafted", "drafted": "drafted",
        "correcting": "correcting",
    },
    "give_back": {"drafted": "drafted", "correcting": "correcting"},
    "sign": {"drafted": "signed"},
    "send": {"signed": "sent", "sent": "sent"},
    "correct": {"signed": "correcting", "sent": "correcting"},
    "drop": {"correcting": "signed"},
    "withdraw": dict.fromkeys(
        ("opened", "asked", "answered", "no_answer", "drafted"), "withdrawn"
    ),
    "take_up": {"withdrawn": "opened"},
}  # fmt: skip


def _ask(matter: Matter, **given: Any) -> None:
    actions.ask(matter, **given, question=QUESTION + " Lisää?", due_on=clock.today())


def _answer(matter: Matter, *, by: Any, at: Any, version: int) -> None:
    last = Clarification.objects.filter(matter=matter).order_by("-asked_at").first()
    asked = last.id if last else matter.id
    actions.answer(matter, by=by, at=at, answer="Muu vastaus", how="call", question_id=asked)


def _time_out(matter: Matter, **given: Any) -> None:
    with_day(matter, -1)
    actions.time_out(matter, **given)


def _write(matter: Matter, **given: Any) -> None:
    deciding.write(matter, **given, text=TEXT, basis="Laki", keys=[], because="Korjaus")


def _sign(matter: Matter, *, by: Any, at: Any, version: int) -> None:
    seal = presenters.seal(queries.whole(matter, near=True)) or "0" * 64
    deciding.sign(matter, by=by, at=at, seal=seal)


def _send(matter: Matter, *, by: Any, at: Any, version: int) -> None:
    last = Statement.objects.filter(matter=matter).order_by("-number").first()
    if last is None:
        raise states.NotNow("send", matter.state)
    last.matter = matter
    sending.note_sent(
        last, by=by, at=at, near=True, to="fund", fund="Kassa", how="letter", on=clock.today()
    )


# What is done by each verb, and by whom.
DEEDS: dict[str, tuple[str, Callable[..., object]]] = {
    "ask": ("aino", _ask),
    "answer": ("aino", _answer),
    "time_out": ("aino", _time_out),
    "write": ("aino", _write),
    "give_back": ("lahja", partial(deciding.give_back, word="Tarkenna")),
    "sign": ("lahja", _sign),
    "send": ("aino", _send),
    "correct": ("aino", partial(deciding.correct, because="Väärin kirjattu")),
    "drop": ("aino", deciding.drop),
    "withdraw": ("aino", partial(actions.withdraw, reason="Ei tarvita")),
    "take_up": ("aino", actions.take_up),
}


def do(world: Any, verb: str, matter: Matter) -> None:
    who, deed = DEEDS[verb]
    deed(matter, by=world.enter_as(who), at=clock.now(), version=matter.version)


def test_the_table_has_every_verb_and_state() -> None:
    assert MAY.keys() == states.TRANSITIONS.keys()
    reached = {state for ways in states.TRANSITIONS.values() for state in ways.values()}
    assert reached == set(S.values)
    assert states.TURNS.keys() == set(S.values)


@pytest.mark.parametrize("state", S.values)
def test_each_verb_does_what_is_written_here(world: Any, official: Any, state: str) -> None:
    from django.db import transaction

    matter = put(world, state)
    assert matter.state == state
    for verb in MAY:
        with transaction.atomic():
            fresh = Matter.objects.select_related("client").get(pk=matter.pk)
            expected = MAY[verb].get(state)
            try:
                do(world, verb, fresh)
                came = Matter.objects.get(pk=matter.pk).state
            except states.NotNow:
                came = None
            assert came == expected, (verb, state)
            transaction.set_rollback(True)


def test_an_unknown_verb_is_a_mistake_of_ours() -> None:
    with pytest.raises(KeyError):
        states.after("fly", "opened")
