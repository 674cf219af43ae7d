"""An invented area: coaches who are unevenly loaded, some away, clients of several languages.

What is assumed: a client takes 15 to 120 minutes a month, in quarters; two thirds can be coached in
Finnish alone, others also or only in Swedish, English, Russian or Arabic; every coach speaks
Finnish or Swedish, most some English. A coach in 15 is away and can take nobody on; one client in
12 is new and has none. In 1 of 200 pairs something bars them.
"""

import numpy as np

from polku.planning.balance.problem import NOBODY, Problem

FI, SV, EN, RU, AR = (1 << at for at in range(5))


def area(seed: int, clients: int = 9_000, coaches: int = 60) -> Problem:
    chance = np.random.default_rng(seed)
    minutes = 15 * chance.choice([1, 2, 3, 4, 6, 8], clients, p=[0.3, 0.3, 0.2, 0.1, 0.07, 0.03])
    speaks = chance.choice(
        [FI, FI | EN, SV, SV | FI, EN, RU, RU | FI, AR, AR | EN], clients,
        p=[0.66, 0.1, 0.03, 0.04, 0.05, 0.04, 0.04, 0.02, 0.02],
    )  # fmt: skip
    coach_speaks = np.where(chance.random(coaches) < 0.92, FI, SV)
    for language, share in ((SV, 0.15), (EN, 0.7), (RU, 0.12), (AR, 0.06)):
        coach_speaks = coach_speaks | np.where(chance.random(coaches) < share, language, 0)
    full = int(minutes.sum()) / coaches / 0.9
    part = chance.choice([1.0, 0.8, 0.6], coaches, p=[0.7, 0.2, 0.1])
    target = np.where(chance.random(coaches) < 1 / 15, 0, full * part).astype(np.int32)
    weight = chance.random(coaches) + 0.5
    coach = chance.choice(coaches, clients, p=weight / weight.sum()).astype(np.int32)
    spoken = (speaks & coach_speaks[coach]) != 0
    coach = np.where(spoken & (chance.random(clients) > 1 / 12), coach, NOBODY).astype(np.int32)
    pairs = chance.random((clients, coaches)) < 1 / 200
    barred = np.argwhere(pairs & (np.arange(coaches)[None, :] != coach[:, None]))
    return Problem(
        minutes.astype(np.int32), speaks.astype(np.uint64), coach, target,
        coach_speaks.astype(np.uint64), barred=barred.astype(np.int32),
    )  # fmt: skip
