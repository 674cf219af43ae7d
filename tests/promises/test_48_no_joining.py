"""Promise 48: an identity code gives nothing by which one person's two registers could be joined.

The same codes go through two registers by every way in which a code comes in: an import, a change
by hand, a search, a conflict of interest foreseen. Every table is then read; a value that both
registers hold only because the codes were equal is a way to join them.

Two things stay outside: the date of birth is the same for both pairs, as thousands share it; and
a phone number or a name in two registers is as equal as it is on paper, behind the walls.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time
from typing import Any
from uuid import UUID

import psycopg
import pytest
from django.apps import apps
from django.db import connection, transaction

from polku.clients import changes
from polku.clients.models import Client
from polku.exchange import actions, working
from polku.exchange.imports.tests.bringing import BORN, text
from polku.exchange.sheets.messy import artificial_code
from polku.foundation import clock, crypto, walls
from polku.foundation.models import RoleAssignment
from polku.foundation.viewer import for_role
from polku.teamwork import recusals
from tests.promises import ledger
from tests.promises.promise import Promise

PROMISE = Promise(
    48,
    "Searching does not link people across registers",
    "equal identifiers, unequal index; 0 joins possible",
    "every column of every table, after an import, a change, a search and a conflict of interest "
    "with the same codes in two registers; every column joined by the site's role",
    "Names, phone numbers and e-mail addresses stand in plain text behind the walls: a superuser "
    "can join by them.",
)

SAME = [artificial_code(BORN, number) for number in (910, 911, 912, 913)]
OTHER = [artificial_code(BORN, number) for number in (920, 921, 922, 923)]
WORKERS = {"lake": ("lahja", "aino", "devi"), "river": ("carita", "carita", "foreign")}

Values = dict[Any, set[str]]


def live(world: Any, area: str, codes: list[str]) -> Values:
    """Bring the codes into a register in every way; return {value: where} of what was written."""
    before = ledger.rows(world, without=set())
    lead, coach, client = WORKERS[area]
    world.enter(area)
    role = world.viewers[lead].role_id
    if lead == coach:
        # The other register's coach is its lead too, for the import.
        RoleAssignment.objects.filter(pk=role).update(role="lead")
    viewer = for_role(RoleAssignment.objects.select_related("user").get(pk=role))
    by_import(viewer, codes[0])
    world.enter(area)
    person = Client.objects.get(pk=world.clients[client].pk)
    changes.change_person(
        person, by=viewer, at=clock.now(), version=person.version, identity_code=codes[1]
    )
    recusals.declare_by_code(
        by=viewer, at=clock.now(), identity_code=codes[2], ground="other", user_id=None
    )
    recusals.declare_by_code(by=viewer, at=clock.now(), identity_code=codes[0], ground="other")
    browser = world.browser(coach)
    for code in codes:
        assert browser.get("/search/", {"q": code}).status_code in {200, 302}
    browser.post(f"/clients/{person.id}/identity/", {"purpose": "tarkistus"})
    walls.enter(register=None)
    found: Values = {}
    after = ledger.rows(world, without=set())
    for table, _key, column, value in ledger.difference(before, after):
        for leaf in leaves(value):
            found.setdefault(leaf, set()).add(f"{table}.{column}")
    assert "clients_client.identity_index" in {
        place for places in found.values() for place in places
    }
    return found


def by_import(viewer: Any, code: str) -> None:
    run = actions.take_in(
        by=viewer, at=clock.now(), name="people.csv", kind="people",
        data=text(f"77;Haapaoja;Veera;{code};{BORN:%d.%m.%Y};0401234567;;Kärkölä"),
    )  # fmt: skip
    run = actions.start(run, by=viewer, at=clock.now(), dry=False)
    assert working.do(viewer.register_id, run.id) == "done"


def leaves(value: Any) -> Iterator[Any]:
    """Yield what a cell holds as values that can be compared: lists and JSON taken apart."""
    if isinstance(value, (bytes, UUID, date, datetime, time)):
        yield str(value) if isinstance(value, UUID) else value
    elif isinstance(value, str):
        yield value
        for part in value.replace('"', " ").replace(",", " ").split():
            yield part.strip("[]{}:")


def joinable(world: Any, other: list[str]) -> set[str]:
    """Return the columns whose values both registers hold when the codes are SAME and `other`."""
    with transaction.atomic():
        lake, river = live(world, "lake", SAME), live(world, "river", other)
        transaction.set_rollback(True)
    for code in (*SAME, *other):
        assert not [where for value, where in (lake | river).items() if code in str(value)]
    return {
        f"{value!r}: {sorted(lake[value] | river[value])}" for value in lake.keys() & river.keys()
    }


@pytest.mark.django_db
def test_equal_codes_leave_nothing_equal(
    moment: datetime, world: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    anyway = joinable(world, OTHER)
    assert anyway, "words and days are equal in any case"
    assert joinable(world, SAME) - anyway == set()

    # Control: one key for all registers, and the index joins them.
    crypto.forget_keys()
    monkeypatch.setattr(crypto, "_unwrap", lambda wrapped, register: b"k" * 32)
    found = " ".join(joinable(world, SAME) - anyway)
    assert "clients_client.identity_index" in found
    assert "foundation_foreseenrecusal.identity_index" in found


def joins(table: str, columns: list[str]) -> int:
    """Return how many pairs of rows of two registers any column of the table joins."""
    pairs = " OR ".join(f'a."{name}" = b."{name}"' for name in columns)
    with connection.cursor() as cursor:
        cursor.execute(
            f'SELECT count(*) FROM "{table}" a JOIN "{table}" b '
            f"ON a.register_id <> b.register_id AND ({pairs})"
        )
        return int(cursor.fetchone()[0])


def tables() -> dict[str, list[str]]:
    """Return {table: columns that can be compared} of every table that names a register."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT table_name, array_agg(column_name::text) FROM information_schema.columns "
            "WHERE table_schema = 'public' AND udt_name NOT IN ('json', 'xid', 'point') "
            "AND table_name IN (SELECT table_name FROM information_schema.columns "
            "WHERE table_schema = 'public' AND column_name = 'register_id') GROUP BY 1"
        )
        return dict(cursor.fetchall())


