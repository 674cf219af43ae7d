"""Promise 40: migrations go forward from nothing and back, in one line, and keep what is there."""

from __future__ import annotations

import importlib
import io
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import migrations
from django.db.migrations.loader import MigrationLoader

from polku.launch import for_tests, places
from tests.promises.promise import Promise, reached

PROMISE = Promise(
    40,
    "Migrations are right",
    "forward with data, back or marked as one-way, linear, `makemigrations --check`; 100 % of data "
    "migrations have a data test",
    "from an empty database forward, with rows in it from an early day; one room back and forward "
    "again, to the same schema; each RunPython and RunSQL has its test",
)
HERE = "tests.promises.test_40_migrations"
# Each piece of SQL or Python in a migration, by its number in it, and the test that holds it.
SHOWN_BY = {
    ("clients", "0003_search", 0): "polku.desk.tests.test_finding",
    ("clients", "0005_no_search_function", 0): "polku.desk.tests.test_finding",
    ("foundation", "0002_finland", 0): "polku.foundation.tests.test_finland",
    ("foundation", "0005_foresee", 0): "polku.teamwork.tests.test_conflicts",
    ("foundation", "0006_led_from", 0): "polku.foundation.tests.test_led_from",
    ("foundation", "0006_led_from", 1): f"{HERE}:test_what_was_there_is_taken_along",
    ("foundation", "0007_history", 0): f"{HERE}:test_what_was_there_is_taken_along",
    ("law", "0002_only_added_or_withdrawn", 0): "polku.law.tests.test_deciding",
    ("foundation", "0008_shown_in_lists", 0): "polku.portal.tests.test_own_view",
}
# A migration that can't go back says why in a `one_way` of its own.
ONE_WAY = "one_way"


def ours() -> list[str]:
    """Return the labels of our own rooms that have migrations."""
    labels = [a.label for a in apps.get_app_configs() if a.name.startswith("polku.")]
    return [label for label in labels if label in MigrationLoader(None).migrated_apps]


def all_of(loader: MigrationLoader) -> Iterator[tuple[str, str, Any]]:
    known = ours()
    for (app, name), migration in sorted(loader.disk_migrations.items()):
        if app in known:
            yield app, name, migration


def by_hand(loader: MigrationLoader) -> list[tuple[str, str, int]]:
    """Return (room, migration, number) of each operation that runs Python or SQL of its own."""
    return [
        (app, name, nth)
        for app, name, migration in all_of(loader)
        for nth, _operation in enumerate(_own(migration))
    ]


def _own(migration: Any) -> list[Any]:
    own = (migrations.RunPython, migrations.RunSQL)
    return [operation for operation in migration.operations if isinstance(operation, own)]


def untested(loader: MigrationLoader) -> list[tuple[str, str, int]]:
    return [one for one in by_hand(loader) if one not in SHOWN_BY]


def crooked(loader: MigrationLoader) -> list[str]:
    """Return what is not one line: a room with several ends, or a migration with two heirs."""
    found = [
        f"{app}: ends in {loader.graph.leaf_nodes(app)}"
        for app in ours()
        if len(loader.graph.leaf_nodes(app)) != 1
    ]
    heirs: dict[tuple[str, str], int] = {}
    for app, _name, migration in all_of(loader):
        for parent in [one for one in migration.dependencies if one[0] == app]:
            heirs[parent] = heirs.get(parent, 0) + 1
    return found + [f"{app}.{name} has heirs" for (app, name), n in heirs.items() if n > 1]


def stuck(loader: MigrationLoader) -> list[str]:
    """Return the migrations that can't go back and do not say why."""
    return [
        f"{app}.{name}"
        for app, name, migration in all_of(loader)
        if not all(operation.reversible for operation in migration.operations)
        and not getattr(migration, ONE_WAY, "")
    ]


def test_each_piece_of_sql_and_python_has_its_test() -> None:
    assert untested(MigrationLoader(None)) == []
    assert set(SHOWN_BY) - set(by_hand(MigrationLoader(None))) == set(), "tests of nothing"
    for where in SHOWN_BY.values():
        module, _colon, name = where.partition(":")
        found = vars(importlib.import_module(module))
        tests = [name] if name else [one for one in found if one.startswith("test_")]
        assert tests and all(callable(found[one]) for one in tests), where


