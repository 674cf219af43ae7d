"""A matter in each of its states, and who acts on it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client as Browser

from polku.desk.tests.conftest import statements
from polku.foundation import clock
from polku.statements import actions, deciding, presenters, queries, sending
from polku.statements.models import Matter, Official

QUESTION = "Miksi et tullut tapaamiseen? Kerro omin sanoin."
ANSWER = "Bussi jäi tulematta. Soitin heti."
TEXT = "Asiakas ei tullut sovittuun keskusteluun. Hän kertoi syyn."
BASIS = "Laki työvoimapalveluiden järjestämisestä 380/2023, virkailijan tarkistama"


@pytest.fixture
def official(world: Any) -> Any:
    """Lahja, the lead, is named as an official of the lake's office."""
    return make_official(world, "lahja")


def make_official(world: Any, name: str) -> Official:
    world.enter("lake")
    viewer = world.viewers[name]
    return Official.objects.create(
        register_id=viewer.register_id,
        user_id=viewer.user_id,
        organisation_id=viewer.organisation_id,
        starts_on=clock.today() - timedelta(days=30),
    )


@pytest.fixture
def matter(world: Any) -> Matter:
    """Devi's matter, begun by Aino."""
    return begun(world)


def begun(world: Any, *, about: str = "meeting", **more: Any) -> Matter:
    by = world.enter_as("aino")
    return actions.begin(
        world.clients["devi"], by=by, at=clock.now(), about=about, submission=uuid4(),
        happened_on=more.pop("happened_on", clock.today() - timedelta(days=2)), **more,
    )  # fmt: skip


def asked(world: Any, matter: Matter, *, days: int = 7) -> Matter:
    by = world.enter_as("aino")
    return actions.ask(
        matter, by=by, at=clock.now(), version=matter.version, question=QUESTION,
        due_on=clock.today() + timedelta(days=days),
    )  # fmt: skip


def answered(world: Any, matter: Matter) -> Matter:
    by = world.enter_as("aino")
    question = actions.open_question(matter)
    assert question is not None
    return actions.answer(
        matter, by=by, at=clock.now(), answer=ANSWER, how="call", question_id=question.id
    )


def written(world: Any, matter: Matter, *, keys: Any = ("registered",), **more: Any) -> Matter:
    by = world.enter_as("aino")
    matter.refresh_from_db()
    given = {"text": TEXT, "basis": BASIS} | more
    deciding.write(matter, by=by, at=clock.now(), version=matter.version, keys=keys, **given)
    matter.refresh_from_db()
    return matter


def signed(world: Any, matter: Matter, by: str = "lahja") -> Any:
    viewer = world.enter_as(by)
    seal = presenters.seal(whole(world, matter))
    made = deciding.sign(matter, by=viewer, at=clock.now(), seal=seal)
    matter.refresh_from_db()
    return made


def sent(world: Any, matter: Matter) -> Any:
    viewer = world.enter_as("aino")
    statement = whole(world, matter).signed[-1]
    statement.matter = matter
    made = sending.note_sent(
        statement, by=viewer, at=clock.now(), near=True, to="kela", how="register",
        on=clock.today(),
    )  # fmt: skip
    matter.refresh_from_db()
    return made


def whole(world: Any, matter: Matter) -> queries.Found:
    return queries.whole(Matter.objects.select_related("client").get(pk=matter.pk), near=True)


def put(world: Any, state: str) -> Matter:
    """Return Devi's matter in a state, by the deeds that lead there; an official must be named."""
    made = begun(world)
    if state == "opened":
        return made
    if state == "withdrawn":
        by = world.enter_as("aino")
        return actions.withdraw(made, by=by, at=clock.now(), version=made.version, reason="Turha")
    made = asked(world, made)
    if state == "asked":
        return made
    if state == "no_answer":
        with_day(made, -1)
        by = world.enter_as("aino")
        return actions.time_out(made, by=by, at=clock.now(), version=made.version)
    made = answered(world, made)
    if state == "answered":
        return made
    made = written(world, made)
    if state == "drafted":
        return made
    signed(world, made)
    if state == "signed":
        return made
    if state == "correcting":
        by = world.enter_as("aino")
        deciding.correct(made, by=by, at=clock.now(), version=made.version, because="Väärä päivä")
        made.refresh_from_db()
        return made
    sent(world, made)
    return made


def with_day(matter: Matter, days: int) -> None:
    """Let the day to answer lie so many days from today."""
    matter.clarifications.update(due_on=clock.today() + timedelta(days=days))


@pytest.fixture
def phone(world: Any) -> Browser:
    """Devi's own view, opened by a personal link and a code."""
    from urllib.parse import urlsplit

    from polku.portal import access

    by = world.enter_as("aino")
    client = world.clients["devi"]
    address, codes = access.make_letter(by=by, client_id=client.id, at=clock.now())
    browser = Browser()
    path = urlsplit(address).path
    browser.get(path)
    browser.post(path, {"code": codes[0]})
    return browser


@pytest.fixture
def counted() -> Callable[[], Any]:
    return statements
