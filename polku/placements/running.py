"""A placement begins, comes to its end or is interrupted, and each of these can be taken back."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from polku.foundation import audit, clock
from polku.foundation.permissions import check
from polku.foundation.viewer import Viewer
from polku.placements import (
    absences,
    agreeing,
    asking,
    notices,
    ports,
    seats,
    states,
    stepping,
)
from polku.placements.models import Placement, SeatUse, TermsChange
from polku.placements.terms import Party
from polku.placements.writing import (
    NotInThePeriod,
    TooEarly,
    by_the_house,
    give_turn,
    keep,
    locked,
    step_to,
    within,
)


@transaction.atomic
def start(
    placement: Placement, *, by: Viewer, at: datetime, version: int | None = None
) -> Placement:
    """Begin what was agreed by all: on its first day, or later when somebody says so.

    Assessments are asked for from now on. Raises TooEarly before the first day: what begins earlier
    is agreed on first.
    """
    return _move(placement, "start", by=by, at=at, version=version)


@transaction.atomic
def take_back_start(
    placement: Placement, *, by: Viewer, at: datetime, version: int | None = None
) -> Placement:
    """Say that it did not begin after all; what was agreed stands, and may be withdrawn.

    It begins only when somebody says so: the morning's work leaves what waits for the organiser.
    """
    return _move(placement, "take_back_start", by=by, at=at, version=version)


def _move(
    placement: Placement, verb: str, *, by: Viewer, at: datetime, version: int | None
) -> Placement:
    check(by, "placements.suggest", placement)
    with within(placement, by=by):
        stored = locked(placement, version=version)
        step_to(stored, verb)
        if verb == "start" and not begins_today(stored, clock.local(at).date()):
            assert stored.starts_on is not None
            raise TooEarly(stored.starts_on)
        if verb == "take_back_start":
            _forget_an_early_end(stored)
            agreeing.reopen_unsigned(stored)
        # What has not begun waits for the organiser; what has, for nobody.
        give_turn(stored, "" if verb == "start" else Party.ORGANISER, at)
        keep(stored, at)
        with by_the_house(stored) as house:
            if verb == "start":
                asking.plan(stored)
            else:
                asking.forget(stored)
                absences.settle(stored)
            stepping.follow(stored, by=house, at=at)
    audit.record(by, f"placements.{verb}", client=stored.client_id, fields=["state"])
    return stored


@transaction.atomic
def end(
    placement: Placement,
    *,
    by: Viewer,
    at: datetime,
    on: date | None = None,
    version: int | None = None,
) -> Placement:
    """Mark a placement as come to its end on its last day; the seat is free from the day after.

    One that was told to end early is interrupted on that day, for the reason that was told then.
    Raises NotInThePeriod before that day: what ends earlier is interrupted.
    """
    check(by, "placements.suggest", placement)
    with within(placement, by=by):
        stored = locked(placement, version=version)
        last = on or stored.last_day
        assert last is not None
        if last > clock.local(at).date():
            raise NotInThePeriod
        _close(stored, "interrupt" if stored.ends_early else "end", last, at)
        with by_the_house(stored) as house:
            asking.close(stored, at)
            stepping.follow(stored, by=house, at=at)
    audit.record(by, "placements.end", client=stored.client_id, fields=["state", "ended_on"])
    return stored


@transaction.atomic
def interrupt(
    placement: Placement,
    *,
    by: Viewer,
    at: datetime,
    on: date,
    ending: str,
    initiative: str,
    word: str = "",
    version: int | None = None,
) -> Placement:
    """End a placement before its time: on which day, why, and by whose initiative.

    With a day that is still to come it goes on until then and ends by itself in the morning after;
    the seat is free from that day on. Told anew, another day or reason takes the place of the
    first. Raises NotInThePeriod, and NoSeat where the seat is another's by a later day.
    """
    check(by, "placements.suggest", placement)
    with within(placement, by=by):
        stored = locked(placement, version=version)
        was = {"ends_on": str(stored.last_day)}
        stored.ending, stored.ending_by, stored.ending_word = ending, initiative, word[:300]
        comes = on > clock.local(at).date()
        if comes:
            _ends_early(stored, on, at)
        else:
            _close(stored, "interrupt", on, at)
        becomes = {"ends_on": str(on), "ending": ending}
        what = TermsChange.What.INTERRUPTION
        agreeing.write_change(stored, by, at, what, initiative, word, was, becomes)
        with by_the_house(stored) as house:
            absences.settle(stored)
            if comes:
                asking.plan(stored)
            else:
                asking.close(stored, at)
            stepping.follow(stored, by=house, at=at)
            notices.tell_client(stored, by=house, at=at, what="ends" if comes else "ended")
            if by.kind != "host":
                ports.tell_host(stored, "ends" if comes else "ended", at)
    audit.record(
        by, "placements.interrupt", client=stored.client_id, fields=["state", "ended_on", "ending"]
    )
    return stored


def _ends_early(placement: Placement, last: date, at: datetime) -> None:
    states.after("interrupt", placement.state)
    _last_day(placement, last, at)
    keep(placement, at)


def _last_day(placement: Placement, last: date, at: datetime) -> None:
    assert placement.starts_on is not None and placement.ends_on is not None
    if not placement.starts_on <= last <= placement.ends_on:
        raise NotInThePeriod
    before = placement.last_day
    placement.ended_on = last
    if before is not None and last > before:
        # A later day than was told first: another may have the seat by then.
        _seat_back(placement)
    else:
        seats.free([placement.use_id], at=at, last_day=last)


def _close(placement: Placement, verb: str, last: date, at: datetime) -> None:
    step_to(placement, verb)
    _last_day(placement, last, at)
    give_turn(placement, "" if placement.follow_on else Party.ORGANISER, at)
    keep(placement, at)


@transaction.atomic
def go_on(
    placement: Placement, *, by: Viewer, at: datetime, version: int | None = None
) -> Placement:
    """Take an end or an interruption back, also one that is still to come. All hear of it.

    Raises NoSeat when another has the seat by now, and AlreadyThere when the client was placed in
    the same opening anew.
    """
    check(by, "placements.suggest", placement)
    with within(placement, by=by):
        stored = locked(placement, version=version)
        if not stored.ends_early:
            step_to(stored, "go_on")
        _no_end(stored)
        give_turn(stored, "", at)
        keep(stored, at)
        with by_the_house(stored) as house:
            asking.plan(stored)
            stepping.follow(stored, by=house, at=at)
            notices.tell_client(stored, by=house, at=at, what="goes_on")
            ports.tell_host(stored, "goes_on", at)
    audit.record(by, "placements.go_on", client=stored.client_id, fields=["state", "ended_on"])
    return stored


def _no_end(placement: Placement) -> None:
    placement.ended_on = None
    placement.ending, placement.ending_by, placement.ending_word = "", "", ""
    _seat_back(placement)


def _forget_an_early_end(placement: Placement) -> None:
    if placement.ended_on is not None:
        _no_end(placement)


def _seat_back(placement: Placement) -> None:
    use = SeatUse.objects.filter(pk=placement.use_id).first()
    if use is not None:
        assert placement.starts_on is not None
        seats.move(use, starts_on=placement.starts_on, ends_on=placement.last_day)


def begins_today(placement: Placement, on: date | None = None) -> bool:
    """Return whether an agreed placement's first day has come."""
    on = on or clock.today()
    return placement.starts_on is not None and placement.starts_on <= on
