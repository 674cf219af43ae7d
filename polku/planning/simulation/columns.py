"""Clients as numbers in columns, and where a run adds up: what kernels and NumPy both read.

Two tables, by (column, client), since a few arrays are quick to hand around in machine code.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

AWAY, UNEMPLOYED, PLACED, EMPLOYED, LEFT = range(5)  # AWAY: has not come yet
STATES = 5
NEVER, ENDLESS = -1, 1 << 30

WHOLE = (
    "number",  # the same person under every policy
    "counted",  # whether measures count them
    "arrives",  # week of first coming; negative: there from the start
    "low", "high",  # the window of contact, in weeks
    "state",
    "since",  # week of the last registration
    "last",  # week of the last contact, or of registration
    "turn",  # week from which the rhythm counts
    "met",  # since the last registration
    "early",  # whether the last contact came before the window
    "asked",  # week of asking for a place, NEVER when none is asked for
    "ends",  # week in which the place ends, ENDLESS without one
    "exit", "to_work",  # week of the first exit from service, NEVER before; whether it was to work
    "waited",  # weeks without a first contact, over all registrations
    "due",  # kernel: week from which a contact is due, ENDLESS for never
)  # fmt: skip
(
    NUMBER, COUNTED, ARRIVES, LOW, HIGH, STATE, SINCE, LAST, TURN, MET, EARLY, ASKED_IN, ENDS, EXIT,
    TO_WORK, WAITED_WEEKS, DUE,
) = range(len(WHOLE))  # fmt: skip
REAL = (
    "ease",  # of finding a job, 1 on average
    "support",  # contacts a week, of late
    "rate",  # kernel: chance of a job, or of coming back, without contact
    "leave",  # kernel: chance of leaving, without contact
    "ask",  # kernel: chance of asking for a place
)
EASE, SUPPORT, RATE, LEAVE, ASK = range(len(REAL))


@dataclass(frozen=True)
class People:
    """Clients of a run. `people.last` is the column of that name."""

    whole: NDArray[np.int32]  # by (WHOLE, client)
    real: NDArray[np.float64]  # by (REAL, client)
    key: NDArray[np.uint64]  # where their sequence of chance begins

    def __getattr__(self, name: str) -> NDArray[Any]:
        if name in WHOLE:
            return self.whole[WHOLE.index(name)]
        if name in REAL:
            return self.real[REAL.index(name)]
        raise AttributeError(name)

    def __len__(self) -> int:
        return len(self.key)


NOBODY = People(
    np.zeros((len(WHOLE), 0), np.int32), np.zeros((len(REAL), 0)), np.zeros(0, np.uint64)
)

NAMES = (
    "people",  # counted clients who have come
    "employed", "in_service", "left",  # weeks of counted clients
    "inside",  # weeks in service inside the client's own window
    "registrations", "waited",  # of counted clients; weeks without a first contact
    "missed",  # dates of the law that passed without a contact
    "asked", "waited_for_place",  # counted clients who asked; weeks
    "ended", "follow_on",  # places of counted clients that ended; with what follows
    "contacts", "stepped",  # of all clients: contacts held, weeks simulated
)  # fmt: skip
(
    CAME, EMPLOYED_WEEKS, SERVICE_WEEKS, LEFT_WEEKS, INSIDE, REGISTRATIONS, WAITED, MISSED,
    ASKED, WAITED_FOR_PLACE, ENDED, FOLLOW_ON, CONTACTS, STEPPED,
    HEAD, TAIL, TAKEN,  # of the queue for places: its ends, and how many places are taken
) = range(len(NAMES) + 3)  # fmt: skip
ALL = TAKEN + 1  # from here: clients now, by state
OURS = ALL + STATES  # from here: counted clients now, by state
NUMBERS = OURS + STATES


@dataclass(frozen=True)
class Outcome:
    """One run: the sums by NAMES, the census by (week, state), and the clients at the end."""

    counts: NDArray[np.int64]
    census: NDArray[np.int32]
    clients: People

    def __getitem__(self, name: str) -> int:
        return int(self.counts[NAMES.index(name)])

    def by_number(self, column: str) -> NDArray[np.int64]:
        """Return a column of the clients in the order of their numbers."""
        found = np.empty(len(self.clients), np.int64)
        found[self.clients.number] = getattr(self.clients, column)
        return found
