"""A cover that stands is seen where one is named, and ended early by a lead."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse

from polku.clients.queries import visible
from polku.foundation import clock, walls
from polku.foundation.models import AuditEntry, Relation
from polku.teamwork import actions
from polku.web import dates

PAGE = {"next": "/clients/", "what": "cover"}


def covered(world: Any, *, since: int = 0) -> Relation:
    """Let Bengt cover for Devi's coach for a week, from today or in so many days."""
    by, now = world.enter_as("lahja"), clock.now()
    actions.name_cover(
        [world.clients["devi"].id], by=by, at=now, user_id=world.people["bengt"].id,
        until=now + timedelta(days=since + 7), since=now + timedelta(days=since),
    )  # fmt: skip
    return Relation.objects.get(kind="cover")


def page(world: Any, name: str = "lahja") -> str:
    devi = str(world.clients["devi"].id)
    answer = world.browser(name).post(reverse("team_bulk"), PAGE | {"client": devi})
    return str(answer.content.decode())


def end(world: Any, cover: Relation, name: str = "lahja") -> Any:
    return world.browser(name).post(
        reverse("team_bulk"), {"next": "/clients/", "end": str(cover.id)}, follow=True
    )


def sees(world: Any, name: str) -> bool:
    viewer = replace(world.enter_as(name), at=clock.now())
    return bool(visible(viewer).filter(pk=world.clients["devi"].id).exists())


def test_a_cover_is_seen_and_ended_and_the_colleague_no_longer_sees_the_client(world: Any) -> None:
    cover = covered(world)
    assert sees(world, "bengt") and f'name="end" value="{cover.id}"' in page(world)
    assert "ei enää sijaista" in end(world, cover).content.decode()
    assert not sees(world, "bengt") and 'name="end"' not in page(world)
    world.enter("lake")
    assert AuditEntry.objects.filter(action="teamwork.end_cover").count() == 1
    ended = Relation.objects.get(pk=cover.pk).ends_at
    end(world, cover)
    world.enter("lake")
    assert Relation.objects.get(pk=cover.pk).ends_at == ended, "pressed twice it ends once"


def test_the_last_day_is_the_one_that_was_written(world: Any) -> None:
    last = clock.today() + timedelta(days=9)
    devi, browser = str(world.clients["devi"].id), world.browser("lahja")
    named = {"client": devi, "next": "/", "sure": "cover", "to": str(world.people["bengt"].id)}
    answer = browser.post(reverse("team_bulk"), named | {"until": last.isoformat()})
    assert answer.status_code == 302
    assert f"–{dates.short(last)}" in page(world)


def test_a_cover_to_come_never_begins(world: Any) -> None:
    cover = covered(world, since=3)
    end(world, cover)
    with clock.at(clock.now() + timedelta(days=4)):
        assert not sees(world, "bengt")


@pytest.mark.parametrize(("name", "code"), [("aino", 403), ("bengt", 403), ("carita", 403)])
def test_nobody_else_ends_it(world: Any, name: str, code: int) -> None:
    cover = covered(world)
    assert end(world, cover, name).status_code == code
    world.enter("lake")
    assert Relation.objects.get(pk=cover.pk).ends_at == cover.ends_at


def elsewhere(world: Any) -> Any:
    """Return the id of a cover in the other area."""
    now = clock.now()
    with walls.inside(world.areas["river"].id):
        made = Relation.objects.create(
            register_id=world.areas["river"].id, client=world.clients["foreign"], kind="cover",
            user=world.people["bengt"], starts_at=now, ends_at=now + timedelta(days=7),
        )  # fmt: skip
    world.enter("lake")
    return made.id


@pytest.mark.parametrize(
    "which", ["nonsense", "00000000-0000-0000-0000-000000000009", "own", "foreign"]
)
def test_what_is_no_cover_here_is_not_found(world: Any, which: str) -> None:
    cover = covered(world)
    own = Relation.objects.filter(kind="own", client=cover.client_id).get()
    known = {"own": str(own.id), "foreign": str(elsewhere(world))}
    sent = {"next": "/", "end": known.get(which, which)}
    assert world.browser("lahja").post(reverse("team_bulk"), sent).status_code == 404
    world.enter("lake")
    assert Relation.objects.get(pk=own.pk).ends_at is None
