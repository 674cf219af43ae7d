"""`polku bench match`: the matching beside OR-tools, at the size of all Finland and of an area.

Each measurement of time and memory is a process of its own, so that none pays for another's.
"""

from __future__ import annotations

import argparse
import tempfile
from collections.abc import Iterator
from typing import Any

from bench import apart, kernels
from bench.kernels import Figures

PARTS = ("optimum", "finland", "ties", "area", "ten_best", "arrivals", "keep")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the size and the parts."""
    kernels.add_arguments(parser, PARTS, "1 is the whole of Finland")


def run(args: argparse.Namespace) -> int:
    """Measure; 1 when a figure is missed."""
    with tempfile.TemporaryDirectory(prefix="polku-bench-") as folder:

        def measure(part: str) -> Figures:
            return MEASURED[part](folder, args.scale)

        of = ("numba", "ortools", "numpy", "polars")
        found = kernels.measured(args, PARTS, measure, of=of)
    return kernels.told(args, "match", found, missed(found), text)


def child(what: str, folder: str, *words: object) -> Figures:
    """Run one measurement in a process of its own and return its figures."""
    return apart.figures("bench.matching_parts", what, folder, *words)


def _finland(folder: str, scale: float) -> Figures:
    clients, openings = int(300_000 * scale), int(60_000 * scale)
    return {
        "candidates_30": child("candidates", folder, clients, openings, 30),
        "candidates_84": child("candidates", folder, clients, openings, 84),
        **_both(folder),
    }


def _both(folder: str) -> Figures:
    mine, theirs = child("polku", folder), child("ortools", folder)
    return {
        "polku": mine, "ortools": theirs,
        "of_their_time": round(mine["seconds"] / theirs["seconds"], 3),
        "of_their_memory": round(mine["megabytes"] / theirs["megabytes"], 3),
        "same_optimum": mine["objective"] == theirs["objective"] == mine["bound"],
    }  # fmt: skip


def _ties(folder: str, scale: float) -> Figures:
    return {**child("tied", folder, int(100_000 * scale)), **_both(folder)}


def _alone(what: str) -> Any:
    return lambda folder, scale: child(what, folder, scale)


MEASURED = {
    "finland": _finland, "ties": _ties,
    **{what: _alone(what) for what in ("optimum", "area", "ten_best", "arrivals", "keep")},
}  # fmt: skip


def missed(found: Figures) -> Iterator[str]:
    """Yield in words each figure that is not what was asked for."""
    asked: list[tuple[str, str, Any, float]] = [
        ("finland", "of OR-tools' time", lambda it: it["of_their_time"], 0.2),
        ("finland", "of OR-tools' memory", lambda it: it["of_their_memory"], 0.5),
        ("finland", "s for candidates", lambda it: it["candidates_30"]["seconds"], 8),
        ("ties", "of OR-tools' time", lambda it: it["of_their_time"], 1.5),
        ("area", "s for a round", lambda it: it["seconds"], 0.5),
        ("ten_best", "ms", lambda it: it["p95_ms"], 20),
        ("arrivals", "% lost beside hindsight", lambda it: 100 - it["least"], 2),
        ("arrivals", "% by greed", lambda it: it["greedy_most"], 93),
        ("keep", "% of the unaffected changed", lambda it: it["changed_with_bonus"], 1),
    ]
    for part, what, figure, most in asked:
        if part in found and (value := figure(found[part])) > most:
            yield f"{part}: {value} {what}, asked {most} at most"
    for part in ("optimum", "finland", "ties"):
        if part in found and not found[part]["same_optimum"]:
            yield f"{part}: not the same optimum as OR-tools"


def text(found: Figures) -> str:
    """Return the report as Markdown."""
    on = found["machine"]
    lines = [
        f"{on['processor']}; Python {on['python']}, numba {on['numba']}, OR-tools {on['ortools']}; "
        f"load before and after: {on['load']}, {on['load_after']}; scale {found['scale']:g}.",
        "",
    ]
    for part in ("finland", "ties"):
        if part in found:
            lines += [*_beside(part, found[part]), ""]
    if "finland" in found:
        one = found["finland"]["candidates_30"]
        lines += [
            f"Candidates, k = 30: {one['edges']:,} edges in {one['seconds']} s, "
            f"{one['cpu_seconds']} s of work (asked: 8 s on two cores).",
            "",
        ]
    if "arrivals" in found:
        lines += [*_arrivals(found["arrivals"]), ""]
    lines += [
        f"- {part}: " + ", ".join(f"{key} {value}" for key, value in found[part].items())
        for part in ("optimum", "area", "ten_best", "keep")
        if part in found
    ]
    lines += kernels.anew(found)
    verdict = [f"Missed: {one}." for one in found["missed"]]
    return "\n".join([*lines, "", *(verdict or ["Every figure that was asked for is reached."])])


def _beside(part: str, found: Figures) -> Iterator[str]:
    mine, theirs = found["polku"], found["ortools"]
    first = f"{part}: {mine['clients']:,} clients, {mine['edges']:,} edges"
    yield f"| {first} | s | s of work | MB | sum |"
    yield "| --- | ---: | ---: | ---: | ---: |"
    for name, one in (("own auction", mine), ("OR-tools alone", theirs)):
        cells = (one["seconds"], one["cpu_seconds"], one["megabytes"], f"{one['objective']:,}")
        yield f"| {name} | " + " | ".join(map(str, cells)) + " |"
    yield f"| own of theirs | {found['of_their_time']} | | {found['of_their_memory']} | |"
    yield ""
    yield f"Solved by {mine['solver']} in {mine['scans']} looks through the edges: {mine['status']}"


def _arrivals(found: Figures) -> Iterator[str]:
    yield "| arrivals over a year: clients, seats | hindsight | shadow prices % | greedy % |"
    yield "| --- | ---: | ---: | ---: |"
    for row in found["years"]:
        yield (
            f"| {row['clients']}, {row['seats']} | {row['hindsight']:,} | {row['prices']} "
            f"| {row['greedy']} |"
        )
