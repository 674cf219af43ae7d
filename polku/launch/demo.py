"""`polku demo`: the invented world and a server on it. `run`, `build`, `reset`."""

from __future__ import annotations

import argparse
import importlib.util
import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path

from psycopg import sql

from polku.launch import (
    LaunchError,
    doorway,
    environment,
    places,
    postgres,
    prepare,
    processes,
    serve,
)

BUILDER = "polku.demo.build"
# Written on the database itself, by its owner, so that it goes wherever the world goes.
MARK = "Polku demo of "
REAL_DATA = (
    "The database holds registers that are no demo, so there is no demo on it; nothing was "
    "changed. Name another state folder with POLKU_STATE_DIR, or another database."
)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    actions = parser.add_subparsers(dest="action", metavar="ACTION", required=True)
    actions.add_parser("run", help="set up what is missing and serve the demo world")
    actions.add_parser("reset", help="throw the demo world away and build it again, as of today")
    # Its options belong to the room that builds.
    build = actions.add_parser("build", help="(re)build the demo world", add_help=False)
    build.set_defaults(pass_on=[])


def run(args: argparse.Namespace) -> int:
    if os.environ.get("POLKU_ENV") == "production":
        raise LaunchError("POLKU_ENV is production: there is no demo here.")
    os.environ["POLKU_ENV"] = "demo"
    if args.action == "run":
        return serve.foreground("demo", _furnish, _remark)
    if args.action == "reset":
        return _reset()
    return _build_here(args.pass_on)


def _furnish(env: Mapping[str, str]) -> None:
    prepare.static(env)
    mark = _mark(env)
    if mark is None:
        _build([], env)
    elif mark == "":
        raise LaunchError(REAL_DATA)


def _remark(env: Mapping[str, str]) -> str:
    """Offer a fresh world when this one is of another day: its dates grow old."""
    built = _mark(env)
    if not built or built == _today():
        return ""
    return f" (world of {built}; `make demo-reset` builds today's)"


def _reset() -> int:
    running = doorway.running()
    if running is not None:
        raise LaunchError(
            f"The {running.get('kind', 'demo')} runs at {running.get('address', 'its port')}; "
            "stop it with Ctrl-C, then reset."
        )
    if environment.is_own_server():
        return _build_here([])
    with postgres.serving(postgres.own_cluster()) as cluster:
        env = environment.for_role(environment.OWNER, cluster)
        if _mark(env) == "":
            raise LaunchError(REAL_DATA)
        prepare.tables_stamp(env).unlink(missing_ok=True)
        # Where the old world's audit record ended says nothing of the new one's.
        heads = Path(env["POLKU_STATE_DIR"]) / "audit" / f"{postgres.DATABASE}.json"
        heads.unlink(missing_ok=True)
        with cluster.connect("postgres") as superuser:
            superuser.execute(
                sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(
                    sql.Identifier(postgres.DATABASE)
                )
            )
        cluster.furnish()
        prepare.files(for_pages_alone=True)
        prepare.tables(env)
        return _build([], environment.for_role(environment.APP, cluster))


def _build_here(options: Sequence[str]) -> int:
    with environment.database(environment.OWNER) as owner, environment.database() as env:
        if {"-h", "--help"} & set(options):
            return _builder(options, env)
        prepare.files(for_pages_alone=True)
        prepare.tables(owner)
        mark = _mark(env)
        if mark == "":
            raise LaunchError(REAL_DATA)
        again = mark is not None and "--reset" not in options
        return _build([*options, "--reset"] if again else options, env)


def _build(options: Sequence[str], env: Mapping[str, str]) -> int:
    """Run the room's builder, and mark the database as a demo of today."""
    if importlib.util.find_spec(BUILDER) is None:
        prepare.tell("There is no demo world to build yet; the pages are served without one.")
        return 0
    prepare.tell("Building the demo world …")
    if _builder(options, env):
        raise LaunchError("The demo world could not be built.")
    with environment.database(environment.OWNER) as owner, environment.connect(owner) as there:
        name = sql.Identifier(there.info.dbname)
        there.execute(
            sql.SQL("COMMENT ON DATABASE {} IS {}").format(name, sql.Literal(MARK + _today()))
        )
    return 0


def _builder(options: Sequence[str], env: Mapping[str, str]) -> int:
    # The owner builds: an invented world may be laid quickly. A site's variables lack its address.
    address = environment.URLS[environment.OWNER]
    theirs = {address: os.environ[address]} if os.environ.get(address) else {}
    return subprocess.run(
        [sys.executable, "-m", "polku", "demo-build", *options],
        env={**env, **theirs}, cwd=places.CHECKOUT, preexec_fn=processes.die_with_parent,
        stdout=None if options else subprocess.DEVNULL,
    ).returncode  # fmt: skip


def _mark(env: Mapping[str, str]) -> str | None:
    """Return the day on which this database's world was built.

    Empty when it holds registers that are no demo, None when it holds none at all: one-click
    sign-in must never open over real people's records.
    """
    with environment.connect(env) as there:
        row = there.execute(
            "SELECT shobj_description(oid, 'pg_database') FROM pg_database "
            "WHERE datname = current_database()"
        ).fetchone()
        if row and str(row[0]).startswith(MARK):
            return str(row[0]).removeprefix(MARK)
        made = there.execute("SELECT to_regclass('foundation_register')").fetchone()
        if made and made[0] and there.execute("SELECT 1 FROM foundation_register").fetchone():
            return ""
    return None


def _today() -> str:
    return datetime.now(UTC).astimezone().date().isoformat()  # noqa: TID251
