"""The walls between registers: row-level security, forced, on every table of a register.

The site connects as a role that owns nothing. Each request and each job names its register with
`set_config(…, is_local => true)`; with none named, a protected table shows no rows at all. A
client's own session also names the client, and a restrictive policy leaves only their rows; a
host's session names the worksite in the same way.
Guarded rows (safety ban) show only while `polku.guarded` names their client. Who acts is named in
the same breath, for the history of rows (`history`).

The policies follow from the models, so that no table can be forgotten: they are laid anew after
each migration, as the owner.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from uuid import UUID

from django.apps import apps
from django.db import connection, models, transaction

from polku.foundation import clock, history, prepared
from polku.foundation.viewer import Viewer, system

SITE_ROLES = "polku_app, polku_worker"

_READ = "nullif(current_setting('polku.%s', true), '')::uuid"
REGISTER = f"(SELECT {_READ % 'register'})"
CLIENT = f"(SELECT {_READ % 'client'})"
HOST = f"(SELECT {_READ % 'host'})"
GUARDED = f"(SELECT {_READ % 'guarded'})"

APPEND_ONLY = ("foundation_auditentry", "foundation_auditseal")
LISTED = "foundation_auditentry"
# A client's own session reads what was done about them alone, and none of the chain; a host's none.
OWN_LOOKS = {
    "foundation_auditentry": f"{HOST} IS NULL AND ({CLIENT} IS NULL OR client = {CLIENT})",
    "foundation_auditseal": f"{CLIENT} IS NULL AND {HOST} IS NULL",
}


def register_models() -> list[type[models.Model]]:
    """Return every concrete model whose rows belong to a register."""
    from polku.foundation.models import RegisterModel

    return [m for m in apps.get_models() if issubclass(m, RegisterModel)]


def hides_behind_a_ban(model: Any) -> bool:
    """Return whether some or all rows of a register model show only while their client is open."""
    fields = {field.name for field in model._meta.concrete_fields}
    return model.always_guarded or "guarded" in fields


def guarded_tables() -> list[str]:
    """Return the tables that keep rows behind the guarded view."""
    return [m._meta.db_table for m in register_models() if hides_behind_a_ban(m)]


def _policy(table: str, name: str, body: str) -> list[str]:
    return [
        f'DROP POLICY IF EXISTS {name} ON "{table}"',
        f'CREATE POLICY {name} ON "{table}" {body}',
    ]


def _force(table: str) -> list[str]:
    return [
        f'ALTER TABLE "{table}" ENABLE ROW LEVEL SECURITY',
        f'ALTER TABLE "{table}" FORCE ROW LEVEL SECURITY',
    ]


def statements_for(model: Any) -> list[str]:
    """Return the SQL that walls one register model's table."""
    table = model._meta.db_table
    own = f"{CLIENT} IS NULL AND {HOST} IS NULL"
    if model.client_column:
        own += f' OR "{model.client_column}" = {CLIENT}'
    if model.host_column:
        own += f' OR "{model.host_column}" = {HOST}'
    sql = _force(table)
    sql += _policy(
        table,
        "register_wall",
        f"USING (register_id = {REGISTER}) WITH CHECK (register_id = {REGISTER})",
    )
    sql += _policy(table, "own_rows", f"AS RESTRICTIVE USING ({own}) WITH CHECK ({own})")
    if hides_behind_a_ban(model):
        shown = f"{'' if model.always_guarded else 'NOT guarded OR '}client_id = {GUARDED}"
        sql += _policy(table, "guarded_rows", f"AS RESTRICTIVE FOR SELECT USING ({shown})")
    return sql


def audit_statements() -> list[str]:
    """Return the SQL that makes the audit tables append-only and walled."""
    sql: list[str] = []
    for table in APPEND_ONLY:
        sql += _force(table)
        # With no register named, the house's own entries show (sign-ins; no client is in them).
        read = f"FOR SELECT USING (register_id IS NOT DISTINCT FROM {REGISTER})"
        sql += _policy(table, "audit_read", read)
        own = f"AS RESTRICTIVE FOR SELECT TO {SITE_ROLES} USING ({OWN_LOOKS[table]})"
        sql += _policy(table, "audit_own", own)
        sql += _policy(
            table,
            "audit_write",
            f"FOR INSERT WITH CHECK (register_id IS NULL OR register_id = {REGISTER})",
        )
        sql += [
            f'REVOKE ALL ON "{table}" FROM {SITE_ROLES}',
            f'GRANT SELECT, INSERT ON "{table}" TO {SITE_ROLES}',
            f'DROP TRIGGER IF EXISTS only_added ON "{table}"',
            f'CREATE TRIGGER only_added BEFORE UPDATE OR DELETE ON "{table}" '
            "FOR EACH ROW EXECUTE FUNCTION polku_only_added()",
            f'DROP TRIGGER IF EXISTS never_emptied ON "{table}"',
            f'CREATE TRIGGER never_emptied BEFORE TRUNCATE ON "{table}" '
            "FOR EACH STATEMENT EXECUTE FUNCTION polku_only_added()",
        ]
    # Under a policy an index on an array is left aside, so the lists that showed a client are found
    # by a function of polku_search, which answers within the named register and client alone.
    sql += _policy(LISTED, "search_reads", "FOR SELECT TO polku_search USING (true)")
    sql.append(f'GRANT SELECT ON "{LISTED}" TO polku_search')
    return sql


