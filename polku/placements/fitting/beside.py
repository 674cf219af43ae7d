"""Every open place beside one client: which fit, best first, and each one's reasons in words.

For a list and a map of any length: which fit is told to a statement as one text of ids, and words
are made only for the openings that a page shows.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

import numpy as np
from django.utils.translation import gettext as _
from numpy.typing import NDArray

from polku.foundation import clock
from polku.placements.fitting import seekers, telling
from polku.placements.fitting.seekers import Seeker
from polku.placements.fitting.stock import Stock, stock
from polku.placements.fitting.telling import Reason
from polku.planning.matching import one
from polku.planning.matching.rules import Clients


@dataclass(frozen=True)
class Beside:
    """A client beside a register's openings. `ranked` are the rows of those that fit, best first:
    that pass every hard rule, offer what is looked for, and take somebody in on the day."""

    seeker: Seeker
    have: Stock
    clients: Clients
    look: one.Look
    offered: NDArray[np.bool_]
    open: NDArray[np.bool_]
    ranked: NDArray[np.int64]

    @property
    def ids(self) -> str:
        """The openings that fit, best first, as PostgreSQL writes an array of ids.

        A list of UUIDs would be worded one by one, which takes longer than all the rest.
        """
        return "{" + self.have.packed[self.ranked].tobytes().hex(",", 16) + "}"

    def why(self, opening_id: UUID) -> tuple[Reason, ...]:
        """Return what speaks for an opening and what does not; () for one that is not open."""
        row = self.have.row_of.get(opening_id)
        if row is None:
            return ()
        parts = self.look.suggestion(row).parts
        metres = telling.metres_between(self.clients, 0, self.have, row)
        return tuple(telling.why(self.seeker, row, self.have, parts, metres))

    def why_not(self, opening_id: UUID) -> tuple[Reason, ...]:
        """Return the hard rules that an opening fails, each with whose it is; () where none."""
        row = self.have.row_of.get(opening_id)
        if row is None:
            return (Reason("not_open", _("It is not open just now."), good=False),)
        kind, closed = not self.offered[row], not self.open[row]
        failed = self.look.failed(row)
        said = telling.why_not(
            failed, self.seeker, kind=bool(kind), closed=bool(closed), opening=opening_id,
            words=True, refusal=self.have.refusal(row, clock.today()),
        )  # fmt: skip
        return tuple(said)

    def barred(self, opening_id: UUID) -> bool:
        """Return whether the client rules this very one out, or has it already.

        One that somebody said no to may be suggested by hand.
        """
        row = self.have.row_of.get(opening_id)
        if row is None or opening_id in self.seeker.has:
            return True
        return bool(self.look.vetoed[row]) and not self.seeker.noes_to(opening_id)


def beside(seeker: Seeker, *, register_id: UUID, on: date) -> Beside:
    """Hold the register's open places beside a client who would begin on the day."""
    have = stock(register_id)
    clients = seekers.rows([seeker], have)
    look = one.look(clients, 0, have.places)
    offered, there = have.offers(seeker.kinds), have.open_on(on)
    passed = np.flatnonzero(look.passed & offered & there & have.takes(clock.today()))
    # Ties by number, as the kernel does.
    ranked = passed[np.lexsort((passed, -look.scores[passed]))]
    return Beside(seeker, have, clients, look, offered, there, ranked)