def test_one_line_in_each_room_and_a_way_back() -> None:
    loader = MigrationLoader(None)
    assert loader.detect_conflicts() == {}
    assert crooked(loader) == []
    assert stuck(loader) == []


@pytest.mark.django_db
def test_the_models_are_what_the_migrations_make() -> None:
    said = io.StringIO()
    call_command("makemigrations", check=True, dry_run=True, stdout=said)
    assert "No changes" in said.getvalue()


def _one_more(name: str, after: str, *operations: Any) -> MigrationLoader:
    """Return the migrations with one more of the room `paths` that nobody has thought of."""
    more = type("Migration", (migrations.Migration,), {
        "dependencies": [("paths", after)], "operations": list(operations),
    })  # fmt: skip
    loader = MigrationLoader(None)
    loader.disk_migrations["paths", name] = more(name, "paths")
    loader.graph.add_node(("paths", name), loader.disk_migrations["paths", name])
    loader.graph.add_dependency(name, ("paths", name), ("paths", after))
    return loader


def test_control_a_data_migration_without_a_test_is_found() -> None:
    loader = _one_more("0002_x", "0001_initial", migrations.RunSQL("UPDATE paths_plan SET id=id"))
    assert untested(loader) == [("paths", "0002_x", 0)]
    assert stuck(loader) == ["paths.0002_x"]


def test_control_two_ends_are_found() -> None:
    last = MigrationLoader(None).graph.leaf_nodes("paths")[0][1]
    one = _one_more("9998_x", last)
    assert crooked(one) == []
    both = _one_more("9998_x", last)
    both.disk_migrations["paths", "9999_y"] = both.disk_migrations["paths", "9998_x"]
    both.graph.add_node(("paths", "9999_y"), both.disk_migrations["paths", "9999_y"])
    both.graph.add_dependency("9999_y", ("paths", "9999_y"), ("paths", last))
    assert len(crooked(both)) == 2


@pytest.fixture
def house_of_its_own(django_db_setup: None) -> Iterator[str]:
    """A database with every migration, that may be taken down."""
    name = f"{os.environ['POLKU_DB_NAME']}_migrations"
    for_tests.make_template()
    for_tests.clone(name)
    yield name
    for_tests.drop(name)


SCRIPT = """
import sys, django
django.setup()
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
for words in sys.argv[1:]:
    if words == "forward":
        call_command("migrate", verbosity=0, skip_checks=True)
    else:
        wanted = [tuple(one.split(".")) for one in words.split()]
        executor = MigrationExecutor(connection)
        executor.migrate([(app, None if name == "zero" else name) for app, name in wanted])
"""


def walk(database: str, *steps: str) -> None:
    """Migrate as the owner does: to each place in turn, such as `paths.zero`, or `forward`."""
    env = {
        **os.environ, "DJANGO_SETTINGS_MODULE": "polku.config.settings",
        "POLKU_DB_USER": "polku_owner", "POLKU_DB_NAME": database,
    }  # fmt: skip
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT, *steps],
        env=env, cwd=places.CHECKOUT, capture_output=True, text=True,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr


SCHEMA = """
SELECT 'column', c.relname || '.' || a.attname,
       format_type(a.atttypid, a.atttypmod) || a.attnotnull::text || coalesce(
         pg_get_expr(d.adbin, d.adrelid), '')
FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid
LEFT JOIN pg_attrdef d ON d.adrelid = c.oid AND d.adnum = a.attnum
WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p', 'S') AND a.attnum > 0
  AND NOT a.attisdropped
UNION ALL SELECT 'index', indexname, indexdef FROM pg_indexes WHERE schemaname = 'public'
UNION ALL SELECT 'constraint', conrelid::regclass || '.' || conname, pg_get_constraintdef(oid)
FROM pg_constraint WHERE connamespace = 'public'::regnamespace
UNION ALL SELECT 'policy', tablename || '.' || policyname,
  concat_ws(' ', permissive, roles::text, cmd, qual, with_check)
FROM pg_policies WHERE schemaname = 'public'
UNION ALL SELECT 'trigger', tgrelid::regclass || '.' || tgname, pg_get_triggerdef(oid)
FROM pg_trigger WHERE NOT tgisinternal
UNION ALL SELECT 'function', proname, prosrc FROM pg_proc
WHERE pronamespace = 'public'::regnamespace AND prolang IN (
  SELECT oid FROM pg_language WHERE lanname IN ('sql', 'plpgsql')) AND proname LIKE 'polku%'
"""
OURS = """
SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'r'
AND relname ~ '^(clients|contacts|exchange|foundation|paths|portal|teamwork)_' ORDER BY 1
"""


