"""The measurements of `polku bench match`: one a process, figures as JSON on standard output."""

from __future__ import annotations

import json
import resource
import sys
import time
from dataclasses import replace
from pathlib import Path
from statistics import quantiles
from typing import Any

import numpy as np

from polku.planning.matching import one
from polku.planning.matching.problem import Problem, Result
from polku.planning.matching.scores import Weights
from polku.planning.matching.tests.towns import world

Figures = dict[str, Any]
ARRAYS = ("start", "place", "score", "capacity")


def candidates(folder: str, clients: str, openings: str, most: str) -> Figures:
    """Make candidates at a size, and keep them as the problem that both solvers are given."""
    from polku.planning.matching.candidates import fast

    ours, theirs = world(int(clients), int(openings), towns=300)
    fast.candidates(*world(10, 10), Weights(), int(most))  # loads the kernel
    began, worked = time.perf_counter(), time.process_time()
    start, place, score = fast.candidates(ours, theirs, Weights(), int(most))
    seconds, work = time.perf_counter() - began, time.process_time() - worked
    _store(folder, Problem(start, place, score, _seats(len(ours), len(theirs))))
    return {
        "edges": len(place), "seconds": round(seconds, 2), "cpu_seconds": round(work, 2),
        "megabytes": _megabytes(),
    }  # fmt: skip


