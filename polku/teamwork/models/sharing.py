"""Agreements, hand-overs, what a client takes, and what workers are told of."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from polku.foundation.history import Kept, NotKept
from polku.foundation.models.base import RegisterModel
from polku.foundation.protection import classify


class Agreement(RegisterModel):
    """An organisation does a task for a municipality's clients, from a day to a day."""

    client_column = None

    class Task(models.TextChoices):
        COACHING = "coaching", _("personal coaching")
        REHABILITATIVE = "rehabilitative", _("rehabilitative work")
        STATEMENTS = "statements", _("statements on unemployment security")
        PLACEMENTS = "placements", _("finding places")
        EDUCATION = "education", _("education guidance")

    municipality = models.ForeignKey("foundation.Municipality", models.PROTECT, related_name="+")
    task = models.CharField(max_length=16, choices=Task)
    organisation = models.ForeignKey(
        "foundation.Organisation", models.PROTECT, related_name="agreements"
    )
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)
    note = models.CharField(max_length=400, blank=True)

    class Meta:
        ordering = ["municipality__name_fi", "task"]
        constraints = [
            models.CheckConstraint(
                name="agreement_ends_after_it_begins",
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")),
            )
        ]

    history = Kept()
    protection = classify(internal="municipality task organisation valid_from valid_to note")


class HandOver(RegisterModel):
    """A client goes from one coach to another. The note tells what the next one should know."""

    client_column = None

    client = models.ForeignKey("clients.Client", models.CASCADE, related_name="hand_overs")
    from_user = models.ForeignKey(
        "foundation.User", models.PROTECT, null=True, blank=True, related_name="+"
    )
    to_user = models.ForeignKey("foundation.User", models.PROTECT, related_name="+")
    note = models.TextField(blank=True)
    at = models.DateTimeField()
    by = models.ForeignKey("foundation.User", models.PROTECT, related_name="+")
    batch = models.UUIDField()
    read_at = models.DateTimeField(null=True, blank=True)
    # What it takes to take a hand-over back: the team that the client left, where the team changed,
    # and the ids of the appointments and reminders that went along.
    from_team = models.ForeignKey(
        "foundation.Team", models.PROTECT, null=True, blank=True, related_name="+"
    )
    went_along = models.JSONField(default=list, blank=True)
    taken_back_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["client", "-at"], name="hand_over_by_client"),
            models.Index(
                fields=["register", "to_user"],
                name="hand_over_unread",
                condition=Q(read_at__isnull=True),
            ),
        ]

    history = Kept(besides="read_at went_along")
    protection = classify(
        internal="from_user to_user at by batch read_at from_team went_along taken_back_at",
        personal="client",
        sensitive="note",
    )


class MinutesAssumption(RegisterModel):
    """What a client in a situation is expected to take, in minutes a week. An assumption."""

    client_column = None

    class Situation(models.TextChoices):
        NEW = "new", _("new, not yet met")
        ACTIVE = "active", _("in close contact")
        STEADY = "steady", _("steady")
        IN_SERVICE = "in_service", _("in a service or a place")
        INTERPRETER = "interpreter", _("extra with an interpreter")

    situation = models.CharField(max_length=12, choices=Situation)
    minutes_a_week = models.PositiveSmallIntegerField()
    changed_at = models.DateTimeField()
    changed_by = models.ForeignKey("foundation.User", models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint("register", "situation", name="one_figure_a_situation")
        ]

    history = Kept(besides="changed_at changed_by")
    protection = classify(internal="situation minutes_a_week changed_at changed_by")


class NotificationSetting(RegisterModel):
    """Which messages a worker wants, and how."""

    client_column = None

    class Event(models.TextChoices):
        NEW_CLIENT = "new_client", _("a new client comes to me")
        HANDED_OVER = "handed_over", _("clients are handed over to me")
        CLIENT_ANSWERED = "client_answered", _("a client answers a suggestion")
        DEADLINE = "deadline", _("a deadline is near")
        MORNING = "morning", _("my day each morning")

    user = models.ForeignKey("foundation.User", models.CASCADE, related_name="notifications")
    event = models.CharField(max_length=16, choices=Event)
    by_email = models.BooleanField(default=True)

    class Meta:
        constraints = [models.UniqueConstraint("register", "user", "event", name="one_setting")]

    history = NotKept("a worker's own setting; no client is in it")
    protection = classify(internal="user event by_email")


class Told(RegisterModel):
    """What a worker has been told of by e-mail, so that nothing is told twice.

    `about` is the relation, the hand-over or the client that it was about, `day` the date that was
    near or the morning.
    """

    client_column = None

    user = models.ForeignKey("foundation.User", models.CASCADE, related_name="+")
    event = models.CharField(max_length=16, choices=NotificationSetting.Event)
    about = models.UUIDField(null=True, blank=True)
    day = models.DateField(null=True, blank=True)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["register", "user", "event", "about", "day"],
                name="told_once",
                nulls_distinct=False,
            )
        ]

    history = NotKept("says only that a mail was written to a worker, who is named in the outbox")
    protection = classify(internal="user event day at", personal="about")
