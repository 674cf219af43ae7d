"""The job that plans a week: the kernel's answer, checked, written down as proposals and omissions.

What people do meanwhile wins: what was taken or declined while the kernel worked stays so, and an
answer to an older question is thrown away and asked anew.
"""

from __future__ import annotations

import time
from dataclasses import asdict, replace
from datetime import date, datetime
from typing import Any
from uuid import UUID

from polku.contacts.models import WeekPlan, WeekProposal
from polku.contacts.weeks import hours
from polku.desk.week.asked import Asked, ask, is_settled
from polku.desk.week.wants import law_date
from polku.foundation import clock, walls
from polku.foundation.models import RoleAssignment
from polku.foundation.viewer import Viewer, for_role, system
from polku.planning.week import checker, reasons, solving
from polku.planning.week.problem import Plan

State, Need = WeekProposal.State, WeekProposal.Need
TRIES = 3
BATCH = 500
UNSOUND = "unsound"
FILLED = ("state", "need", "due_on", "kind", "purpose", "minutes", "starts_at", "why", "declined",
          "appointment", "batch", "taken_at", "raised_at", "room", "interpreter",
          "version")  # fmt: skip


def run(register_id: UUID, user_id: UUID, monday: date) -> str:
    """Plan a worker's week; return "planned", "done", "gone", "busy" or "unsound"."""
    for _once in range(TRIES):
        said = _once_through(register_id, user_id, monday)
        if said != "changed":
            return said
    return "busy"


def _once_through(register_id: UUID, user_id: UUID, monday: date) -> str:
    now = clock.now()
    with walls.inside(register_id, by=system(register_id)):
        plan = WeekPlan.objects.filter(user_id=user_id, monday=monday).first()
        viewer = viewer_of(register_id, user_id, now)
        if plan is None or viewer is None:
            return "gone"
        if not plan.runs:
            return "done"
        asked = ask(viewer, monday, now)
    began = time.perf_counter()
    answer = solving.solve(asked.problem)
    took = round(1000 * (time.perf_counter() - began))
    wrong = checker.problems_of(asked.problem, answer.booked)
    with walls.inside(register_id, by=system(register_id)):
        stored = WeekPlan.objects.select_for_update(of=("self",)).get(pk=plan.pk)
        if stored.asked_at != plan.asked_at:
            return "changed"
        stored.planned_at, stored.problem = clock.now(), UNSOUND if wrong else ""
        if not wrong:
            stored.record = _record(asked, answer, took)
            _write(asked, answer)
        stored.save(update_fields=["planned_at", "problem", "record"])
    return UNSOUND if wrong else "planned"


def viewer_of(register_id: UUID, user_id: UUID, at: datetime) -> Viewer | None:
    """Return a worker in the role in which they have clients; None for who has none any more."""
    role = (
        RoleAssignment.objects.valid(at)
        .filter(
            register_id=register_id, user_id=user_id, user__is_active=True,
            role__in=("coach", "lead"),
        )
        .select_related("user")
        .order_by("starts_at", "id")
        .first()
    )  # fmt: skip
    return None if role is None else replace(for_role(role), at=at)


def _record(asked: Asked, answer: Plan, took: int) -> dict[str, Any]:
    return {
        "search": solving.NUMBER, "meetings": asked.problem.meetings,
        "starts": asked.problem.starts, "missed_musts": answer.missed_musts,
        "missed_promised": answer.missed_promised, "value": answer.value,
        "moves": answer.moves, "milliseconds": took,
    }  # fmt: skip


