"""`polku bench week`: a coach's week by hand, by the search, by HiGHS; its page; all Finland.

Each measurement is a process of its own, so that none pays for another's.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from typing import Any

from bench import apart, kernels
from bench.kernels import Figures

PARTS = ("finland", "keep", "reasons", "balance", "page", "coach")
NAMES = {
    "by_hand": "earliest deadline first", "own": "own: prices, dives, search",
    "highs": "HiGHS, exact",
}  # fmt: skip


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the size and the parts."""
    kernels.add_arguments(parser, PARTS, "1 is the whole of Finland")


def run(args: argparse.Namespace) -> int:
    """Measure; 1 when a figure is missed."""

    def measure(part: str) -> Figures:
        if part == "page":
            return apart.figures("bench.week_page")
        return apart.figures("bench.week_parts", part, args.scale)

    found = kernels.measured(args, PARTS, measure, of=("numba", "ortools", "numpy"))
    return kernels.told(args, "week", found, missed(found), text)


def missed(found: Figures) -> Iterator[str]:
    """Yield in words each figure that is not what was asked for."""
    asked: list[tuple[str, str, Any, float]] = [
        ("coach", "ms for a week, checked", lambda it: it["ways"]["own"]["ms"], 15),
        ("coach", "% of the total lost", lambda it: 100 - it["ways"]["own"]["of_the_total"], 0.1),
        ("coach", "% of the points lost", lambda it: it["ways"]["own"]["points_lost"], 1),
        ("coach", "% of the soft benefit lost", lambda it: it["ways"]["own"]["soft_lost"], 1),
        ("coach", "musts missed beyond the least",
         lambda it: it["ways"]["own"]["musts_beyond_the_least"], 0),
        ("finland", "s", lambda it: it["seconds"], 30),
        ("page", "ms for the week's page, its plan included", lambda it: it["ms_page"], 100),
        ("keep", "% moved by a blocked hour", lambda it: it["percent_moved_by_an_hour"], 6),
        ("keep", "confirmed bookings moved", lambda it: it["confirmed_moved"], 0),
    ]  # fmt: skip
    for part, what, figure, most in asked:
        if part in found and (value := round(figure(found[part]), 4)) > most:
            yield f"{part}: {value} {what}, asked {most} at most"


def text(found: Figures) -> str:
    """Return the report as Markdown."""
    on = found["machine"]
    lines = [
        f"{on['processor']}; Python {on['python']}, numba {on['numba']}, OR-tools {on['ortools']} "
        f"(HiGHS and GLOP); load before and after: {on['load']}, {on['load_after']}; "
        f"scale {found['scale']:g}.",
        "",
    ]
    if "coach" in found:
        lines += [*_ways(found["coach"]), ""]
    lines += [
        f"- {part}: " + ", ".join(f"{key} {value}" for key, value in found[part].items())
        for part in PARTS
        if part in found and part != "coach"
    ]
    lines += kernels.anew(found)
    verdict = [f"Missed: {one}." for one in found["missed"]]
    return "\n".join([*lines, "", *(verdict or ["Every figure that was asked for is reached."])])


def _ways(found: Figures) -> Iterator[str]:
    yield (
        f"| {found['many']} weeks of 150 clients | ms, checked | ms of work | % of the total "
        "| least | % of points lost | most | % of soft benefit lost | musts missed "
        "| promises missed |"
    )
    yield "| --- |" + " ---: |" * 9
    for name, one in found["ways"].items():
        cells = (
            one["ms"], one["work_ms"], one["of_the_total"], one["of_the_total_least"],
            one["points_lost"], one["points_lost_most"], one.get("soft_lost", ""),
            one["missed_musts"], one["missed_promised"],
        )  # fmt: skip
        yield f"| {NAMES[name]} | " + " | ".join(map(str, cells)) + " |"
    yield ""
    yield (
        f"HiGHS finished {found['highs_finished']} of {found['many']}; the others are held against "
        f"the linear bound, which costs {found['bound_ms']} ms a week. Points are the third aim of "
        "all that is booked; soft benefit is theirs without musts and promises; a total counts a "
        "must 10,000 and a promise 2,000."
    )
