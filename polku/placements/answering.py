"""The client's answer to a suggestion: yes, not now or no. A no has no consequence built in.

Whoever puts it off or declines gives the seat back at once; it is then the coach's turn.
"""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from polku.clients.models import Client
from polku.foundation import audit, lasting
from polku.foundation.permissions import check
from polku.foundation.viewer import Viewer
from polku.placements import notices, ports, searching, stepping
from polku.placements.models import Placement, SeatUse
from polku.placements.promising import give_back, hold_again
from polku.placements.seats import NoSeat
from polku.placements.terms import Party
from polku.placements.writing import by_the_house, give_turn, keep, locked, step_to, within

S = Placement.State
ANSWERS = {"yes": "accept", "not_now": "put_off", "no": "decline"}


class Gone(Exception):
    """The client said yes, but the promise had run out and the seat is gone.

    The answer is kept and it is the coach's turn; `free_from` is a day on which a seat frees.
    """

    def __init__(self, placement: Placement, free_from: date | None) -> None:
        super().__init__("the seat has gone to another")
        self.placement, self.free_from = placement, free_from


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
    stands = lasting.beyond(at, ends="until")
    held = SeatUse.objects.filter(stands, pk=placement.use_id, over_at__isnull=True)
    if not held.update(until=None):
        placement.use = hold_again(placement, at)


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
