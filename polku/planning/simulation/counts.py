"""What a run adds up, one whole number each; and how many clients each state has each week."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

NAMES = (
    "people",  # counted clients who have come
    "employed", "in_service", "left",  # weeks of counted clients
    "inside",  # weeks in service inside the client's own window
    "registrations", "waited",  # of counted clients; weeks without a first contact
    "missed",  # dates of the law that passed without a contact
    "asked", "waited_for_place",  # clients who asked; weeks
    "ended", "follow_on",  # places of counted clients that ended; with what follows
    "contacts", "stepped",  # of all clients: contacts held, weeks simulated
)  # fmt: skip
(
    PEOPLE, EMPLOYED_WEEKS, SERVICE_WEEKS, LEFT_WEEKS, INSIDE, REGISTRATIONS, WAITED, MISSED,
    ASKED, WAITED_FOR_PLACE, ENDED, FOLLOW_ON, CONTACTS, STEPPED,
) = range(len(NAMES))  # fmt: skip


@dataclass(frozen=True)
class Outcome:
    """One run: the sums by NAMES, the census by (week, state), and the clients at the end."""

    counts: NDArray[np.int64]
    census: NDArray[np.int32]
    clients: NDArray[np.void]
    numbers: NDArray[np.int64]

    def __getitem__(self, name: str) -> int:
        return int(self.counts[NAMES.index(name)])

    def by_number(self, field: str) -> NDArray[np.int64]:
        """Return a field of the clients in the order of their numbers."""
        found = np.empty(len(self.numbers), np.int64)
        found[self.numbers] = self.clients[field]
        return found
