"""The job that answers a division: gathered, solved, checked, written down as rows.

What people do meanwhile wins: what was accepted stays so, and an answer to an older question is
thrown away and asked anew.
"""

from __future__ import annotations

import time
from collections import Counter
from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import UUID

from polku.contacts import handing_over
from polku.desk.division import posing
from polku.desk.division.gathering import Person, gather
from polku.desk.division.posing import Asked
from polku.foundation import clock, walls
from polku.foundation.models import RoleAssignment
from polku.foundation.viewer import Viewer, for_role, system
from polku.planning.balance import checker, solving
from polku.planning.balance.problem import NOBODY, Balance
from polku.teamwork.models import Division, DivisionProposal

State, Question = DivisionProposal.State, Division.Question
TRIES = 3
BATCH = 500
UNSOUND = "unsound"
FILLED = ("state", "from_user", "to_user", "chosen", "minutes", "why", "version")


def run(register_id: UUID, division_id: UUID) -> str:
    """Answer a division; return "planned", "done", "gone", "busy" or "unsound"."""
    for _once in range(TRIES):
        said = _once_through(register_id, division_id)
        if said != "changed":
            return said
    return "busy"


def _once_through(register_id: UUID, division_id: UUID) -> str:
    now = clock.now()
    with walls.inside(register_id, by=system(register_id)):
        division = Division.objects.filter(pk=division_id).first()
        viewer = division and lead_of(division, now)
        if division is None or viewer is None:
            return "gone"
        if not division.runs:
            return "done"
        rows = {row.client_id: row for row in division.proposals.all()}
        chosen = {
            row.client_id: row.to_user_id
            for row in rows.values()
            if row.chosen and row.state == State.PROPOSED
        }
        left = {row.client_id for row in rows.values() if row.state == State.LEFT}
        asked = posing.pose(gather(viewer, division, now), chosen, left)
    began = time.perf_counter()
    answer = solving.solve(asked.problem)
    took = round(1000 * (time.perf_counter() - began))
    wrong = checker.problems_of(asked.problem, answer.coach)
    with walls.inside(register_id, by=system(register_id)):
        stored = Division.objects.select_for_update(of=("self",)).get(pk=division_id)
        if stored.asked_at != division.asked_at:
            return "changed"
        stored.planned_at, stored.problem = clock.now(), UNSOUND if wrong else ""
        if not wrong:
            stored.record = _record(asked, answer, took)
            _write(stored, asked, answer, now)
        stored.save(update_fields=["planned_at", "problem", "record"])
    return UNSOUND if wrong else "planned"


def lead_of(division: Division, at: datetime) -> Viewer | None:
    """Return who asked, as the team's lead; None for who is its lead no more."""
    role = (
        RoleAssignment.objects.valid(at)
        .filter(
            register_id=division.register_id, user_id=division.asked_by_id, role="lead",
            team_id=division.team_id, user__is_active=True,
        )
        .select_related("user")
        .first()
    )  # fmt: skip
    return None if role is None else replace(for_role(role), at=at)


def _record(asked: Asked, answer: Balance, took: int) -> dict[str, Any]:
    """Return how the run went, and each coach's [clients, minutes, target] before it."""
    heads, minutes = Counter[UUID | None](), Counter[UUID | None]()
    for one in asked.gathered.people:
        heads[one.own] += 1
        minutes[one.own] += asked.gathered.takes(one)
    return {
        "search": solving.name(), "clients": asked.problem.clients, "moved": answer.moved,
        "cost": answer.cost, "bound": answer.bound, "milliseconds": took,
        "quiet": asked.quiet, "covered": len(asked.gathered.covered),
        "told": asked.gathered.told_away,
        "loads": {
            str(one.id): [heads[one.id], minutes[one.id], one.target]
            for one in asked.gathered.coaches
        },
    }  # fmt: skip


def _write(division: Division, asked: Asked, answer: Balance, at: datetime) -> None:
    rows = {
        row.client_id: row
        for row in division.proposals.select_for_update(of=("self",)).order_by("pk")
    }
    coaches = [one.id for one in asked.gathered.coaches]
    made: list[DivisionProposal] = []
    for one, number in zip(asked.people, answer.coach.tolist(), strict=True):
        if one.id not in asked.asked:
            continue
        if number == NOBODY:
            made += _filled(rows, division, asked, one, None)
        elif coaches[number] != one.own:
            made += _filled(rows, division, asked, one, coaches[number])
    for one in asked.by_hand:
        made += _filled(rows, division, asked, one, None)
    _stay(division, made, at)
    DivisionProposal.objects.bulk_create(
        made, BATCH, update_conflicts=True, update_fields=FILLED,
        unique_fields=["division", "client"],
    )  # fmt: skip
    kept = {row.client_id for row in made}
    gone = [
        row.pk
        for row in rows.values()
        if row.client_id not in kept and row.state in (State.PROPOSED, State.IMPOSSIBLE)
    ]
    DivisionProposal.objects.filter(pk__in=gone).delete()


def _filled(
    rows: dict[UUID, DivisionProposal],
    division: Division,
    asked: Asked,
    one: Person,
    to: UUID | None,
) -> list[DivisionProposal]:
    """Return the client's row as it is now, or nothing where a person has left it as it is.

    Who was accepted once and is asked about again is proposed anew.
    """
    row = rows.get(one.id)
    if row is not None and row.state == State.LEFT:
        return []
    if row is None:
        row = DivisionProposal(
            register_id=division.register_id, division=division, client_id=one.id, version=0
        )
    state = State.IMPOSSIBLE if to is None else State.PROPOSED
    same = (row.state, row.to_user_id, row.from_user_id) == (state, to, one.own)
    row.version += 0 if same else 1
    row.chosen = row.chosen and row.state == State.PROPOSED and row.to_user_id == to
    row.state, row.to_user_id, row.from_user_id = state, to, one.own
    row.minutes = asked.gathered.takes(one)
    row.why = _why(asked, one, to)
    return [row]


def _why(asked: Asked, one: Person, to: UUID | None) -> dict[str, Any]:
    """Return codes and facts: what it rests on, and why each other coach can't."""
    if one.ban:
        return {"need": posing.BAN}
    found = asked.gathered
    facts: dict[str, Any] = {
        "need": _need(asked, one),
        "language": one.language,
        "cant": {
            str(coach.id): asked.cant[one.id, coach.id]
            for coach in found.coaches
            if (one.id, coach.id) in asked.cant and coach.id != one.own
        },
    }
    if one.id in found.due:
        facts["due"] = found.due[one.id]
    coach = next((each for each in found.coaches if each.id == to), None)
    if coach is not None:
        met, missed = posing.missed_by(found, one, coach)
        language, how = posing.shared(one, coach)
        facts |= {"met": met, "missed": missed}
        facts["in"] = [language, how] if language else [one.language, posing.INTERPRETER]
    return facts


def _need(asked: Asked, one: Person) -> str:
    need = asked.asked[one.id]
    own = asked.cant.get((one.id, one.own)) if one.own is not None else None
    return own if need == posing.FULL and own else need


def _stay(division: Division, made: list[DivisionProposal], at: datetime) -> None:
    """Note how many booked times could not go along to the next coach."""
    if division.question == Question.COVER:
        return
    for to in {row.to_user_id for row in made if row.to_user_id and row.from_user_id}:
        going = {row.client_id: row for row in made if row.to_user_id == to and row.from_user_id}
        for booked in handing_over.would_stay(going, to, at):
            why = going[booked.client_id].why
            why["stays"] = why.get("stays", 0) + 1
