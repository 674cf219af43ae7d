"""Times and reminders of clients who are handed over: what goes along, and what can't.

A time at which the next coach has something else stays in the former coach's calendar until
somebody settles it (`left_behind`).
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import Exists, F, OuterRef, Q

from polku.contacts import booking
from polku.contacts.models import Appointment, Reminder
from polku.contacts.offers import ending
from polku.contacts.reading import TAKEN
from polku.contacts.states import LIVE
from polku.foundation.models import Relation
from polku.foundation.viewer import Viewer
from polku.teamwork.models import HandOver
from polku.teamwork.taking_back import TooLate


def would_stay(client_ids: Iterable[UUID], to_user_id: UUID, at: datetime) -> list[Appointment]:
    """Return the coming times of these clients' own coaches that the next coach could not take.

    In order; two that meet each other count as well, the first of them goes along.
    """
    owners = Relation.objects.filter(
        client=OuterRef("client"), kind="own", user=OuterRef("worker"), ends_at__isnull=True
    )
    coming = (
        Appointment.objects.filter(
            Exists(owners), client_id__in=list(client_ids), starts_at__gt=at, status__in=LIVE
        )
        .exclude(worker_id=to_user_id)
        .select_related("client", "worker")
    )
    busy = list(
        Appointment.objects.filter(
            worker_id=to_user_id, ends_at__gt=at, status__in=TAKEN
        ).values_list("starts_at", "ends_at")
    )
    stays = []
    for booked in coming.order_by("starts_at", "id"):
        if any(booked.starts_at < end and start < booked.ends_at for start, end in busy):
            stays.append(booked)
        else:
            busy.append((booked.starts_at, booked.ends_at))
    return stays


def go_along(handed: list[HandOver], by: Viewer, at: datetime) -> None:
    """Give coming appointments and open reminders to the next coach, and note which went."""
    of_client = {one.client_id: one for one in handed if one.from_user_id is not None}
    former = Q(client__hand_overs__in=[one.id for one in of_client.values()])
    reminders = Reminder.objects.filter(
        former, worker=F("client__hand_overs__from_user"), done_at__isnull=True
    )
    for reminder in reminders:
        _go(reminder, of_client[reminder.client_id])
    coming = Appointment.objects.filter(
        former, worker=F("client__hand_overs__from_user"), starts_at__gt=at, status__in=LIVE
    )
    for booked in coming.order_by("starts_at", "id"):
        try:
            with transaction.atomic():
                _go(booked, of_client[booked.client_id])
        except IntegrityError as error:
            if not booking.whose_time(error):
                raise
    HandOver.objects.bulk_update(of_client.values(), ["went_along"])
    # The times that were offered are the former coach's free hours.
    ending.end_open(of_client, at=at)


def _go(row: Appointment | Reminder, one: HandOver) -> None:
    row.worker_id = one.to_user_id
    row.save(update_fields=["worker"])
    one.went_along = [*one.went_along, str(row.id)]


def come_back(handed: list[HandOver], by: Viewer, at: datetime) -> None:
    """Give back what went along with hand-overs that are taken back.

    Raises TooLate where the hour has been given to somebody else meanwhile.
    """
    try:
        _come_back(handed)
    except IntegrityError as error:
        if not booking.whose_time(error):
            raise
        raise TooLate from error


def _come_back(handed: list[HandOver]) -> None:
    for one in handed:
        if one.from_user_id is None or not one.went_along:
            continue
        for model in (Reminder, Appointment):
            model.objects.filter(
                pk__in=one.went_along, client_id=one.client_id, worker_id=one.to_user_id
            ).update(worker_id=one.from_user_id)
