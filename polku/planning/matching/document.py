"""`polku-match/1`: a problem with names, read with every fault named by its place."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import numpy as np

from polku.planning.faults import Faults, identifier, listed, shown, whole
from polku.planning.matching.problem import HIGHEST_SCORE, Floor, Problem

FORMAT = "polku-match/1"
KEEP_BONUS = 20
MOST_SEATS = 1_000_000
FIELDS = ("format", "places", "clients", "edges", "fixed", "keep", "keep_bonus", "floor")


@dataclass(frozen=True)
class Named:
    """A problem, and what its clients and places are called."""

    problem: Problem
    clients: list[str]
    places: list[str]
    group: str = ""


@dataclass
class Reading:
    """The names known so far, and what was wrong."""

    faults: Faults = field(default_factory=Faults)
    places: dict[str, int] = field(default_factory=dict)
    capacity: list[int] = field(default_factory=list)
    clients: dict[str, int] = field(default_factory=dict)
    groups: list[str | None] = field(default_factory=list)


def read(document: Any) -> Named:
    """Return the problem that a JSON value holds. Raises Refused."""
    reading = Reading()
    faults = reading.faults
    if not isinstance(document, dict):
        faults.add("the file", f'must hold one JSON object with "format": "{FORMAT}".')
        faults.refuse()
    if document.get("format") != FORMAT:
        faults.add("format", f'must be "{FORMAT}", not {shown(document.get("format"))}.')
    for name in document:
        if name not in FIELDS:
            faults.add(name, "is not a field of this format.")
    read_places(reading, listed(faults, document, "places", required=True))
    read_clients(reading, listed(faults, document, "clients", required=True), "clients")
    edges = read_edges(reading, listed(faults, document, "edges", required=True), "edges")
    fixed = _pairs(reading, listed(faults, document, "fixed"), "fixed")
    keep = _pairs(reading, listed(faults, document, "keep"), "keep")
    bonus = document.get("keep_bonus", KEEP_BONUS)
    if not whole(bonus) or not 0 <= bonus <= HIGHEST_SCORE:
        faults.add("keep_bonus", f"must be a whole number from 0 to {HIGHEST_SCORE:,}.")
    _check_fixed(reading, fixed, edges)
    floor = _floor(reading, document.get("floor"))
    faults.refuse()
    problem = in_rows(
        edges, len(reading.clients), reading.capacity,
        fixed=_array([pair for _, pair in fixed]), keep=_array([pair for _, pair in keep]),
        keep_bonus=bonus, floor=floor,
    )  # fmt: skip
    group = document["floor"]["group"] if floor else ""
    return Named(problem, list(reading.clients), list(reading.places), group)


def read_places(reading: Reading, entries: list[Any]) -> None:
    """Take in `{"id": …, "capacity": …}` each."""
    for at, entry in enumerate(entries):
        where = f"places[{at}]"
        if not (name := identifier(reading.faults, where, entry, reading.places)):
            continue
        seats = entry.get("capacity")
        if not whole(seats) or not 0 <= seats <= MOST_SEATS:
            reading.faults.add(
                where, f"capacity must be a whole number from 0 on, not {shown(seats)}."
            )
            seats = 0
        reading.places[name] = len(reading.places)
        reading.capacity.append(seats)


def read_clients(reading: Reading, entries: list[Any], within: str) -> None:
    """Take in `{"id": …, "group": …}` each, the group if there is one."""
    for at, entry in enumerate(entries):
        where = f"{within}[{at}]"
        if not (name := identifier(reading.faults, where, entry, reading.clients)):
            continue
        group = entry.get("group")
        if group is not None and not isinstance(group, str):
            reading.faults.add(where, f"group must be text, not {shown(group)}.")
            group = None
        reading.clients[name] = len(reading.clients)
        reading.groups.append(group)


def read_edges(reading: Reading, entries: list[Any], within: str) -> dict[tuple[int, int], int]:
    """Return {(client, place): score} of `[client, place, score]` each."""
    faults = reading.faults
    found: dict[tuple[int, int], int] = {}
    for at, entry in enumerate(entries):
        if not isinstance(entry, list) or len(entry) != 3:
            faults.add(f"{within}[{at}]", "must be [client, place, score].")
            continue
        pair = _pair(reading, entry, within, at)
        score = entry[2]
        if type(score) is not int or not 1 <= score <= HIGHEST_SCORE:
            faults.add(
                f"{within}[{at}]",
                f"the score must be a whole number from 1 to {HIGHEST_SCORE:,}, "
                f"not {shown(score)}.",
            )
            # The pair has its edge all the same: one mistake is told once.
            found.setdefault(pair or (-1, -1), 1)
        elif pair in found:
            faults.add(f"{within}[{at}]", "the pair has an edge already.")
        elif pair is not None:
            found[pair] = score
    return found


def _pair(reading: Reading, entry: list[Any], within: str, at: int) -> tuple[int, int] | None:
    """Return (client, place), or None with a fault."""
    ends = []
    for what, name, known in (
        ("client", entry[0], reading.clients), ("place", entry[1], reading.places),
    ):  # fmt: skip
        end = known.get(name) if isinstance(name, str) else None
        if end is None:
            reading.faults.add(f"{within}[{at}]", f"the {what} {shown(name)} is not known.")
        ends.append(end)
    client, place = ends
    return None if client is None or place is None else (client, place)


def _pairs(reading: Reading, entries: list[Any], within: str) -> list[tuple[int, tuple[int, int]]]:
    """Return (where in the list, (client, place)) of `[client, place]` each."""
    found: list[tuple[int, tuple[int, int]]] = []
    seen: set[tuple[int, int]] = set()
    for at, entry in enumerate(entries):
        if not isinstance(entry, list) or len(entry) != 2:
            reading.faults.add(f"{within}[{at}]", "must be [client, place].")
            continue
        pair = _pair(reading, entry, within, at)
        if pair in seen:
            reading.faults.add(f"{within}[{at}]", "the pair is there already.")
        elif pair is not None:
            seen.add(pair)
            found.append((at, pair))
    return found


def _check_fixed(
    reading: Reading,
    fixed: list[tuple[int, tuple[int, int]]],
    edges: dict[tuple[int, int], int],
) -> None:
    placed: set[int] = set()
    left = dict(enumerate(reading.capacity))
    for at, (client, place) in fixed:
        left[place] -= 1
        if (client, place) not in edges:
            reading.faults.add(f"fixed[{at}]", "the pair has no edge.")
        if client in placed:
            reading.faults.add(f"fixed[{at}]", "the client is fixed to another place already.")
        if left[place] < 0:
            seats = reading.capacity[place]
            reading.faults.add(f"fixed[{at}]", f"the place has {seats} seats, all taken before.")
        placed.add(client)


def _floor(reading: Reading, given: Any) -> Floor | None:
    if given is None:
        return None
    if not isinstance(given, dict) or set(given) != {"group", "share_of_overall"}:
        reading.faults.add("floor", 'must be {"group": …, "share_of_overall": …}.')
        return None
    share, members = given["share_of_overall"], [one == given["group"] for one in reading.groups]
    if not isinstance(share, int | float) or isinstance(share, bool) or not 0 < share <= 1:
        reading.faults.add("floor", "share_of_overall must be over 0 and at most 1.")
        return None
    if not isinstance(given["group"], str) or not any(members):
        reading.faults.add("floor", f"no client is of the group {shown(given['group'])}.")
        return None
    return Floor(np.array(members), float(share))


def in_rows(
    edges: dict[tuple[int, int], int], clients: int, capacity: list[int], **more: Any
) -> Problem:
    """Lay edges in rows, each client's in the order of the places."""
    triples = np.array([(i, j, s) for (i, j), s in edges.items()], np.int64).reshape(-1, 3)
    order = np.lexsort((triples[:, 1], triples[:, 0]))
    triples = triples[order]
    start = np.zeros(clients + 1, np.int64)
    np.cumsum(np.bincount(triples[:, 0], minlength=clients), out=start[1:])
    place, score = triples[:, 1].astype(np.int32), triples[:, 2].astype(np.int32)
    return Problem(start, place, score, np.array(capacity, np.int32), **more)


def _array(pairs: list[tuple[int, int]]) -> np.ndarray:
    return np.array(pairs, np.int32).reshape(-1, 2)
