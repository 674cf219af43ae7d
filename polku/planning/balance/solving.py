"""The balance by a minimum-cost flow of minutes, and whole clients made of it.

Clients who are alike (minutes, present coach, who may coach them and at what price) flow together.
A minute costs what its step of the coach's load costs; the reward for staying and the price of a
pair are spread over the client's minutes. The flow may split a client, so what it costs is a bound;
whole clients follow its shares, the greatest remainders first, and are then moved one by one, in a
small team also two by two, while that gains.
"""

from __future__ import annotations

from importlib.metadata import version
from typing import Any

import numpy as np
from ortools.graph.python import min_cost_flow

from polku.planning.balance import checker
from polku.planning.balance.descent import descend, exchange
from polku.planning.balance.problem import NOBODY, Balance, Flags, Ints, Longs, Problem

FINE = 1_000  # a point in the flow's costs
FEW, EXCHANGES = 2_000, 20  # among so many clients, pairs are tried too, so many times at most


def name() -> str:
    return f"ortools-min-cost-flow/{version('ortools')}"


def solve(problem: Problem) -> Balance:
    """Return a good division with its proved bound. Raises RuntimeError if no flow is found."""
    may = problem.allowed()
    served = np.flatnonzero(may.any(axis=1))
    coach = np.full(problem.clients, NOBODY, np.int32)
    bound = 0
    if len(served):
        group, alike = _groups(problem, may, served)
        flow, cost = _flow(problem, may, served, group, alike)
        coach[served] = _whole(problem, served, group, flow)
        bound = -(-cost // FINE)
        ends, prices = problem.edges()
        load = checker.loads(problem, coach)
        shared: Any = (
            problem.minutes, may, problem.coach, coach, load, ends, prices, problem.keep_reward,
            problem.dear,
        )  # fmt: skip
        descend(*shared)
        for _ in range(EXCHANGES if problem.clients <= FEW else 0):
            if not exchange(*shared) + descend(*shared):
                break
    cost, moved = checker.cost_of(problem, coach)
    return Balance(coach, cost, bound, moved)


def _groups(problem: Problem, may: Flags, served: Longs) -> tuple[Longs, Longs]:
    """Return (by served client its group; by group one of its clients)."""
    rows = np.column_stack(
        [np.packbits(may[served], axis=1), problem.minutes[served].view(np.uint8).reshape(-1, 4),
         problem.coach[served].astype(np.int32).view(np.uint8).reshape(-1, 4),
         np.ascontiguousarray(problem.dear[served]).view(np.uint8)]
    )  # fmt: skip
    keys = np.ascontiguousarray(rows).view(np.dtype((np.void, rows.shape[1]))).ravel()
    _, one, group = np.unique(keys, return_index=True, return_inverse=True)
    return group.ravel().astype(np.int64), served[one]


def _flow(
    problem: Problem, may: Flags, served: Longs, group: Longs, alike: Longs
) -> tuple[Longs, int]:
    """Return (minutes by group and coach, what the flow costs in FINE)."""
    many, coaches = len(alike), problem.coaches
    supply = np.bincount(group, problem.minutes[served], many).astype(np.int64)
    tail, head = np.nonzero(may[alike])
    had = problem.coach[alike]
    away = (had[tail] != NOBODY) & (had[tail] != head)
    points = problem.dear[alike[tail], head] + np.where(away, problem.keep_reward, 0)
    each = FINE * points.astype(np.int64) // problem.minutes[alike[tail]]
    solver = min_cost_flow.SimpleMinCostFlow()
    arcs = solver.add_arcs_with_capacity_and_unit_cost(
        tail.astype(np.int32), (many + head).astype(np.int32), supply[tail],
        each,
    )  # fmt: skip
    ends, prices = problem.edges()
    widths = np.diff(np.maximum.accumulate(ends, axis=1), axis=1, prepend=0)
    total = int(supply.sum())
    sink = many + coaches
    for step, price in enumerate(prices.tolist()):
        solver.add_arcs_with_capacity_and_unit_cost(
            np.arange(many, sink, dtype=np.int32), np.full(coaches, sink, np.int32),
            np.minimum(widths[:, step], total), np.full(coaches, FINE * price, np.int64),
        )  # fmt: skip
    solver.set_nodes_supplies(np.arange(many, dtype=np.int32), supply)
    solver.set_node_supply(sink, -total)
    if (status := solver.solve()) != solver.OPTIMAL:
        raise RuntimeError(f"OR-tools found no flow: {status}.")
    minutes = np.zeros((many, coaches), np.int64)
    minutes[tail, head] = solver.flows(arcs)
    return minutes, int(solver.optimal_cost())


def _whole(problem: Problem, served: Longs, group: Longs, flow: Longs) -> Ints:
    """Return a coach for each served client, by the shares of its group's flow."""
    coach = np.full(len(served), NOBODY, np.int32)
    order = np.argsort(group, kind="stable")
    starts = np.searchsorted(group[order], np.arange(len(flow) + 1))
    for number in range(len(flow)):
        members = order[starts[number] : starts[number + 1]]
        long = int(problem.minutes[served[members[0]]])
        there = np.flatnonzero(flow[number])
        seats = flow[number, there] // long
        rest = np.argsort(-(flow[number, there] % long), kind="stable")
        seats[rest[: len(members) - int(seats.sum())]] += 1
        coach[members] = np.repeat(there, seats)
    return coach
