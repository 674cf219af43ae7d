"""OR-tools' minimum-cost flow: the exact reference, and where the auction hands over."""

from __future__ import annotations

from importlib.metadata import version

import numpy as np
from ortools.graph.python import min_cost_flow

from polku.planning.matching.problem import Ints, Longs, Problem
from polku.planning.matching.reduced import reduced


def name() -> str:
    return f"ortools-min-cost-flow/{version('ortools')}"


def best_edges(start: Longs, place: Ints, score: Ints, capacity: Ints) -> Longs:
    """Return each client's edge in a best matching, -1 for none. Raises RuntimeError."""
    clients, places = len(start) - 1, len(capacity)
    sink = clients + places
    flow = min_cost_flow.SimpleMinCostFlow()
    tail = np.repeat(np.arange(clients, dtype=np.int32), np.diff(start))
    arcs = flow.add_arcs_with_capacity_and_unit_cost(
        tail, place + np.int32(clients), np.ones(len(place), np.int64), -score.astype(np.int64)
    )
    flow.add_arcs_with_capacity_and_unit_cost(
        np.arange(clients, sink, dtype=np.int32), np.full(places, sink, np.int32),
        capacity.astype(np.int64), np.zeros(places, np.int64),
    )  # fmt: skip
    # Whoever gets no place goes straight to the sink, for nothing.
    flow.add_arcs_with_capacity_and_unit_cost(
        np.arange(clients, dtype=np.int32), np.full(clients, sink, np.int32),
        np.ones(clients, np.int64), np.zeros(clients, np.int64),
    )  # fmt: skip
    flow.set_nodes_supplies(np.arange(clients, dtype=np.int32), np.ones(clients, np.int64))
    flow.set_node_supply(sink, -clients)
    if (status := flow.solve()) != flow.OPTIMAL:
        raise RuntimeError(f"OR-tools found no best flow: {status}.")
    used = np.flatnonzero(flow.flows(arcs) > 0)
    edge_of = np.full(clients, -1, np.int64)
    edge_of[tail[used]] = used
    return edge_of


def optimum(problem: Problem) -> int:
    """Return the greatest `objective_with_keep` that there is."""
    rest = reduced(problem)
    edge_of = best_edges(rest.start, rest.place, rest.score, rest.capacity)
    from polku.planning.matching import checker

    return checker.sums(problem, rest.placed(edge_of))[1]
