"""Invented years of arrivals: weeks of clients, of kinds whose best places are in demand."""

import numpy as np

from polku.planning.matching.arrivals import Batch, Stream
from polku.planning.matching.problem import Ints

KINDS = 6


def year(
    seed: int, *, weeks: int = 52, a_week: int = 12, places: int = 40, world: int = 1
) -> list[Batch]:
    """Return a year's batches; `world` fixes the places, `seed` the people who come."""
    fixed, chance = np.random.default_rng(world), np.random.default_rng([world, seed])
    liking = fixed.integers(100, 900, (KINDS, places))
    suits = fixed.random((KINDS, places)) < 0.4
    shares = fixed.dirichlet(np.full(KINDS, 3.0))
    # Some kinds come mostly later in the year: that is what greed does not foresee.
    season = fixed.random(KINDS)
    batches = []
    for week in range(weeks):
        weight = shares * (0.4 + 1.2 * np.abs(week / weeks - season))
        kinds = chance.choice(KINDS, chance.poisson(a_week), p=weight / weight.sum())
        rows = [np.flatnonzero(suits[kind] & (chance.random(places) < 0.8)) for kind in kinds]
        scores = [
            liking[kind, row] + chance.integers(1, 100, len(row))
            for kind, row in zip(kinds, rows, strict=True)
        ]
        start = np.cumsum([0, *map(len, rows)]).astype(np.int64)
        flat = [np.concatenate(part) if part else np.empty(0) for part in (rows, scores)]
        batches.append(Batch(start, flat[0].astype(np.int32), flat[1].astype(np.int32)))
    return batches


def seats(*, weeks: int = 52, a_week: int = 12, places: int = 40, share: float = 0.9) -> Ints:
    """Return seats for a share of those who will come."""
    each = np.full(places, int(weeks * a_week * share) // places)
    return each.astype(np.int32)


def played(stream: Stream, batches: list[Batch]) -> int:
    """Return the sum of scores that a stream reaches; asserts that no seat is given twice."""
    reached = 0
    for batch in batches:
        placed = stream.place(batch)
        rows = np.repeat(np.arange(len(batch)), np.diff(batch.start))
        reached += int(batch.score[placed[rows] == batch.place].sum())
    assert (stream.left >= 0).all()
    return reached
