"""What a test commits is taken out again, and what deleting can't take out is told."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest

from polku.launch import for_tests, renewing

GIVEN = """
INSERT INTO foundation_organisation (id, name, name_sv, kind, business_id)
VALUES (gen_random_uuid(), 'Kunta', '', 'municipality', '')
"""
BEYOND_DELETING = (
    "UPDATE foundation_municipality SET name_fi = 'Muu' WHERE code = '316'",
    "DELETE FROM foundation_areamembership",
    "ALTER TABLE clients_client DISABLE ROW LEVEL SECURITY",
    "ALTER TABLE clients_client DISABLE TRIGGER USER",
    "DROP POLICY register_wall ON clients_client",
    "CREATE TABLE more (id integer)",
    "CREATE SCHEMA more",
    "GRANT DELETE ON foundation_auditentry TO polku_app",
    "CREATE FUNCTION more() RETURNS integer LANGUAGE sql AS 'SELECT 1'",
)


@pytest.fixture
def database(django_db_setup: None) -> Iterator[str]:
    name = f"{os.environ['POLKU_DB_NAME']}_renewed"
    for_tests.make_template()
    for_tests.clone(name)
    yield name
    for_tests.drop(name)


def test_rows_go_and_whatever_else_was_changed_is_told(database: str) -> None:
    with for_tests.superuser(database) as superuser:
        fresh = renewing.marks(superuser)
        assert renewing.renewed(superuser, fresh)
        superuser.execute(GIVEN)
        assert renewing.marks(superuser) != fresh
        assert renewing.renewed(superuser, fresh)
        assert renewing.marks(superuser) == fresh
        superuser.execute("ANALYZE")
        assert renewing.marks(superuser) == fresh
        for statement in BEYOND_DELETING:
            with superuser.transaction(force_rollback=True):
                superuser.execute(statement)
                assert renewing.differing(superuser, fresh)[1], statement


def test_whoever_else_is_connected_has_to_go(database: str) -> None:
    with for_tests.superuser(database) as other, for_tests.superuser(database) as superuser:
        fresh = renewing.marks(superuser)
        other.execute("BEGIN")
        other.execute(GIVEN)
        assert renewing.renewed(superuser, fresh)
        others = superuser.execute(
            "SELECT count(*) FROM pg_stat_activity WHERE datname = %s", [database]
        ).fetchone()
        assert others == (1,)
        other.close()
