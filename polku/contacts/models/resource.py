"""Rooms and interpreters: what a meeting takes beside two people's time."""

from __future__ import annotations

from datetime import date

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, RangeOperators
from django.db import models
from django.db.models import F, Func, Q
from django.utils.translation import gettext_lazy as _

from polku.contacts.models.appointment import Appointment
from polku.contacts.models.contact import Kind
from polku.foundation.history import Kept, NotKept
from polku.foundation.models.base import RegisterModel
from polku.foundation.protection import classify


class Resource(RegisterModel):
    """A room or an interpreter of the house, with a calendar of its own.

    `hours` are [[weekday, "09:00", "15:00"], …], Monday 0; none at all is never. One without an
    organisation is everybody's in the register. `buffer_minutes` are kept free after each meeting:
    a room is aired, an interpreter gets from one place to the next.
    """

    client_column = None

    class Sort(models.TextChoices):
        ROOM = "room", _("room")
        INTERPRETER = "interpreter", _("interpreter")

    sort = models.CharField(max_length=11, choices=Sort)
    name = models.CharField(max_length=80)
    place = models.CharField(max_length=160, blank=True)
    organisation = models.ForeignKey(
        "foundation.Organisation", models.PROTECT, null=True, blank=True, related_name="+"
    )
    seats = models.PositiveSmallIntegerField(null=True, blank=True)
    accessible = models.BooleanField(default=False)
    languages = ArrayField(models.CharField(max_length=3), default=list, blank=True)
    ways = ArrayField(models.CharField(max_length=8, choices=Kind), default=list, blank=True)
    hours = models.JSONField(default=list, blank=True)
    buffer_minutes = models.PositiveSmallIntegerField(default=0)
    valid_from = models.DateField()
    valid_until = models.DateField(null=True, blank=True)
    note = models.CharField(max_length=400, blank=True)
    submission = models.UUIDField(null=True, blank=True, editable=False)
    version = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint("register", "submission", name="one_resource_a_submission"),
            models.CheckConstraint(
                name="resource_from_a_day_to_a_day",
                condition=Q(valid_until__isnull=True) | Q(valid_until__gte=F("valid_from")),
            ),
            models.CheckConstraint(
                name="an_interpreter_speaks_a_language",
                condition=~Q(sort="interpreter") | Q(languages__len__gt=0, ways__len__gt=0),
            ),
        ]
        indexes = [models.Index(fields=["register", "sort", "name"], name="resource_by_sort")]

    history = Kept(besides="submission version created_at")
    protection = classify(
        internal="sort place organisation seats accessible languages ways hours buffer_minutes "
        "valid_from valid_until submission version created_at",
        personal="name note",
    )

    def __str__(self) -> str:
        return self.name

    @property
    def where(self) -> str:
        """Return where one meets: the room and its address, as the client is told."""
        return f"{self.name}, {self.place}" if self.place else self.name

    def stands(self, day: date) -> bool:
        """Return whether it may be booked for that day at all."""
        return self.valid_from <= day and (self.valid_until is None or day <= self.valid_until)


class ResourceAway(RegisterModel):
    """From when until when a room is closed, or an interpreter away. They may overlap."""

    client_column = None

    resource = models.ForeignKey(Resource, models.CASCADE, related_name="aways")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    reason = models.CharField(max_length=120, blank=True)
    told_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["resource", "ends_at"], name="resource_away_until")]
        constraints = [
            models.CheckConstraint(
                name="resource_away_ends_after_it_starts", condition=Q(ends_at__gt=F("starts_at"))
            )
        ]

    history = Kept(besides="told_at")
    protection = classify(internal="resource starts_at ends_at told_at ended_at", personal="reason")


class ResourceBooking(RegisterModel):
    """A room or an interpreter held for an appointment. The database refuses two at once.

    `ends_at` has the buffer in it. What is freed stays, so that an undo can take it back.
    """

    client_column = None

    resource = models.ForeignKey(Resource, models.PROTECT, related_name="bookings")
    appointment = models.ForeignKey(Appointment, models.CASCADE, related_name="resources")
    sort = models.CharField(max_length=11, choices=Resource.Sort)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    freed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint("appointment", "sort", name="one_of_a_sort_an_appointment"),
            models.CheckConstraint(
                name="resource_booking_ends_after_it_starts",
                condition=Q(ends_at__gt=F("starts_at")),
            ),
            ExclusionConstraint(
                name="no_double_booking_of_a_resource",
                expressions=[
                    ("resource", RangeOperators.EQUAL),
                    (
                        Func(F("starts_at"), F("ends_at"), function="tstzrange"),
                        RangeOperators.OVERLAPS,
                    ),
                ],
                condition=Q(freed_at__isnull=True),
            ),
        ]

    history = Kept()
    protection = classify(
        internal="resource sort freed_at", personal="appointment starts_at ends_at"
    )


class ResourceFeed(RegisterModel):
    """The private address at which a room's screen or an interpreter's calendar reads it."""

    client_column = None

    resource = models.ForeignKey(Resource, models.CASCADE, related_name="feeds")
    token_hash = models.BinaryField(max_length=32)
    made_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
    read_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint("token_hash", name="one_resource_feed_a_secret"),
            models.UniqueConstraint(
                "resource", name="one_resource_feed_at_a_time", condition=Q(ended_at__isnull=True)
            ),
        ]

    history = NotKept("a secret's hash, and when it was made, read and ended")
    protection = classify(internal="resource made_at ended_at read_at", secret="token_hash")
