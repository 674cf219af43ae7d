"""Messages that leave the house, written in the transaction that causes them."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from polku.foundation.history import NotKept
from polku.foundation.models.base import RegisterModel
from polku.foundation.protection import classify


class OutboxMessage(RegisterModel):
    """A mail or a text to a client, a worker, or somebody at a host (`host`: the person's id).

    The address is looked up when it is sent, never before: a ban, a death or a new address between
    writing and sending must count. `about` is the id of what it tells of, where that may end.
    """

    class Status(models.TextChoices):
        WAITING = "waiting", _("waiting")
        SENT = "sent", _("sent")
        FAILED = "failed", _("failed")
        STOPPED = "stopped", _("stopped")

    class Way(models.TextChoices):
        EMAIL = "email", _("by e-mail")
        TEXT = "text", _("as a text message")

    client = models.ForeignKey(
        "clients.Client", models.CASCADE, null=True, blank=True, related_name="messages"
    )
    user = models.ForeignKey(
        "foundation.User", models.CASCADE, null=True, blank=True, related_name="messages"
    )
    host = models.UUIDField(null=True, blank=True)
    about = models.UUIDField(null=True, blank=True)
    kind = models.CharField(max_length=40)
    language = models.CharField(max_length=2, default="fi")
    subject = models.CharField(max_length=200)
    body = models.TextField()
    text = models.CharField(max_length=300, blank=True, default="")
    # A time as calendars read it (RFC 5545), sent beside a mail; '' for none.
    calendar = models.TextField(blank=True, default="")
    at_once = models.BooleanField(default=False)
    status = models.CharField(max_length=8, choices=Status, default=Status.WAITING)
    not_before = models.DateTimeField()
    created_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    problem = models.CharField(max_length=200, blank=True)
    way = models.CharField(max_length=5, choices=Way, blank=True, default="")

    class Meta:
        indexes = [
            models.Index(
                fields=["register", "not_before"],
                name="outbox_waiting",
                condition=Q(status="waiting"),
            ),
            models.Index(fields=["register", "client"], name="outbox_by_client"),
            models.Index(
                fields=["about"],
                name="outbox_waiting_about",
                condition=Q(status="waiting", about__isnull=False),
            ),
        ]
        constraints = [
            models.CheckConstraint(
                name="message_to_one_of_three",
                condition=Q(client__isnull=False, user__isnull=True, host__isnull=True)
                | Q(client__isnull=True, user__isnull=False, host__isnull=True)
                | Q(client__isnull=True, user__isnull=True, host__isnull=False),
            ),
            models.CheckConstraint(
                name="sent_means_sent_at",
                condition=Q(status="sent", sent_at__isnull=False)
                | (~Q(status="sent") & Q(sent_at__isnull=True)),
            ),
        ]

    history = NotKept("a message tells by itself what became of it")
    protection = classify(
        internal="user host about kind language status not_before created_at sent_at attempts "
        "problem at_once way",
        personal="client",
        guarded="subject body text calendar",
    )

    def __str__(self) -> str:
        return f"{self.kind} ({self.status})"
