"""The ten best openings for one client, and why the others are not among them; for a page.

NumPy alone, in a few milliseconds among 20 000 openings: the openings are kept as arrays, and seats
are asked only for those at the top.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

import numpy as np

from polku.foundation import clock
from polku.placements import free_days
from polku.placements.fitting import seekers, telling
from polku.placements.fitting.seekers import Seeker
from polku.placements.fitting.stock import Stock, stock
from polku.placements.fitting.telling import Reason
from polku.placements.free_days import Period, Seated
from polku.planning.matching import one
from polku.planning.matching.rules import Clients

MANY = 10
# So many are asked for their seats; those without a free one fall out.
ASKED = 60


@dataclass(frozen=True, slots=True)
class Fit:
    """An opening for a client. `parts` are the points by component, which the page may unfold;
    `period` the first days in which a seat is free, None where none are known."""

    opening_id: UUID
    score: int
    parts: dict[str, int]
    reasons: tuple[Reason, ...]
    period: Period | None


@dataclass(frozen=True, slots=True)
class Best:
    """The best, best first; `fitting` counts what passes every rule, `looked` all that are open.

    `full` are those that would be among the best but have no seat that is free from the day on for
    as long as a placement takes.
    """

    fits: tuple[Fit, ...]
    full: tuple[Fit, ...]
    fitting: int
    looked: int


def best(seeker: Seeker, *, register_id: UUID, on: date, now: datetime, many: int = MANY) -> Best:
    """Return the best openings for whoever begins on the day, with reasons in words."""
    have = stock(register_id)
    clients = seekers.rows([seeker], have)
    there = have.offers(seeker.kinds) & have.open_on(on) & have.takes(clock.local(now).date())
    look = one.look(clients, 0, have.places)
    passed = np.flatnonzero(look.passed & there)
    scores = look.scores[passed]
    # Ties by number, as the kernel does; a full sort of 20 000 would cost more than all else.
    top = _top(passed, scores, ASKED)
    periods = free_days.first([_seated(have, row) for row in top], on=on, now=now)
    fits: list[Fit] = []
    full: list[Fit] = []
    for row in top:
        period = periods[have.ids[row]]
        into, most = (fits, many) if period and period.starts_on == on else (full, 3)
        if len(into) < most:
            into.append(_fit(seeker, row, have, look, clients, period))
        if len(fits) == many:
            break
    return Best(tuple(fits), tuple(full), len(passed), int(there.sum()))


def why_not(
    seeker: Seeker, opening_id: UUID, *, register_id: UUID, on: date, words: bool = False
) -> tuple[Reason, ...] | None:
    """Return the hard rules that an opening fails for the client; () where none does.

    None where the opening is not open at all. `words` as in `telling.why_not`.
    """
    have = stock(register_id)
    row = have.row_of.get(opening_id)
    if row is None:
        return None
    clients = seekers.rows([seeker], have)
    failed = one.look(clients, 0, have.places).failed(row)
    kind = not bool(have.offers(seeker.kinds)[row])
    closed = not bool(have.open_on(on)[row])
    said = telling.why_not(
        failed, seeker, kind=kind, closed=closed, opening=opening_id, words=words,
        refusal=have.refusal(row, clock.today()),
    )  # fmt: skip
    return tuple(said)


def why(seeker: Seeker, opening_id: UUID, *, register_id: UUID) -> tuple[Reason, ...]:
    """Return what speaks for an opening and what does not, in words; () for one not open."""
    have = stock(register_id)
    row = have.row_of.get(opening_id)
    if row is None:
        return ()
    clients = seekers.rows([seeker], have)
    parts = one.look(clients, 0, have.places).suggestion(row).parts
    metres = telling.metres_between(clients, 0, have, row)
    return tuple(telling.why(seeker, row, have, parts, metres))


def _top(passed: np.ndarray, scores: np.ndarray, many: int) -> list[int]:
    if len(passed) > many:
        edge = -np.partition(-scores, many - 1)[many - 1]
        near = scores >= edge
        passed, scores = passed[near], scores[near]
    order = np.lexsort((passed, -scores))[:many]
    return [int(row) for row in passed[order]]


def _fit(
    seeker: Seeker, row: int, have: Stock, look: one.Look, clients: Clients, period: Period | None
) -> Fit:
    found = look.suggestion(row)
    metres = telling.metres_between(clients, 0, have, row)
    reasons = telling.why(seeker, row, have, found.parts, metres)
    return Fit(have.ids[row], found.score, found.parts, tuple(reasons), period)


def _seated(have: Stock, row: int) -> Seated:
    shuts = date.fromordinal(int(have.shuts[row]))
    return Seated(have.ids[row], int(have.seats[row]), None, None if shuts == date.max else shuts)
