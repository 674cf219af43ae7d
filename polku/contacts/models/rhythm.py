"""How often a client is met, and what the law's clocks say of it."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from polku.contacts.models.contact import Kind
from polku.foundation.history import Kept
from polku.foundation.models.base import RegisterModel
from polku.foundation.protection import classify


class Rhythm(RegisterModel):
    """Where a client stands in their own window of contact, and what the law's clock says.

    Written by this room's actions together with each contact, so that My day reads one row a
    client instead of a history.
    """

    class Pace(models.TextChoices):
        """How often the client wishes to be met, beside the window that the worker keeps."""

        MORE = "more", _("more often than now")
        SAME = "same", _("as often as now")
        LESS = "less", _("more seldom than now")

    class DayPart(models.TextChoices):
        """When a meeting suits the client best."""

        MORNING = "morning", _("mornings")
        AFTERNOON = "afternoon", _("afternoons")

    client = models.OneToOneField("clients.Client", models.CASCADE, related_name="rhythm")
    window_min_days = models.PositiveSmallIntegerField(default=14)
    window_max_days = models.PositiveSmallIntegerField(default=42)
    wish = models.CharField(max_length=200, blank=True)
    wish_pace = models.CharField(max_length=8, choices=Pace, blank=True)
    wish_told_at = models.DateTimeField(null=True, blank=True)
    day_part = models.CharField(max_length=9, choices=DayPart, blank=True)
    away_until = models.DateField(null=True, blank=True)
    first_contact_at = models.DateTimeField(null=True, blank=True)
    last_reached_at = models.DateTimeField(null=True, blank=True)
    last_attempt_at = models.DateTimeField(null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    next_on = models.DateField(null=True, blank=True)
    next_kind = models.CharField(max_length=8, choices=Kind, blank=True)
    # What the writing down of a death took away: it may turn out to be a mistake.
    taken_next_on = models.DateField(null=True, blank=True)
    taken_next_kind = models.CharField(max_length=8, choices=Kind, blank=True)
    initial_interview_on = models.DateField(null=True, blank=True)
    last_discussion_on = models.DateField(null=True, blank=True)
    interview_due_on = models.DateField(null=True, blank=True)
    discussion_due_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="window_has_two_sides",
                condition=Q(window_max_days__gte=F("window_min_days")),
            )
        ]

    history = Kept(only="client window_min_days window_max_days wish wish_pace day_part away_until")
    protection = classify(
        internal="window_min_days window_max_days attempts interview_due_on discussion_due_on",
        personal="client first_contact_at last_reached_at last_attempt_at next_on next_kind "
        "taken_next_on taken_next_kind initial_interview_on last_discussion_on wish wish_pace "
        "wish_told_at day_part away_until",
    )
