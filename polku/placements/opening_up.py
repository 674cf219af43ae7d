"""Writes of openings: what may be done, when, by how many; seats kept back; "still so"."""

from __future__ import annotations

from datetime import date, datetime
from hashlib import sha256
from typing import Any
from uuid import UUID, uuid4

from django.db import IntegrityError, transaction

from polku.foundation import audit, clock, submissions, turns
from polku.foundation.permissions import check
from polku.foundation.turns import Turn
from polku.foundation.viewer import Viewer
from polku.placements import seats
from polku.placements.keeping import locked, only, write
from polku.placements.models import Opening, SeatUse, Worksite

OPENING_FIELDS = (
    "supervisor_id", "kinds", "title", "tasks", "work_code", "esco", "seats", "open_from",
    "open_to", "hours_from", "hours_to", "days_a_week", "times", "demands", "cards", "language",
    "language_level", "teaches", "may_lead_to_work", "cuts", "host_asks", "confirm_every_days",
)  # fmt: skip
# verb -> (states in which it may be said, the state after it)
TURNS = {
    "pause": (("open",), "paused"),
    "resume": (("paused", "closed"), "open"),
    "close": (("open", "paused"), "closed"),
}


class SeatsInUse(Exception):
    """There are uses of a higher number than the seats that would be left; `highest` of them."""

    def __init__(self, highest: int) -> None:
        super().__init__("seats are in use")
        self.highest = highest


@transaction.atomic
def add_opening(
    worksite: Worksite, *, by: Viewer, at: datetime, submission: UUID | None = None, **fields: Any
) -> Opening:
    """Add an opening, confirmed today. `fields` are of OPENING_FIELDS; kinds and title are needed.

    Whoever offers a place is ready for one: the worksite's readiness says so from now on. The same
    submission (which names the new row) sent twice is one.
    """
    check(by, "placements.write")
    only(fields, OPENING_FIELDS)
    stored: Worksite = locked(worksite)
    same = Opening.objects.filter(pk=submission, worksite=stored).first()
    if same is not None:
        return same
    opening = Opening(
        id=submission or uuid4(),
        register_id=worksite.register_id,
        worksite=worksite,
        confirmed_on=clock.local(at).date(),
        created_at=at,
        changed_at=at,
        **fields,
    )
    try:
        opening.save(force_insert=True)
    except IntegrityError as error:
        submissions.refuse(error)
        raise
    if stored.readiness != Worksite.Readiness.READY:
        stored.readiness = Worksite.Readiness.READY
        stored.version += 1
        stored.changed_at = at
        stored.save(update_fields=["readiness", "version", "changed_at"])
    audit.record(by, "placements.add_opening", fields=fields.keys(), reason=about(opening))
    return opening


@transaction.atomic
def change_opening(
    opening: Opening, *, by: Viewer, at: datetime, version: int, **fields: Any
) -> Opening:
    """Change fields of OPENING_FIELDS. Raises ChangedMeanwhile; SeatsInUse for too few seats."""
    check(by, "placements.write")
    only(fields, OPENING_FIELDS)
    stored: Opening = locked(opening, version)
    if fields.get("seats", stored.seats) < stored.seats:
        highest = (
            SeatUse.objects.filter(
                seats.overlapping(clock.local(at).date(), None),
                opening=stored,
                seat__gt=fields["seats"],
            )
            .order_by("-seat")
            .values_list("seat", flat=True)
            .first()
        )
        if highest is not None:
            raise SeatsInUse(highest)
    changed = write(stored, at, fields)
    stored.save()
    audit.record(by, "placements.change_opening", fields=changed, reason=about(stored))
    return stored


