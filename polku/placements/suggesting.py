"""Suggesting a place to a client, and suggesting it anew. The answer is `answering`'s.

While a suggestion waits, a seat is promised to the client for a time (`promising`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction

from polku.clients.models import Client
from polku.foundation import audit, clock, prepared, submissions
from polku.foundation.permissions import check
from polku.foundation.viewer import Viewer
from polku.placements import legal, notices, refusing, room
from polku.placements.models import Opening, Placement
from polku.placements.promising import hold_again, promise, runs_out
from polku.placements.room import Room
from polku.placements.seats import NoSeat
from polku.placements.states import LIVE
from polku.placements.terms import Party
from polku.placements.writing import (
    AlreadyThere,
    give_turn,
    in_order,
    keep,
    locked,
    step_to,
    within,
    within_client,
)


class NotOpen(ValueError):
    """The opening takes nobody now, or not this kind of placement."""


@transaction.atomic
def suggest(
    client: Client,
    opening: Opening,
    *,
    by: Viewer,
    at: datetime,
    kind: str,
    starts_on: date,
    ends_on: date | None = None,
    reasons: Sequence[str] = (),
    answer_by: date | None = None,
    submission: UUID | None = None,
    despite: str = "",
    anyway: bool = False,
    right: str = "placements.suggest",
) -> Placement:
    """Suggest a place to the client, promise them a seat, and tell them by mail.

    `reasons` are sentences that the client reads. `despite` is the written ground for passing what
    the law stops, `anyway` a choice to ask a workplace that takes nobody now; `right` is what lets
    the worker do so. Raises NoSeat, NotOpen, TakesNobody, AlreadyThere and Stopped. The same
    submission twice is one suggestion.
    """
    check(by, right, client)
    _takes_somebody(opening, at, anyway)
    with within_client(client, by=by):
        return _suggest_once(
            client,
            opening,
            by,
            at,
            submission,
            despite,
            kind=kind,
            starts_on=starts_on,
            ends_on=ends_on,
            reasons=list(reasons),
            answer_by=answer_by,
        )


def _takes_somebody(opening: Opening, at: datetime, anyway: bool) -> None:
    if not anyway and refusing.of(opening.worksite, clock.local(at).date()):
        raise refusing.TakesNobody


def _suggest_once(
    client: Client,
    opening: Opening,
    by: Viewer,
    at: datetime,
    submission: UUID | None,
    despite: str,
    **fields: Any,
) -> Placement:
    stands = _stands(client, opening, at, submission, fields["starts_on"], fields["ends_on"])
    if stands.sent:
        return Placement.objects.get(pk=stands.sent)
    if opening.state != Opening.State.OPEN or fields["kind"] not in opening.kinds:
        raise NotOpen
    if stands.live:
        raise AlreadyThere(Placement.objects.get(pk=stands.live))
    if stands.room.seat is None:
        # Seen to be gone; where it is not, holding it decides.
        raise NoSeat(opening, stands.room.free_from)
    passed = legal.check(client.id, wanted(opening, **fields), despite=despite)
    try:
        with transaction.atomic():
            made = _make(
                client, opening, by=by, at=at, submission=submission, seen=stands.room, **fields
            )
    except (IntegrityError, NoSeat) as error:
        first = _sent_before(client, submission) or _live(client, opening)
        if first is None:
            submissions.refuse(error)
            raise
        if submission is None or first.submission != submission:
            raise AlreadyThere(first) from error
        return first
    notices.tell_client(made, by=by, at=at, what="suggested", day=made.answer_by)
    audit.record(
        by,
        "placements.suggest",
        client=client.id,
        fields=["state", "opening", "starts_on", "ends_on"],
        reason=despite if passed else "",
    )
    return made


@dataclass(frozen=True, slots=True)
class _Stands:
    """What is seen before anything is asked or written: the same submission, a live one, seats."""

    sent: UUID | None
    live: UUID | None
    room: Room


_STANDS = f"""
{room.USES}
SELECT
  (SELECT id FROM placements_placement WHERE client_id = %(client)s
    AND submission = %(submission)s) AS sent,
  (SELECT id FROM placements_placement WHERE client_id = %(client)s
    AND opening_id = %(opening)s AND state = ANY(%(live)s) LIMIT 1) AS live,
  {room.SEEN}