def tied(folder: str, clients: str) -> Figures:
    """Keep a problem whose scores have four levels."""
    from polku.planning.matching.tests.making import large

    many = int(clients)
    _store(folder, large(many, many // 5, 24, levels=4))
    return {"levels": 4}


def polku(folder: str) -> Figures:
    """Solve the kept problem; check it."""
    from polku.planning.matching import solving, warming

    warming.warm_solver()
    problem = _load(folder)
    began, worked = time.perf_counter(), time.process_time()
    result = solving.solve(problem)
    seconds, work, used = time.perf_counter() - began, time.process_time() - worked, _megabytes()
    return {
        **_told(problem, result), "seconds": round(seconds, 3), "cpu_seconds": round(work, 3),
        "megabytes": used,
    }  # fmt: skip


def _told(problem: Problem, result: Result) -> Figures:
    from polku.planning.matching import checker

    if wrong := checker.problems_of(problem, result.placed):
        raise RuntimeError("; ".join(wrong))
    return {
        "clients": problem.clients, "places": problem.places, "edges": problem.edges,
        "objective": result.objective_with_keep, "bound": result.bound, "status": result.status,
        "solver": result.solver, "scans": result.scans,
    }  # fmt: skip


def ortools(folder: str) -> Figures:
    """Solve the kept problem by OR-tools alone."""
    from polku.planning.matching import reference

    problem = _load(folder)
    began, worked = time.perf_counter(), time.process_time()
    edge_of = reference.best_edges(*(getattr(problem, name) for name in ARRAYS))
    seconds, work = time.perf_counter() - began, time.process_time() - worked
    best = int(problem.score[edge_of[edge_of >= 0]].sum(dtype=np.int64))
    return {
        "objective": best, "seconds": round(seconds, 3), "cpu_seconds": round(work, 3),
        "megabytes": _megabytes(),
    }  # fmt: skip


def optimum(folder: str, scale: str) -> Figures:
    """Count instances with OR-tools' optimum: ties, closed and fixed places, empty rows."""
    from polku.planning.matching import reference, solving
    from polku.planning.matching.tests.making import large

    chance, same, handed_over = np.random.default_rng(3), 0, 0
    many = max(20, int(300 * float(scale)))
    for seed in range(many):
        clients, places = int(chance.integers(5, 900)), int(chance.integers(2, 120))
        each = int(chance.integers(1, min(places, 40) + 1))
        levels = [None, 1, 2, 4, 30][seed % 5]
        problem = large(clients, places, each, levels=levels, seed=seed)
        problem = _with_pairs(_once(problem), chance)
        result = solving.solve(problem)
        _told(problem, result)
        handed_over += result.solver.startswith("ortools")
        same += result.objective_with_keep == result.bound == reference.optimum(problem)
    return {
        "instances": many,
        "same": same,
        "handed_over": handed_over,
        "same_optimum": same == many,
    }


def _once(problem: Problem) -> Problem:
    """Drop edges that stand twice, and a tenth of the others: rows of every length."""
    rows = np.repeat(np.arange(problem.clients), np.diff(problem.start))
    _, first = np.unique(rows * problem.places + problem.place, return_index=True)
    first = first[np.random.default_rng(problem.edges).random(len(first)) < 0.9]
    start = np.zeros(problem.clients + 1, np.int64)
    np.cumsum(np.bincount(rows[first], minlength=problem.clients), out=start[1:])
    return replace(problem, start=start, place=problem.place[first], score=problem.score[first])


def _with_pairs(problem: Problem, chance: np.random.Generator) -> Problem:
    """Fix a few pairs where there are seats, and keep some others."""
    fixed, left = [], problem.capacity.copy()
    rows = np.repeat(np.arange(problem.clients), np.diff(problem.start))
    drawn = chance.permutation(problem.edges)[: problem.clients // 4]
    for edge in drawn[: len(drawn) // 2]:
        client, place = int(rows[edge]), int(problem.place[edge])
        if left[place] and client not in {who for who, _ in fixed}:
            fixed.append((client, place))
            left[place] -= 1
    keep = np.column_stack([rows[drawn], problem.place[drawn]]).astype(np.int32)
    pairs = np.array(fixed, np.int32).reshape(-1, 2)
    return replace(problem, fixed=pairs, keep=keep, keep_bonus=20)


def area(folder: str, scale: str) -> Figures:
    """A round for one area: candidates, matching, reasons for everybody, the record."""
    from polku.planning.matching import audit, checker, solving, warming, why
    from polku.planning.matching.candidates import fast

    warming.warm_solver()
    ours, theirs = world(7_000, 1_400, towns=12)
    seats = _seats(len(ours), len(theirs))
    fast.candidates(*world(10, 10), Weights())
    took = []
    for _ in range(5):
        began = time.perf_counter()
        problem = Problem(*fast.candidates(ours, theirs, Weights()), seats)
        result = solving.solve(problem)
        wrong = checker.problems_of(problem, result.placed)
        gaps = checker.gaps(problem, result.prices)
        record = audit.record(problem, result, weights=Weights().as_dict())
        for client in range(100):
            why.why_not(problem, result, client)
        took.append(time.perf_counter() - began)
    assert not wrong and len(gaps) == problem.edges and record["status"] == "optimal"
    return {
        "clients": len(ours), "openings": len(theirs), "edges": problem.edges,
        "seconds": round(sorted(took)[2], 3), "slowest": round(max(took), 3),
    }  # fmt: skip


def ten_best(folder: str, scale: str) -> Figures:
    """The ten best places of one client among 20 000, in a process with NumPy alone."""
    ours, theirs = world(400, 20_000, towns=300)
    one.ten_best(ours, 0, theirs)
    took = []
    for client in range(len(ours)):
        began = time.perf_counter()
        one.ten_best(ours, client, theirs)
        took.append(1_000 * (time.perf_counter() - began))
    cuts = quantiles(took, n=20)
    heavy = sorted({"numba", "polars", "ortools", "scipy", "pandas"} & set(sys.modules))
    return {"p50_ms": round(cuts[9], 2), "p95_ms": round(cuts[18], 2), "heavy_libraries": heavy}


def arrivals(folder: str, scale: str) -> Figures:
    """Years of arrivals: shadow prices and greed, in percent of the optimum in hindsight."""
    from polku.planning.matching import solving
    from polku.planning.matching.arrivals import Stream, joined
    from polku.planning.matching.tests import years

    rows = []
    for number in range(1, 6 if float(scale) >= 1 else 3):
        past = [years.year(seed, world=number) for seed in range(1, 7)]
        now, seats = years.year(99, world=number), years.seats(share=0.6)
        whole = joined(now)
        best = solving.solve(Problem(whole.start, whole.place, whole.score, seats)).objective
        reached = [
            years.played(Stream(seats, 52, past, samples=samples), now) for samples in (12, 0)
        ]
        prices, greedy = (round(100 * sum_ / best, 2) for sum_ in reached)
        rows.append(
            {"clients": len(whole), "seats": int(seats.sum()), "hindsight": best,
             "prices": prices, "greedy": greedy}
        )  # fmt: skip
    return {
        "years": rows, "least": min(row["prices"] for row in rows),
        "greedy_most": max(row["greedy"] for row in rows),
    }  # fmt: skip


def keep(folder: str, scale: str) -> Figures:
    """From one day to the next: how many of those whom nothing happened to get another proposal."""
    from polku.planning.matching.tests.days import changed

    size = {"clients": 7_000, "openings": 1_400}
    days = [[changed(bonus=bonus, seed=seed, **size) for bonus in (0, 20)] for seed in (3, 4, 5)]
    lost = [100 * (1 - kept.objective / plain.objective) for plain, kept in days]
    return {
        "unaffected": [kept.unaffected for _, kept in days],
        "changed_without": max(plain.percent for plain, _ in days),
        "changed_with_bonus": max(kept.percent for _, kept in days),
        "of_the_sum_lost_percent": round(max(lost), 4),
    }  # fmt: skip


def _seats(clients: int, openings: int) -> np.ndarray:
    """Return seats for nineteen clients in twenty, unevenly spread; some openings have none."""
    chance = np.random.default_rng(9)
    share = chance.integers(0, 9, openings)
    return np.floor(share * 0.95 * clients / share.sum() + chance.random(openings)).astype(np.int32)


def _store(folder: str, problem: Problem) -> None:
    for name in ARRAYS:
        np.save(Path(folder) / f"{name}.npy", getattr(problem, name))


def _load(folder: str) -> Problem:
    return Problem(*(np.load(Path(folder) / f"{name}.npy") for name in ARRAYS))


def _megabytes() -> float:
    return round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, 1)


if __name__ == "__main__":
    print(json.dumps(globals()[sys.argv[1]](*sys.argv[2:])))
