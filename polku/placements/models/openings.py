"""Openings and their seats over time."""

from __future__ import annotations

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, RangeOperators
from django.db import models
from django.db.models import F, Func, Q, Value
from django.utils.translation import gettext_lazy as _

from polku.foundation.history import Kept, NotKept
from polku.foundation.models.base import RegisterModel
from polku.foundation.protection import classify
from polku.placements.models.hosts import Supervisor, Worksite
from polku.placements.terms import Card, Demand, Kind


class Opening(RegisterModel):
    """What somebody could do at a worksite (sijoitusmahdollisuus), with a number of seats.

    Seats that the host keeps back for a time are `SeatUse` rows, so that seats change over time by
    one and the same table. Hours are those of one person: a day, and days a week.
    """

    client_column = None
    host_column = "worksite_id"

    class State(models.TextChoices):
        OPEN = "open", _("open")
        PAUSED = "paused", _("paused")
        CLOSED = "closed", _("closed")

    class Cut(models.TextChoices):
        """What can be cut to a client."""

        HOURS = "hours", _("hours")
        DAYS = "days", _("days of the week")
        TASKS = "tasks", _("tasks")
        AIDS = "aids", _("tools and aids")
        START = "start", _("a gentle start")

    worksite = models.ForeignKey(Worksite, models.CASCADE, related_name="openings")
    supervisor = models.ForeignKey(
        Supervisor, models.SET_NULL, null=True, blank=True, related_name="openings"
    )
    kinds = ArrayField(models.CharField(max_length=16, choices=Kind))
    title = models.CharField(max_length=120)
    tasks = models.CharField(max_length=600, blank=True)
    work_code = models.CharField(max_length=4, blank=True)
    esco = models.CharField(max_length=120, blank=True)
    seats = models.PositiveSmallIntegerField(default=1)
    open_from = models.DateField(null=True, blank=True)
    open_to = models.DateField(null=True, blank=True)
    hours_from = models.DecimalField(max_digits=3, decimal_places=1, null=True, blank=True)
    hours_to = models.DecimalField(max_digits=3, decimal_places=1, null=True, blank=True)
    days_a_week = models.PositiveSmallIntegerField(null=True, blank=True)
    times = models.CharField(max_length=120, blank=True)
    demands = ArrayField(models.CharField(max_length=12, choices=Demand), default=list, blank=True)
    cards = ArrayField(models.CharField(max_length=16, choices=Card), default=list, blank=True)
    language = models.CharField(max_length=3, blank=True)
    language_level = models.CharField(max_length=2, blank=True)
    teaches = models.CharField(max_length=300, blank=True)
    may_lead_to_work = models.BooleanField(default=False)
    cuts = ArrayField(models.CharField(max_length=8, choices=Cut), default=list, blank=True)
    host_asks = models.CharField(max_length=300, blank=True)
    state = models.CharField(max_length=8, choices=State, default=State.OPEN)
    confirm_every_days = models.PositiveSmallIntegerField(default=90)
    confirmed_on = models.DateField()
    confirmed_by_host = models.BooleanField(default=False)
    edited_by_hand = ArrayField(models.CharField(max_length=40), default=list, blank=True)
    version = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField()
    changed_at = models.DateTimeField()

    class Meta:
        ordering = ["title"]
        indexes = [
            models.Index(fields=["worksite"], name="opening_by_worksite"),
            models.Index(fields=["register", "state"], name="opening_by_state"),
            models.Index(fields=["register", "changed_at"], name="opening_by_change"),
        ]
        constraints = [
            models.CheckConstraint(
                name="opening_has_seats", condition=Q(seats__gte=1, seats__lte=200)
            ),
            models.CheckConstraint(name="opening_has_a_kind", condition=Q(kinds__len__gt=0)),
            models.CheckConstraint(
                name="opening_ends_after_it_begins",
                condition=Q(open_from__isnull=True)
                | Q(open_to__isnull=True)
                | Q(open_to__gte=F("open_from")),
            ),
            models.CheckConstraint(
                name="opening_hours_in_order",
                condition=Q(hours_from__isnull=True)
                | Q(hours_to__isnull=True)
                | Q(hours_to__gte=F("hours_from")),
            ),
        ]

    history = Kept(besides="edited_by_hand version created_at changed_at")
    protection = classify(
        open_="worksite kinds title tasks work_code esco seats open_from open_to hours_from "
        "hours_to days_a_week times demands cards language language_level teaches "
        "may_lead_to_work cuts host_asks",
        internal="supervisor state confirm_every_days confirmed_on confirmed_by_host "
        "edited_by_hand version created_at changed_at",
    )

    def __str__(self) -> str:
        return self.title


class SeatUse(RegisterModel):
    """One numbered seat of an opening is not free, from a day to a day (the last one included).

    It names nobody. A placement points here; under a safety ban the use is told as one that the
    host keeps back, so that no count gives the person away. The database lets no seat be used twice
    on a day.
    """

    client_column = None
    host_column = None

    class How(models.TextChoices):
        PROMISED = "promised", _("promised")
        TAKEN = "taken", _("taken")
        KEPT_BACK = "kept_back", _("kept back by the host")

    opening = models.ForeignKey(Opening, models.CASCADE, related_name="uses")
    seat = models.PositiveSmallIntegerField()
    how = models.CharField(max_length=9, choices=How)
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)
    until = models.DateTimeField(null=True, blank=True)
    over_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [
            models.Index(
                fields=["opening", "starts_on"],
                name="seat_use_by_opening",
                condition=Q(over_at__isnull=True),
            )
        ]
        constraints = [
            models.CheckConstraint(name="seats_count_from_one", condition=Q(seat__gte=1)),
            models.CheckConstraint(
                name="seat_use_ends_after_it_begins",
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
            ),
            models.CheckConstraint(
                name="only_a_promise_runs_out",
                condition=Q(until__isnull=True) | Q(how="promised") | Q(how="kept_back"),
            ),
            ExclusionConstraint(
                name="no_seat_used_twice",
                expressions=[
                    ("opening", RangeOperators.EQUAL),
                    ("seat", RangeOperators.EQUAL),
                    (
                        Func(F("starts_on"), F("ends_on"), Value("[]"), function="daterange"),
                        RangeOperators.OVERLAPS,
                    ),
                ],
                condition=Q(over_at__isnull=True),
            ),
        ]

    history = NotKept("the placement keeps its own; here it would tell when a ban was set")
    protection = classify(internal="opening seat how starts_on ends_on until over_at")
