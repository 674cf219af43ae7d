"""What a client does with a time of theirs: it suits, another one, a wish for another, no time.

The client's own session reads and writes own rows alone. What else the worker has booked is asked
by the software itself, and only from when until when comes out.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from polku.contacts import booking, invitations, reading, rhythm, slots, states, times
from polku.contacts.models import Appointment, Rhythm
from polku.contacts.resources import fitting, reads
from polku.contacts.resources.fitting import INTERPRETER
from polku.contacts.weeks.closed import closed
from polku.foundation import audit, clock, walls
from polku.foundation.meanwhile import ChangedMeanwhile
from polku.foundation.permissions import check
from polku.foundation.viewer import Viewer, system

# A time is not moved or given back by a press when somebody is already on the way.
LEAST_NOTICE = timedelta(hours=2)
OFFERED_FOR = timedelta(days=14)
OFFERED = 6
SAID = Appointment.Said
# What the worker is to read: that a time suits says its own state.
TO_READ = (SAID.MOVED, SAID.ANOTHER, SAID.CANNOT, SAID.CHOSE)


class NotOffered(Exception):
    """The time is not among those that the client may take: too soon, too late or not free."""


class TooLate(Exception):
    """It begins so soon that a call is needed."""


def may_take_another(booked: Appointment, now: datetime) -> bool:
    """Return whether the client may take another time by themselves.

    An interpreter who is held comes along where they are free; one from elsewhere is booked by the
    worker. A walk-in has no hour. One statement more where an interpreter is needed.
    """
    kinds = ("call", "visit", "video")
    if not in_time(booked, now) or booked.kind not in kinds:
        return False
    return not booked.interpreter or INTERPRETER in _held(booked)


def _held(booked: Appointment) -> dict[str, UUID]:
    with walls.inside(booked.register_id, by=system(booked.register_id)):
        return reads.held_by(booked)


def in_time(booked: Appointment, now: datetime) -> bool:
    """Return whether the time lies ahead, far enough to be given back by a press."""
    return booked.status in states.LIVE and booked.starts_at - now >= LEAST_NOTICE


def offered(booked: Appointment, now: datetime) -> list[datetime]:
    """Return some free starts that the client may take instead, by order; none where they may not.

    A room and an interpreter who are held come along, so only their free hours are offered. Four
    statements, three of them outside the client's own rows; one more where something is held.
    """
    if not may_take_another(booked, now):
        return []
    first, last = _days(booked, now)
    return slots.propose(
        first,
        last,
        minutes=times.minutes_between(booked.starts_at, booked.ends_at),
        busy=_busy(booked, first, last),
        after=now + LEAST_NOTICE,
        count=OFFERED,
        fits=_fits(booked, first, last),
    )


def _days(booked: Appointment, now: datetime) -> tuple[date, date]:
    """Return from when until when: two weeks past the time, yet never past the law's last day."""
    today, day = clock.local(now).date(), clock.local(booked.starts_at).date()
    first = rhythm.next_working_day(today + timedelta(days=1))
    last = day + OFFERED_FOR
    row = Rhythm.objects.filter(client_id=booked.client_id).first()
    due = rhythm.last_day_of(booked.purpose, row) if row else None
    return first, min(last, due) if due else last


def _busy(booked: Appointment, first: date, last: date) -> slots.Busy:
    with walls.inside(booked.register_id, by=system(booked.register_id)):
        away = closed(booked.register_id, booked.worker_id, first, last)
        return away + list(
            Appointment.objects.filter(
                Q(worker_id=booked.worker_id) | Q(client_id=booked.client_id),
                starts_at__lt=times.moment(last + timedelta(days=1), slots.OPENS),
                ends_at__gt=times.moment(first, slots.OPENS),
                status__in=reading.TAKEN,
            )
            .exclude(pk=booked.pk)
            .order_by("starts_at")
            .values_list("starts_at", "ends_at")
        )


def _fits(booked: Appointment, first: date, last: date) -> slots.Fits | None:
    """Return whether what is held is free at a time; None where nothing is held."""
    viewer = system(booked.register_id)
    held = list(_held(booked).values())
    with walls.inside(booked.register_id, by=viewer):
        found = reads.around(viewer, first, last, only=held, but=booked.id) if held else []
    return fitting.fits(*([one] for one in found)) if found else None


def of_mine(viewer: Viewer, appointment_id: UUID) -> Appointment:
    """Return a client's own time, with worker and client. Raises Appointment.DoesNotExist."""
    own = Appointment.objects.filter(register_id=viewer.register_id, client_id=viewer.client_id)
    return own.select_related("client", "worker").get(pk=appointment_id)


@transaction.atomic
def suits(booked: Appointment, *, by: Viewer, at: datetime, version: int) -> Appointment:
    """Take a proposed time. Raises NotFromHere, TooLate and ChangedMeanwhile."""
    stored = _mine(booked, by)
    if stored.said == SAID.SUITS and stored.status == states.CONFIRMED:
        return stored
    _stands(stored, version)
    if stored.status != states.PROPOSED or stored.starts_at <= at:
        raise booking.NotFromHere(stored.status)
    stored.status = states.CONFIRMED
    return _keep(stored, by, at, SAID.SUITS, ["status"])