def _write(asked: Asked, answer: Plan) -> None:
    viewer, monday = asked.viewer, asked.monday
    rows = {
        row.client_id: row
        for row in WeekProposal.objects.select_for_update(of=("self",))
        .filter(register_id=viewer.register_id, user_id=viewer.user_id, monday=monday)
        .select_related("appointment")
        .order_by("pk")
    }
    whys, why_nots = reasons.reasons_of(asked.problem, answer)
    made: list[WeekProposal] = []
    held = _held(rows, asked, answer, [why.meeting for why in whys])
    for why in whys:
        want = asked.wants[why.meeting]
        start = int(answer.booked[why.meeting])
        at = hours.start_of(monday, int(asked.problem.day[start]), int(asked.problem.slot[start]))
        told = want.facts | {"kept": why.kept, "below": why.below_best, "instead": why.instead}
        rest = _asked_for(want) | held.get(why.meeting, {})
        made += _filled(rows, asked, want.client_id, State.PROPOSED, at, told, rest)
    for why_not in why_nots:
        want = asked.wants[why_not.meeting]
        told = want.facts | {
            "why": why_not.reason, "to": why_not.to, "starts": why_not.starts,
            "help": [asdict(one) for one in why_not.would_help],
        }  # fmt: skip
        if why_not.meeting in asked.lacks:
            told["lacks"] = asked.lacks[why_not.meeting]
        made += _filled(rows, asked, want.client_id, State.OMITTED, None, told, _asked_for(want))
    for one, told in asked.out:
        need = Need.LAW if told.get("law") else Need.RHYTHM
        due, interview = law_date(one)
        told |= {"interview": interview}
        rest = {"need": need, "due_on": due, "kind": "", "purpose": "", "minutes": 0}
        made += _filled(rows, asked, one.client_id, State.OMITTED, None, told, rest)
    WeekProposal.objects.bulk_create(
        made, BATCH, update_conflicts=True, update_fields=FILLED,
        unique_fields=["register", "user", "monday", "client"],
    )  # fmt: skip
    still = {row.client_id for row in made} | asked.settled
    gone = [row.pk for row in rows.values() if row.client_id not in still and not is_settled(row)]
    WeekProposal.objects.filter(pk__in=gone).delete()


def _held(
    rows: dict[UUID, WeekProposal], asked: Asked, answer: Plan, booked: list[int]
) -> dict[int, dict[str, UUID]]:
    """Return by meeting which room and interpreter are proposed with it; the law's dates choose
    first.
    """
    found: dict[int, dict[str, UUID]] = {}
    if asked.needs is None or not asked.needs.found:
        return found
    for number in sorted(booked, key=lambda one: (not asked.wants[one].must, one)):
        want, start = asked.wants[number], int(answer.booked[number])
        row = rows.get(want.client_id)
        kept = [one for one in (row.room_id, row.interpreter_id) if one] if row else []
        day, slot = int(asked.problem.day[start]), int(asked.problem.slot[start])
        chosen = asked.needs.choose(want, day, slot, kept)
        found[number] = {f"{sort}_id": one for sort, one in chosen.items()}
    return found


def _asked_for(want: Any) -> dict[str, Any]:
    return {name: getattr(want, name) for name in ("need", "due_on", "kind", "purpose", "minutes")}


def _filled(
    rows: dict[UUID, WeekProposal],
    asked: Asked,
    client_id: UUID,
    state: str,
    at: datetime | None,
    why: dict[str, Any],
    rest: dict[str, Any],
) -> list[WeekProposal]:
    """Return the client's row as it is now, or nothing where a worker has decided meanwhile."""
    row = rows.get(client_id)
    if row is not None and is_settled(row):
        return []
    if row is None:
        row = WeekProposal(
            register_id=asked.viewer.register_id, user_id=asked.viewer.user_id,
            monday=asked.monday, client_id=client_id, version=0,
        )  # fmt: skip
    rest = {"room_id": None, "interpreter_id": None} | rest
    same = (row.state, row.starts_at, row.kind, row.minutes, row.room_id, row.interpreter_id) == (
        state, at, rest["kind"], rest["minutes"], rest["room_id"], rest["interpreter_id"],
    )  # fmt: skip
    row.version += 0 if same else 1
    row.state, row.starts_at, row.why = state, at, why
    row.declined, row.appointment, row.batch, row.taken_at = "", None, None, None
    if state == State.PROPOSED or rest["need"] != Need.LAW:
        row.raised_at = None
    for name, value in rest.items():
        setattr(row, name, value)
    return [row]
