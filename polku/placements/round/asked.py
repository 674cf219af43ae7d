"""A round as the kernel's arrays. It loads the compiled kernel: for jobs, never for pages."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID

import numpy as np

from polku.foundation import clock
from polku.foundation.viewer import Viewer
from polku.law import in_force
from polku.placements import seats
from polku.placements.fitting import codes, reading, seekers
from polku.placements.fitting.seekers import Seeker
from polku.placements.fitting.stock import Stock, kind_bits, stock
from polku.placements.models import Round, RoundPair
from polku.placements.round import floors, lawful, waiting
from polku.planning.matching import one as of_one
from polku.planning.matching.candidates import fast
from polku.planning.matching.problem import Heads, Problem
from polku.planning.matching.rules import Clients, bit
from polku.planning.matching.scores import Weights

KEEP_BONUS = 20
MOST = 30
EVERY_KIND = kind_bits(list(codes.KINDS))
# Said of an opening that is not in question for a group: other kinds, other towns, closed, full.
OUT = np.uint64(bit("legal", 0))
PAIRS = ("wished", "vetoed")


@dataclass(frozen=True)
class Asked:
    """A problem with whom and what its numbers stand for.

    `kinds` are the lawful kinds of each edge, as bits; `loose` the clients whose fixed place can be
    kept no more; `open_seats` counts all that are free in the round's period.
    """

    problem: Problem
    seekers: list[Seeker]
    rows: Clients
    openings: list[UUID]
    kinds: np.ndarray
    stock: Stock
    loose: list[UUID]
    open_seats: int

    def row(self, place: int) -> int:
        """Return the row of a place in the stock."""
        return self.stock.row_of[self.openings[place]]

    def look(self, client: int) -> of_one.Look:
        """Hold one client beside every opening."""
        return of_one.look(self.rows, client, self.stock.places)


def ask(viewer: Viewer, found: Round, now: datetime) -> Asked:
    """Read who waits and which seats are open, and return what the kernel is asked."""
    assert viewer.register_id is not None
    people = reading.seekers(waiting.ids(viewer, found), in_round=found.id)
    have = stock(viewer.register_id)
    before = _pairs_before(found)
    free = seats.free_in(
        dict(zip(have.ids, have.seats.tolist(), strict=True)),
        starts_on=found.starts_on, ends_on=found.ends_on, now=now,
    )  # fmt: skip
    people = _with_hands(people, before)
    rows = seekers.rows(people, have)
    there = _in_question(found, have, free) & have.takes(clock.local(now).date())
    edges = _edges(people, rows, have, there)
    edges = _with_fixed(edges, people, rows, have, there, before)
    edges, kinds = _lawful(found, people, have, edges)
    made = _asked(people, rows, have, edges, kinds, free, before)
    return replace(made, problem=replace(made.problem, heads=_floor(found, people)))


def _floor(found: Round, people: list[Seeker]) -> Heads | None:
    if not found.floor_group or found.floor_heads is None:
        return None
    inside = floors.members(found.floor_group, [one.client_id for one in people], found.starts_on)
    group = np.array([one.client_id in inside for one in people], np.bool_)
    return Heads(group, found.floor_heads)


def _pairs_before(found: Round) -> dict[UUID, RoundPair]:
    states = (RoundPair.State.PROPOSED, RoundPair.State.FIXED)
    rows = RoundPair.objects.filter(round=found, state__in=states, opening__isnull=False)
    return {row.client_id: row for row in rows}


def _with_hands(people: list[Seeker], before: dict[UUID, RoundPair]) -> list[Seeker]:
    """Let what a person has fixed stand though it was refused in a round before."""
    return [
        one.by_hand(pair.opening_id)
        if (pair := before.get(one.client_id)) and pair.state == RoundPair.State.FIXED
        else one
        for one in people
    ]


def _in_question(found: Round, have: Stock, free: dict[UUID, int]) -> np.ndarray:
    towns = set(found.municipalities)
    there = np.array([town in towns for town in have.towns], np.bool_)
    room = np.array([free[one] > 0 for one in have.ids], np.bool_)
    return there & room & have.open_on(found.starts_on)


def _edges(people: list[Seeker], rows: Clients, have: Stock, there: np.ndarray) -> np.ndarray:
    """Return (client, row of the stock, score) lines, by client and row."""
    groups: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for number, person in enumerate(people):
        groups[tuple(sorted(person.kinds))].append(number)
    found = [np.empty((0, 3), np.int64)]
    for kinds, members in sorted(groups.items()):
        out = np.where(there & have.offers(kinds), np.uint64(0), OUT)
        places = replace(have.places, traits=have.places.traits | out)
        start, place, score = fast.candidates(_of(rows, members), places, Weights(), MOST)
        who = np.repeat(np.array(members), np.diff(start))
        found.append(np.column_stack([who, place, score]).astype(np.int64))
    lines = np.concatenate(found)
    return lines[np.lexsort((lines[:, 1], lines[:, 0]))]


def _with_fixed(
    edges: np.ndarray, people: list[Seeker], rows: Clients, have: Stock, there: np.ndarray,
    before: dict[UUID, RoundPair],
) -> np.ndarray:  # fmt: skip
    """Add what a person has fixed though it is not among the client's best few, if possible."""
    known = {(client, row) for client, row, _score in edges.tolist()}
    more = []
    for client, person in enumerate(people):
        pair = before.get(person.client_id)
        row = have.row_of.get(pair.opening_id, -1) if pair and pair.opening_id else -1
        if row < 0 or pair.state != RoundPair.State.FIXED or (client, row) in known:
            continue
        look = of_one.look(rows, client, have.places)
        if there[row] and have.offers(person.kinds)[row] and look.passed[row]:
            more.append((client, row, int(look.scores[row])))
    if not more:
        return edges
    lines = np.concatenate([edges, np.array(more, np.int64)])
    return lines[np.lexsort((lines[:, 1], lines[:, 0]))]


