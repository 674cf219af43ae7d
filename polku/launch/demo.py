"""`polku demo`: the invented world and a server on it. `run`, `build`, `reset`."""

from __future__ import annotations

import argparse
import importlib.util
import json
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
    if not _world().exists():
        _build([], env)


def _remark() -> str:
    """Offer a fresh world when this one is of another day: its dates grow old."""
    try:
        built = json.loads(_world().read_text())["built"]
    except (OSError, ValueError, KeyError):
        return ""
    return "" if built == _today() else f" (world of {built}; `make demo-reset` builds today's)"


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
        _refuse_real_data(cluster)
        env = environment.for_role(environment.OWNER, cluster)
        _world().unlink(missing_ok=True)
        prepare.tables_stamp(env).unlink(missing_ok=True)
        with cluster.connect("postgres") as superuser:
            superuser.execute(
                sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(
                    sql.Identifier(postgres.DATABASE)
                )
            )
        cluster.furnish()
        prepare.files()
        prepare.tables(env)
        return _build([], environment.for_role(environment.APP, cluster))


def _build_here(options: Sequence[str]) -> int:
    with environment.database() as env:
        if not {"-h", "--help"} & set(options):
            prepare.files()
            with environment.database(environment.OWNER) as owner:
                prepare.tables(owner)
        return _build(options, env)


def _build(options: Sequence[str], env: Mapping[str, str]) -> int:
    """Run the room's builder, and remember on which day it did."""
    if importlib.util.find_spec(BUILDER) is None:
        prepare.tell("There is no demo world to build yet; the pages are served without one.")
        return 0
    if not options:
        prepare.tell("Building the demo world …")
    done = subprocess.run(
        [sys.executable, "-m", "polku", "demo-build", *options],
        env=dict(env), cwd=places.CHECKOUT, preexec_fn=processes.die_with_parent,
        stdout=sys.stderr if not options else None,
    )  # fmt: skip
    if done.returncode:
        raise LaunchError("The demo world could not be built.")
    if not {"-h", "--help"} & set(options):
        _world().write_text(json.dumps({"built": _today(), "options": list(options)}))
    return 0


def _refuse_real_data(cluster: postgres.Cluster) -> None:
    """Only a world that was built as a demo may be thrown away."""
    if _world().exists():
        return
    with cluster.connect() as superuser:
        made = superuser.execute("SELECT to_regclass('foundation_register')").fetchone()
        if made and made[0] and superuser.execute("SELECT 1 FROM foundation_register").fetchone():
            raise LaunchError(
                "The database holds registers that are no demo; nothing was changed. Move "
                f"{cluster.data} away if you mean it."
            )


def _world() -> Path:
    return places.home() / "world.json"


def _today() -> str:
    return datetime.now(UTC).astimezone().date().isoformat()  # noqa: TID251
