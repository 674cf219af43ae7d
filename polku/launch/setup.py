"""`polku setup`: a database made ready: roles, tables, static files, first administrator."""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
from collections.abc import Mapping

from polku.launch import LaunchError, environment, grants, places, prepare


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--json", action="store_true", help="for machines")
    parser.add_argument(
        "--another-register",
        action="store_true",
        help="a link with which one more register is begun here",
    )
    parser.epilog = (
        "With DATABASE_URL and POLKU_OWNER_DATABASE_URL it works on that server, and with "
        "POLKU_ADMIN_DATABASE_URL it makes the roles and the database there; without them, on "
        "this checkout's own server. It may be run again at any time."
    )


def run(args: argparse.Namespace) -> int:
    made: list[str] = []
    if environment.is_own_server():
        if os.environ.get(grants.ADMIN):
            made = grants.make()
        found = grants.problems()
        if found:
            raise LaunchError("\n".join(found))
    prepare.files()
    with environment.database(environment.OWNER) as owner:
        prepare.tables(owner, sure=True)
        with environment.database() as site:
            prepare.static(site)
            link = _first_link(site, another=args.another_register)
    if args.json:
        print(json.dumps({"roles_made": made, "first_administrator": link or None}))
    else:
        _tell(made, link)
    return 0


def _tell(made: list[str], link: str) -> None:
    if made:
        print(f"Roles made: {', '.join(made)}.")
    print("The database is ready.")
    if link:
        print(f"The first administrator begins here; the link works once:\n{link}")


def _first_link(env: Mapping[str, str], *, another: bool) -> str:
    command = [sys.executable, "-m", "polku", "first-link"]
    done = subprocess.run(
        [*command, "--another-register"] if another else command,
        env=dict(env), cwd=places.CHECKOUT, capture_output=True, text=True,
    )  # fmt: skip
    if done.returncode:
        said = (done.stderr.strip().splitlines() or ["no reason given"])[-1]
        raise LaunchError(f"The link for the first administrator could not be made: {said}")
    return done.stdout.strip()
