"""One day and the next in an invented area: people come and go, seats fill and open."""

from dataclasses import dataclass

import numpy as np

from polku.planning.matching import solving
from polku.planning.matching.candidates import fast
from polku.planning.matching.problem import Problem
from polku.planning.matching.scores import Weights
from polku.planning.matching.tests.towns import world

DAILY = 1 / 200


@dataclass(frozen=True)
class Change:
    """What happened to the proposals of those whom nothing else happened to."""

    unaffected: int
    percent: float
    objective: int


def changed(*, bonus: int, clients: int = 3_000, openings: int = 600, seed: int = 3) -> Change:
    """Match on two days and compare.

    On the second, one client in 200 is gone and as many new ones are there, as where a spell takes
    200 working days, and one opening in 200 has a seat more or less. Unaffected is who was
    proposed a place, is still there, and whose place has the seats that it had.
    """
    chance = np.random.default_rng(seed)
    ours, theirs = world(clients, openings, towns=8, seed=seed)
    start, place, score = fast.candidates(ours, theirs, Weights())
    seats = chance.multinomial(int(0.95 * clients), np.full(openings, 1 / openings))
    away = chance.random(clients) < DAILY
    gone, new = away, chance.permutation(away)
    before = solving.solve(_without(start, place, score, seats, new & ~gone)).placed
    moved = chance.random(openings) < DAILY
    later = np.maximum(0, seats + moved * chance.choice([-1, 1], openings))
    who = np.flatnonzero((before >= 0) & ~gone)
    kept = np.column_stack([who, before[who]]).astype(np.int32)
    after = solving.solve(_without(start, place, score, later, gone, keep=kept, bonus=bonus))
    same = who[later[before[who]] == seats[before[who]]]
    other = int((after.placed[same] != before[same]).sum())
    return Change(len(same), round(100 * other / len(same), 2), after.objective)


def _without(
    start: np.ndarray, place: np.ndarray, score: np.ndarray, seats: np.ndarray, absent: np.ndarray,
    keep: np.ndarray | None = None, bonus: int = 0,
) -> Problem:  # fmt: skip
    lengths = np.where(absent, 0, np.diff(start))
    there = np.repeat(~absent, np.diff(start))
    begins = np.concatenate([[0], np.cumsum(lengths)]).astype(np.int64)
    kept = np.empty((0, 2), np.int32) if keep is None else keep
    return Problem(
        begins, place[there], score[there], seats.astype(np.int32), keep=kept, keep_bonus=bonus
    )
