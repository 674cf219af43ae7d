"""`python -m polku.planning.compile`: every kernel made into machine code, at set-up.

Runs each of them once on next to nothing, so that what is kept beside the sources is what a round
will ask for. What was kept before is dropped.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np

from polku.planning.balance.warming import warm_balance
from polku.planning.matching.candidates import fast
from polku.planning.matching.rules import Clients, Places
from polku.planning.matching.scores import Weights
from polku.planning.matching.warming import warm_solver
from polku.planning.simulation.warming import warm as warm_simulation
from polku.planning.week.warming import warm_search


def main() -> None:
    """Run every kernel, with all the kinds of arrays that it is asked with."""
    for kept in Path(__file__).parent.rglob("*.nb[ic]"):
        kept.unlink(missing_ok=True)
    warm_solver()
    warm_search()
    warm_balance()
    warm_simulation()
    word, none = np.zeros(1, np.uint64), np.zeros(1, np.int64)
    few, pairs = np.zeros(1, np.int32), np.empty((0, 2), np.int32)
    clients = Clients(
        none, none, none + 1, few, word, word, word, word, word, word, few, pairs, pairs
    )
    places = Places(none, none, none.astype(np.bool_), few, word, word, word, word, few)
    fast.candidates(clients, places, Weights())


if __name__ == "__main__":
    main()
