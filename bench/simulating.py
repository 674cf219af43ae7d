"""`polku bench simulate`: the simulation beside plain NumPy, a planner in the loop, the trials.

Each measurement of time and memory is a process of its own, so that none pays for another's.
"""

from __future__ import annotations

import argparse
import json
import platform
import subprocess
import sys
from collections.abc import Iterator
from importlib.metadata import version
from pathlib import Path
from typing import Any

from bench import machine, report
from polku.launch import places, prepare

Figures = dict[str, Any]
PARTS = ("kernel", "numpy", "loop", "command", "trials")
SPEED, LOOP = 50.0, 90.0  # million client-weeks a second on two cores; seconds for an area


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the size and the parts."""
    parser.add_argument("--scale", type=float, default=1.0, help="1 is 16 runs of 50 000 clients")
    parser.add_argument("--only", choices=PARTS, help="one part alone")
    parser.add_argument("--keep", action="store_true", help="write the figures to bench/results/")
    parser.add_argument("--json", action="store_true", help="print the figures for machines")


def run(args: argparse.Namespace) -> int:
    """Measure; 1 when a figure is missed."""
    prepare.files()
    found: Figures = {
        "machine": {
            "processor": machine.processor(), "python": platform.python_version(),
            **{name: version(name) for name in ("numba", "numpy")}, "load": machine.load(),
        },
        "scale": args.scale,
    }  # fmt: skip
    for part in [args.only] if args.only else PARTS:
        print(f"{part} …", file=sys.stderr, flush=True)
        found[part] = child(part, args.scale)
    if "kernel" in found and "numpy" in found:
        mine, plain = (found[part]["million_a_second_of_work"] for part in ("kernel", "numpy"))
        found["times_numpy"] = round(mine / plain, 1)
    found["machine"]["load_after"] = machine.load()
    found["missed"] = list(missed(found))
    if args.keep:
        keep(found)
    print(json.dumps(found, indent=2) if args.json else text(found))
    return 1 if found["missed"] else 0


def child(part: str, scale: float) -> Figures:
    """Run one measurement in a process of its own and return its figures."""
    done = subprocess.run(
        [sys.executable, "-m", "bench.simulating_parts", part, str(scale)],
        cwd=places.CHECKOUT, capture_output=True, text=True,
    )  # fmt: skip
    if done.returncode:
        raise RuntimeError(f"{part}: {done.stderr.strip()[-2_000:]}")
    figures: Figures = json.loads(done.stdout)
    return figures


def missed(found: Figures) -> Iterator[str]:
    """Yield in words each figure that is not what was asked for."""
    if "kernel" in found and (speed := found["kernel"]["million_a_second"]) < SPEED:
        yield f"kernel: {speed} million client-weeks a second, asked {SPEED:g} at least"
    if "loop" in found and (seconds := found["loop"]["seconds"]) > LOOP:
        yield f"loop: {seconds} s for an area over two years, asked {LOOP:g} at most"
    if "numpy" in found and not found["numpy"]["same"]:
        yield "numpy: not the same numbers as the kernel"


def keep(found: Figures) -> None:
    """Write the figures over the last ones that were kept."""
    report.RESULTS.mkdir(exist_ok=True)
    for name, content in (
        ("simulate.json", json.dumps(found, indent=2) + "\n"),
        ("simulate.md", f"# polku bench simulate\n\n{text(found)}\n"),
    ):
        Path(report.RESULTS / name).write_text(content, encoding="utf-8")


def text(found: Figures) -> str:
    """Return the report as Markdown."""
    on = found["machine"]
    lines = [
        f"{on['processor']}; Python {on['python']}, numba {on['numba']}, NumPy {on['numpy']}; "
        f"load before and after: {on['load']}, {on['load_after']}; scale {found['scale']:g}.",
        "",
    ]
    if "kernel" in found or "numpy" in found:
        lines += [*_speeds(found), ""]
    if "times_numpy" in found:
        lines += [
            f"The kernel is {found['times_numpy']} times as quick as plain NumPy on one core.",
            "",
        ]
    for part, asked in (("loop", f" (asked: {LOOP:g} s at most)"), ("command", "")):
        if part in found:
            told = ", ".join(f"{key} {value}" for key, value in found[part].items())
            lines += [f"- {part}: {told}{asked}"]
    if "trials" in found:
        lines += ["", *_trials(found["trials"]["rows"])]
    return "\n".join([*lines, "", *_verdict(found)])


def _verdict(found: Figures) -> list[str]:
    """Say what is missed; a trial outside of its tolerance is told, whether or not it is asked."""
    told = [f"Missed: {one}." for one in found["missed"]]
    rows = found["trials"]["rows"] if "trials" in found else []
    outside = [f"Outside of its tolerance: {row['trial']}." for row in rows if not row["inside"]]
    return [*(told or ["Every figure of speed that was asked for is reached."]), *outside]


def _speeds(found: Figures) -> Iterator[str]:
    yield (
        "| weeks without a planner in the loop | million client-weeks | s | s of work | MB "
        "| million a second | asked | million a second of one core's work |"
    )
    yield "| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: |"
    for part, name in (("kernel", "kernel, all cores"), ("numpy", "plain NumPy, one core")):
        if part in found:
            one, asked = found[part], f"≥ {SPEED:g}" if part == "kernel" else ""
            yield (
                f"| {name}: {one['runs']} × {one['clients']:,} clients | {one['million']} "
                f"| {one['seconds']} | {one['cpu_seconds']} | {one['megabytes']} "
                f"| {one['million_a_second']} | {asked} | {one['million_a_second_of_work']} |"
            )


def _trials(rows: list[Figures]) -> Iterator[str]:
    yield (
        "| trial | published | simulated | tolerance, fixed beforehand | inside "
        "| used for fitting |"
    )
    yield "| --- | ---: | ---: | ---: | --- | --- |"
    for row in rows:
        yes = {True: "yes", False: "no"}
        yield (
            f"| {row['trial']} | {row['published']:+g} | {row['simulated']:+.2f} "
            f"| ± {row['tolerance']:g} | {yes[row['inside']]} | {yes[row['fitted']]} |"
        )
