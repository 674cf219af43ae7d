"""Two who act on one matter at once, in two connections: one is first, the other is told."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest

from polku.clients import lifecycle
from polku.clients.models import Client
from polku.foundation import clock, walls
from polku.foundation.tests.at_once import hand
from polku.foundation.viewer import system
from polku.statements import actions, deciding, presenters
from polku.statements.models import Matter, Official, Statement
from polku.statements.tests.conftest import QUESTION, make_official, put, whole

pytestmark = pytest.mark.django_db(transaction=True)
ROUNDS = 6


def at_once(world: Any, *deeds: tuple[str, Callable[[], Any]]) -> list[str]:
    """Let each act at one moment as somebody; return what came of each."""
    start = Barrier(len(deeds))

    def as_somebody(name: str, deed: Callable[[], Any]) -> str:
        return hand(world.viewers[name], lambda: (start.wait(), deed()))

    with ThreadPoolExecutor(len(deeds)) as pool:
        return list(pool.map(lambda one: as_somebody(*one), deeds))


def inside(world: Any) -> Any:
    register = world.areas["lake"].id
    return walls.inside(register, by=system(register))


def test_two_officials_who_sign_at_once_leave_one_signature(world: Any) -> None:
    with inside(world):
        for name in ("lahja", "bengt"):
            make_official(world, name)
        matters = [put(world, "drafted") for _ in range(ROUNDS)]
    for matter in matters:
        with inside(world):
            seal = presenters.seal(whole(world, matter))

        def signs(name: str, matter: Matter = matter, seal: str = seal) -> Callable[[], Any]:
            by = world.viewers[name]
            return lambda: deciding.sign(matter, by=by, at=clock.now(), seal=seal)

        came = at_once(world, ("lahja", signs("lahja")), ("bengt", signs("bengt")))
        assert sorted(came) == ["NotNow", "done"]
    with inside(world):
        assert Statement.objects.filter(signed_at__isnull=False).count() == ROUNDS


def test_an_official_whose_naming_ends_at_once_signs_or_is_refused(world: Any) -> None:
    with inside(world):
        official = make_official(world, "lahja")
        matter = put(world, "drafted")
        seal = presenters.seal(whole(world, matter))
    by = world.viewers["lahja"]
    came = at_once(
        world,
        ("lahja", lambda: deciding.sign(matter, by=by, at=clock.now(), seal=seal)),
        ("gus", lambda: Official.objects.filter(pk=official.pk).delete()),
    )
    assert came[0] in ("done", "Refused") and came[1] == "done"


def test_a_question_while_the_record_closes(world: Any) -> None:
    with inside(world):
        matter = put(world, "opened")
    aino = world.viewers["aino"]

    def asks() -> None:
        actions.ask(
            Matter.objects.select_related("client").get(pk=matter.pk), by=aino, at=clock.now(),
            version=matter.version, question=QUESTION, due_on=clock.today(),
        )  # fmt: skip

    def closes() -> None:
        lifecycle.close(
            Client.objects.get(pk=matter.client_id), by=aino, at=clock.now(), on=clock.today(),
            reason="work", outcome="open",
        )  # fmt: skip

    came = at_once(world, ("aino", asks), ("aino", closes))
    assert came[0] in ("done", "Closed") and came[1] == "done"
