"""What the benchmarks of the kernels share: their options, the machine, part after part, the end.

A part is measured in a process of its own (`apart`), so that none pays for another's.
"""

from __future__ import annotations

import argparse
import json
import platform
import sys
from collections.abc import Callable, Iterable, Sequence
from importlib.metadata import version
from typing import Any

from bench import machine, report
from polku.launch import prepare

Figures = dict[str, Any]


def add_arguments(parser: argparse.ArgumentParser, parts: Sequence[str], scale: str) -> None:
    """Declare the size (`scale` says what 1 is) and the parts."""
    parser.add_argument("--scale", type=float, default=1.0, help=scale)
    parser.add_argument("--only", choices=parts, help="one part alone")
    parser.add_argument("--keep", action="store_true", help="write the figures to bench/results/")
    parser.add_argument("--json", action="store_true", help="print the figures for machines")


def measured(
    args: argparse.Namespace,
    parts: Sequence[str],
    measure: Callable[[str], Figures],
    *,
    of: Iterable[str],
) -> Figures:
    """Measure every part, or the one asked for, on this machine with these packages."""
    prepare.files()
    on = {
        "processor": machine.processor(),
        "python": platform.python_version(),
        **{name: version(name) for name in of},
        "load": machine.load(),
    }
    found: Figures = {"machine": on, "scale": args.scale}
    for part in [args.only] if args.only else parts:
        print(f"{part} …", file=sys.stderr, flush=True)
        found[part] = measure(part)
    on["load_after"] = machine.load()
    return found


def told(
    args: argparse.Namespace,
    name: str,
    found: Figures,
    missed: Iterable[str],
    text: Callable[[Figures], str],
) -> int:
    """Print the figures, keep them when that is asked; return 1 when one is missed."""
    found["missed"] = list(missed)
    if args.keep:
        report.write(name, found, text(found) + "\n")
    print(json.dumps(found, indent=2) if args.json else text(found))
    return 1 if found["missed"] else 0
