"""`polku manage`: Django's own management commands, with the database at hand."""

from __future__ import annotations

import argparse
import signal
import subprocess
import sys
from collections.abc import Mapping, Sequence

from polku.launch import environment, places, processes

# Django is run as a program of its own: the launcher knows none of it.
DJANGO = (sys.executable, str(places.CHECKOUT / "manage.py"))


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--as-owner", action="store_true", help="connect as the owner of the tables (migrations)"
    )
    parser.add_argument("rest", nargs=argparse.REMAINDER, metavar="COMMAND …")


def run(args: argparse.Namespace) -> int:
    """Run the command and return its exit status."""
    # Ctrl-C is for the command; we wait for it.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    role = environment.OWNER if args.as_owner else environment.APP
    with environment.database(role) as env:
        return django(args.rest, env)


def django(command: Sequence[str], env: Mapping[str, str]) -> int:
    """Run one management command in this process's place on the terminal."""
    done = subprocess.Popen(
        [*DJANGO, *command], env=dict(env), preexec_fn=processes.for_the_terminal
    )  # fmt: skip
    return done.wait()
