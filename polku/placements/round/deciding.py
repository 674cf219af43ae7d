"""What people do in a round. Each change that moves somebody has the round worked out anew.

What is fixed stays; what stays unchanged is preferred by the kernel, so that the rest stays put.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from uuid import UUID, uuid5

from django.db import transaction

from polku.foundation import audit, jobs, walls
from polku.foundation.permissions import Refused, check
from polku.foundation.viewer import Viewer
from polku.placements import seats
from polku.placements.fitting import best, reading
from polku.placements.fitting.telling import Reason
from polku.placements.models import Opening, Round, RoundPair
from polku.placements.round import floors, rights
from polku.placements.round.lessons import MISSING, Why

State = RoundPair.State
MOVABLE = (State.PROPOSED, State.FIXED)


class Closed(Exception):
    """The round is closed: nothing changes in it any more."""


class Settled(Exception):
    """The suggestion has been sent, or there is none: this can't be done with the pair."""


class DoesNotFit(Exception):
    """A hard rule stands between the client and the opening. `reasons` say which."""

    def __init__(self, reasons: Sequence[Reason]) -> None:
        super().__init__("a hard rule stands in the way")
        self.reasons = tuple(reasons)


class Full(Exception):
    """All free seats of the opening are fixed for others."""


@transaction.atomic
def begin(
    *, by: Viewer, at: datetime, name: str, towns: Sequence[str], starts_on: date, ends_on: date,
    submission: UUID, floor_group: str = "", floor_heads: int | None = None,
) -> Round:  # fmt: skip
    """Begin a round for municipalities that the worker's organisation finds places for.

    The same submission of a worker twice is one round. Raises Refused for any other municipality,
    and for a floor what `floors.put` raises.
    """
    check(by, "placements.round")
    if not towns or not set(towns) <= rights.towns(by):
        raise Refused("not a municipality of the worker's")
    made, fresh = Round.objects.get_or_create(
        id=uuid5(submission, str(by.user_id)),
        register_id=by.register_id,
        defaults={
            "name": name,
            "municipalities": sorted(towns),
            "starts_on": starts_on,
            "ends_on": ends_on,
            "created_at": at,
            "created_by_id": by.user_id,
        },
    )
    if not fresh:
        return made
    floors.put(made, by, floor_group, floor_heads)
    audit.record(by, "placements.round_begin", reason=f"round {made.id}")
    _ask(made, at)
    made.save()
    return made


@transaction.atomic
def ask(found: Round, *, by: Viewer, at: datetime) -> Round:
    """Have the round worked out. Raises Closed."""
    with _changing(found, by) as stored:
        audit.record(by, "placements.round_ask", reason=f"round {stored.id}")
        _ask(stored, at)
    return stored


@transaction.atomic
def set_floor(
    found: Round, *, by: Viewer, at: datetime, floor_group: str, floor_heads: int | None
) -> Round:
    """Set the floor for a group, or take it away, and have the round worked out with it.

    Raises Closed, and what `floors.put` raises.
    """
    with _changing(found, by) as stored:
        floors.put(stored, by, floor_group, floor_heads)
        audit.record(
            by, "placements.round_floor", fields=["floor_group", "floor_heads"],
            reason=f"round {stored.id}",
        )  # fmt: skip
        _ask(stored, at)
    return stored


@transaction.atomic
def fix(pair: RoundPair, *, by: Viewer, at: datetime, fixed: bool) -> RoundPair:
    """Fix what is proposed, so that it stays, or let it loose. Raises Settled."""
    with _changing(pair.round, by):
        stored = _locked(pair)
        if stored.opening_id is None:
            raise Settled
        stored.state = State.FIXED if fixed else State.PROPOSED
        stored.save(update_fields=["state"])
        verb = "round_fix" if fixed else "round_loosen"
        audit.record(by, f"placements.{verb}", client=stored.client_id, fields=["state"])
    return stored


@transaction.atomic
def move(pair: RoundPair, opening: Opening, *, by: Viewer, at: datetime) -> RoundPair:
    """Fix the client to another opening; whoever is proposed there finds another place.

    Raises DoesNotFit, Full and Settled.
    """
    with _changing(pair.round, by) as found:
        stored = _locked(pair)
        _fits(stored, opening, found)
        _has_room(stored, opening, found, at)
        stored.opening, stored.state = opening, State.FIXED
        stored.kind, stored.reasons, stored.score, stored.gap = "", {}, 0, None
        stored.save()
        audit.record(by, "placements.round_move", client=stored.client_id, fields=["opening"])
        _ask(found, at)
    return stored


