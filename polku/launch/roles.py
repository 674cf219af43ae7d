"""The database's roles: who owns the tables, and who may only use them.

| role | signs in | may |
|---|---|---|
| polku_owner | yes | owns database and tables; migrations only |
| polku_app | yes | the site: owns nothing, sees a register's rows only inside that register |
| polku_worker | yes | the job worker: the same walls |
| polku_search | no | owns the search functions, with a policy of its own |
| polku_backup | yes | reads every row, for backups; writes nothing |
"""

from __future__ import annotations

from typing import Any

import psycopg
from psycopg import sql

EXTENSIONS = ("btree_gist", "pg_trgm", "unaccent")
# Told once, so that `setup` can check the same words that are granted here.
ATTRIBUTES = {
    "polku_owner": "LOGIN NOSUPERUSER NOBYPASSRLS NOCREATEROLE",
    "polku_app": "LOGIN NOSUPERUSER NOBYPASSRLS NOCREATEROLE NOCREATEDB",
    "polku_worker": "LOGIN NOSUPERUSER NOBYPASSRLS NOCREATEROLE NOCREATEDB",
    "polku_search": "NOLOGIN NOSUPERUSER NOBYPASSRLS NOCREATEROLE NOCREATEDB",
    "polku_backup": "LOGIN NOSUPERUSER BYPASSRLS NOCREATEROLE NOCREATEDB",
}
USERS = ("polku_app", "polku_worker")
# Even the first line of an error repeats a value that would not fit its column.
SILENT = {
    "log_min_messages": "log",
    "log_min_error_statement": "panic",
    "log_error_verbosity": "terse",
    "log_parameter_max_length_on_error": "0",
}


def create_roles(superuser: psycopg.Connection[Any]) -> list[str]:
    """Create the roles that are missing; return their names."""
    there = {name for (name,) in superuser.execute("SELECT rolname FROM pg_roles")}
    missing = [role for role in ATTRIBUTES if role not in there]
    for role in missing:
        superuser.execute(
            sql.SQL("CREATE ROLE {} " + ATTRIBUTES[role]).format(sql.Identifier(role))
        )
    # A server's own log would else repeat the words of each refused statement, and its row.
    for role in ("polku_owner", *USERS):
        for name, value in SILENT.items():
            superuser.execute(
                sql.SQL("ALTER ROLE {} SET {} = {}").format(
                    sql.Identifier(role), sql.Identifier(name), sql.Literal(value)
                )
            )
    # A migration may hand a function over to polku_search only as its member.
    superuser.execute("GRANT polku_search TO polku_owner")
    superuser.execute("GRANT pg_read_all_data TO polku_backup")
    return missing


def let_owner_load(superuser: psycopg.Connection[Any]) -> None:
    """Let the owner lay invented rows without key checks and history; never the site's roles."""
    superuser.execute("GRANT SET ON PARAMETER session_replication_role TO polku_owner")


def create_database(superuser: psycopg.Connection[Any], name: str) -> bool:
    """Create an empty database owned by polku_owner; return whether it was missing."""
    if superuser.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone():
        return False
    superuser.execute(
        sql.SQL("CREATE DATABASE {} OWNER polku_owner TEMPLATE template0 ENCODING 'UTF8'").format(
            sql.Identifier(name)
        )
    )
    return True


def prepare_database(superuser: psycopg.Connection[Any], name: str) -> None:
    """Give a database, to which `superuser` is connected, its extensions and grants."""
    database = sql.Identifier(name)
    for extension in EXTENSIONS:
        superuser.execute(
            sql.SQL("CREATE EXTENSION IF NOT EXISTS {}").format(sql.Identifier(extension))
        )
    superuser.execute(sql.SQL("REVOKE ALL ON DATABASE {} FROM PUBLIC").format(database))
    superuser.execute(sql.SQL("GRANT CONNECT ON DATABASE {} TO polku_backup").format(database))
    # Bulk loads go through an unprotected temporary table.
    users = sql.SQL(", ").join(map(sql.Identifier, USERS))
    superuser.execute(
        sql.SQL("GRANT CONNECT, TEMPORARY ON DATABASE {} TO {}").format(database, users)
    )
    for privileges in ("SELECT, INSERT, UPDATE, DELETE ON TABLES", "USAGE, SELECT ON SEQUENCES"):
        superuser.execute(
            sql.SQL(
                "ALTER DEFAULT PRIVILEGES FOR ROLE polku_owner IN SCHEMA public "
                "GRANT " + privileges + " TO {}"
            ).format(users)
        )
