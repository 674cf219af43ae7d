"""`polku db`: start, stop and look into this checkout's own database server."""

from __future__ import annotations

import argparse
import json
import os
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
    psql = actions.add_parser("psql", help="a psql session; further words are passed to psql")
    psql.add_argument("--role", default=postgres.SUPERUSER, help="default: the superuser")
    psql.set_defaults(pass_on=[])


def run(args: argparse.Namespace) -> int:
    if environment.is_own_server():
        raise LaunchError("DATABASE_URL names the database: start and stop it where it lives.")
    cluster = postgres.own_cluster()
    if args.action == "psql":
        return _psql(cluster, args)
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


def _psql(cluster: postgres.Cluster, args: argparse.Namespace) -> int:
    with postgres.serving(cluster):
        program = cluster.program.program("psql")
        where = ["-h", str(cluster.socket), "-U", args.role, "-d", postgres.DATABASE]
        return os.spawnve(os.P_WAIT, program, [program, *where, *args.pass_on], dict(os.environ))


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
