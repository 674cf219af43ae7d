"""Roles on a database server that was set up elsewhere: made where we may, checked always."""

from __future__ import annotations

import os
from typing import Any

import psycopg
from psycopg import sql
from psycopg.conninfo import conninfo_to_dict, make_conninfo

from polku.launch import LaunchError, binaries, environment, roles

ADMIN = "POLKU_ADMIN_DATABASE_URL"
Row = tuple[Any, ...]

QUESTIONS = {
    # Each asks the database for what is wrong; no row means that all is well.
    "polku_app must not be a superuser and must not bypass row-level security: "
    "ALTER ROLE polku_app NOSUPERUSER NOBYPASSRLS;": (
        "SELECT 1 FROM pg_roles WHERE rolname IN ('polku_app', 'polku_worker') "
        "AND (rolsuper OR rolbypassrls)"
    ),
    "polku_app and polku_worker must own nothing: REASSIGN OWNED BY polku_app, polku_worker TO "
    "polku_owner;": (
        "SELECT 1 FROM pg_class c JOIN pg_roles r ON r.oid = c.relowner "
        "WHERE r.rolname IN ('polku_app', 'polku_worker') AND c.relpersistence <> 't'"
    ),
    "polku_app must not be a member of polku_owner: REVOKE polku_owner FROM polku_app;": (
        "SELECT 1 WHERE pg_has_role('polku_app', 'polku_owner', 'MEMBER') "
        "OR pg_has_role('polku_worker', 'polku_owner', 'MEMBER')"
    ),
    "polku_owner must be a member of polku_search: GRANT polku_search TO polku_owner;": (
        "SELECT 1 WHERE NOT pg_has_role('polku_owner', 'polku_search', 'MEMBER')"
    ),
    "polku_backup must bypass row-level security, or backups would be empty: "
    "ALTER ROLE polku_backup BYPASSRLS;": (
        "SELECT 1 FROM pg_roles WHERE rolname = 'polku_backup' AND NOT rolbypassrls"
    ),
    "The database must belong to polku_owner: ALTER DATABASE … OWNER TO polku_owner;": (
        "SELECT 1 FROM pg_database d JOIN pg_roles r ON r.oid = d.datdba "
        "WHERE d.datname = current_database() AND r.rolname <> 'polku_owner'"
    ),
}


def make() -> list[str]:
    """Make roles, database, extensions and grants as the administrator of the server.

    The roles get the passwords that their addresses hold. Returns the roles that were missing.
    Raises LaunchError when the administrator may not do it.
    """
    place = conninfo_to_dict(environment.url(environment.APP))
    name = str(place.get("dbname") or "polku")
    try:
        with _connect(os.environ[ADMIN], dbname="postgres") as admin:
            made = roles.create_roles(admin)
            for role in (environment.OWNER, environment.APP, environment.WORKER):
                _set_password(admin, role)
            roles.create_database(admin, name)
        with _connect(os.environ[ADMIN], dbname=name) as admin:
            roles.prepare_database(admin, name)
    except psycopg.Error as error:
        raise LaunchError(
            f"The role in {ADMIN} could not make the roles and the database: {_said(error)}"
        ) from error
    return made


def problems() -> list[str]:
    """Return what is wrong with the server, each with the words that mend it."""
    found = []
    for role in (environment.OWNER, environment.APP):
        problem = _cannot_sign_in(role)
        if problem:
            found.append(problem)
    if found:
        return found
    with _connect(environment.url(environment.OWNER)) as owner:
        if owner.info.server_version // 10000 < binaries.OLDEST:
            return [f"PostgreSQL {owner.info.server_version // 10000} is too old: 15 is needed."]
        there = {name for (name,) in owner.execute("SELECT rolname FROM pg_roles")}
        missing = [role for role in roles.ATTRIBUTES if role not in there]
        if missing:
            return [
                f"The role {role} is missing: CREATE ROLE {role} {roles.ATTRIBUTES[role]};"
                for role in missing
            ]
        found += [
            said for said, question in QUESTIONS.items() if owner.execute(question).fetchone()
        ]
        found += _extensions(owner)
    return found


def _extensions(owner: psycopg.Connection[Row]) -> list[str]:
    found = []
    for name in roles.EXTENSIONS:
        try:
            owner.execute(sql.SQL("CREATE EXTENSION IF NOT EXISTS {}").format(sql.Identifier(name)))
        except psycopg.Error as error:
            found.append(f"The extension {name} is missing, and can't be made: {_said(error)}")
    return found


def _cannot_sign_in(role: str) -> str | None:
    address = environment.url(role)
    user = conninfo_to_dict(address).get("user")
    if user != role:
        return f"{environment.URLS[role]} names the user {user}; it must be {role}."
    try:
        _connect(address).close()
    except psycopg.Error as error:
        hint = "" if os.environ.get(ADMIN) else f" (give {ADMIN} to have the roles made)"
        return f"{role} can't sign in: {_said(error)}{hint}"
    return None


def _set_password(admin: psycopg.Connection[Row], role: str) -> None:
    password = conninfo_to_dict(environment.url(role)).get("password")
    if password:
        # Scrambled here, so that no log of the server ever holds it.
        scrambled = admin.pgconn.encrypt_password(str(password).encode(), role.encode())
        admin.execute(
            sql.SQL("ALTER ROLE {} PASSWORD {}").format(
                sql.Identifier(role), sql.Literal(scrambled.decode())
            )
        )


def _connect(address: str, **changed: str) -> psycopg.Connection[Row]:
    return psycopg.connect(make_conninfo(address, **changed), autocommit=True, connect_timeout=10)


def _said(error: psycopg.Error) -> str:
    lines = str(error).strip().splitlines()
    return lines[0] if lines else type(error).__name__
