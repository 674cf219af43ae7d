"""The measurements of `polku bench week`: one a process, figures as JSON in its last line."""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise
from statistics import mean, median
from typing import Any

import numpy as np

from polku.planning.week import checker, earliest, solving
from polku.planning.week.problem import Plan, Problem
from polku.planning.week.tests.blocked import a_day, an_hour, blocked_again
from polku.planning.week.tests.weeks import week
from polku.planning.week.warming import warm_search

Figures = dict[str, Any]
# What a must and a promise count beside points, where one total is told of: the trial's way.
MUST, PROMISED = 10_000, 2_000
PATIENCE = 90.0  # seconds that HiGHS is given for each aim
COACHES, CORES, BATCH = 2_700, 2, 100


def coach(scale: str) -> Figures:
    """Weeks of 150 clients: by hand, by the search, by HiGHS, and the linear bound of each."""
    from polku.planning.week import bound, linear

    warm_search()
    rows = []
    for seed in range(max(2, int(20 * float(scale)))):
        problem = week(seed)
        row: Figures = {"seed": seed, "meetings": problem.meetings, "starts": problem.starts}
        plans = {
            name: _timed(row, name, problem, way)
            for name, way in (("by_hand", earliest.solve), ("own", solving.solve))
        }
        began = time.perf_counter()
        proved = bound.bound_of(problem, plans["own"])
        row["bound_ms"] = _ms(began)
        row["bound"] = {"missed_musts": proved.missed_musts, "value": proved.value_with_keep}
        began, worked = time.perf_counter(), time.process_time()
        try:
            plans["highs"] = linear.optimum(problem, seconds=PATIENCE)
        except linear.Unfinished:
            row["highs_unfinished"] = True
        row["highs_ms"], row["highs_work_ms"] = _ms(began), _work(worked)
        for name, plan in plans.items():
            row[name] = _told(problem, plan)
        rows.append(row)
        print(json.dumps(row), file=sys.stderr, flush=True)
    return {"weeks": rows, **_summed(rows)}


def _timed(row: Figures, name: str, problem: Problem, way: Callable[[Problem], Plan]) -> Plan:
    """Solve and check a few times; keep the middle time, both together."""
    took, work = [], []
    for _ in range(5):
        began, worked = time.perf_counter(), time.process_time()
        plan = way(problem)
        wrong = checker.problems_of(problem, plan.booked)
        took.append(_ms(began))
        work.append(_work(worked))
        if wrong:
            raise RuntimeError("; ".join(wrong))
    row[f"{name}_ms"], row[f"{name}_work_ms"] = median(took), median(work)
    return plan


def _ms(began: float) -> float:
    return round(1_000 * (time.perf_counter() - began), 2)


def _work(began: float) -> float:
    """Return milliseconds at work, which says more than the clock on a busy machine."""
    return round(1_000 * (time.process_time() - began), 2)


def _told(problem: Problem, plan: Plan) -> Figures:
    if wrong := checker.problems_of(problem, plan.booked):
        raise RuntimeError("; ".join(wrong))
    musts = int(problem.must.sum()) - plan.missed_musts
    promised = int(problem.promised.sum()) - plan.missed_promised
    return {
        "missed_musts": plan.missed_musts, "missed_promised": plan.missed_promised,
        "value": plan.value_with_keep,
        "total": MUST * musts + PROMISED * promised + plan.value_with_keep,
        "soft": _soft(problem, plan),
    }  # fmt: skip


def _soft(problem: Problem, plan: Plan) -> int:
    """Return the points of what is neither a must nor promised: the benefit of contact alone."""
    booked = (plan.booked >= 0) & ~problem.must & ~problem.promised
    return int(problem.value[plan.booked[booked]].sum(dtype=np.int64))


def _summed(rows: list[Figures]) -> Figures:
    """Return each way beside the best that is known: HiGHS' optimum, or the linear bound."""
    ways = {}
    done = [row for row in rows if "highs" in row]
    for name in ("by_hand", "own", "highs"):
        mine = done if name == "highs" else rows
        if not mine:
            continue
        ways[name] = {
            "ms": round(median(row[f"{name}_ms"] for row in mine), 2),
            "work_ms": round(median(row[f"{name}_work_ms"] for row in mine), 2),
            "ms_most": max(row[f"{name}_ms"] for row in mine),
            "of_the_total": round(mean(_of(row, name, "total") for row in mine), 4),
            "of_the_total_least": round(min(_of(row, name, "total") for row in mine), 4),
            "points_lost": round(mean(100 - _of(row, name, "value") for row in mine), 3),
            "points_lost_most": round(max(100 - _of(row, name, "value") for row in mine), 3),
            "missed_musts": sum(row[name]["missed_musts"] for row in mine),
            "missed_promised": sum(row[name]["missed_promised"] for row in mine),
            "musts_beyond_the_least": sum(
                row[name]["missed_musts"] - _least(row)["missed_musts"] for row in mine
            ),
        }  # fmt: skip
        if done:
            soft = [100 - 100 * row[name]["soft"] / row["highs"]["soft"] for row in done]
            ways[name]["soft_lost"] = round(mean(soft), 3)
    return {
        "ways": ways, "many": len(rows), "highs_finished": len(done),
        "bound_ms": round(median(row["bound_ms"] for row in rows), 1),
    }  # fmt: skip


