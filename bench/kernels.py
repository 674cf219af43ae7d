"""What the benchmarks of the kernels share: their options, the machine, part after part, the end.

A part is measured in a process of its own (`apart`), so that none pays for another's.
"""

from __future__ import annotations

import argparse
import json
import platform
import sys
import time
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


def anew(found: Figures) -> list[str]:
    """Return in words which parts were kept by themselves, later than the rest, and where."""
    return [
        f"- {part} was measured anew by itself on {on['on']}: {on['processor']}, load before and "
        f"after: {on['load']}, {on['load_after']}."
        for part, on in found.get("anew", {}).items()
    ]


def _beside_the_rest(name: str, found: Figures, part: str) -> Figures:
    """Return the kept figures with this part in them, and where it was measured."""
    path = report.RESULTS / f"{name}.json"
    if not path.exists():
        return found
    kept: Figures = json.loads(path.read_text("utf-8"))
    whole = [one for one in kept.get("missed", []) if not one.startswith(f"{part}:")]
    kept |= {part: found[part], "missed": [*whole, *found["missed"]]}
    on = found["machine"] | {"on": time.strftime("%Y-%m-%d")}
    kept["anew"] = kept.get("anew", {}) | {part: on}
    return kept


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
        kept = _beside_the_rest(name, found, args.only) if args.only else found
        report.write(name, kept, text(kept) + "\n")
    print(json.dumps(found, indent=2) if args.json else text(found))
    return 1 if found["missed"] else 0
