"""The kernel is compiled, or loaded from where it is kept, by running it on next to nothing."""

from __future__ import annotations

import numpy as np

from polku.planning.balance import solving
from polku.planning.balance.problem import Problem


def warm_balance() -> None:
    """Run the whole once: three clients, two coaches."""
    language = np.ones(3, np.uint64)
    few = np.arange(3, dtype=np.int32)
    solving.solve(Problem(few + 10, language, few - 1, few[:2] + 20, language[:2]))