@transaction.atomic
def take(
    booked: Appointment, *, by: Viewer, at: datetime, starts_at: datetime, version: int
) -> Appointment:
    """Take another time that is free. Raises NotOffered, DoubleBooked, ChangedMeanwhile."""
    stored = _mine(booked, by)
    if stored.said == SAID.MOVED and stored.starts_at == starts_at:
        return stored
    _stands(stored, version)
    if not _is_offered(stored, starts_at, at):
        raise NotOffered
    length = stored.ends_at - stored.starts_at
    stored.starts_at, stored.ends_at = starts_at, starts_at + length
    stored.status, stored.reminded_of = states.CONFIRMED, None
    kept = _keep(stored, by, at, SAID.MOVED, ["starts_at", "ends_at", "status"])
    _confirm(kept, at, "moved")
    return kept


def _is_offered(stored: Appointment, starts_at: datetime, now: datetime) -> bool:
    if not may_take_another(stored, now):
        return False
    first, last = _days(stored, now)
    try:
        day = clock.local(starts_at).date()
    except OverflowError:
        return False
    if not first <= day <= last:
        return False
    minutes = times.minutes_between(stored.starts_at, stored.ends_at)
    busy = _busy(stored, day, day)
    fits = _fits(stored, day, day)
    return starts_at in slots.free(
        day, minutes=minutes, busy=busy, after=now + LEAST_NOTICE, fits=fits
    )


@transaction.atomic
def ask_another(
    booked: Appointment, *, by: Viewer, at: datetime, word: str, version: int
) -> Appointment:
    """Ask the worker for another time; this one stands until the worker moves it."""
    stored = _mine(booked, by)
    if (stored.said, stored.said_word) == (SAID.ANOTHER, word):
        return stored
    _stands(stored, version)
    if stored.status not in states.LIVE or stored.starts_at <= at:
        raise booking.NotFromHere(stored.status)
    return _keep(stored, by, at, SAID.ANOTHER, [], word)


@transaction.atomic
def give_back(
    booked: Appointment, *, by: Viewer, at: datetime, word: str, version: int
) -> Appointment:
    """Say that one can't come, and give the time back. Raises TooLate shortly before it."""
    stored = _mine(booked, by)
    if stored.said == SAID.CANNOT and stored.status == states.CANCELLED:
        return stored
    _stands(stored, version)
    if stored.status not in states.LIVE:
        raise booking.NotFromHere(stored.status)
    if not in_time(stored, at):
        raise TooLate
    stored.status = states.CANCELLED
    kept = _keep(stored, by, at, SAID.CANNOT, ["status"], word)
    _confirm(kept, at, "cancelled")
    return kept


@transaction.atomic
def stop_reminding(booked: Appointment, *, by: Viewer) -> Appointment:
    """Remind of this time no more: the client has it already."""
    stored = _mine(booked, by)
    if stored.remind:
        stored.remind = False
        stored.save(update_fields=["remind"])
        # One that waits for the morning goes no more either.
        invitations.stop_reminder(stored, "the client wants none")
        audit.record(by, "contacts.own_reminder", client=stored.client_id, fields=["remind"])
    return stored


@transaction.atomic
def read(booked: Appointment, *, by: Viewer, at: datetime, version: int) -> bool:
    """Note that the worker has read what the client said; return whether it was the last word.

    What the client has said since that version is still to be read.
    """
    check(by, "contacts.book", booked.client)
    if Appointment.objects.filter(pk=booked.pk).exclude(version=version).exists():
        return False
    unread = Appointment.objects.filter(
        pk=booked.pk, version=version, said__in=TO_READ, said_read_at__isnull=True
    )
    if unread.update(said_read_at=at):
        audit.record(by, "contacts.said_read", client=booked.client_id, fields=["said_read_at"])
    return True


def _mine(booked: Appointment, by: Viewer) -> Appointment:
    check(by, "contacts.own_times", booked)
    return booking.locked(booked, by=by)


def _stands(stored: Appointment, version: int) -> None:
    if stored.version != version:
        raise ChangedMeanwhile(stored)


def _keep(
    stored: Appointment, by: Viewer, at: datetime, said: str, fields: list[str], word: str = ""
) -> Appointment:
    stored.said, stored.said_at, stored.said_word = said, at, word
    stored.said_read_at = None
    stored.version += 1
    booking.save(stored, by=by)
    audit.record(
        by, f"contacts.own_{said}", client=stored.client_id, fields=["said", "said_word", *fields]
    )
    return stored


def _confirm(stored: Appointment, at: datetime, what: str) -> None:
    """Write to the client what holds now, for their calendar too."""
    writer = replace(system(stored.register_id), name=str(stored.worker))
    invitations.write(stored.client, stored, by=writer, at=at, what=what)
