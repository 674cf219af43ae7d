"""Statements on My day: a coach's next move in a matter, and a draft for its official to sign."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from polku.foundation import clock
from polku.foundation.models import Recusal
from polku.statements import deciding, summaries
from polku.statements.models import Clarification, Matter
from polku.statements.tests.conftest import (
    answered,
    asked,
    begun,
    make_official,
    official,
    put,
    written,
)
from polku.statements.tests.test_rights import neighbour
from polku.teamwork.models import Agreement

__all__ = ["official"]


def waits(world: Any, name: str) -> list[tuple[str, str]]:
    """Return the matters that My day tells a worker of, as state and whose turn."""
    viewer = world.enter_as(name)
    today = clock.today()
    found = summaries.to_do(viewer, today=today, drafts_since=clock.now())[1]
    return [(one.matter.state, one.matter.turn) for one in found]


def page(world: Any, name: str) -> str:
    return str(world.browser(name, HTTP_ACCEPT_LANGUAGE="en").get("/").content.decode())


def test_each_turn_of_the_coach_is_told_with_its_next_move(world: Any) -> None:
    matter = begun(world)
    assert waits(world, "aino") == [("opened", "coach")]
    assert "Ask or write" in page(world, "aino")
    asked(world, matter)
    assert waits(world, "aino") == []
    answered(world, matter)
    text = page(world, "aino")
    assert waits(world, "aino") == [("answered", "coach")] and "Read the answer" in text
    path = f"/clients/{matter.client_id}/statements/{matter.id}/"
    assert f'href="{path}"' in text


def test_an_answer_that_is_late_is_the_coachs(world: Any) -> None:
    asked(world, begun(world))
    world.enter("lake")
    Clarification.objects.update(due_on=clock.today())
    assert waits(world, "aino") == []
    world.enter("lake")
    Clarification.objects.update(due_on=clock.today() - timedelta(days=1))
    assert waits(world, "aino") == [("asked", "client")]
    assert "No answer came" in page(world, "aino")


def test_a_draft_waits_for_its_official_and_for_nobody_else(world: Any, official: Any) -> None:
    matter = written(world, begun(world))
    assert waits(world, "lahja") == [("drafted", "official")]
    assert waits(world, "aino") == []
    assert "Read and sign" in page(world, "lahja")
    lahja = world.enter_as("lahja")
    given = {"version": matter.version, "word": "Päivä puuttuu."}
    deciding.give_back(matter, by=lahja, at=clock.now(), **given)
    assert waits(world, "lahja") == []
    assert waits(world, "aino") == [("drafted", "coach")]


@pytest.mark.parametrize("state", ["sent", "withdrawn"])
def test_what_is_over_waits_for_nobody(world: Any, official: Any, state: str) -> None:
    put(world, state)
    assert waits(world, "aino") == waits(world, "lahja") == []


def shut_out(world: Any) -> list[str]:
    """Return each way in which an official may not sign, that still shows the draft."""
    matter = written(world, begun(world))
    client = world.clients["devi"]
    assert waits(world, "lahja") == [("drafted", "official")]
    viewer = world.viewers["lahja"]
    found = []

    def tried(what: str) -> None:
        if waits(world, "lahja"):
            found.append(what)
        world.enter("lake")

    world.enter("lake")
    other = Agreement.objects.create(
        register_id=viewer.register_id, municipality_id=client.municipality_id, task="statements",
        organisation_id=world.viewers["carita"].organisation_id,
        valid_from=clock.today() - timedelta(days=1),
    )  # fmt: skip
    tried("another organisation writes")
    other.delete()
    recusal = Recusal.objects.create(
        register_id=viewer.register_id, client_id=client.id, user_id=viewer.user_id,
        starts_at=clock.now() - timedelta(days=1),
    )  # fmt: skip
    tried("conflict of interest")
    recusal.delete()
    matter.refresh_from_db()
    client.closed_on = clock.today()
    client.save(update_fields=["closed_on"])
    tried("closed")
    return found


def test_whoever_may_not_sign_is_not_told(world: Any, official: Any) -> None:
    assert shut_out(world) == []


def test_control_without_the_condition_they_are(
    world: Any, official: Any, monkeypatch: Any
) -> None:
    from django.db.models import Q

    monkeypatch.setattr(summaries, "_to_sign", lambda viewer, today: Q(turn=Matter.Turn.OFFICIAL))
    monkeypatch.setattr(summaries._to_do, "_kept", {})
    assert len(shut_out(world)) == 3
    monkeypatch.setattr(summaries._to_do, "_kept", {})


def test_the_official_of_another_register_sees_nothing(world: Any) -> None:
    make_official(world, "lahja")
    written(world, begun(world))
    for name in ("bengt", "carita"):
        assert waits(world, name) == []


def test_my_day_asks_no_more_than_before(world: Any, official: Any, counted: Any) -> None:
    aino = world.browser("aino")
    aino.get("/")
    with counted() as few:
        aino.get("/")
    begun(world)
    with counted() as many:
        aino.get("/")
    assert len(many) == len(few) <= 12


def test_the_neighbours_official_is_told_of_what_is_agreed_to_be_theirs(world: Any) -> None:
    """They sign for a client whose page they do not see: the row leads to the matter alone."""
    matter = written(world, begun(world))
    name = neighbour(world)
    assert waits(world, name) == [("drafted", "official")]
    text = page(world, name)
    assert f'href="/clients/{matter.client_id}/statements/{matter.id}/"' in text
    assert f'href="/clients/{matter.client_id}/"' not in text
