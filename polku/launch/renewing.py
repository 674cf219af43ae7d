"""Makes a test's database again what its template is, by deleting what was committed in it.

That is several times quicker than a new clone. Where it is not enough, because a test changed rows
that migrations had laid, or the tables themselves, `renewed` says so, and a clone has to be made.
"""

from __future__ import annotations

from typing import Any

import psycopg
from psycopg import sql

Superuser = psycopg.Connection[Any]
# {table: (how many rows, what else tells them)}
Marks = dict[str, tuple[int, str]]

# A row that is written anew has another xmin. pg_class is read by its columns: analysing a table
# writes there too.
WRITTEN = "coalesce(max(xmin::text::bigint), 0)::text"
SHAPE = {
    "pg_class": "md5(string_agg(concat_ws(' ', oid, relname, relowner, relacl, relnatts, relchecks,"
    " reloptions, relhastriggers, relrowsecurity, relforcerowsecurity), '' ORDER BY oid))",
    "pg_namespace": "md5(string_agg(concat_ws(' ', nspname, nspacl), '' ORDER BY oid))",
    **dict.fromkeys(
        (
            "pg_attrdef", "pg_attribute", "pg_constraint", "pg_default_acl", "pg_extension",
            "pg_index", "pg_policy", "pg_proc", "pg_rewrite", "pg_trigger",
        ),
        WRITTEN,
    ),
}  # fmt: skip
# What sessions make for themselves goes with them, in its own time.
LASTING = {
    "pg_class": "relnamespace IN ('pg_catalog'::regnamespace, 'public'::regnamespace)",
    "pg_namespace": "nspname !~ '^pg_(toast_)?temp_'",
    "pg_attribute": "attrelid IN (SELECT oid FROM pg_class WHERE relnamespace IN "
    "('pg_catalog'::regnamespace, 'public'::regnamespace))",
}
OTHERS = """
SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity
WHERE datname = current_database() AND pid <> pg_backend_pid()
"""


def marks(superuser: Superuser) -> Marks:
    """Return what tells the rows of every table, and the shape of the tables."""
    tables = superuser.execute(
        "SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace "
        "AND relkind = 'r' ORDER BY relname"
    ).fetchall()
    asked = [_mark(str(name), WRITTEN) for (name,) in tables]
    asked += [_mark(name, words) for name, words in SHAPE.items()]
    rows = superuser.execute(sql.SQL(" UNION ALL ").join(asked)).fetchall()
    return {name: (count, words) for name, count, words in rows}


def _mark(name: str, words: str) -> sql.Composable:
    return sql.SQL("SELECT {}, count(*), {} FROM {} WHERE {}").format(
        sql.Literal(name), sql.SQL(words), sql.Identifier(name),
        sql.SQL(LASTING.get(name, "true")),
    )  # fmt: skip


def differing(superuser: Superuser, fresh: Marks) -> tuple[list[str], bool]:
    """Return the tables that differ, and whether it takes more than deleting all their rows."""
    found = marks(superuser)
    names = sorted(n for n in found.keys() | fresh.keys() if found.get(n) != fresh.get(n))
    return names, any(name in SHAPE or fresh.get(name, (1, ""))[0] for name in names)


def renewed(superuser: Superuser, fresh: Marks) -> bool:
    """End all other sessions, delete what was committed; return whether all is as it was."""
    superuser.execute(OTHERS)
    changed, more = differing(superuser, fresh)
    if more or not changed:
        return not more
    with superuser.transaction():
        # Neither keys nor the triggers that keep the record have a say in this.
        superuser.execute("SET LOCAL session_replication_role = replica")
        for name in changed:
            superuser.execute(sql.SQL("DELETE FROM {}").format(sql.Identifier(name)))
    # What was deleted is not to lie in the files either: a test searches them.
    tables = sql.SQL(", ").join(map(sql.Identifier, changed))
    superuser.execute(sql.SQL("VACUUM (INDEX_CLEANUP ON) {}").format(tables))
    return True
