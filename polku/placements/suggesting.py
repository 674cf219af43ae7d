"""From a suggestion to the client's answer. A no has no consequence built in.

While a suggestion waits, a seat is promised to the client for a time; whoever puts it off or
declines gives it back at once.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import Q

from polku.clients.models import Client
from polku.foundation import audit, clock
from polku.foundation.permissions import check
from polku.foundation.viewer import Viewer
from polku.placements import legal, notices, ports, searching, seats, stepping
from polku.placements.models import Opening, Placement, SeatUse
from polku.placements.seats import NoSeat
from polku.placements.states import LIVE
from polku.placements.terms import Party
from polku.placements.writing import (
    AlreadyThere,
    by_the_house,
    give_turn,
    in_order,
    keep,
    locked,
    step_to,
    within,
    within_client,
)

S = Placement.State
ANSWERS = {"yes": "accept", "not_now": "put_off", "no": "decline"}
# A promise without a day to answer by runs out after this long.
PROMISED_FOR = timedelta(days=7)


class NotOpen(ValueError):
    """The opening takes nobody now, or not this kind of placement."""


class Gone(Exception):
    """The client said yes, but the promise had run out and the seat is gone.

    The answer is kept and it is the coach's turn; `free_from` is a day on which a seat frees.
    """

    def __init__(self, placement: Placement, free_from: date | None) -> None:
        super().__init__("the seat has gone to another")
        self.placement, self.free_from = placement, free_from


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
    right: str = "placements.suggest",
) -> Placement:
    """Suggest a place to the client, promise them a seat, and tell them by mail.

    `reasons` are sentences that the client reads. `despite` is the written ground for passing what
    the law stops; `right` is what lets the worker do so. Raises NoSeat, NotOpen, AlreadyThere and
    Stopped. The same submission twice is one suggestion.
    """
    check(by, right, client)
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


def _suggest_once(
    client: Client,
    opening: Opening,
    by: Viewer,
    at: datetime,
    submission: UUID | None,
    despite: str,
    **fields: Any,
) -> Placement:
    first = _sent_before(client, submission)
    if first:
        return first
    if opening.state != Opening.State.OPEN or fields["kind"] not in opening.kinds:
        raise NotOpen
    passed = legal.check(client.id, wanted(opening, **fields), despite=despite)
    try:
        with transaction.atomic():
            made = _make(client, opening, by=by, at=at, submission=submission, **fields)
    except (IntegrityError, NoSeat) as error:
        first = _sent_before(client, submission) or _live(client, opening)
        if first is None:
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
        use=_promise(opening, at, starts_on, ends_on, answer_by, guarded=client.safety_ban),
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


def _promise(
    opening: Opening,
    at: datetime,
    starts_on: date,
    ends_on: date | None,
    answer_by: date | None,
    *,
    guarded: bool,
) -> SeatUse:
    return seats.hold(
        opening,
        at=at,
        starts_on=starts_on,
        ends_on=ends_on,
        how=SeatUse.How.KEPT_BACK if guarded else SeatUse.How.PROMISED,
        until=_runs_out(at, answer_by),
    )


def _runs_out(at: datetime, answer_by: date | None) -> datetime:
    """Return the end of the day after the last day to answer, else this hour in seven days."""
    if answer_by is None:
        return clock.local(at) + PROMISED_FOR
    return datetime.combine(answer_by + timedelta(days=2), time(0), clock.HELSINKI)


def _sent_before(client: Client, submission: UUID | None) -> Placement | None:
    if submission is None:
        return None
    return Placement.objects.filter(submission=submission, client=client).first()


def _live(client: Client, opening: Opening) -> Placement | None:
    return Placement.objects.filter(client=client, opening=opening, state__in=LIVE).first()


def answer(
    placement: Placement,
    *,
    by: Viewer,
    at: datetime,
    answer: str,
    word: str = "",
    because: str = "",
    version: int | None = None,
) -> Placement:
    """Write down the client's "yes", "not_now" or "no", said in their own view or in the room.

    `because` is why not (Placement.Because), if the client wants to say; a kind of work that does
    not suit is ruled out from now on. A worker writes what the client said in the same room, and
    the record tells so. The same answer sent twice is one. Raises NotNow, ChangedMeanwhile,
    AlreadyThere, and Gone when the promise had run out and another has the seat.
    """
    try:
        with transaction.atomic():
            why = because if answer == "no" else ""
            return _answer(placement, by, at, answer, word=word, because=why, version=version)
    except NoSeat as full:
        with transaction.atomic():
            kept = _came_too_late(placement, by=by, at=at, word=word)
        raise Gone(kept, full.free_from) from full


def _answer(
    placement: Placement,
    by: Viewer,
    at: datetime,
    answer: str,
    *,
    word: str,
    because: str,
    version: int | None,
) -> Placement:
    check(by, "placements.answer", placement)
    verb = ANSWERS[answer]
    with within(placement, by=by):
        stored = locked(placement)
        if _said(stored) == (answer, word[:300], because):
            return stored
        stored = locked(placement, version=version)
        step_to(stored, verb)
        _write_answer(stored, by, at, word, because)
        if because == Placement.Because.WORK and stored.work_code:
            whom = Client(id=stored.client_id, register_id=stored.register_id)
            searching.say(whom, by=by, at=at, kind="veto", work_code=stored.work_code)
        with by_the_house(stored) as house:
            _seat_after(stored, at)
            _save_answer(stored, at, answer)
            stepping.follow(stored, by=house, at=at)
            _tell(stored, by, at)
    audit.record(by, f"placements.{verb}", client=stored.client_id, fields=["state", "word"])
    return stored


def _said(placement: Placement) -> tuple[str, str, str]:
    answers = {S.ACCEPTED: "yes", S.PUT_OFF: "not_now", S.DECLINED: "no"}
    return (answers.get(placement.state, ""), placement.word, placement.because)


def _write_answer(
    placement: Placement, by: Viewer, at: datetime, word: str, because: str = ""
) -> None:
    placement.word = word[:300]
    placement.because = because
    placement.answered_at = at
    placement.answered_in_the_room = by.kind != "client"


def _seat_after(placement: Placement, at: datetime) -> None:
    """Hold the seat on without an end after a yes; give it back after anything else."""
    if placement.state != S.ACCEPTED:
        give_back(placement, at=at)
        return
    stands = Q(until__isnull=True) | Q(until__gt=at)
    held = SeatUse.objects.filter(stands, pk=placement.use_id, over_at__isnull=True)
    if not held.update(until=None):
        placement.use = _hold_again(placement, at)


def _hold_again(placement: Placement, at: datetime, until: datetime | None = None) -> SeatUse:
    assert placement.opening is not None and placement.starts_on is not None
    return seats.hold(
        placement.opening,
        at=at,
        starts_on=placement.starts_on,
        ends_on=placement.ends_on,
        how=SeatUse.How.KEPT_BACK if placement.guarded else SeatUse.How.PROMISED,
        until=until,
    )


def give_back(placement: Placement, *, at: datetime) -> None:
    """Give the placement's seat back, wholly. The caller saves the placement."""
    seats.free([placement.use_id], at=at)
    placement.use = None


