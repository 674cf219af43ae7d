"""`polku demo build`: (re)build the invented world."""

from __future__ import annotations

import argparse
import json
import sys


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options of `polku demo build`."""
    parser.add_argument("--scenario", default="demo", choices=("demo", "scale"))
    parser.add_argument(
        "--scale", type=int, metavar="N", help="how many times the small world (1 is the least)"
    )
    parser.add_argument("--seed", type=int, default=1, metavar="S", help="another world")
    parser.add_argument("--reset", action="store_true", help="empty the registers first")
    parser.add_argument("--json", action="store_true", help="print the report for machines")


def run(args: argparse.Namespace) -> int:
    """Build and report; 1 when a world stands already and no reset was asked for."""
    from dataclasses import asdict

    from polku.demo.build import AlreadyBuilt, build

    try:
        report = build(args.scenario, args.scale, args.seed, reset=args.reset)
    except AlreadyBuilt:
        print("There is a world already; --reset empties it first.", file=sys.stderr)
        return 1
    print(json.dumps(asdict(report), ensure_ascii=False))
    return 0