"""


def _stands(
    client: Client,
    opening: Opening,
    at: datetime,
    submission: UUID | None,
    starts_on: date,
    ends_on: date | None,
) -> _Stands:
    given = {"client": client.id, "submission": submission, "live": list(LIVE)}
    with prepared.cursor() as cursor:
        cursor.execute(_STANDS, given | room.values(opening, at, starts_on, ends_on))
        sent, live, *seen = cursor.fetchone()
    return _Stands(sent, live, Room(*seen))


def wanted(
    opening: Opening, *, kind: str, starts_on: date, ends_on: date | None, **others: Any
) -> legal.Wanted:
    """Return what a suggestion of an opening asks the law; hours that vary are still open."""
    fixed = opening.hours_from == opening.hours_to
    return legal.Wanted(
        kind=kind,
        host=opening.worksite.host,
        task=opening.work_code or opening.title,
        starts_on=starts_on,
        ends_on=ends_on,
        hours=opening.hours_from if fixed else None,
        days=opening.days_a_week,
    )


def _make(
    client: Client,
    opening: Opening,
    *,
    by: Viewer,
    at: datetime,
    starts_on: date,
    ends_on: date | None,
    answer_by: date | None,
    seen: Room,
    **fields: Any,
) -> Placement:
    worksite = opening.worksite
    return Placement.objects.create(
        register_id=client.register_id,
        client=client,
        opening=opening,
        worksite=worksite,
        host_id=worksite.host_id,
        supervisor_id=opening.supervisor_id,
        use=promise(
            opening,
            at=at,
            starts_on=starts_on,
            ends_on=ends_on,
            answer_by=answer_by,
            guarded=client.safety_ban,
            seen=seen,
        ),
        guarded=client.safety_ban,
        title=opening.title,
        tasks=opening.tasks,
        work_code=opening.work_code,
        place=place_of(worksite),
        starts_on=starts_on,
        ends_on=ends_on,
        hours_a_day=opening.hours_from if opening.hours_from == opening.hours_to else None,
        days_a_week=opening.days_a_week,
        times=opening.times,
        answer_by=answer_by,
        suggested_at=at,
        suggested_by_id=by.user_id,
        turn=Party.CLIENT,
        turn_since=at,
        changed_at=at,
        **fields,
    )


def place_of(worksite: Any) -> str:
    """Return a worksite as the client reads it: its name and address."""
    town = " ".join(part for part in (worksite.postal_code, worksite.town) if part)
    return ", ".join(part for part in (worksite.name, worksite.street, town) if part)[:240]


def _sent_before(client: Client, submission: UUID | None) -> Placement | None:
    if submission is None:
        return None
    return Placement.objects.filter(submission=submission, client=client).first()


def _live(client: Client, opening: Opening) -> Placement | None:
    return Placement.objects.filter(client=client, opening=opening, state__in=LIVE).first()


@transaction.atomic
def suggest_again(
    placement: Placement,
    *,
    by: Viewer,
    at: datetime,
    starts_on: date | None = None,
    ends_on: date | None = None,
    answer_by: date | None = None,
    anyway: bool = False,
    version: int | None = None,
    despite: str = "",
) -> Placement:
    """Suggest the same place anew, with other days where they are given; `anyway` as in `suggest`.

    Raises NoSeat, NotOpen, TakesNobody, AlreadyThere, NotInThePeriod for days in the wrong order,
    and Stopped where the law stops it and no ground is written.
    """
    check(by, "placements.suggest", placement)
    with within(placement, by=by):
        stored = locked(placement, version=version)
        step_to(stored, "suggest_again")
        if stored.opening is None or stored.opening.state != Opening.State.OPEN:
            raise NotOpen
        _takes_somebody(stored.opening, at, anyway)
        stored.starts_on = starts_on or stored.starts_on
        stored.ends_on = ends_on or stored.ends_on
        in_order(stored)
        asked = legal.of_placement(stored)
        passed = legal.check(stored.client_id, asked, despite=despite, besides=stored)
        stored.answer_by = answer_by
        stored.answered_at, stored.word, stored.answered_in_the_room = None, "", False
        stored.ending, stored.ending_by, stored.ending_word = "", "", ""
        stored.suggested_at, stored.suggested_by_id = at, by.user_id
        stored.use = hold_again(stored, at, until=runs_out(at, answer_by))
        give_turn(stored, Party.CLIENT, at)
        keep(stored, at)
        notices.tell_client(stored, by=by, at=at, what="suggested", day=answer_by)
    reason = despite if passed else ""
    audit.record(
        by,
        "placements.suggest_again",
        client=stored.client_id,
        fields=["state"],
        reason=reason,
    )
    return stored