def _save_answer(placement: Placement, at: datetime, answer: str) -> None:
    give_turn(placement, Party.ORGANISER, at)
    keep(placement, at)
    if answer == "yes":
        ports.tell_host(placement, "accepted", at)


def _tell(placement: Placement, by: Viewer, at: datetime) -> None:
    if by.kind == "client":
        notices.tell_coach(placement, at)


def _came_too_late(placement: Placement, *, by: Viewer, at: datetime, word: str) -> Placement:
    with within(placement, by=by):
        stored = locked(placement)
        _write_answer(stored, by, at, word)
        stored.use = None
        give_turn(stored, Party.ORGANISER, at)
        keep(stored, at)
        with by_the_house(stored):
            _tell(stored, by, at)
    audit.record(by, "placements.accept_too_late", client=stored.client_id, fields=["word", "turn"])
    return stored


@transaction.atomic
def suggest_again(
    placement: Placement,
    *,
    by: Viewer,
    at: datetime,
    starts_on: date | None = None,
    ends_on: date | None = None,
    answer_by: date | None = None,
    version: int | None = None,
    despite: str = "",
) -> Placement:
    """Suggest the same place anew, with other days where they are given.

    Raises NoSeat, NotOpen, AlreadyThere, NotInThePeriod for days in the wrong order, and Stopped
    where the law stops it and no ground is written.
    """
    check(by, "placements.suggest", placement)
    with within(placement, by=by):
        stored = locked(placement, version=version)
        step_to(stored, "suggest_again")
        if stored.opening is None or stored.opening.state != Opening.State.OPEN:
            raise NotOpen
        stored.starts_on = starts_on or stored.starts_on
        stored.ends_on = ends_on or stored.ends_on
        in_order(stored)
        asked = legal.of_placement(stored)
        passed = legal.check(stored.client_id, asked, despite=despite, besides=stored)
        stored.answer_by = answer_by
        stored.answered_at, stored.word, stored.answered_in_the_room = None, "", False
        stored.ending, stored.ending_by, stored.ending_word = "", "", ""
        stored.suggested_at, stored.suggested_by_id = at, by.user_id
        stored.use = _hold_again(stored, at, until=_runs_out(at, answer_by))
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


