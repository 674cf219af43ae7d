"""In the demo, whoever may see a placement reads what its workplace was sent; nobody else does."""

from __future__ import annotations

from typing import Any

import pytest

from polku.clients import lifecycle
from polku.foundation import clock
from polku.placements.host import links
from polku.placements.tests.acting import make_coordinator
from polku.placements.tests.living import begun
from polku.placements.tests.places import make_supervisor, make_worksite

SUPERVISOR = "Sanni Esihenkilö"


@pytest.fixture(autouse=True)
def demo(settings: Any) -> None:
    settings.DEMO = True


def mails(world: Any, who: str) -> str:
    answer = world.browser(who).get("/mail/")
    assert answer.status_code == 200
    return str(answer.content.decode())


def test_what_a_workplace_was_sent_is_read_by_those_who_see_the_client(world: Any) -> None:
    make_coordinator(world)
    begun(world)
    told = mails(world, "aino")
    assert SUPERVISOR in told
    assert "/h/" in told
    for other in ("bengt", "carita", "konsta"):
        assert SUPERVISOR not in mails(world, other)


def test_a_coordinator_reads_the_questions_to_workplaces(world: Any) -> None:
    make_coordinator(world)
    by = world.enter_as("aino")
    person = make_supervisor(make_worksite(world), name="Kysytty Esihenkilö")
    links.mail(person, by=by, at=clock.now(), purpose="confirm")
    assert "Kysytty Esihenkilö" in mails(world, "konsta")
    assert "Devi" not in mails(world, "konsta")


def test_under_a_ban_nothing_of_a_workplace_is_read(world: Any) -> None:
    begun(world)
    by = world.enter_as("aino")
    assert SUPERVISOR in mails(world, "aino")
    by = world.enter_as("aino")
    client = world.clients["devi"]
    client.refresh_from_db()
    lifecycle.set_ban(client, by=by, at=clock.now())
    assert SUPERVISOR not in mails(world, "aino")
