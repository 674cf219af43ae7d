"""`polku match`: a problem in, a matching out.

Exit status: 0 answered; 1 the input was refused, every reason with its place in the file on
standard error and nothing written; 2 wrong usage.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from typing import Any

from polku.planning.faults import Refused
from polku.planning.files import parsed, progress, write
from polku.planning.matching import document, why
from polku.planning.matching.floor import Unreachable, solve_with_floor
from polku.planning.matching.problem import Result
from polku.planning.matching.warming import warm_solver

ANSWERED, REFUSED = 0, 1
RESULT = "polku-match-result/1"
FORCED = 10  # places for which it is worked out what forcing them would cost


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options of `polku match`."""
    parser.add_argument(
        "--problem", default="-", metavar="FILE", help="polku-match/1, JSON; - reads stdin"
    )
    parser.add_argument("--out", default="-", metavar="FILE", help="the result; - writes stdout")
    parser.add_argument(
        "--arrivals", action="store_true",
        help="a stream: a polku-arrivals/1 line, then a batch a line, answered line by line",
    )  # fmt: skip
    parser.add_argument(
        "--why-not", metavar="CLIENT", help="add why this client was not proposed other places"
    )
    parser.add_argument("--json", action="store_true", help="JSON, which it is anyway")


def run(args: argparse.Namespace) -> int:
    """Do what was asked and return the exit status."""
    try:
        if args.arrivals:
            from polku.planning.matching import arrivals_command

            return arrivals_command.run(args)
        began = time.perf_counter()
        named = document.read(parsed(args.problem))
        reading = time.perf_counter() - began
        if args.why_not is not None and args.why_not not in named.clients:
            raise Refused([f"--why-not: the client {json.dumps(args.why_not)} is not known."])
        warm_solver()
        write(args.out, _answer(named, args.why_not, reading))
    except Refused as refused:
        print(refused, file=sys.stderr)
        return REFUSED
    return ANSWERED


def _answer(named: document.Named, asked: str | None, reading: float) -> dict[str, Any]:
    began = time.perf_counter()
    try:
        result = solve_with_floor(named.problem, tell=progress)
    except Unreachable as error:
        raise Refused([f"floor: {error}."]) from None
    seconds = time.perf_counter() - began
    progress("")
    pairs = [
        [client, named.places[place]]
        for client, place in zip(named.clients, result.placed.tolist(), strict=True)
        if place >= 0
    ]
    answer: dict[str, Any] = {
        "format": RESULT, "status": result.status, "objective": result.objective,
        "objective_with_keep": result.objective_with_keep, "bound": result.bound, "pairs": pairs,
        "prices": dict(zip(named.places, result.prices.tolist(), strict=True)),
        "solver": result.solver, "seconds": round(seconds, 6),
        "seconds_reading": round(reading, 6),
    }  # fmt: skip
    if named.group:
        answer["floor"] = {"group": named.group, "price": result.multiplier}
    if asked is not None:
        answer["why_not"] = _why_not(named, result, asked)
    return answer


def _why_not(named: document.Named, result: Result, asked: str) -> dict[str, Any]:
    client = named.clients.index(asked)
    place = int(result.placed[client])
    told: list[dict[str, Any]] = []
    for one in why.why_not(named.problem, result, client):
        entry: dict[str, Any] = {
            "place": named.places[one.place], "score": one.score,
            "keep_bonus": one.keep_bonus, "gap": one.gap,
            "reasons": [vars(reason) for reason in one.reasons],
        }  # fmt: skip
        # Forcing is compared with a best whole, and with a floor there is none to compare with.
        if len(told) < FORCED and named.problem.floor is None:
            entry["lost_if_forced"] = why.loss_if_forced(named.problem, result, client, one.place)
        told.append(entry)
    return {"client": asked, "place": named.places[place] if place >= 0 else None, "places": told}
