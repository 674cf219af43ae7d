"""The variables that Django is started with, by the role that a piece of work runs as."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator, Mapping
from typing import Any

import psycopg

from polku.launch import LaunchError, places, postgres

APP = "polku_app"
WORKER = "polku_worker"
OWNER = "polku_owner"
URLS = {
    APP: "DATABASE_URL",
    WORKER: "POLKU_WORKER_DATABASE_URL",
    OWNER: "POLKU_OWNER_DATABASE_URL",
}
OTHERS = ("POLKU_WORKER_DATABASE_URL", "POLKU_OWNER_DATABASE_URL", "POLKU_ADMIN_DATABASE_URL")


def is_own_server() -> bool:
    """Return whether the database is a server that was set up elsewhere (DATABASE_URL)."""
    return bool(os.environ.get("DATABASE_URL"))


@contextlib.contextmanager
def database(role: str = APP) -> Iterator[dict[str, str]]:
    """Have a database at hand; yield this process's variables with that database in them.

    The one named by DATABASE_URL; else one that POLKU_DB_HOST already points at; else the
    checkout's own cluster, started when nothing runs and stopped again by its last user.
    Raises LaunchError when the role's address is missing.
    """
    if is_own_server() or os.environ.get("POLKU_DB_HOST"):
        yield for_role(role)
    else:
        with postgres.serving(postgres.own_cluster()) as cluster:
            yield for_role(role, cluster)


def for_role(role: str, cluster: postgres.Cluster | None = None) -> dict[str, str]:
    """Return this process's variables with the database as seen by `role`."""
    env = {**os.environ, "DJANGO_SETTINGS_MODULE": "polku.config.settings", "POLKU_DB_USER": role}
    env.setdefault("POLKU_STATE_DIR", str(places.home()))
    # The command may be run from any folder.
    env["PYTHONPATH"] = os.pathsep.join(
        part for part in (str(places.CHECKOUT), env.get("PYTHONPATH")) if part
    )
    if is_own_server():
        env["DATABASE_URL"] = url(role)
        # A process gets the address of its own role and no other.
        for name in OTHERS:
            env.pop(name, None)
    elif cluster is not None:
        env.update(cluster.environment(role))
    return env


def keeping_bytecode(env: Mapping[str, str]) -> dict[str, str]:
    """Return variables with which programs are compiled once, and nothing lies by the sources."""
    folder = places.own_folder(places.home() / "bytecode")
    kept = {name: value for name, value in env.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return {**kept, "PYTHONPYCACHEPREFIX": str(folder)}


def connect(env: Mapping[str, str]) -> psycopg.Connection[tuple[Any, ...]]:
    """Return an autocommit connection to the database that `env` names."""
    if env.get("DATABASE_URL"):
        return psycopg.connect(env["DATABASE_URL"], autocommit=True, connect_timeout=5)
    return psycopg.connect(
        host=env["POLKU_DB_HOST"], port=env["POLKU_DB_PORT"], dbname=env["POLKU_DB_NAME"],
        user=env["POLKU_DB_USER"], autocommit=True, connect_timeout=5,
    )  # fmt: skip


def url(role: str) -> str:
    """Return the address of the database for a role. Raises LaunchError when it is not set."""
    found = os.environ.get(URLS[role])
    if not found and role == WORKER:
        found = os.environ.get("DATABASE_URL")
    if not found:
        raise LaunchError(
            f"{URLS[role]} is not set: give the database's address for the role {role}, "
            "as docs/operate/settings.md shows."
        )
    return found
