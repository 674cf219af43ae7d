"""A pytest plugin that gives the tests a real PostgreSQL before the settings are read.

One cluster is shared by all runs (`fsync` off); a template with all migrations is made once for
each state of the schema, and each worker of a run works in a clone of it. Tests connect as
polku_app: the walls stand as in production. `POLKU_PG_BIN` chooses another PostgreSQL;
`POLKU_DB_HOST` a server that is already running.
"""

from __future__ import annotations

import atexit
import base64
import contextlib
import gc
import os
import subprocess
import sys
from collections.abc import Iterator
from typing import Any

import psycopg
import pytest

from polku.launch import (
    binaries,
    environment,
    offline,
    places,
    postgres,
    processes,
    renewing,
    roles,
    stamps,
)

SETTINGS = {**postgres.THROWAWAY, "max_connections": "200"}
# Runs side by side, each at its own state of the schema, must not lose theirs to one another.
KEPT_TEMPLATES = 8
LOCK = "SELECT pg_advisory_lock(715517)"

os.environ["POLKU_ENV"] = "test"
os.environ.setdefault("POLKU_KEY", base64.b64encode(b"a key for tests only, 32 bytes!!").decode())
os.environ.setdefault("POLKU_SECRET_KEY", os.environ["POLKU_KEY"])
os.environ["POLKU_EMAIL_BACKEND"] = "django.core.mail.backends.locmem.EmailBackend"
# Tests never touch the database of a real installation, and send no text messages by its gateway.
os.environ.pop("DATABASE_URL", None)
os.environ.pop("POLKU_SMS_URL", None)


def _begin() -> None:
    offline.keep()
    if "POLKU_TEST_RUN" not in os.environ:
        _keep_bytecode()
        os.environ.setdefault("POLKU_STATE_DIR", str(places.home()))
        (places.home() / "static").mkdir(exist_ok=True)
        key = stamps.digest(stamps.schema())[:10]
        os.environ["POLKU_TEST_RUN"] = str(os.getpid())
        os.environ["POLKU_TEST_TEMPLATE"] = f"polku_template_{key}"
        if "POLKU_DB_HOST" not in os.environ:
            os.environ.update(_cluster().environment())
            _sweep()
    os.environ["POLKU_DB_USER"] = "polku_app"
    worker = os.environ.get("PYTEST_XDIST_WORKER", "main")
    os.environ["POLKU_DB_NAME"] = f"polku_test_{os.environ['POLKU_TEST_RUN']}_{worker}"


def _keep_bytecode() -> None:
    """A run starts programs by the hundred; compiling Django anew costs each two seconds."""
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    os.environ.update(environment.keeping_bytecode({}))
    sys.pycache_prefix, sys.dont_write_bytecode = os.environ["PYTHONPYCACHEPREFIX"], False


def _cluster() -> postgres.Cluster:
    found = binaries.find()
    base = places.own_folder(places.home() / f"tests-{found.major}", mode=0o711)
    cluster = postgres.Cluster(base, found, dict(SETTINGS))
    use = contextlib.ExitStack()
    use.enter_context(postgres.serving(cluster))
    atexit.register(use.close)
    return cluster


def template() -> str:
    """Return the name of the template database."""
    return os.environ["POLKU_TEST_TEMPLATE"]


def superuser(database: str = "postgres") -> psycopg.Connection[tuple[object, ...]]:
    """Return an autocommit connection as the cluster's superuser."""
    return psycopg.connect(
        host=os.environ["POLKU_DB_HOST"],
        port=os.environ.get("POLKU_DB_PORT") or 5432,
        dbname=database,
        user=os.environ.get("POLKU_TEST_SUPERUSER", postgres.SUPERUSER),
        autocommit=True,
    )


def make_template() -> None:
    """Create the template with every migration, unless a run before has made it."""
    with superuser() as connection:
        connection.execute(LOCK)
        names = [
            str(name)
            for (name,) in connection.execute(
                "SELECT datname FROM pg_database WHERE datname LIKE 'polku_template_%' ORDER BY oid"
            )
        ]
        if template() in names:
            return
        for name in names[: 1 - KEPT_TEMPLATES]:
            drop(name)
        # It gets its name last, so that a half-made one is never taken for whole.
        half = f"polku_test_{os.environ['POLKU_TEST_RUN']}_half"
        empty(half)
        _migrate(half)
        connection.execute(f'ALTER DATABASE "{half}" RENAME TO "{template()}"')


