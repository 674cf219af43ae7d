"""`polku bench NAME`: each benchmark beside the reference that it is measured against."""

from __future__ import annotations

import argparse
import importlib
import importlib.util

# Name -> module with `add_arguments(parser)` and `run(args) -> int`, and what it measures.
BENCHES = {
    "pages": ("bench.pages", "the pages of a coach's day, at 300 000 clients"),
    "map": ("bench.map", "the map's first draw and panning, with 20 000 openings"),
    "match": ("bench.matching", "matching beside OR-tools, candidates, arrivals, the keep bonus"),
    "week": ("bench.week", "a coach's week beside HiGHS and by hand, all Finland, the balance"),
    "simulate": ("bench.simulating", "the simulation beside plain NumPy, and the published trials"),
    "import": ("bench.importing", "spreadsheets in, beside a plain copy into the table"),
}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare a subcommand for each benchmark that is here; without one, all are run."""
    parser.add_argument("--json", action="store_true", help="print the figures for machines")
    names = parser.add_subparsers(dest="bench", metavar="NAME")
    for name, (module, what) in _here().items():
        sub = names.add_parser(name, help=what, description=f"Measure {what}.")
        importlib.import_module(module).add_arguments(sub)


def run(args: argparse.Namespace) -> int:
    """Run the benchmark that was named, or every one in its own default size."""
    if args.bench:
        return int(importlib.import_module(BENCHES[args.bench][0]).run(args))
    worst = 0
    for name, (module, _) in _here().items():
        parser = argparse.ArgumentParser(prog=f"polku bench {name}")
        loaded = importlib.import_module(module)
        loaded.add_arguments(parser)
        worst = max(worst, int(loaded.run(parser.parse_args(["--json"] if args.json else []))))
    return worst


def _here() -> dict[str, tuple[str, str]]:
    return {name: it for name, it in BENCHES.items() if importlib.util.find_spec(it[0])}
