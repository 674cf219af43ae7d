"""The record of a run: enough to make it again and to see that it was sound."""

from __future__ import annotations

import hashlib
from typing import Any

import numpy as np

from polku.planning.matching.checker import gaps, problems_of
from polku.planning.matching.problem import Problem, Result
from polku.planning.matching.reduced import edge_at


def digest(problem: Problem) -> str:
    """Return the SHA-256 of all that was asked: arrays by name, kind and length, and numbers."""
    made = hashlib.sha256()
    floor = problem.floor
    arrays: dict[str, np.ndarray] = {
        "start": problem.start, "place": problem.place, "score": problem.score,
        "capacity": problem.capacity, "fixed": problem.fixed, "keep": problem.keep,
        "group": floor.group if floor else np.empty(0, np.bool_),
    }  # fmt: skip
    for name, array in arrays.items():
        made.update(f"{name} {array.dtype.str} {array.shape}\n".encode())
        made.update(np.ascontiguousarray(array).tobytes())
    made.update(f"keep_bonus {problem.keep_bonus} share {floor.share if floor else None}".encode())
    if problem.heads is not None:
        made.update(f" heads {problem.heads.at_least}\n".encode())
        made.update(np.ascontiguousarray(problem.heads.group).tobytes())
    return made.hexdigest()


def record(
    problem: Problem, result: Result, *, weights: dict[str, int] | None = None,
    rules: str = "", seed: int | None = None,
) -> dict[str, Any]:  # fmt: skip
    """Return what is to be kept of a run, JSON's kinds only; raises ValueError if it is unsound.

    Each proposal is [client, place, score, gap] by number. What people then decided is added by
    those who ask them.
    """
    if wrong := problems_of(problem, result.placed):
        raise ValueError("; ".join(wrong))
    who = np.flatnonzero(result.placed >= 0)
    pairs = np.column_stack([who, result.placed[who]]).astype(np.int32)
    edges = edge_at(problem, pairs)
    proposals = np.column_stack([pairs, problem.score[edges], gaps(problem, result.prices)[edges]])
    return {
        "input_sha256": digest(problem), "rules": rules, "weights": weights or {}, "seed": seed,
        "solver": result.solver, "status": result.status, "objective": result.objective,
        "objective_with_keep": result.objective_with_keep, "bound": result.bound,
        "multiplier": result.multiplier, "prices": result.prices.tolist(),
        "proposals": proposals.tolist(),
    }  # fmt: skip
