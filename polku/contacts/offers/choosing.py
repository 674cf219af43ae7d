"""What a client does with times that were offered: chooses one, or says that none suits.

By the link or in the own view, the same deeds. Whose hours are taken meanwhile is asked by the
software itself, and only from when until when comes out.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from polku.clients.models import Client
from polku.clients.queries import seen
from polku.contacts import booking, in_order, invitations, reading, slots, states, times
from polku.contacts.models import Appointment, Rhythm, TimeOffer
from polku.contacts.offers import making
from polku.contacts.resources import alike, reads
from polku.contacts.weeks.closed import closed
from polku.foundation import audit, clock, walls
from polku.foundation.models import RoleAssignment
from polku.foundation.permissions import roles_with
from polku.foundation.viewer import Viewer, for_role, system


class Over(Exception):
    """The offer has ended. The word is how (`TimeOffer.End`)."""


class Gone(Exception):
    """That time can't be had any more; the others still can."""


def by_link(token: str) -> TimeOffer | None:
    """Return the offer of a link, inside its register's walls; None for a link that was not made.

    One of a client who may have no link (any more), or who is no longer the worker's, looks like
    none.
    """
    found = TimeOffer.objects.filter(token_hash=making.hash_of(token))
    offer = found.select_related("client", "worker").first()
    if offer is None or _forbidden(offer):
        return None
    return offer if _is_still_met_by(offer, clock.now()) else None


def of_mine(viewer: Viewer, offer_id: UUID) -> TimeOffer:
    """Return an offer to a client's own session. Raises TimeOffer.DoesNotExist."""
    own = TimeOffer.objects.filter(register_id=viewer.register_id, client_id=viewer.client_id)
    return own.select_related("client", "worker").get(pk=offer_id)


def left(offer: TimeOffer, at: datetime) -> list[datetime]:
    """Return the offered starts that can still be had, by order; none of an offer that ended.

    What lies past the law's last day by now is offered no more.
    """
    if offer.standing(at) or _forbidden(offer) or not _is_still_met_by(offer, at):
        return []
    row = Rhythm.objects.filter(client_id=offer.client_id).first()
    due = making.last_day(offer.purpose, row, clock.local(at).date())
    ahead = [
        start
        for start in offer.starts
        if start - at >= making.LEAST_NOTICE and (due is None or clock.local(start).date() <= due)
    ]
    busy, wanted = _busy(offer, ahead), _wanted(offer, ahead)
    return [
        one
        for one in ahead
        if not slots.overlaps(*times.span(one, offer.minutes), busy)
        and not alike.ways(wanted, *times.span(one, offer.minutes)).lacks
    ]


def _forbidden(offer: TimeOffer) -> str:
    return making.what_forbids(offer.client, interpreted=offer.interpreter_id is not None)


def _wanted(offer: TimeOffer, starts: Iterable[datetime]) -> list[alike.Wanted]:
    """Return of what one has to be free for a time; [] where an offer names nothing."""
    days = sorted(clock.local(one).date() for one in starts)
    if not days or not (offer.room_id or offer.interpreter_id):
        return []
    with walls.inside(offer.register_id, by=system(offer.register_id)):
        found = reads.around(system(offer.register_id), days[0], days[-1], whose=offer.worker_id)
    return alike.wanted(
        found, room=offer.room_id, interpreter=offer.interpreter_id,
        language=offer.client.language, way=offer.kind,
    )  # fmt: skip


def _is_still_met_by(offer: TimeOffer, at: datetime) -> bool:
    """Whether the worker who offered still works here, and may still see the client.

    A role, a cover or a hand-over may have ended meanwhile, or a conflict of interest shut them
    out: nobody is booked with somebody who finds no such client.
    """
    with walls.inside(offer.register_id, by=system(offer.register_id)):
        roles = RoleAssignment.objects.valid(at).filter(
            register_id=offer.register_id, user_id=offer.worker_id, user__is_active=True,
            role__in=roles_with("contacts.book"),
        )  # fmt: skip
        viewers = [replace(for_role(role), at=at) for role in roles.select_related("user")]
        return any(
            Client.objects.filter(seen(viewer, "pk", only=offer.client_id)).exists()
            for viewer in viewers
        )


