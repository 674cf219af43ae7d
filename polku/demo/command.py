"""`polku demo build`: (re)build the invented world."""

from __future__ import annotations

import argparse
import json
import sys
from dataclasses import asdict


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options of `polku demo build`."""
    parser.add_argument(
        "--scenario", default="demo", choices=("demo", "scale"),
        help="demo: some 1 700 people; scale: 300 000 clients and 3 000 000 contacts beside them",
    )  # fmt: skip
    parser.add_argument(
        "--scale", type=int, metavar="N", help="a register of N times 1 500 clients besides (2 on)"
    )
    parser.add_argument(
        "--seed", type=int, default=1, metavar="S", help="another number, another world"
    )
    parser.add_argument("--reset", action="store_true", help="empty the demo's registers first")
    parser.add_argument("--json", action="store_true", help="print the report for machines")


def run(args: argparse.Namespace) -> int:
    """Build and report. Exit status 1 when a world stands already and no reset was asked for."""
    from polku.demo.build import CannotBuild, build

    shown = sys.stderr.isatty() and not args.json

    def progress(what: str, done: int, of: int) -> None:
        if shown:
            end = "\n" if done == of else ""
            print(f"\r{what}: {done} of {of}\x1b[K", end=end, file=sys.stderr, flush=True)

    try:
        report = build(args.scenario, args.scale, args.seed, reset=args.reset, progress=progress)
    except CannotBuild as refusal:
        print(refusal, file=sys.stderr)
        return 1
    if args.json:
        print(json.dumps(asdict(report), ensure_ascii=False))
    else:
        people, contacts = (report.rows[name] for name in ("clients_client", "contacts_contact"))
        print(f"Built in {report.seconds} s: {people} clients, {contacts} contacts.")
    return 0
