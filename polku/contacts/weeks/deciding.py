"""What a worker does with what is proposed: takes it, declines it, puts it back.

Taking is booking, by the action that books everywhere: the invitation goes as usual, and the
database refuses what would overlap. Who takes and a run that plans anew come in turn, by the row.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID, uuid4, uuid5

from django.db import transaction
from django.db.models import Exists, OuterRef

from polku.clients.models import Client
from polku.clients.queries import seen
from polku.contacts import booking, in_order, reading, states
from polku.contacts.models import Appointment, TimeAway, WeekProposal
from polku.contacts.resources.alike import Ways
from polku.contacts.weeks import options
from polku.foundation import audit, clock
from polku.foundation.permissions import check
from polku.foundation.viewer import Viewer

State = WeekProposal.State
AT_MOST = 200
WITHIN = timedelta(minutes=10)
WEEK = timedelta(days=7)
# Why one of those that were pressed is not taken.
GONE, CHANGED, PAST, AWAY, BOOKED = "gone", "changed", "past", "away", "booked"


class TooLate(ValueError):
    """Ten minutes are over, or the clients have answered meanwhile."""


class NotNow(ValueError):
    """The proposal is not in a state in which this can be done."""


@dataclass
class Taken:
    """What came of a press: the batch for its undo, who is booked, and who is not and why.

    `refused` holds (name, code): a code of this module, or whose time it is ("worker", "client",
    "room", "interpreter"); the name is empty for whom the worker may not see any more.
    """

    batch: UUID
    booked: list[UUID] = field(default_factory=list)
    already: int = 0
    refused: list[tuple[str, str]] = field(default_factory=list)


@transaction.atomic
def take(wanted: Iterable[tuple[UUID, int]], *, by: Viewer, at: datetime) -> Taken:
    """Book these proposals (id, version as it was seen), each for itself; say what came of it.

    A proposal that is pressed twice is one booking. Raises Refused.
    """
    check(by, "contacts.week")
    versions = dict(list(wanted)[:AT_MOST])
    rows = _locked(by, versions)
    clients = _clients(by, rows, at)
    away = list(
        TimeAway.objects.filter(user_id=by.user_id, ended_at__isnull=True).values_list(
            "first_on", "last_on"
        )
    )
    place = reading.service_point(by)
    there = options.around(by, rows)
    # All turns before the first booking: it goes on by the hour, and others wait by another order.
    in_order.take([by.user_id], clients)
    in_order.stand(*clients.values())
    done = Taken(uuid4())
    done.refused += [("", GONE)] * (len(versions) - len(rows))
    for row in sorted(rows, key=lambda one: (one.starts_at or at, one.id)):
        client = clients.get(row.client_id)
        if row.state == State.TAKEN and row.version == versions[row.id]:
            done.already += 1
        elif client is None:
            done.refused.append(("", GONE))
        elif why := _stale(row, client, versions[row.id], at, away):
            done.refused.append((client.name, why))
        else:
            _take_one(row, client, by, at, place, options.of(row, client, there), done)
    return done


def _locked(by: Viewer, ids: Iterable[UUID]) -> list[WeekProposal]:
    return list(
        WeekProposal.objects.select_for_update(of=("self",))
        .filter(register_id=by.register_id, user_id=by.user_id, pk__in=list(ids))
        .order_by("pk")
    )


def _clients(by: Viewer, rows: list[WeekProposal], at: datetime) -> dict[UUID, Client]:
    """Return the viewer's own open clients among these, with whether they are met before that."""
    last = max((row.monday for row in rows), default=clock.local(at).date()) + WEEK
    ahead = Appointment.objects.filter(
        client=OuterRef("pk"), status__in=states.LIVE, starts_at__gt=at,
        starts_at__lt=clock.day_begins(last),
    )  # fmt: skip
    ids = [row.client_id for row in rows]
    found = Client.objects.filter(seen(by, "pk", own=True), pk__in=ids, closed_on__isnull=True)
    return {client.id: client for client in found.annotate(ahead=Exists(ahead))}


def _stale(
    row: WeekProposal, client: Client, version: int, at: datetime, away: list[tuple[object, object]]
) -> str:
    """Return why a proposal can't be taken as it was seen; "" when it can."""
    if row.state != State.PROPOSED or row.version != version or row.starts_at is None:
        return CHANGED
    if row.starts_at <= at:
        return PAST
    day = clock.local(row.starts_at).date()
    if any(first <= day <= last for first, last in away):  # type: ignore[operator]
        return AWAY
    return BOOKED if client.ahead else ""  # type: ignore[attr-defined]


def _take_one(
    row: WeekProposal, client: Client, by: Viewer, at: datetime, place: str, ways: Ways, done: Taken
) -> None:
    try:
        booked = ways.first(lambda resources: _book(row, client, by, at, place, resources))
    except booking.DoubleBooked as refused:
        done.refused.append((client.name, refused.whose))
        return
    except booking.RecordClosed:
        done.refused.append((client.name, GONE))
        return
    row.state, row.appointment, row.batch, row.taken_at = State.TAKEN, booked, done.batch, at
    row.save(update_fields=["state", "appointment", "batch", "taken_at"])
    done.booked.append(client.id)


