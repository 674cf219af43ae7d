"""`polku db`: start, stop and look into this checkout's own database server."""

from __future__ import annotations

import argparse
import json
import os
import signal
import subprocess
import sys

from polku.launch import LaunchError, environment, postgres, processes


def add_arguments(parser: argparse.ArgumentParser) -> None:
    actions = parser.add_subparsers(dest="action", metavar="ACTION", required=True)
    for name, text in (
        ("start", "start the server; it stays until stopped"),
        ("stop", "stop the server"),
        ("env", "print the variables by which programs find it"),
    ):
        sub = actions.add_parser(name, help=text)
        sub.add_argument("--json", action="store_true", help="for machines")
    for name, text in (
        ("psql", "a psql session; further words are passed to psql"),
        ("run", "one of PostgreSQL's programs, such as pg_dump, connected to it"),
    ):
        sub = actions.add_parser(name, help=text)
        sub.add_argument("--role", default=postgres.SUPERUSER, help="default: the superuser")
        if name == "run":
            sub.add_argument("program", help="such as pg_dump; further words are passed to it")
        sub.set_defaults(pass_on=[], program="psql")


def run(args: argparse.Namespace) -> int:
    if environment.is_own_server():
        raise LaunchError("DATABASE_URL names the database: start and stop it where it lives.")
    cluster = postgres.own_cluster()
    if args.action in {"psql", "run"}:
        return _program(cluster, args)
    if args.action == "start":
        with processes.held(cluster.base / "users.lock", shared=True):
            cluster.start(ends_with_us=False)
            (cluster.base / "began-by-users").unlink(missing_ok=True)
        _tell(args, f"PostgreSQL {cluster.program.version} serves {cluster.data}.", cluster)
    elif args.action == "stop":
        was = cluster.pid() is not None
        cluster.stop()
        (cluster.base / "began-by-users").unlink(missing_ok=True)
        _tell(args, "Stopped." if was else "It was not running.", cluster)
    else:
        _tell(args, "\n".join(f"{k}={v}" for k, v in cluster.environment().items()), cluster)
    return 0


def _program(cluster: postgres.Cluster, args: argparse.Namespace) -> int:
    program = cluster.program.folder / args.program
    if not program.is_file() or program.parent != cluster.program.folder:
        raise LaunchError(f"There is no program {args.program} in {cluster.program.folder}.")
    where = {
        "PGHOST": str(cluster.socket),
        "PGPORT": "5432",
        "PGDATABASE": postgres.DATABASE,
        "PGUSER": args.role,
    }
    # Ctrl-C is for the program; we wait for it.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    with postgres.serving(cluster):
        return subprocess.run(
            [str(program), *args.pass_on],
            env={**os.environ, **where},
            preexec_fn=processes.for_the_terminal,
        ).returncode


def _tell(args: argparse.Namespace, sentence: str, cluster: postgres.Cluster) -> None:
    if args.json:
        facts = {
            "serving": cluster.is_serving(),
            "pid": cluster.pid(),
            "version": cluster.program.version,
            "data": str(cluster.data),
            "environment": cluster.environment(),
        }
        json.dump(facts, sys.stdout)
        print()
    else:
        print(sentence)