@transaction.atomic
def refuse(
    pair: RoundPair, opening: Opening | None, *, by: Viewer, at: datetime, why: str, word: str = ""
) -> RoundPair:
    """Rule out an opening for the client, with the reason, or say that a place is missing.

    The same refusal twice is one. Raises Settled.
    """
    with _changing(pair.round, by) as found:
        stored = _locked(pair)
        about = str(opening.id) if opening else ""
        code = Why(why).value if opening else MISSING
        if not any((one["opening"], one["code"]) == (about, code) for one in stored.refused):
            stored.refused = [
                *stored.refused,
                {"opening": about, "code": code, "word": word[:300], "by": str(by.user_id),
                 "at": at.isoformat()},
            ]  # fmt: skip
        if opening and stored.opening_id == opening.id:
            stored.opening, stored.state, stored.kind, stored.reasons = None, State.PROPOSED, "", {}
        stored.save()
        audit.record(by, "placements.round_refuse", client=stored.client_id, fields=["refused"])
        if opening:
            _ask(found, at)
    return stored


@transaction.atomic
def leave_out(pair: RoundPair, *, by: Viewer, at: datetime, left: bool) -> RoundPair:
    """Leave the client out of this round, or take them in again. Raises Settled."""
    with _changing(pair.round, by) as found:
        stored = RoundPair.objects.select_for_update(of=("self",)).get(pk=pair.pk)
        if stored.state == State.SENT:
            raise Settled
        stored.state = State.LEFT_OUT if left else State.PROPOSED
        stored.opening, stored.kind, stored.reasons = None, "", {}
        stored.save()
        verb = "round_leave_out" if left else "round_take_in"
        audit.record(by, f"placements.{verb}", client=stored.client_id, fields=["state"])
        _ask(found, at)
    return stored


@transaction.atomic
def close(found: Round, *, by: Viewer, at: datetime) -> Round:
    """Close the round: what was not sent is let go."""
    with _changing(found, by) as stored:
        stored.state = Round.State.CLOSED
        audit.record(by, "placements.round_close", reason=f"round {stored.id}")
    return stored


@contextmanager
def _changing(found: Round, by: Viewer) -> Iterator[Round]:
    """Lock the round for a change, and save it as its next version. Raises Closed."""
    check(by, "placements.round")
    stored = Round.objects.select_for_update(of=("self",)).get(pk=found.pk)
    if stored.state != Round.State.OPEN:
        raise Closed
    yield stored
    stored.version += 1
    stored.save()


def _ask(found: Round, at: datetime) -> None:
    found.asked_at, found.problem = at, ""
    defer(found.register_id, found.id)


def defer(register_id: UUID, round_id: UUID) -> bool:
    """Have a round worked out by a job; False when one waits: it answers what then stands."""
    from polku.placements.tasks import work_out_round

    lock = f"round {round_id}"
    return jobs.defer_once(work_out_round, lock, register_id=register_id, round_id=round_id)


def resume(register_id: UUID, at: datetime) -> int:
    """Have the rounds worked out whose worker has died; return how many."""
    with walls.inside(register_id):
        open_ones = Round.objects.filter(state=Round.State.OPEN)
        silent = open_ones.filter(jobs.lost(at, answered="run_at"))
        return sum(defer(register_id, one) for one in silent.values_list("id", flat=True))


def _locked(pair: RoundPair) -> RoundPair:
    stored = RoundPair.objects.select_for_update(of=("self",)).get(pk=pair.pk)
    if stored.state not in MOVABLE:
        raise Settled
    return stored


def _fits(pair: RoundPair, opening: Opening, found: Round) -> None:
    seeker = reading.seeker(pair.client_id, in_round=found.id).by_hand(opening.id)
    reasons = best.why_not(seeker, opening.id, register_id=found.register_id, on=found.starts_on)
    if reasons is None or opening.worksite.municipality_id not in found.municipalities:
        raise DoesNotFit(())
    if reasons:
        raise DoesNotFit(reasons)


def _has_room(pair: RoundPair, opening: Opening, found: Round, at: datetime) -> None:
    free = seats.free_in(
        {opening.id: opening.seats}, starts_on=found.starts_on, ends_on=found.ends_on, now=at
    )[opening.id]
    there = RoundPair.objects.filter(round=found, opening=opening).exclude(client=pair.client_id)
    if there.filter(state=State.FIXED).count() >= free:
        raise Full
    # Who is proposed there gives way; the next run finds another place for them.
    many = there.filter(state=State.PROPOSED).order_by("score", "id")
    for other in many[: max(0, there.filter(state__in=MOVABLE).count() + 1 - free)]:
        other.opening, other.kind, other.reasons = None, "", {}
        other.save()
