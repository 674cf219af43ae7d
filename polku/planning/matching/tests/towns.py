"""Invented people and openings around invented towns, seeded; for tests and benchmarks."""

import numpy as np
from numpy.typing import NDArray

from polku.planning.matching.rules import NO_POINT, Clients, Places, Words


def _words(chance: np.random.Generator, many: int, bits: int, each: float) -> Words:
    """Draw words of which each of the lowest bits is set with chance `each`."""
    word = np.zeros(many, np.uint64)
    for number in range(bits):
        word |= (chance.random(many) < each).astype(np.uint64) << np.uint64(number)
    return word


def _points(
    chance: np.random.Generator, towns: NDArray[np.int64], shares: NDArray[np.float64], many: int
) -> NDArray[np.int64]:
    town = chance.choice(len(towns), many, p=shares)
    return towns[town] + chance.normal(0, 7_000, (many, 2)).astype(np.int64)


def world(clients: int, places: int, *, towns: int = 60, seed: int = 5) -> tuple[Clients, Places]:
    """Return people and openings around towns of unequal size; some have no fine point."""
    chance = np.random.default_rng(seed)
    centres = np.column_stack(
        [chance.integers(100_000, 700_000, towns), chance.integers(6_640_000, 7_700_000, towns)]
    )
    shares = 1 / np.arange(1, towns + 1) ** 0.7
    shares /= shares.sum()
    home, there = (_points(chance, centres, shares, many) for many in (clients, places))
    home[chance.random(clients) < 0.01] = NO_POINT
    kind = np.uint64(1) << chance.integers(16, 22, places).astype(np.uint64)
    health, veto = _words(chance, places, 4, 0.2), _words(chance, places, 10, 0.1)
    needs = _words(chance, places, 2, 0.15) | _words(chance, places, 3, 0.08) << np.uint64(16)
    has = _words(chance, clients, 2, 0.8) | _words(chance, clients, 3, 0.5) << np.uint64(16)
    ruled_out = _words(chance, clients, 4, 0.1) | _words(chance, clients, 10, 0.03) << np.uint64(32)
    ruled_out |= _words(chance, clients, 6, 0.1) << np.uint64(16)
    pairs = [
        np.column_stack([chance.integers(0, clients, many), chance.integers(0, places, many)])
        for many in (clients // 5, clients // 20)
    ]
    return (
        Clients(
            x=home[:, 0].copy(), y=home[:, 1].copy(),
            radius=chance.integers(3, 50, clients) * 1_000,
            hours=chance.integers(8, 41, clients).astype(np.int32), has=has, rules_out=ruled_out,
            strengths=_words(chance, clients, 24, 0.15), learning=_words(chance, clients, 24, 0.1),
            wished_tasks=_words(chance, clients, 24, 0.05),
            wished_kinds=_words(chance, clients, 6, 0.2),
            known_host=chance.integers(-1, max(places // 4, 1), clients).astype(np.int32),
            wished=pairs[0].astype(np.int32), vetoed=pairs[1].astype(np.int32),
        ),
        Places(
            x=there[:, 0].copy(), y=there[:, 1].copy(), coarse=chance.random(places) < 0.002,
            hours=chance.integers(4, 30, places).astype(np.int32), needs=needs,
            traits=health | kind | veto << np.uint64(32),
            tasks=_words(chance, places, 24, 0.12), teaches=_words(chance, places, 24, 0.1),
            host=chance.integers(0, max(places // 4, 1), places).astype(np.int32),
        ),
    )  # fmt: skip