def _busy(offer: TimeOffer, starts: Iterable[datetime]) -> slots.Busy:
    wanted = sorted(starts)
    if not wanted:
        return []
    first, last = (clock.local(one).date() for one in (wanted[0], wanted[-1]))
    with walls.inside(offer.register_id, by=system(offer.register_id)):
        away = closed(offer.register_id, offer.worker_id, first, last)
        return away + list(
            Appointment.objects.filter(
                Q(worker_id=offer.worker_id) | Q(client_id=offer.client_id),
                starts_at__lt=times.span(wanted[-1], offer.minutes)[1],
                ends_at__gt=wanted[0],
                status__in=reading.TAKEN,
            ).values_list("starts_at", "ends_at")
        )


@transaction.atomic
def choose(offer: TimeOffer, *, by: Viewer, at: datetime, starts_at: datetime) -> Appointment:
    """Take one of the offered times; the same press twice is one. Raises Over and Gone.

    For a view that has found the offer by its link or in the client's own session.
    """
    with in_order.inside(by, offer.register_id):
        if offer.room_id or offer.interpreter_id:
            in_order.of_rooms(offer.register_id)
        in_order.take([offer.worker_id], [offer.client_id])
        in_order.hold([offer.client_id])
    stored = _locked(offer)
    chosen = stored.appointment
    if chosen is not None and chosen.starts_at == starts_at and chosen.status in states.LIVE:
        return chosen
    if stored.standing(at):
        raise Over(stored.standing(at))
    if starts_at not in left(stored, at):
        raise Gone
    booked = _book(stored, by, at, starts_at)
    _end(stored, by, at, TimeOffer.End.CHOSEN, booked=booked)
    audit.record(by, "contacts.offer_chosen", client=stored.client_id, fields=["starts_at"])
    return booked


def _book(stored: TimeOffer, by: Viewer, at: datetime, starts_at: datetime) -> Appointment:
    begins, ends = times.span(starts_at, stored.minutes)
    client = stored.client

    def book(resources: list[UUID]) -> Appointment:
        booked, _fresh = booking.write_booking(
            client,
            by=by,
            at=at,
            worker_id=stored.worker_id,
            starts_at=begins,
            ends_at=ends,
            place=stored.place,
            submission=stored.id,
            tell=False,
            resources=resources,
            kind=stored.kind,
            purpose=stored.purpose,
            language=client.language if stored.interpreter_id else stored.language,
            status=states.CONFIRMED,
            said=Appointment.Said.CHOSE,
            said_at=at,
        )
        return booked

    try:
        booked = alike.ways(_wanted(stored, [starts_at]), begins, ends).first(book)
    except (booking.DoubleBooked, booking.RecordClosed) as error:
        raise Gone from error
    booking.answer_those_given_back(stored.client, stored.worker_id, at)
    writer = replace(system(stored.register_id), name=str(stored.worker))
    invitations.write(stored.client, booked, by=writer, at=at, what="booked")
    return booked


@transaction.atomic
def none_suits(offer: TimeOffer, *, by: Viewer, at: datetime, word: str) -> None:
    """Say that none of the times suits. The same words twice are one. Raises Over."""
    stored = _locked(offer)
    if (stored.end, stored.word) == (TimeOffer.End.NONE, word):
        return
    if stored.standing(at):
        raise Over(stored.standing(at))
    _end(stored, by, at, TimeOffer.End.NONE, word=word)
    audit.record(by, "contacts.offer_none", client=stored.client_id, fields=["end", "word"])


def _locked(offer: TimeOffer) -> TimeOffer:
    """Return the offer as it stands, held to the end: of two presses the second finds the first."""
    rows = TimeOffer.objects.select_for_update(of=("self",))
    return rows.select_related("client", "worker", "appointment").get(pk=offer.pk)


def _end(
    stored: TimeOffer,
    by: Viewer,
    at: datetime,
    how: str,
    *,
    booked: Appointment | None = None,
    word: str = "",
) -> None:
    stored.end, stored.ended_at, stored.word, stored.appointment = how, at, word, booked
    # A chosen time is read on the time itself, where it stands on My day.
    stored.read_at = at if booked else None
    stored.save(update_fields=["end", "ended_at", "word", "appointment", "read_at"])