def _of(rows: Clients, members: list[int]) -> Clients:
    """Return the rows of some clients, numbered anew."""
    at = np.array(members)
    number = {old: new for new, old in enumerate(members)}
    columns: dict[str, Any] = {
        name: column[at] for name, column in vars(rows).items() if name not in PAIRS
    }
    for name in PAIRS:
        pairs = [(number[a], b) for a, b in getattr(rows, name).tolist() if a in number]
        columns[name] = np.array(pairs, np.int32).reshape(-1, 2)
    columns["rules_out"] = columns["rules_out"] | OUT
    return Clients(**columns)


def _lawful(
    found: Round, people: list[Seeker], have: Stock, edges: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """Return the edges that the law leaves, and the kinds in which it leaves each."""
    with in_force.noting({}):
        return _left_by_law(found, people, have, edges)


def _left_by_law(
    found: Round, people: list[Seeker], have: Stock, edges: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    law = lawful.Lawful(
        [have.ids[row] for row in np.unique(edges[:, 1])], found.starts_on, found.ends_on
    )
    wanted = np.array([kind_bits(one.kinds) or EVERY_KIND for one in people], np.int64)
    left = np.zeros(len(have), np.int64)
    for row in np.unique(edges[:, 1]):
        left[row] = law.kinds(have.ids[row], [])
    kinds = left[edges[:, 1]] & wanted[edges[:, 0]]
    counted = lawful.periods([one.client_id for one in people])
    had = [number for number, one in enumerate(people) if one.client_id in counted]
    for number in np.flatnonzero(np.isin(edges[:, 0], had)).tolist():
        client, row = edges[number, :2].tolist()
        mine = law.kinds(have.ids[row], counted[people[client].client_id])
        kinds[number] = mine & wanted[client]
    return edges[kinds != 0], kinds[kinds != 0]


def _asked(
    people: list[Seeker], rows: Clients, have: Stock, edges: np.ndarray, kinds: np.ndarray,
    free: dict[UUID, int], before: dict[UUID, RoundPair],
) -> Asked:  # fmt: skip
    used, place = np.unique(edges[:, 1], return_inverse=True)
    openings = [have.ids[row] for row in used]
    start = np.searchsorted(edges[:, 0], np.arange(len(people) + 1)).astype(np.int64)
    capacity = np.array([free[one] for one in openings], np.int32)
    fixed, keep, loose = _held(people, openings, start, place, capacity, before)
    problem = Problem(
        start, place.astype(np.int32), edges[:, 2].astype(np.int32), capacity,
        fixed=fixed, keep=keep, keep_bonus=KEEP_BONUS,
    )  # fmt: skip
    return Asked(problem, people, rows, openings, kinds, have, loose, int(capacity.sum()))


def _held(
    people: list[Seeker], openings: list[UUID], start: np.ndarray, place: np.ndarray,
    capacity: np.ndarray, before: dict[UUID, RoundPair],
) -> tuple[np.ndarray, np.ndarray, list[UUID]]:  # fmt: skip
    """Return what stays and what would rather stay, and whose fixed place is there no more."""
    number = {one: row for row, one in enumerate(openings)}
    left = capacity.copy()
    fixed: list[tuple[int, int]] = []
    keep: list[tuple[int, int]] = []
    loose: list[UUID] = []
    for client, person in enumerate(people):
        pair = before.get(person.client_id)
        if pair is None or pair.opening_id is None:
            continue
        at = number.get(pair.opening_id, -1)
        possible = at >= 0 and at in place[start[client] : start[client + 1]]
        if pair.state != RoundPair.State.FIXED:
            keep += [(client, at)] if possible else []
        elif possible and left[at] > 0:
            left[at] -= 1
            fixed.append((client, at))
        else:
            loose.append(person.client_id)
    return _array(fixed), _array(keep), loose


def _array(pairs: list[tuple[int, int]]) -> np.ndarray:
    return np.array(pairs, np.int32).reshape(-1, 2)