def empty(name: str) -> None:
    """Make a database under this name that is ready for the first migration."""
    drop(name)
    with superuser() as connection:
        roles.create_database(connection, name)
    with superuser(name) as inside:
        roles.prepare_database(inside, name)


def clone(name: str) -> None:
    """Make a fresh copy of the template under this name."""
    with superuser() as connection:
        connection.execute(LOCK)
        connection.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
        # Copying files takes half the time of copying through the log; nothing has to be durable.
        connection.execute(
            f'CREATE DATABASE "{name}" OWNER polku_owner TEMPLATE "{template()}" STRATEGY file_copy'
        )


def drop(name: str) -> None:
    """Remove a database of this run."""
    with superuser() as connection:
        connection.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what uses the database, so that it can be run on another PostgreSQL (`-m database`).

    Files with journeys come first, as each takes long: see `suite`.
    """
    for item in items:
        if _asks_for_database(item):
            item.add_marker("database")
    long = {item.path for item in items if item.get_closest_marker("journey") is not None}
    items.sort(key=lambda item: item.path not in long)


def pytest_collection_finish() -> None:
    """Look for garbage seldom: most of what is there now stays to the end.

    Looking through it again and again took an eighth of a run.
    """
    gc.set_threshold(50_000, 20, 50)


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item: pytest.Item) -> None:
    """Let go of a connection that a test before has had the server end."""
    if item.get_closest_marker("database") is None:
        return
    from django.db import connections

    for connection in connections.all(initialized_only=True):
        open_still = connection.connection is not None and not connection.in_atomic_block
        if open_still and not connection.is_usable():
            connection.close()


@pytest.fixture(scope="session")
def django_db_setup() -> None:
    """Take the place of Django's own set-up of a test database: this run has one."""


@pytest.fixture(scope="session", autouse=True)
def _database_of_this_run(request: pytest.FixtureRequest, django_db_blocker: Any) -> Iterator[None]:
    """Give this worker its database, if any of its tests asks for one."""
    if not any(_asks_for_database(item) for item in request.session.items):
        yield
        return
    from django.db import connections
    from django.test import TransactionTestCase

    name = os.environ["POLKU_DB_NAME"]
    make_template()
    clone(name)
    with superuser(name) as connection:
        fresh = renewing.marks(connection)

    def renew(self: TransactionTestCase) -> None:
        # Django would empty the tables after a test that commits, which polku_app may not do,
        # and which would lose the rows that migrations put there.
        connections.close_all()
        with superuser(name) as connection:
            done = renewing.renewed(connection, fresh)
        if not done:
            clone(name)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(TransactionTestCase, "_fixture_teardown", renew)
        yield
    with django_db_blocker.unblock():
        connections.close_all()
    drop(name)


def _asks_for_database(item: pytest.Item) -> bool:
    asked = {"db", "transactional_db", "live_server", "django_db_setup"}
    return bool(
        asked & set(getattr(item, "fixturenames", ()))
        or any(item.iter_markers("django_db"))
        or "TestCase" in {base.__name__ for base in (getattr(item, "cls", None) or object).__mro__}
    )


def _migrate(name: str) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "django", "migrate", "--verbosity=0", "--skip-checks"],
        capture_output=True,
        text=True,
        cwd=places.CHECKOUT,
        env={
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "polku.config.settings",
            "PYTHONPATH": str(places.CHECKOUT),
            "POLKU_DB_USER": "polku_owner",
            "POLKU_DB_NAME": name,
        },
    )
    if done.returncode:
        pytest.fail(f"The test database could not be migrated:\n{done.stderr}", pytrace=False)


def _sweep() -> None:
    """Remove the databases of runs that were killed."""
    with superuser() as connection:
        rows = connection.execute(
            "SELECT datname FROM pg_database WHERE datname ~ '^polku_test_[0-9]+_'"
        ).fetchall()
    for (name,) in rows:
        if not processes.is_alive(int(str(name).split("_")[2])):
            drop(str(name))


_begin()

if __name__ == "__main__":
    make_template()
