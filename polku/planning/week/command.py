"""`polku week`: a coach's meetings in, a week out.

Exit status: 0 answered; 1 the input was refused, every reason with its place in the file on
standard error and nothing written; 2 wrong usage.
"""

from __future__ import annotations

import argparse
import sys
import time
from dataclasses import asdict
from typing import Any

from polku.planning.faults import Refused
from polku.planning.files import parsed, write
from polku.planning.week import checker, document, solving
from polku.planning.week.problem import UNBOOKED, Plan
from polku.planning.week.reasons import Why, WhyNot, reasons_of
from polku.planning.week.warming import warm_search

ANSWERED, REFUSED = 0, 1
RESULT = "polku-week-result/1"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options of `polku week`."""
    parser.add_argument(
        "--problem", default="-", metavar="FILE", help="polku-week/1, JSON; - reads stdin"
    )
    parser.add_argument("--out", default="-", metavar="FILE", help="the result; - writes stdout")
    parser.add_argument(
        "--bound", action="store_true", help="add what no plan can exceed (LP, timed apart)"
    )
    parser.add_argument("--json", action="store_true", help="JSON, which it is anyway")


def run(args: argparse.Namespace) -> int:
    """Do what was asked and return the exit status."""
    try:
        began = time.perf_counter()
        named = document.read(parsed(args.problem))
        warm_search()
        write(args.out, _answer(named, args.bound, time.perf_counter() - began))
    except Refused as refused:
        print(refused, file=sys.stderr)
        return REFUSED
    return ANSWERED


def _answer(named: document.Named, with_bound: bool, reading: float) -> dict[str, Any]:
    problem = named.problem
    began = time.perf_counter()
    plan = solving.solve(problem)
    wrong = checker.problems_of(problem, plan.booked)
    seconds = time.perf_counter() - began
    if wrong:  # never seen; a plan that breaks a rule is not written
        raise RuntimeError("; ".join(wrong))
    whys, why_nots = reasons_of(problem, plan)
    answer: dict[str, Any] = {
        "format": RESULT, "bookings": _bookings(named, plan),
        "missed_musts": plan.missed_musts, "missed_promised": plan.missed_promised,
        "value": plan.value, "value_with_keep": plan.value_with_keep,
        "why": [_why(named, one) for one in whys],
        "why_not": [_why_not(named, one) for one in why_nots],
        "solver": f"polku-week/{solving.NUMBER}", "moves": plan.moves,
        "seconds": round(seconds, 6), "seconds_reading": round(reading, 6),
    }  # fmt: skip
    if with_bound:
        answer |= _bound(named, plan)
    return answer


def _bookings(named: document.Named, plan: Plan) -> list[list[Any]]:
    """Return [id, day, slot] each, in the order of the week."""
    problem = named.problem
    placed = [
        [name, int(problem.day[start]), int(problem.slot[start])]
        for name, start in zip(named.meetings, plan.booked.tolist(), strict=True)
        if start != UNBOOKED
    ]
    return sorted(placed, key=lambda one: one[1:])


def _why(named: document.Named, one: Why) -> dict[str, Any]:
    told = {"id": named.meetings[one.meeting], **asdict(one)}
    del told["meeting"]
    return told


def _why_not(named: document.Named, one: WhyNot) -> dict[str, Any]:
    told: dict[str, Any] = {
        "id": named.meetings[one.meeting], "reason": one.reason, "starts": one.starts
    }  # fmt: skip
    if one.to:
        told |= {"to": one.to, "short": one.short}
    told["would_help"] = [
        {key: value for key, value in asdict(help_).items() if value not in (-1, ())}
        for help_ in one.would_help
    ]
    return told


def _bound(named: document.Named, plan: Plan) -> dict[str, Any]:
    # Loaded only where it is asked for: OR-tools is large.
    from polku.planning.week.bound import bound_of

    began = time.perf_counter()
    bound = bound_of(named.problem, plan)
    return {
        "bound": bound.value_with_keep, "bound_missed_musts": bound.missed_musts,
        "seconds_bound": round(time.perf_counter() - began, 6),
    }  # fmt: skip
