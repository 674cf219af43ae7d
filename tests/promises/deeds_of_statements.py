"""Deeds of statements on unemployment security that no page of the house reaches by itself.

Each finds the matter in the state before it: Aino's, and the client's own answer.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import uuid4

from polku.foundation import clock
from polku.statements.models import Clarification, Matter, Statement
from tests.promises.house import House

Post = tuple[str, Any]
Ready = Callable[[House], Post]
TURNS = {"signed": "coach", "withdrawn": "", "asked": "client"}


def put(house: House, state: str, *, of: str = "devi", days: int = 7) -> Matter:
    """Bring the matter into a state, with what belongs to it and no more."""
    house.world.enter()
    row = Matter.objects.filter(pk=house.ids[of]["matter_id"])
    turn = TURNS.get(state, "coach")
    row.update(state=state, turn=turn, turn_since=clock.now() if turn else None, version=1)
    Statement.objects.filter(matter__in=row, signed_at__isnull=True).delete()
    if state != "signed":
        Statement.objects.filter(matter__in=row).delete()
    if state == "asked":
        Clarification.objects.filter(matter__in=row).update(
            answer="", how="", answered_at=None, due_on=clock.today() + timedelta(days=days)
        )
    return row.get()


def question(matter: Matter) -> str:
    return str(Clarification.objects.get(matter=matter).id)


def _page(matter: Matter, what: str) -> str:
    return f"/clients/{matter.client_id}/statements/{matter.id}/{what}/"


def _begin(house: House) -> Post:
    sent = {
        "about": "meeting", "title": "", "happened_on": clock.today(), "due_on": "",
        "submission": uuid4(),
    }  # fmt: skip
    return f"/clients/{house.ids['devi']['client_id']}/statements/new/", sent


def _ask(house: House) -> Post:
    sent = {"version": "1", "question": "Miksi?", "due_on": clock.today()}
    return _page(put(house, "opened"), "ask"), sent


def _typed(house: House) -> Post:
    matter = put(house, "asked")
    sent = {"question_id": question(matter), "answer": "Bussi", "how": "call"}
    return _page(matter, "answer"), sent


def _own(house: House) -> Post:
    matter = put(house, "asked")
    sent = {"question_id": question(matter), "answer": "Bussi"}
    return f"/me/statements/{matter.id}/answer/", sent


def _no_answer(house: House) -> Post:
    return _page(put(house, "asked", days=-1), "no-answer"), {"version": "1"}


def _due(house: House) -> Post:
    sent = {"version": "1", "due_on": clock.today() + timedelta(days=3)}
    return _page(put(house, "answered"), "due"), sent


def _write(house: House) -> Post:
    sent = {"version": "1", "text": "Sana", "basis": "Laki", "facts": ["registered"]}
    return _page(put(house, "answered"), "write"), sent


def _sent(house: House) -> Post:
    sent = {"number": "1", "to": "kela", "fund": "", "how": "register", "on": clock.today()}
    return _page(put(house, "signed"), "sent"), sent


def _correct(house: House) -> Post:
    return _page(put(house, "signed"), "correct"), {"version": "1", "word": "Väärä päivä"}


def _withdraw(house: House) -> Post:
    return _page(put(house, "asked"), "withdraw"), {"version": "1", "word": "Turha"}


def _take_up(house: House) -> Post:
    return _page(put(house, "withdrawn"), "take-up"), {"version": "1"}


def _name(house: House) -> Post:
    worker = str(house.world.viewers["bengt"].role_id)
    return "/statements/officials/", {"worker": worker, "starts_on": clock.today()}


STATEMENTS: dict[tuple[str, str], Ready] = {
    ("begin a matter", "aino"): _begin,
    ("ask for clarification", "aino"): _ask,
    ("an answer that was told", "aino"): _typed,
    ("an own answer", "devi"): _own,
    ("no answer came", "aino"): _no_answer,
    ("another day for a matter", "aino"): _due,
    ("write a statement", "aino"): _write,
    ("note that it was sent", "aino"): _sent,
    ("correct a statement", "aino"): _correct,
    ("no statement needed", "aino"): _withdraw,
    ("take a matter up again", "aino"): _take_up,
    ("name an official", "gus"): _name,
}
