"""A small invented world for tests: two registers, their workers, and one client each.

The people are the actors of docs/promises.md: Aino (own coach), Bengt (same municipality, another
team member), Carita (another register), Lahja (lead), Gus (administrator), Elli (auditor).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import Any

import pytest
from django.contrib.auth.hashers import make_password
from django.core.signals import request_finished, request_started
from django.db import connection
from django.test import override_settings

from polku.foundation import clock, walls
from polku.foundation.tests import replaying
from polku.foundation.viewer import system

__all__ = ["quick_hashing", "sign_in", "world"]

BACKEND = "polku.foundation.door.backend.Backend"
QUICK = "polku.foundation.tests.hashing.Quick"
PASSWORD = "kesäilta järven rannalla"


@dataclass
class World:
    """What the fixture made, by name. Use `in_register()` before touching rows."""

    areas: dict[str, Any] = field(default_factory=dict)
    people: dict[str, Any] = field(default_factory=dict)
    viewers: dict[str, Any] = field(default_factory=dict)
    clients: dict[str, Any] = field(default_factory=dict)
    teams: dict[str, Any] = field(default_factory=dict)

    def enter(self, name: str = "lake") -> None:
        """Name a register for the rest of the test's transaction."""
        walls.enter(register=self.areas[name].id, by=system(self.areas[name].id))

    def browser(self, name: str, **settings: Any) -> Any:
        """Return a browser in which the named worker is signed in, in their role."""
        from django.test import Client as Browser

        from polku.foundation.staff import ROLE_KEY

        browser = Browser(**settings)
        browser.force_login(self.people[name], backend=BACKEND)
        session = browser.session
        session[ROLE_KEY] = str(self.viewers[name].role_id)
        session.save()
        return browser

    def enter_as(self, name: str) -> Any:
        """Name the viewer's register and return the viewer."""
        viewer = self.viewers[name]
        walls.enter(register=viewer.register_id, client=viewer.client_id, by=viewer)
        return viewer


@lru_cache(maxsize=1)
def _hashed() -> str:
    # Once a process, so that equal worlds have equal rows.
    return make_password(PASSWORD)


def make_world() -> World:
    """Create the world in the present transaction and return it; no register is left named."""
    from polku.clients import actions as clients
    from polku.foundation.models import Municipality, Organisation, RoleAssignment, Team, User
    from polku.foundation.registers import open_register
    from polku.foundation.viewer import Viewer, for_role, system
    from polku.teamwork import assignments

    world = World()
    now = clock.now()
    towns = {"lake": "316", "river": "619"}
    for slug, code in towns.items():
        town = Municipality.objects.get(code=code)
        office = Organisation.objects.create(
            name=f"{town.name_fi}n kunta", kind="municipality", municipality=town
        )
        register = open_register(
            slug=slug, name=f"Register {slug}", kind="authority", controller=office
        )
        world.areas[slug] = register
        with walls.inside(register.id):
            world.teams[slug] = Team.objects.create(
                register=register, organisation=office, name=f"Team {slug}", municipality=town
            )
    people = {
        "aino": ("lake", "coach"),
        "bengt": ("lake", "coach"),
        "lahja": ("lake", "lead"),
        "gus": ("lake", "administrator"),
        "elli": ("lake", "auditor"),
        "carita": ("river", "coach"),
    }
    for name, (slug, role) in people.items():
        user = User.objects.create(
            email=f"{name}@example.org",
            password=_hashed(),
            first_name=name.title(),
            last_name="Esimerkki",
            created_at=now,
        )
        with walls.inside(world.areas[slug].id):
            assignment = RoleAssignment.objects.create(
                user=user,
                organisation=world.areas[slug].controller,
                register=world.areas[slug],
                team=world.teams[slug],
                role=role,
                starts_at=now - timedelta(days=400),
            )
        world.people[name] = user
        world.viewers[name] = for_role(assignment)
    for name, slug, coach, last_name in (
        ("devi", "lake", "aino", "Koivunen"),
        ("stranger", "lake", "bengt", "Lehtimäki"),
        ("foreign", "river", "carita", "Purola"),
    ):
        register = world.areas[slug]
        with walls.inside(register.id):
            client = clients.open_client(
                by=system(register.id),
                at=now,
                last_name=last_name,
                first_names=name.title(),
                registered_on=date(2026, 3, 2),
                opened_on=date(2026, 3, 2),
                municipality_id=towns[slug],
                details={
                    "phone": "+358401234567",
                    "phone_digits": "358401234567",
                    "email": f"{name}@example.org",
                    "street": "Rantatie 1",
                },
            )
            assignments.begin(
                register_id=register.id,
                client_id=client.id,
                kind="own",
                user_id=world.people[coach].id,
                at=now - timedelta(days=90),
            )
            assignments.begin(
                register_id=register.id,
                client_id=client.id,
                kind="team",
                team_id=world.teams[slug].id,
                at=now - timedelta(days=90),
            )
        world.clients[name] = client
        world.viewers[name] = Viewer(kind="client", register_id=register.id, client_id=client.id)
    return world


@pytest.fixture(scope="session", autouse=True)
def quick_hashing() -> Iterator[None]:
    """Keep passwords at a small cost; what a site takes is held by `test_hashing`."""
    with override_settings(PASSWORD_HASHERS=[QUICK]):
        yield


@pytest.fixture
def world(db: None) -> Iterator[World]:
    """Yield the small world, inside a transaction that the test's end rolls back.

    What the test itself writes, the software writes; a request has to name who acts by itself.
    """
    made = replaying.once(_of_now(), make_world)
    _act(BY_HAND)
    request_started.connect(_nobody_acts)
    request_finished.connect(_the_test_acts)
    yield made
    request_started.disconnect(_nobody_acts)
    request_finished.disconnect(_the_test_acts)


def _of_now() -> tuple[str, datetime]:
    """Return the moment for which a world is made: to the minute, unless the clock stands."""
    now = clock.now()
    if clock.stands():
        return "world", now
    return "world", now.replace(second=0, microsecond=0)


BY_HAND = "system|||||now|test"


def _act(name: str) -> None:
    # Past what counts statements.
    if connection.in_atomic_block and not connection.needs_rollback:
        connection.connection.execute("SELECT set_config('polku.actor', %s, true)", [name])


def _nobody_acts(**kwargs: Any) -> None:
    _act("")


def _the_test_acts(**kwargs: Any) -> None:
    _act(BY_HAND)


@pytest.fixture
def sign_in(world: World) -> Callable[[str], Any]:
    """Return a maker of browsers in which a worker of the world is signed in."""
    return world.browser