# Tables without a wall between registers: what is read before anybody has said which one is theirs.
OPEN = {
    "foundation_registerkey": "keys, each sealed under the installation's key",
    "placements_hostlink": "a link's hash, by which the register is found",
    "foundation_roleassignment": "who works where: read at sign-in, before a register is named",
    "portal_accesslink": "a link's hash, by which the register is found",
}


def test_the_site_joins_nothing_in_any_register(house: Any) -> None:
    found = tables()
    known = {m._meta.db_table for m in apps.get_models()}
    assert {m._meta.db_table for m in walls.register_models()} <= found.keys() <= known
    for area in (*house.world.areas.values(), None):
        walls.enter(register=area.id if area else None)
        joined = {table for table, columns in found.items() if joins(table, columns)}
        assert joined <= set(OPEN)
    assert set(OPEN) == unwalled(found)


def unwalled(found: dict[str, list[str]]) -> set[str]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT relname FROM pg_class WHERE relname = ANY(%s) "
            "AND NOT (relrowsecurity AND relforcerowsecurity)",
            [list(found)],
        )
        return {name for (name,) in cursor.fetchall()}


@pytest.mark.django_db(transaction=True)
def test_control_without_the_walls_the_site_joins(world: Any) -> None:
    from polku.launch import for_tests

    assert joins("clients_contactdetails", ["phone_digits"]) == 0
    with for_tests.superuser(connection.settings_dict["NAME"]) as superuser:
        assert isinstance(superuser, psycopg.Connection)
        superuser.execute("ALTER TABLE clients_contactdetails DISABLE ROW LEVEL SECURITY")
    assert joins("clients_contactdetails", ["phone_digits"]) > 0
