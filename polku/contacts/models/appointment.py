"""Times that are booked."""

from __future__ import annotations

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Func, Q
from django.utils.translation import gettext_lazy as _

from polku.contacts.models.contact import Contact, Kind, Purpose
from polku.foundation.history import Kept
from polku.foundation.models.base import RegisterModel
from polku.foundation.protection import classify


class Appointment(RegisterModel):
    """A booked time. The database itself refuses two at once for a worker or for a client."""

    class Status(models.TextChoices):
        PROPOSED = "proposed", _("proposed")
        CONFIRMED = "confirmed", _("confirmed")
        HELD = "held", _("held")
        MISSED = "missed", _("did not take place")
        CANCELLED = "cancelled", _("cancelled")

    class Said(models.TextChoices):
        """What the client has last said of it in their own view."""

        SUITS = "suits", _("the time suits")
        MOVED = "moved", _("took another time")
        ANOTHER = "another", _("asks for another time")
        CANNOT = "cannot", _("cannot come")
        CHOSE = "chose", _("the client chose a time")

    client = models.ForeignKey("clients.Client", models.CASCADE, related_name="appointments")
    worker = models.ForeignKey("foundation.User", models.PROTECT, related_name="appointments")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    kind = models.CharField(max_length=8, choices=Kind, default=Kind.VISIT)
    purpose = models.CharField(max_length=14, choices=Purpose, default=Purpose.COACHING)
    place = models.CharField(max_length=200, blank=True)
    language = models.CharField(max_length=3, default="fi")
    interpreter = models.BooleanField(default=False)
    note = models.CharField(max_length=400, blank=True)
    missed_by = models.CharField(max_length=8, choices=Contact.Initiative, blank=True)
    missed_reason = models.CharField(max_length=200, blank=True)
    status = models.CharField(max_length=10, choices=Status, default=Status.CONFIRMED)
    contact = models.OneToOneField(
        Contact, models.SET_NULL, null=True, blank=True, related_name="appointment"
    )
    said = models.CharField(max_length=8, choices=Said, blank=True, default="")
    said_at = models.DateTimeField(null=True, blank=True)
    said_word = models.CharField(max_length=200, blank=True, default="")
    # When the worker has read what the client said; None while it waits, if it wants reading.
    said_read_at = models.DateTimeField(null=True, blank=True)
    # "I already have it, stop reminding"; and the start of which a reminder has been written.
    remind = models.BooleanField(default=True)
    reminded_of = models.DateTimeField(null=True, blank=True)
    submission = models.UUIDField(null=True, blank=True, editable=False)
    version = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField()
    created_by = models.ForeignKey("foundation.User", models.PROTECT, null=True, related_name="+")

    class Meta:
        indexes = [
            models.Index(fields=["register", "worker", "starts_at"], name="appointment_by_worker"),
            models.Index(fields=["client", "starts_at"], name="appointment_by_client"),
            models.Index(
                fields=["register", "starts_at"],
                name="appointment_to_remind_of",
                condition=Q(remind=True, status__in=["proposed", "confirmed"]),
            ),
            models.Index(
                fields=["worker", "said_at"],
                name="appointment_said_unread",
                condition=Q(
                    said__in=["moved", "another", "cannot", "chose"], said_read_at__isnull=True
                ),
            ),
        ]
        constraints = [
            models.CheckConstraint(
                name="appointment_said_and_at",
                condition=Q(said="", said_at__isnull=True)
                | (Q(said_at__isnull=False) & ~Q(said="")),
            ),
            models.UniqueConstraint("register", "submission", name="one_appointment_a_submission"),
            models.CheckConstraint(
                name="appointment_ends_after_it_starts", condition=Q(ends_at__gt=F("starts_at"))
            ),
            ExclusionConstraint(
                name="no_double_booking_of_a_worker",
                expressions=[
                    ("worker", RangeOperators.EQUAL),
                    (
                        Func(F("starts_at"), F("ends_at"), function="tstzrange"),
                        RangeOperators.OVERLAPS,
                    ),
                ],
                condition=Q(status__in=["proposed", "confirmed", "held"]),
            ),
            ExclusionConstraint(
                name="no_double_booking_of_a_client",
                expressions=[
                    ("client", RangeOperators.EQUAL),
                    (
                        Func(F("starts_at"), F("ends_at"), function="tstzrange"),
                        RangeOperators.OVERLAPS,
                    ),
                ],
                condition=Q(status__in=["proposed", "confirmed", "held"]),
            ),
        ]

    history = Kept(besides="submission version created_at said_read_at reminded_of")
    protection = classify(
        internal="worker contact submission version created_at created_by interpreter language "
        "said_read_at remind reminded_of",
        personal="client starts_at ends_at kind purpose status missed_by said said_at",
        sensitive="note missed_reason said_word",
        guarded="place",
    )