def schema(database: str) -> set[tuple[Any, ...]]:
    with for_tests.superuser(database) as connection:
        return set(connection.execute(SCHEMA).fetchall())


def tables(database: str) -> list[str]:
    with for_tests.superuser(database) as connection:
        return [str(name) for (name,) in connection.execute(OURS).fetchall()]


@pytest.mark.torture(promise=40)
def test_back_to_nothing_and_forward_is_the_same_house(house_of_its_own: str) -> None:
    before = schema(house_of_its_own)
    assert {"column", "index", "constraint", "policy", "trigger", "function"} == {
        kind for kind, _name, _what in before
    }
    walk(house_of_its_own, " ".join(f"{room}.zero" for room in ours()))
    assert tables(house_of_its_own) == []
    walk(house_of_its_own, "forward")
    assert schema(house_of_its_own) == before
    with for_tests.superuser(house_of_its_own) as connection:
        count = connection.execute("SELECT count(*) FROM foundation_municipality").fetchone()
    assert count == (308,)
    reached(40, f"{len(list(all_of(MigrationLoader(None))))} migrations forward, back to nothing "
            f"and forward again, {len(SHOWN_BY)} of {len(SHOWN_BY)} with a test of their own: "
            f"{len(before)} parts of the schema as before")  # fmt: skip


OLD_ROWS = """
SET session_replication_role = replica;
INSERT INTO foundation_organisation (id, name, name_sv, kind, business_id)
VALUES ('00000000-0000-4000-8000-00000000000a', 'Kunta', '', 'municipality', '');
INSERT INTO foundation_register
  (id, slug, name, name_sv, kind, controller_id, first_contact_target_days)
VALUES ('00000000-0000-4000-8000-00000000000b', 'x', 'X', '', 'authority',
        '00000000-0000-4000-8000-00000000000a', 2);
INSERT INTO foundation_relation
  (id, register_id, client_id, team_id, user_id, kind, starts_at, reason)
VALUES
  (gen_random_uuid(), '00000000-0000-4000-8000-00000000000b',
   '00000000-0000-4000-8000-00000000000c', gen_random_uuid(), NULL, 'team', '2026-01-01', ''),
  (gen_random_uuid(), '00000000-0000-4000-8000-00000000000b',
   '00000000-0000-4000-8000-00000000000c', NULL, gen_random_uuid(), 'own', '2026-02-01', '');
"""


@pytest.fixture
def an_old_house(django_db_setup: None) -> Iterator[str]:
    """A database as it was before its team's relations knew of own coaches."""
    name = f"{os.environ['POLKU_DB_NAME']}_old"
    for_tests.make_template()
    for_tests.empty(name)
    walk(name, "foundation.0005_foresee")
    yield name
    for_tests.drop(name)


@pytest.mark.launch
def test_what_was_there_is_taken_along(an_old_house: str) -> None:
    """Rows of before the column: a team's relation learns since when there is an own coach.

    And the last room's tables go and come back: all the others' are the full size's.
    """
    with for_tests.superuser(an_old_house) as connection:
        connection.execute(OLD_ROWS)
    walk(an_old_house, "forward", "statements.zero", "forward")
    assert schema(an_old_house) == schema(for_tests.template())
    with for_tests.superuser(an_old_house) as connection:
        led = connection.execute(
            "SELECT led_from::date::text FROM foundation_relation WHERE kind = 'team'"
        ).fetchall()
    assert led == [("2026-02-01",)]


def test_every_migration_lies_in_a_room_of_ours() -> None:
    """A folder of migrations that no room claims would be run by nobody."""
    folders = {path.parent.name for path in Path(places.CHECKOUT, "polku").glob("*/migrations")}
    assert folders == set(ours())