def _book(
    row: WeekProposal, client: Client, by: Viewer, at: datetime, place: str, resources: list[UUID]
) -> Appointment:
    assert row.starts_at is not None
    return booking.book(
        client,
        by=by,
        at=at,
        worker_id=by.user_id,  # type: ignore[arg-type]
        starts_at=row.starts_at,
        ends_at=row.starts_at + timedelta(minutes=row.minutes),
        place=place if row.kind == "visit" else "",
        submission=uuid5(row.id, str(row.version)),
        resources=resources,
        status=states.PROPOSED,
        kind=row.kind,
        purpose=row.purpose,
        language=client.language if client.interpreter else client.service_language,
        interpreter=client.interpreter,
    )


@transaction.atomic
def put_back(batch: UUID, *, by: Viewer, at: datetime) -> int:
    """Undo a press: cancel what it booked and nobody has answered yet; return how many.

    Who is another coach's by now, or closed, keeps the time as it stands. Raises TooLate when
    nothing of it can be undone any more, and Refused.
    """
    check(by, "contacts.week")
    ids = WeekProposal.objects.filter(
        seen(by, own=True), register_id=by.register_id, user_id=by.user_id, batch=batch,
        state=State.TAKEN, taken_at__gte=at - WITHIN, appointment__said="",
        appointment__worker=by.user_id, client__closed_on__isnull=True,
    ).values_list("pk", flat=True)  # fmt: skip
    back = 0
    found = _locked(by, ids)
    held = [row.appointment_id for row in found if row.appointment_id]
    in_order.take([by.user_id], [row.client_id for row in found], held=held)
    in_order.hold(row.client_id for row in found)
    for row in found:
        booked = row.appointment
        if row.state != State.TAKEN or booked is None or booked.status not in states.LIVE:
            continue
        booking.set_status(booked, by=by, at=at, status=states.CANCELLED)
        row.state, row.appointment, row.batch, row.taken_at = State.PROPOSED, None, None, None
        row.version += 1
        row.save()
        back += 1
    if not back:
        raise TooLate
    return back


@transaction.atomic
def decline(row: WeekProposal, *, by: Viewer, at: datetime, reason: str) -> WeekProposal:
    """Keep a client out of this week, with a reason. Raises NotNow, ValueError, Refused."""
    if reason not in WeekProposal.Declined.values:
        raise ValueError(f"no such reason: {reason}")
    stored = _one(row, by)
    if stored.state == State.DECLINED:
        return stored
    if stored.state == State.TAKEN:
        raise NotNow
    stored.state, stored.declined = State.DECLINED, reason
    return _keep(stored, by, "contacts.week_decline", ["state", "declined"])


@transaction.atomic
def allow(row: WeekProposal, *, by: Viewer, at: datetime) -> WeekProposal:
    """Take a decline back: the proposal stands as it stood. Raises Refused."""
    stored = _one(row, by)
    if stored.state != State.DECLINED:
        return stored
    stored.declined = ""
    ahead = stored.starts_at is not None and stored.starts_at > at
    stored.state = State.PROPOSED if ahead else State.OMITTED
    return _keep(stored, by, "contacts.week_allow", ["state", "declined"])


@transaction.atomic
def by_phone(row: WeekProposal, *, by: Viewer, at: datetime, phone: bool) -> WeekProposal:
    """Have a call proposed instead of a meeting, or the meeting again, when it is planned next."""
    stored = _one(row, by)
    if stored.state == State.TAKEN:
        raise NotNow
    if stored.phone == phone:
        return stored
    stored.phone = phone
    return _keep(stored, by, "contacts.week_phone", ["phone"])


@transaction.atomic
def raise_to_lead(row: WeekProposal, *, by: Viewer, at: datetime) -> WeekProposal:
    """Tell the team's lead of a date of the law that the week can't hold. Raises NotNow.

    Also for a client under a safety ban, whom the lead does not see.
    """
    stored = _one(row, by)
    if stored.raised_at is not None and stored.settled_at is None:
        return stored
    fits = stored.state != State.OMITTED or stored.need != WeekProposal.Need.LAW
    if fits or stored.client.safety_ban:
        raise NotNow
    stored.raised_at, stored.settled_at = at, None
    return _keep(stored, by, "contacts.week_raise", ["raised_at"])


@transaction.atomic
def settle(row: WeekProposal, *, by: Viewer, at: datetime) -> WeekProposal:
    """Note, as the lead, that a raised date has been seen to. Raises Refused."""
    check(by, "teamwork.assign")
    stored = WeekProposal.objects.select_for_update(of=("self",)).get(pk=row.pk)
    if stored.raised_at is None or stored.settled_at is not None:
        return stored
    stored.settled_at = at
    return _keep(stored, by, "contacts.week_settle", ["settled_at"])


def _one(row: WeekProposal, by: Viewer) -> WeekProposal:
    check(by, "contacts.week", row)
    return WeekProposal.objects.select_for_update(of=("self",)).get(pk=row.pk)


def _keep(row: WeekProposal, by: Viewer, what: str, fields: list[str]) -> WeekProposal:
    row.version += 1
    row.save(update_fields=[*fields, "version"])
    audit.record(by, what, client=row.client_id, fields=fields)
    return row


def of_mine(by: Viewer, proposal_id: UUID) -> WeekProposal | None:
    """Return one of the viewer's own rows, of a client whom they may see; None for none."""
    return WeekProposal.objects.filter(
        seen(by, own=True), register_id=by.register_id, user_id=by.user_id, pk=proposal_id,
        client__closed_on__isnull=True,
    ).first()  # fmt: skip


def of_team(by: Viewer, proposal_id: UUID) -> WeekProposal | None:
    """Return a raised row of a client whom the lead may see; None for none."""
    return WeekProposal.objects.filter(
        seen(by), register_id=by.register_id, pk=proposal_id, raised_at__isnull=False
    ).first()
