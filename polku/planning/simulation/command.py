"""`polku simulate`: what another way of working might change.

Exit status: 0 answered; 1 refused, the reason on standard error with what to do; 2 wrong usage.
"""

from __future__ import annotations

import argparse
import json
import sys
from dataclasses import asdict
from typing import Any

from polku.planning.faults import Refused
from polku.planning.simulation import areas, assumptions, finland, measures
from polku.planning.simulation.columns import Outcome
from polku.planning.simulation.people import Intake
from polku.planning.simulation.policy import Policy
from polku.planning.simulation.scenarios import SCENARIOS

ANSWERED, REFUSED = 0, 1
WEEKS, MOST_WEEKS = 104, 520
# Fewer have less of a coach's week than one interview takes.
LEAST_CLIENTS, CLIENTS, MOST_CLIENTS = 20, 10_000, 500_000
MOST_SEED = 2**63 - 1
PLANNERS = DEADLINE, WEEK = "deadline", "week"
PLANNED_RUNS = 4  # of the whole, where every week of every coach is solved


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options of `polku simulate`."""
    parser.add_argument("--list", action="store_true", help="name the scenarios and measures")
    parser.add_argument("--scenario", metavar="NAME", help="what to simulate")
    parser.add_argument("--against", metavar="NAME", help="add the paired difference from this one")
    parser.add_argument(
        "--area", metavar="CODE",
        help="an employment area or a municipality: its caseload, and its size unless --clients",
    )  # fmt: skip
    parser.add_argument("--weeks", type=int, default=WEEKS, help="how long (104)")
    parser.add_argument(
        "--clients", type=int, metavar="N", help="how many are in service at the start (10,000)"
    )
    parser.add_argument("--seed", type=int, default=1, metavar="S", help="the luck (1)")
    parser.add_argument(
        "--planner", choices=PLANNERS, default=DEADLINE,
        help="who chooses what is held: the earliest deadline, or the solver of `polku week` for "
        f"each coach's week, in {PLANNED_RUNS} runs (some seconds for a run of 1,000 clients)",
    )  # fmt: skip
    parser.add_argument("--json", action="store_true", help="print the result for machines")


def run(args: argparse.Namespace) -> int:
    """Do what was asked and return the exit status."""
    try:
        if args.list:
            print(_as_json(_listed()) if args.json else _list())
        else:
            found = answer(args)
            print(_as_json(found) if args.json else text(found))
    except Refused as refused:
        print(refused, file=sys.stderr)
        return REFUSED
    return ANSWERED


def answer(args: argparse.Namespace) -> dict[str, Any]:
    """Return the result as the format says. Raises Refused."""
    _check(args)
    here = areas.area(args.area) if args.area else None
    clients = args.clients or (here.clients if here else CLIENTS)
    caseload = here.caseload if here else finland.CASELOAD
    intake, runs = Intake(clients, args.weeks), {}
    for name in dict.fromkeys(one for one in (args.scenario, args.against) if one):
        runs[name] = _runs(args, name, SCENARIOS[name].policy(caseload), intake)
    many = len(runs[args.scenario])
    found: dict[str, Any] = {
        "seed": args.seed, "weeks": args.weeks, "clients": clients,
        "assumptions": [*assumptions.told(finland.WORLD), *_circumstances(args, here, caseload)],
        "interval": f"95 %, batch means over {many} runs of the whole, paired run by run",
        "scenarios": {
            name: {measure: asdict(one) for measure, one in measures.intervals(of).items()}
            for name, of in runs.items()
        },
        "difference": {},
    }  # fmt: skip
    if args.planner == WEEK:
        found["planner"] = "each week of each coach, by the solver of `polku week`"
    if args.against:
        pairs = measures.differences(runs[args.scenario], runs[args.against])
        found["difference"] = {measure: asdict(one) for measure, one in pairs.items()}
    return found


def _runs(
    args: argparse.Namespace, name: str, policy: Policy, intake: Intake
) -> list[Outcome]:  # fmt: skip
    # Loaded only now: it is heavy, and a refusal should come at once.
    if args.planner == DEADLINE:
        from polku.planning.simulation.running import simulate

        return simulate(finland.WORLD, policy, intake, seed=args.seed, sums_alone=True)
    from polku.planning.simulation import looped
    from polku.planning.simulation.weekly import WeekPlanner

    def told(run: int) -> None:
        if sys.stderr.isatty():
            print(f"{name}: run {run + 1} of {PLANNED_RUNS}", file=sys.stderr)

    return looped.simulate(
        finland.WORLD, policy, intake, WeekPlanner(), seed=args.seed, runs=PLANNED_RUNS,
        sums_alone=True, told=told,
    )  # fmt: skip


def _check(args: argparse.Namespace) -> None:
    faults = []
    if not args.scenario:
        faults.append("--scenario is missing: name one, or see them with --list.")
    for option in ("scenario", "against"):
        name = getattr(args, option)
        if name and name not in SCENARIOS:
            known = ", ".join(SCENARIOS)
            faults.append(f"--{option}: {name!r} is not known. Choose one of {known}.")
    bounds = (
        ("weeks", 1, MOST_WEEKS),
        ("clients", LEAST_CLIENTS, MOST_CLIENTS),
        ("seed", 0, MOST_SEED),
    )
    for option, least, most in bounds:
        given = getattr(args, option)
        if given is not None and not least <= given <= most:
            faults.append(
                f"--{option}: give a whole number from {least:,} to {most:,}, not {given:,}."
            )
    if faults:
        raise Refused(faults)


def _circumstances(
    args: argparse.Namespace, here: areas.Area | None, caseload: float
) -> list[dict[str, Any]]:
    found = [{
        "name": "baseline.caseload", "value": round(caseload, 1), "low": 80, "high": 250,
        "source": here.source_of_caseload if here else areas.MEAN,
    }]  # fmt: skip
    if here:
        given = args.clients is not None
        found.append({
            "name": f"area {here.code} {here.name}: clients", "value": args.clients or here.clients,
            "low": None, "high": None,
            "source": "given with --clients" if given else here.source_of_clients,
        })  # fmt: skip
    return found


def text(found: dict[str, Any]) -> str:
    """Return the result as a table for people, with what rests on assumptions named."""
    names = list(found["scenarios"])
    lines = [
        f"{found['clients']:,} clients in service at the start, {found['weeks']} weeks, seed "
        f"{found['seed']}. Interval: {found['interval']}.",
        "",
        f"{'':26}" + "".join(f"{name:>30}" for name in names),
    ]
    columns = list(found["scenarios"].values())
    if found["difference"]:
        lines[-1] += f"{'difference':>30}"
        columns.append(found["difference"])
    for measure in measures.MEASURES:
        lines.append(f"{measure:26}" + "".join(f"{_cell(one[measure]):>30}" for one in columns))
    assumed = [one for one in found["assumptions"] if assumptions.ASSUMED in one["source"]]
    lines += [
        "",
        f"A comparison under {len(found['assumptions'])} inputs, {len(assumed)} of them "
        "assumptions (--json lists each with its range and source). Not a forecast for anybody.",
    ]
    return "\n".join(lines)


def _cell(one: dict[str, float | None]) -> str:
    if one["mean"] is None:
        return "nothing to measure"
    if one["low"] is None:
        return f"{one['mean']:.3f}"
    return f"{one['mean']:.3f} ({one['low']:.3f} to {one['high']:.3f})"


def _listed() -> dict[str, Any]:
    return {
        "scenarios": {name: one.what for name, one in SCENARIOS.items()},
        "measures": {name: what for name, (what, _) in measures.MEASURES.items()},
    }


def _list() -> str:
    return "\n\n".join(
        "\n".join([f"{title}:", *(f"  {name:26}{what}" for name, what in listed.items())])
        for title, listed in _listed().items()
    )


def _as_json(found: dict[str, Any]) -> str:
    return json.dumps(found, ensure_ascii=False, allow_nan=False)