@transaction.atomic
def withdraw(
    placement: Placement,
    *,
    by: Viewer,
    at: datetime,
    ending: str = Placement.Ending.OTHER,
    word: str = "",
    version: int | None = None,
) -> Placement:
    """Take a suggestion or an agreement back before it begins, with a reason."""
    return _call_off(placement, "withdraw", Party.ORGANISER, by, at, ending, word, version)


@transaction.atomic
def refuse(
    placement: Placement,
    *,
    by: Viewer,
    at: datetime,
    ending: str,
    word: str = "",
    version: int | None = None,
) -> Placement:
    """Write down that the workplace said no, and why: for learning, never held against the client.

    A host may say so by their own link.
    """
    return _call_off(placement, "refuse", Party.HOST, by, at, ending, word, version)


def _call_off(
    placement: Placement,
    verb: str,
    party: str,
    by: Viewer,
    at: datetime,
    ending: str,
    word: str,
    version: int | None,
) -> Placement:
    host_says_no = verb == "refuse" and by.kind == "host"
    check(by, "placements.tell" if host_says_no else "placements.suggest", placement)
    with within(placement, by=by):
        stored = locked(placement, version=version)
        step_to(stored, verb)
        stored.ending, stored.ending_by, stored.ending_word = ending, party, word[:300]
        give_turn(stored, Party.ORGANISER if host_says_no else "", at)
        with by_the_house(stored) as house:
            give_back(stored, at=at)
            keep(stored, at)
            stepping.follow(stored, by=house, at=at)
            notices.tell_client(stored, by=house, at=at, what="over")
            if host_says_no:
                notices.tell_coach(stored, at)
            else:
                ports.tell_host(stored, "over", at)
    audit.record(by, f"placements.{verb}", client=stored.client_id, fields=["state", "ending"])
    return stored


@transaction.atomic
def seen(placement: Placement, *, by: Viewer, at: datetime) -> Placement:
    """Take note of what was answered: it no longer waits for the coach."""
    check(by, "placements.suggest", placement)
    with within(placement, by=by):
        stored = locked(placement)
        if stored.turn == Party.ORGANISER:
            give_turn(stored, "", at)
            keep(stored, at)
    audit.record(by, "placements.seen", client=stored.client_id, fields=["turn"])
    return stored
