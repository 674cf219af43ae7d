"""The job that works a round out: the kernel's answer, checked, written down as the round's pairs.

What people change meanwhile wins: the answer to an older question is thrown away and asked anew.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import UUID

import numpy as np

from polku.foundation import clock, walls
from polku.foundation.viewer import system
from polku.law import in_force
from polku.placements.fitting import telling
from polku.placements.models import Round, RoundPair
from polku.placements.round.asked import Asked, ask
from polku.placements.round.floor_words import REFUSED, refused_as
from polku.placements.round.lawful import first_kind, versions
from polku.planning.matching import audit, why
from polku.planning.matching.heads import TooMany, count, solve_with_heads
from polku.planning.matching.problem import NOWHERE, Problem, Result
from polku.planning.matching.scores import Weights
from polku.planning.matching.solving import solve

TRIES = 5
TOLD = 5  # next best places that are told of, for each client
FORCED = 60  # solutions anew, to tell what another choice would cost the whole
UNSOUND = "unsound"
BATCH = 500
FILLED = ("opening", "before", "placement", "state", "kind", "score", "gap", "reasons", "why_not")
State = RoundPair.State


def run(register_id: UUID, round_id: UUID) -> str:
    """Work a round out; return "solved", "done" (was so already), "gone", "busy", "unsound" or
    "floor" (the floor can't be kept)."""
    for _once in range(TRIES):
        said = _once_through(register_id, round_id)
        if said != "changed":
            return said
    return "busy"


def _once_through(register_id: UUID, round_id: UUID) -> str:
    with walls.inside(register_id):
        found = Round.objects.filter(pk=round_id, state=Round.State.OPEN).first()
        if found is None:
            return "gone"
        if not found.runs:
            return "done"
        asked = ask(system(register_id), found, clock.now())
    try:
        result, floor = _solved(found, asked)
    except TooMany as error:
        return _floor_refused(found, asked, error.most)
    try:
        record = audit.record(
            asked.problem,
            result,
            weights=Weights().as_dict(),
            rules=versions(found.starts_on, in_force.of(found.register_id)),
        )
    except ValueError:
        record = {}
    with walls.inside(register_id):
        stored = Round.objects.select_for_update(of=("self",)).get(pk=round_id)
        if stored.version != found.version:
            return "changed"
        return _write(stored, asked, result, record | floor if record else {}, clock.now())


def _solved(found: Round, asked: Asked) -> tuple[Result, dict[str, Any]]:
    """Return the answer, and what its floor cost for the record of the run. Raises TooMany."""
    problem = asked.problem
    if problem.heads is None:
        return solve(problem), {}
    result = solve_with_heads(problem)
    return result, {"floor": {"group": found.floor_group, **_cost(problem, result)}}


def _cost(problem: Problem, result: Result) -> dict[str, Any]:
    """Return what a floor asked, what came of it, and its price in points and proposals."""
    assert problem.heads is not None
    # What was proposed before counts nothing more here: once a floor has had its way, it would seem
    # to cost nothing from the next run on.
    bare = replace(problem, keep=problem.keep[:0])
    plain, lifted = solve(replace(bare, heads=None)), solve_with_heads(bare)
    placed = [int((one.placed != NOWHERE).sum()) for one in (plain, lifted)]
    return {
        "at_least": problem.heads.at_least,
        "members": int(problem.heads.group.sum()),
        "got": count(problem, result.placed),
        "without": count(problem, plain.placed),
        "points": plain.objective - lifted.objective,
        "of": plain.objective,
        "price": int(lifted.multiplier),
        "proposals": placed[0] - placed[1],
    }


def _floor_refused(found: Round, asked: Asked, most: int) -> str:
    """Write down that the floor can't be kept; what was proposed before stays."""
    assert asked.problem.heads is not None
    members = int(asked.problem.heads.group.sum())
    with walls.inside(found.register_id):
        stored = Round.objects.select_for_update(of=("self",)).get(pk=found.pk)
        if stored.version != found.version:
            return "changed"
        stored.run_at, stored.problem = clock.now(), refused_as(most, members)
        stored.save(update_fields=["run_at", "problem"])
    return REFUSED


def _write(found: Round, asked: Asked, result: Result, record: dict[str, Any], at: datetime) -> str:
    found.run_at = at
    found.problem = "" if record else UNSOUND
    if record:
        _write_pairs(found, asked, result)
        # Who is in it stands in the pairs, which go when a person is hidden; places name nobody.
        record.pop("proposals")
        record |= {
            "openings": [str(one) for one in asked.openings],
            "clients": asked.problem.clients,
            "edges": asked.problem.edges,
            "seats": asked.open_seats,
            "runs": found.record.get("runs", 0) + 1,
            "loose": len(asked.loose),
        }
        found.record = record
    found.save(update_fields=["run_at", "problem", "record"])
    return "solved" if record else UNSOUND


def _write_pairs(found: Round, asked: Asked, result: Result) -> None:
    rows = {row.client_id: row for row in RoundPair.objects.filter(round=found)}
    waiting = {one.client_id for one in asked.seekers}
    gone = [
        row.pk
        for client, row in rows.items()
        if client not in waiting and row.state in (State.PROPOSED, State.FIXED)
    ]
    RoundPair.objects.filter(pk__in=gone).delete()
    forced, written = [FORCED], []
    for number, person in enumerate(asked.seekers):
        old = rows.get(person.client_id)
        pair = old or RoundPair(
            register_id=found.register_id, round=found, client_id=person.client_id
        )
        before = pair.opening_id
        _fill(pair, number, asked, result, forced)
        pair.before_id = before if old else pair.opening_id
        written.append(pair)
    RoundPair.objects.bulk_create(
        written, BATCH, update_conflicts=True, unique_fields=["round", "client"],
        update_fields=FILLED,
    )  # fmt: skip


def _fill(pair: RoundPair, number: int, asked: Asked, result: Result, forced: list[int]) -> None:
    place, problem = int(result.placed[number]), asked.problem
    if pair.state == State.SENT or pair.client_id in asked.loose:
        pair.state, pair.placement_id = State.PROPOSED, None
    pair.why_not = _why_not(number, asked, result, forced)
    if place == NOWHERE:
        pair.opening_id, pair.kind, pair.score, pair.gap, pair.reasons = None, "", 0, None, {}
        if pair.state == State.FIXED:
            pair.state = State.PROPOSED
        return
    row, person = asked.row(place), asked.seekers[number]
    edges = slice(problem.start[number], problem.start[number + 1])
    edge = int(problem.start[number] + np.flatnonzero(problem.place[edges] == place)[0])
    found = asked.look(number).suggestion(row)
    pair.opening_id = asked.openings[place]
    pair.kind = first_kind(int(asked.kinds[edge]), person.kinds)
    pair.score = found.score
    worth = problem.score[edges] - result.prices[problem.place[edges]]
    pair.gap = int(worth.max() - (problem.score[edge] - result.prices[place]))
    metres = telling.metres_between(asked.rows, number, asked.stock, row)
    pair.reasons = {"parts": found.parts, "metres": metres}


def _why_not(number: int, asked: Asked, result: Result, forced: list[int]) -> list[dict[str, Any]]:
    """Return the nearest other places, and what forcing one on all would cost, up to a limit."""
    told = []
    others = [one for one in why.why_not(asked.problem, result, number)
              if one.place != int(result.placed[number])]  # fmt: skip
    for one in others[:TOLD]:
        lost = None
        if int(result.placed[number]) == NOWHERE and forced[0] > 0 and len(told) < 3:
            forced[0] -= 1
            lost = why.loss_if_forced(asked.problem, result, number, one.place)
        told.append(
            {
                "opening": str(asked.openings[one.place]),
                "gap": one.gap,
                "lost": lost,
                "reasons": [[reason.code, reason.points] for reason in one.reasons],
            }
        )
    return told
