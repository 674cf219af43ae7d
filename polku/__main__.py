"""The `polku` command: one name, one table of subcommands, each loaded when it is asked for.

Exit status: 0 done; 1 refused as a whole, each reason on standard error and nothing changed;
2 wrong usage.
"""

from __future__ import annotations

import argparse
import importlib
import importlib.util
import os
import sys
from collections.abc import Sequence
from dataclasses import dataclass

from polku.launch import LaunchError


@dataclass(frozen=True)
class Command:
    """Where a subcommand lives. Its module has `add_arguments(parser)` and `run(args) -> int`.

    `role` is the database role of a command that lives in a room: it is run with Django ready
    and the database at hand. Commands without one see to themselves.
    """

    module: str
    help: str
    role: str | None = None


COMMANDS = {
    "status": Command("polku.launch.status", "what runs, and how much there is"),
    "setup": Command("polku.launch.setup", "roles, migrations, the first administrator"),
    "serve": Command("polku.launch.serve", "the server on an existing database"),
    "demo": Command("polku.launch.demo", "the demo: run, build, reset"),
    "demo-build": Command("polku.demo.build", "", "polku_owner"),
    "first-link": Command("polku.launch.first_link", "", "polku_app"),
    "db": Command("polku.launch.database", "the embedded database: start, stop, psql"),
    "manage": Command("polku.launch.manage", "Django's management commands"),
    "sbom": Command("polku.launch.sbom", "what Polku is made of, as CycloneDX"),
    "rules": Command("polku.rules.command", "the law as dated rules: list, ask"),
    "match": Command("polku.planning.matching.command", "clients to places, the best whole"),
    "week": Command("polku.planning.week.command", "a coach's week: who meets when, and why not"),
    "simulate": Command("polku.planning.simulation.command", "what another way of working changes"),
    "import": Command("polku.exchange.command", "people and places from files", "polku_app"),
    "verify": Command("polku.foundation.keys_command", "are keys and record whole", "polku_app"),
    "keys": Command("polku.foundation.keys_command", "the registers' keys: rotate", "polku_app"),
    "bench": Command("bench.command", "the benchmarks"),
}


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command line and return its exit status."""
    words = list(sys.argv[1:] if argv is None else argv)
    parser = argparse.ArgumentParser(prog="polku", description="Polku, from the command line.")
    listed = parser.add_subparsers(dest="command", metavar="COMMAND", required=True)
    wanted = next((word for word in words if not word.startswith("-")), None)
    for name, command in COMMANDS.items():
        # What has no help is for another command's use.
        if not _is_here(command.module) or not (command.help or name == wanted):
            continue
        sub = listed.add_parser(name, help=command.help, description=command.help)
        # Only the one that was asked for is loaded, and Django only if it needs it.
        if name == wanted:
            sub.set_defaults(command=name)
            return _run(command, parser, sub, words)
    parser.parse_args(words)
    return 2


def _run(
    command: Command,
    parser: argparse.ArgumentParser,
    sub: argparse.ArgumentParser,
    words: Sequence[str],
) -> int:
    try:
        if command.role is None:
            return _load_and_run(command, parser, sub, words)
        from polku.launch import environment

        with environment.database(command.role) as env:
            os.environ.update(env)
            _set_up()
            return _load_and_run(command, parser, sub, words)
    except LaunchError as error:
        print(error, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("Interrupted.", file=sys.stderr)
        return 130


def _set_up() -> None:
    """Make Django ready. Raises LaunchError where the settings can't be used."""
    exceptions = importlib.import_module("django.core.exceptions")
    try:
        importlib.import_module("django").setup()
    except exceptions.ImproperlyConfigured as error:
        raise LaunchError(f"The settings can't be used: {error}") from None


def _load_and_run(
    command: Command,
    parser: argparse.ArgumentParser,
    sub: argparse.ArgumentParser,
    words: Sequence[str],
) -> int:
    module = importlib.import_module(command.module)
    module.add_arguments(sub)
    args, rest = parser.parse_known_args(words)
    # A command may pass words on to another program; elsewhere an unknown word is wrong usage.
    if hasattr(args, "pass_on"):
        args.pass_on = rest
    elif rest:
        sub.error(f"unrecognized arguments: {' '.join(rest)}")
    return int(module.run(args))


def _is_here(module: str) -> bool:
    """Return whether a module exists, without running it: rooms come and go."""
    try:
        return importlib.util.find_spec(module) is not None
    except ModuleNotFoundError:
        return False


if __name__ == "__main__":
    sys.exit(main())
