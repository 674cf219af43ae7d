"""What is written on the way: reminders, half-written texts, openings of register texts."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from polku.foundation.history import Kept, NotKept
from polku.foundation.models.base import RegisterModel
from polku.foundation.protection import classify


class Reminder(RegisterModel):
    """Something to do for a client on a day."""

    client_column = None

    client = models.ForeignKey("clients.Client", models.CASCADE, related_name="reminders")
    worker = models.ForeignKey("foundation.User", models.PROTECT, related_name="reminders")
    on = models.DateField()
    text = models.CharField(max_length=200)
    created_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True, blank=True)
    done_by = models.ForeignKey(
        "foundation.User", models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        indexes = [
            models.Index(
                fields=["register", "worker", "on"],
                name="reminder_open",
                condition=Q(done_at__isnull=True),
            ),
            models.Index(fields=["client"], name="reminder_by_client"),
        ]
        constraints = [
            models.CheckConstraint(
                name="reminder_done_at_and_by",
                condition=Q(done_at__isnull=True, done_by__isnull=True)
                | Q(done_at__isnull=False, done_by__isnull=False),
            )
        ]

    history = Kept()
    protection = classify(
        internal="worker on created_at done_at done_by", personal="client", sensitive="text"
    )


class Draft(RegisterModel):
    """What somebody has half-written about a client: encrypted, the author's own, for 14 days.

    `about` is the contact that is being corrected, and `base_version` its version when it was
    opened. A draft that was discarded stays until its days are over, so that it can be taken back.
    """

    client_column = None

    author = models.ForeignKey("foundation.User", models.CASCADE, related_name="+")
    client = models.ForeignKey("clients.Client", models.CASCADE, related_name="+")
    form = models.CharField(max_length=20)
    about = models.UUIDField(null=True, blank=True)
    base_version = models.PositiveIntegerField(default=0)
    cipher = models.BinaryField()
    revision = models.PositiveIntegerField(default=1)
    saved_at = models.DateTimeField()
    discarded_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["client"], name="draft_by_client"),
            models.Index(fields=["register", "saved_at"], name="draft_by_age"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["author", "client", "form", "about"],
                name="one_draft_a_form",
                nulls_distinct=False,
            )
        ]

    history = NotKept("half-written, sealed, the author's own, and gone after fourteen days")
    protection = classify(
        internal="author form about base_version revision saved_at discarded_at",
        personal="client",
        secret="cipher",
    )


class CopyTemplate(RegisterModel):
    """How a kind of contact is worded for the national register; edited by the register's own.

    `purpose` is one of Purpose, or "attempt" for a try in which nobody was reached.
    """

    client_column = None

    purpose = models.CharField(max_length=14)
    language = models.CharField(max_length=2, default="fi")
    text = models.TextField()
    changed_at = models.DateTimeField()
    changed_by = models.ForeignKey("foundation.User", models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                "register", "purpose", "language", name="one_template_a_purpose"
            )
        ]

    history = Kept(besides="changed_at changed_by")
    protection = classify(internal="purpose language text changed_at changed_by")