def _least(row: Figures) -> Figures:
    return dict(row["highs"] if "highs" in row else row["bound"])


def _of(row: Figures, name: str, what: str) -> float:
    """Return percent of HiGHS' optimum; of the linear bound where HiGHS did not finish."""
    if "highs" in row:
        return 100 * float(row[name][what]) / float(row["highs"][what])
    own, proved = row["own"], row["bound"]
    most = proved["value"]
    if what == "total":
        most += own["total"] - own["value"]
        most += MUST * (own["missed_musts"] - proved["missed_musts"])
    return 100 * float(row[name][what]) / float(most)


def finland(scale: str) -> Figures:
    """All coaches, solved and checked on two cores; making up their weeks is not counted."""
    warm_search()
    many, seconds, work, missed = int(COACHES * float(scale)), 0.0, 0.0, 0
    marks = [*range(0, many, BATCH), many]
    with ThreadPoolExecutor(CORES) as threads:
        for begin, end in pairwise(marks):
            weeks = [week(1_000 + seed) for seed in range(begin, end)]
            began, worked = time.perf_counter(), time.process_time()
            plans = list(threads.map(_checked, weeks))
            seconds += time.perf_counter() - began
            work += time.process_time() - worked
            missed += sum(plan.missed_musts for plan in plans)
    return {
        "coaches": many, "clients": 150 * many, "cores": CORES, "seconds": round(seconds, 2),
        "cpu_seconds": round(work, 2), "missed_musts": missed,
    }  # fmt: skip


def _checked(problem: Problem) -> Plan:
    plan = solving.solve(problem)
    if wrong := checker.problems_of(problem, plan.booked):
        raise RuntimeError("; ".join(wrong))
    return plan


def keep(scale: str) -> Figures:
    """A blocked hour, and a sick day: how many of the unaffected proposals move."""
    warm_search()
    hours: dict[int, list[float]] = {0: [], 300: []}
    days, confirmed = [], 0
    for seed in range(max(2, int(40 * float(scale)))):
        problem, chance = week(seed), np.random.default_rng(seed)
        before = solving.solve(problem)
        hour = an_hour(problem, chance)
        for bonus, found in hours.items():
            change = blocked_again(problem, before, hour, bonus=bonus)
            found.append(100 * change.moved / change.unaffected)
            confirmed += change.confirmed_moved
        change = blocked_again(problem, before, a_day(problem, seed % problem.days), bonus=300)
        confirmed += change.confirmed_moved
        days.append(100 * change.moved / change.unaffected / (problem.slots_per_day / 4))
    return {
        "weeks": len(days), "percent_moved_by_an_hour": round(mean(hours[300]), 2),
        "most": round(max(hours[300]), 2), "without_a_bonus": round(mean(hours[0]), 2),
        "sick_day_percent_an_hour": round(mean(days), 2), "confirmed_moved": confirmed,
    }  # fmt: skip


def reasons(scale: str) -> Figures:
    """Reasons for every booking and every omission of a week."""
    from polku.planning.week.reasons import reasons_of

    warm_search()
    took, told = [], 0
    for seed in range(max(2, int(20 * float(scale)))):
        problem = week(seed)
        plan = solving.solve(problem)
        began = time.perf_counter()
        whys, why_nots = reasons_of(problem, plan)
        took.append(_ms(began))
        told += len(whys) + len(why_nots)
    return {"told": told, "ms": median(took), "most": max(took)}


def balance(scale: str) -> Figures:
    """The caseloads of an area in balance, beside the bound of the flow."""
    from polku.planning.balance import checker as balanced
    from polku.planning.balance import solving as balancing
    from polku.planning.balance.tests.areas import area
    from polku.planning.balance.warming import warm_balance

    warm_balance()
    took, above, moved = [], [], []
    for seed in range(5):
        problem = area(seed, clients=int(9_000 * float(scale)), coaches=60)
        began = time.perf_counter()
        found = balancing.solve(problem)
        took.append(time.perf_counter() - began)
        if wrong := balanced.problems_of(problem, found.coach):
            raise RuntimeError("; ".join(wrong))
        above.append(100 * (found.cost / max(found.bound, 1) - 1))
        moved.append(100 * found.moved / problem.clients)
    return {
        "clients": problem.clients, "coaches": problem.coaches, "seconds": round(median(took), 3),
        "percent_above_the_bound": round(mean(above), 3), "percent_moved": round(mean(moved), 1),
    }  # fmt: skip


if __name__ == "__main__":
    print(json.dumps(globals()[sys.argv[1]](*sys.argv[2:])))
