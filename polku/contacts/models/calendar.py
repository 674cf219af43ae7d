"""A worker's times in a calendar of their own."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from polku.foundation.history import NotKept
from polku.foundation.models.base import RegisterModel
from polku.foundation.protection import classify


class CalendarFeed(RegisterModel):
    """The private address at which a worker's own calendar program reads their times."""

    client_column = None

    user = models.ForeignKey("foundation.User", models.CASCADE, related_name="+")
    token_hash = models.BinaryField(max_length=32)
    made_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
    read_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint("token_hash", name="one_calendar_a_secret"),
            models.UniqueConstraint(
                "register", "user", name="one_calendar_at_a_time",
                condition=Q(ended_at__isnull=True),
            ),
        ]  # fmt: skip

    history = NotKept("a secret's hash, and when it was made, read and ended")
    protection = classify(internal="user made_at ended_at read_at", secret="token_hash")
