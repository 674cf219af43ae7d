"""`polku bench simulate`: the simulation beside plain NumPy, a planner in the loop, the trials.

Each measurement of time and memory is a process of its own, so that none pays for another's.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator

from bench import apart, kernels
from bench.kernels import Figures

PARTS = ("kernel", "numpy", "loop", "command", "trials")
SPEED, LOOP = 50.0, 90.0  # million client-weeks a second on two cores; seconds for an area


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the size and the parts."""
    kernels.add_arguments(parser, PARTS, "1 is 16 runs of 50 000 clients")


def run(args: argparse.Namespace) -> int:
    """Measure; 1 when a figure is missed."""

    def measure(part: str) -> Figures:
        return apart.figures("bench.simulating_parts", part, args.scale)

    found = kernels.measured(args, PARTS, measure, of=("numba", "numpy"))
    if "kernel" in found and "numpy" in found:
        mine, plain = (found[part]["million_a_second_of_work"] for part in ("kernel", "numpy"))
        found["times_numpy"] = round(mine / plain, 1)
    return kernels.told(args, "simulate", found, missed(found), text)


def missed(found: Figures) -> Iterator[str]:
    """Yield in words each figure that is not what was asked for."""
    if "kernel" in found and (speed := found["kernel"]["million_a_second"]) < SPEED:
        yield f"kernel: {speed} million client-weeks a second, asked {SPEED:g} at least"
    if "loop" in found and (seconds := found["loop"]["seconds"]) > LOOP:
        yield f"loop: {seconds} s for an area over two years, asked {LOOP:g} at most"
    if "numpy" in found and not found["numpy"]["same"]:
        yield "numpy: not the same numbers as the kernel"


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
    lines += kernels.anew(found)
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
