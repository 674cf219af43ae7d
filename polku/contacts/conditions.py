"""Conditions and values of this room for other rooms' rows of clients: window, dates, next time."""

from __future__ import annotations

from datetime import date, datetime

from django.db.models import (
    Case,
    DateField,
    DateTimeField,
    DurationField,
    F,
    Func,
    OuterRef,
    Q,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import TruncDate

from polku.contacts.models import Appointment
from polku.contacts.queries import LIVE
from polku.foundation import clock


def next_booked_at(at: datetime) -> Subquery:
    """Return, for rows of clients, the moment of the next live appointment with anybody."""
    coming = Appointment.objects.filter(client=OuterRef("pk"), ends_at__gt=at, status__in=LIVE)
    return Subquery(coming.order_by("starts_at").values("starts_at")[:1])


def silent_too_long(midnight: datetime) -> Q:
    """Return the condition, for rows of clients, that the last contact lies beyond the window."""
    last = Value(midnight, DateTimeField()) - _days("rhythm__window_max_days")
    return Q(rhythm__first_contact_at__isnull=False, rhythm__last_reached_at__lt=last)


def planned_too_soon(today: date) -> Q:
    """Return the condition, for rows of clients, that the next contact comes before the window."""
    opens = Func(
        TruncDate("rhythm__last_reached_at", tzinfo=clock.HELSINKI),
        F("rhythm__window_min_days"),
        template="(%(expressions)s)",
        arg_joiner=" + ",
        output_field=DateField(),
    )
    return Q(rhythm__next_on__gte=today, rhythm__next_on__lt=opens)


def law_date() -> Case:
    """Return, for rows of clients, the law's next date: the interview's until it has been held."""
    interview = When(
        rhythm__initial_interview_on__isnull=True,
        rhythm__interview_due_on__isnull=False,
        then=F("rhythm__interview_due_on"),
    )
    return Case(interview, default=F("rhythm__discussion_due_on"), output_field=DateField())


def _days(field: str) -> Func:
    return Func(
        F(field), template="(%(expressions)s * interval '1 day')", output_field=DurationField()
    )
