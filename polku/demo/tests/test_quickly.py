"""Rows that the owner lays quickly hold every key all the same, and only the owner may do so."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from typing import Any

import psycopg
import pytest
from psycopg import sql

from polku.launch import for_tests, places

pytestmark = pytest.mark.database

# One project's register, and one of five hundred clients made in SQL.
BUILD = """
import django; django.setup()
from django.db import connection
from polku.demo import build, mass, setting
setting.REGISTERS = (setting.HEINOLA_PROJECT,)
mass.CLIENTS_A_SCALE = 250
build.build(scale=2)
with connection.cursor() as cursor:
    cursor.execute("SELECT current_user")
    print(cursor.fetchone()[0])
"""
KEYS = """
SELECT c.conname, n.relname, o.relname, a.attname, b.attname
FROM pg_constraint c
JOIN pg_class n ON n.oid = c.conrelid JOIN pg_class o ON o.oid = c.confrelid
JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = c.conkey[1]
JOIN pg_attribute b ON b.attrelid = c.confrelid AND b.attnum = c.confkey[1]
WHERE c.contype = 'f' AND cardinality(c.conkey) = 1
"""
ORPHANS = (
    "SELECT count(*) FROM {} r WHERE r.{} IS NOT NULL "
    "AND NOT EXISTS (SELECT 1 FROM {} o WHERE o.{} = r.{})"
)
LED = """
SELECT count(*) FROM foundation_relation t WHERE kind = 'team' AND ends_at IS NULL
AND led_from IS DISTINCT FROM (SELECT starts_at FROM foundation_relation o
  WHERE o.client_id = t.client_id AND o.kind = 'own' AND o.ends_at IS NULL)
"""
ONE_ASTRAY = """
INSERT INTO clients_languageskill (id, register_id, client_id, language, level, told_on)
SELECT gen_random_uuid(), register_id, gen_random_uuid(), 'fi', 'X', told_on
FROM clients_languageskill LIMIT 1
"""


@pytest.fixture(scope="module")
def laid(django_db_setup: None) -> Iterator[str]:
    """A database of its own in which the owner has built."""
    for_tests.make_template()
    name = f"{os.environ['POLKU_DB_NAME']}_laid"
    for_tests.clone(name)
    with for_tests.superuser() as connection:
        connection.execute("GRANT SET ON PARAMETER session_replication_role TO polku_owner")
    done = subprocess.run(
        [sys.executable, "-c", BUILD],
        env={
            **os.environ,
            "POLKU_DB_NAME": name,
            "POLKU_DB_USER": "polku_owner",
            "DJANGO_SETTINGS_MODULE": "polku.config.settings",
            "PYTHONPATH": str(places.CHECKOUT),
        },
        capture_output=True,
        text=True,
    )
    assert done.stdout.strip() == "polku_owner", done.stderr[-2000:]
    yield name
    for_tests.drop(name)


def astray(connection: psycopg.Connection[Any]) -> dict[str, int]:
    """Return, by key, how many rows point at nothing."""
    found = {}
    for name, table, other, column, target in connection.execute(KEYS).fetchall():
        words = [sql.Identifier(word) for word in (table, column, other, target, column)]
        row = connection.execute(sql.SQL(ORPHANS).format(*words)).fetchone()
        if row and row[0]:
            found[str(name)] = int(row[0])
    return found


def test_every_row_points_at_one_that_is_there(laid: str) -> None:
    with for_tests.superuser(laid) as connection:
        assert connection.execute("SELECT count(*) FROM clients_client").fetchone()[0] > 500
        assert astray(connection) == {}


def test_control_a_row_that_points_at_nothing_is_found(laid: str) -> None:
    with for_tests.superuser(laid) as connection, connection.transaction(force_rollback=True):
        connection.execute("SET LOCAL session_replication_role = replica")
        assert connection.execute(ONE_ASTRAY).rowcount == 1
        assert sum(astray(connection).values()) == 1


def test_a_team_knows_since_when_its_clients_are_led(laid: str) -> None:
    with for_tests.superuser(laid) as connection:
        assert connection.execute(LED).fetchone() == (0,)


@pytest.mark.parametrize("role", ["polku_app", "polku_worker"])
def test_the_site_can_never_leave_the_checks_out(laid: str, role: str) -> None:
    address = {"host": os.environ["POLKU_DB_HOST"], "port": os.environ.get("POLKU_DB_PORT") or 5432}
    with (
        psycopg.connect(**address, dbname=laid, user=role) as connection,
        pytest.raises(psycopg.errors.InsufficientPrivilege),
    ):
        connection.execute("SET session_replication_role = replica")