@transaction.atomic
def turn(opening: Opening, *, by: Viewer, at: datetime, verb: str) -> Opening:
    """Pause, resume or close an opening; what is so already stays. Raises KeyError for other verbs.

    Placements in it go on, and it takes no new ones. Whoever resumes it confirms it.
    """
    check(by, "placements.write")
    before, after = TURNS[verb]
    stored: Opening = locked(opening)
    if stored.state not in before:
        return stored
    stored.state = after
    if verb == "resume":
        stored.confirmed_on, stored.confirmed_by_host = clock.local(at).date(), False
    stored.version += 1
    stored.changed_at = at
    stored.save()
    audit.record(by, f"placements.{verb}_opening", fields=["state"], reason=about(stored))
    return stored


@transaction.atomic
def confirm(opening: Opening, *, by: Viewer, at: datetime) -> Opening:
    """Say that what is written of an opening still holds; whether the host said it, or a worker."""
    check(by, "placements.confirm", opening)
    stored: Opening = locked(opening)
    stored.confirmed_on = clock.local(at).date()
    stored.confirmed_by_host = by.kind == "host"
    # The words stand as they are: whoever has the form open loses nothing by it.
    stored.changed_at = at
    stored.save(update_fields=["confirmed_on", "confirmed_by_host", "changed_at"])
    audit.record(by, "placements.confirm_opening", fields=["confirmed_on"], reason=about(stored))
    return stored


@transaction.atomic
def unconfirm(
    opening: Opening, *, by: Viewer, at: datetime, confirmed_on: date, by_host: bool
) -> Opening:
    """Take back a confirmation of today: the day before it stands again."""
    check(by, "placements.confirm", opening)
    stored: Opening = locked(opening)
    if stored.confirmed_on == clock.local(at).date() and confirmed_on <= stored.confirmed_on:
        stored.confirmed_on, stored.confirmed_by_host = confirmed_on, by_host
        stored.save(update_fields=["confirmed_on", "confirmed_by_host"])
    audit.record(by, "placements.unconfirm_opening", fields=["confirmed_on"], reason=about(stored))
    return stored


@transaction.atomic
def keep_back(
    opening: Opening,
    *,
    by: Viewer,
    at: datetime,
    number: int,
    starts_on: date,
    ends_on: date,
    submission: UUID | None = None,
) -> list[SeatUse]:
    """Write that the host keeps some seats back for a time, all of them or none. Raises NoSeat.

    The same submission (from which the new rows are named) sent twice is one.
    """
    check(by, "placements.write")
    names = [_named(submission, nth) if submission else uuid4() for nth in range(number)]
    turns.take(Turn.SEATS, opening.id)
    same = list(SeatUse.objects.filter(pk__in=names, opening=opening))
    if same:
        return same
    try:
        uses = [
            seats.hold(
                opening,
                at=at,
                starts_on=starts_on,
                ends_on=ends_on,
                how=SeatUse.How.KEPT_BACK,
                until=clock.day_ends(ends_on),
                name=one,
            )
            for one in names
        ]
    except IntegrityError as error:
        submissions.refuse(error)
        raise
    audit.record(by, "placements.keep_back", fields=["seats"], reason=about(opening))
    return uses


def _named(submission: UUID, nth: int) -> UUID:
    # Like any other row's id: the kind of id must not tell the host's own from one under a ban.
    digest = sha256(f"{submission} {nth}".encode()).digest()
    return UUID(bytes=digest[:16], version=4)


@transaction.atomic
def give_back(use: SeatUse, *, by: Viewer, at: datetime) -> None:
    """Say that the host no longer keeps a seat back.

    A seat under a safety ban is told as kept back too, and nobody is to learn that it is one: it
    stays, and whoever asks is answered as always. The host's own are known by when they run out.
    """
    check(by, "placements.write")
    stored = SeatUse.objects.select_for_update(of=("self",)).get(pk=use.pk)
    is_hosts = stored.ends_on is not None and stored.until == clock.day_ends(stored.ends_on)
    if stored.how == SeatUse.How.KEPT_BACK and is_hosts:
        seats.free([stored.pk], at=at)
    audit.record(by, "placements.give_back", fields=["seats"], reason=f"opening={use.opening_id}")


def about(opening: Opening) -> str:
    return f"opening={opening.pk} worksite={opening.worksite_id}"