def history_statements() -> list[str]:
    """Return the SQL that walls the history of rows: read inside the register, written by none.

    Only the triggers write here, as the owner; what is written has passed its own table's wall.
    """
    table = history.TABLE
    own = f"register_id = {REGISTER}"
    return [
        *_force(table),
        *_policy(table, "register_wall", f"FOR SELECT USING ({own})"),
        *_policy(
            table,
            "no_own_rows",
            f"AS RESTRICTIVE FOR SELECT USING ({CLIENT} IS NULL AND {HOST} IS NULL)",
        ),
        *_policy(
            table,
            "guarded_rows",
            f"AS RESTRICTIVE FOR SELECT USING (NOT guarded OR client = {GUARDED})",
        ),
        *_policy(table, "triggers_write", "FOR INSERT TO CURRENT_USER WITH CHECK (true)"),
        *_policy(table, "erased_with_the_person", f"FOR DELETE TO CURRENT_USER USING ({own})"),
        f'REVOKE ALL ON "{table}" FROM {SITE_ROLES}',
        f'GRANT SELECT ON "{table}" TO {SITE_ROLES}',
        *history.statements(),
    ]


ONLY_ADDED = """
CREATE OR REPLACE FUNCTION polku_only_added() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'the audit record is only ever added to';
END $$
"""


def all_statements() -> list[str]:
    """Return everything that walls and grants need, in order; safe to run again."""
    sql = [
        ONLY_ADDED,
        f"GRANT USAGE ON SCHEMA public TO {SITE_ROLES}, polku_search, polku_backup",
        f"GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {SITE_ROLES}",
        f"GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {SITE_ROLES}",
        f"GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA public TO {SITE_ROLES}",
        "GRANT SELECT ON ALL TABLES IN SCHEMA public TO polku_backup",
        "GRANT SELECT ON ALL SEQUENCES IN SCHEMA public TO polku_backup",
    ]
    for model in register_models():
        sql += statements_for(model)
    return sql + audit_statements() + history_statements()


def after_migrate(*, using: str = "default", **kwargs: Any) -> None:
    """Lay the walls after a migration. Does nothing until the last room's tables exist."""
    with connection.cursor() as cursor:
        present = set(connection.introspection.table_names(cursor))
        needed = {m._meta.db_table for m in register_models()} | {*APPEND_ONLY, history.TABLE}
        if needed <= present:
            for statement in all_statements():
                cursor.execute(statement)


def enter(
    *,
    register: UUID | None,
    client: UUID | None = None,
    guarded: UUID | None = None,
    host: UUID | None = None,
    by: Viewer | None = None,
) -> None:
    """Name the register (and the client or worksite, and who acts) for the rest of the transaction.

    One statement. Without `by`, whoever was named before goes on acting.
    """
    names = [str(v) if v else "" for v in (register, client, guarded, host)]
    if by is None:
        _enter(*names)
    else:
        _enter(*names, actor=_actor(by))


def _enter(
    register: str, client: str, guarded: str, host: str, *, actor: str | None = None
) -> None:
    sql, params = _NAME, [register, client, guarded, host]
    if actor is not None:
        sql, params = f"{_NAME}, set_config('polku.actor', %s, true)", [*params, actor]
    with prepared.cursor() as cursor:
        cursor.execute(sql, params)
        clock.tell(cursor.fetchone()[4])


_NAME = (
    "SELECT set_config('polku.register', %s, true), set_config('polku.client', %s, true), "
    "set_config('polku.guarded', %s, true), set_config('polku.host', %s, true), clock_timestamp()"
)


def _actor(by: Viewer) -> str:
    """Return who acts as the triggers read it: kind, worker, client, role, request, when, name."""
    unknown = by.kind in ("system", "host")
    name = by.name.replace("|", " ") or "Polku" if unknown else ""
    parts = (by.kind, by.user_id, by.client_id, by.role_id, by.request_id, by.at.isoformat(), name)
    return "|".join(str(part or "") for part in parts)


def _named() -> tuple[str, str, str, str, str]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT current_setting('polku.register', true), current_setting('polku.client', true),"
            " current_setting('polku.guarded', true), current_setting('polku.host', true),"
            " current_setting('polku.actor', true)"
        )
        return tuple(v or "" for v in cursor.fetchone())  # type: ignore[return-value]


def named() -> tuple[UUID | None, UUID | None, UUID | None, UUID | None]:
    """Return the register, client, guarded client and worksite now named in the transaction."""
    return tuple(UUID(v) if v else None for v in _named()[:4])  # type: ignore[return-value]


@contextmanager
def inside(
    register: UUID | None,
    *,
    client: UUID | None = None,
    host: UUID | None = None,
    by: Viewer | None = None,
) -> Iterator[None]:
    """Work inside a register: one transaction, and what was named before is named again after.

    Without `by`, whoever acts already goes on; where nobody does, it is the software itself.
    """
    with transaction.atomic():
        *before, actor = _named()
        if by is None and not actor:
            by = system(register)
        enter(register=register, client=client, host=host, by=by)
        yield
        _enter(*before, actor=actor)


@contextmanager
def guarded_open(client: UUID) -> Iterator[None]:
    """Show the guarded rows of one client inside the block. Callers audit it with a purpose."""
    with prepared.cursor() as cursor:
        cursor.execute(_OPEN, [str(client)])
        before, _now = cursor.fetchone()
    yield
    with prepared.cursor() as cursor:
        cursor.execute("SELECT set_config('polku.guarded', %s, true)", [before or ""])


# What was open before is read first: a row of it is needed for what is named now.
_OPEN = """
WITH before AS MATERIALIZED (SELECT current_setting('polku.guarded', true) AS was)
SELECT was, set_config('polku.guarded', %s, true) FROM before
"""
