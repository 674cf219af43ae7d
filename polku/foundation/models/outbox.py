"""Messages that leave the house, written in the transaction that causes them."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from polku.foundation.history import NotKept
from polku.foundation.models.base import RegisterModel
from polku.foundation.protection import classify


class OutboxMessage(RegisterModel):
    """A mail to a client or to a worker. The address is looked up when it is sent, never before:

    a ban, a death or a new address between writing and sending must count.
    """

    class Status(models.TextChoices):
        WAITING = "waiting", _("waiting")
        SENT = "sent", _("sent")
        FAILED = "failed", _("failed")
        STOPPED = "stopped", _("stopped")

    client = models.ForeignKey(
        "clients.Client", models.CASCADE, null=True, blank=True, related_name="messages"
    )
    user = models.ForeignKey(
        "foundation.User", models.CASCADE, null=True, blank=True, related_name="messages"
    )
    kind = models.CharField(max_length=40)
    language = models.CharField(max_length=2, default="fi")
    subject = models.CharField(max_length=200)
    body = models.TextField()
    status = models.CharField(max_length=8, choices=Status, default=Status.WAITING)
    not_before = models.DateTimeField()
    created_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    problem = models.CharField(max_length=200, blank=True)

    class Meta:
        indexes = [
            models.Index(
                fields=["register", "not_before"],
                name="outbox_waiting",
                condition=Q(status="waiting"),
            ),
            models.Index(fields=["register", "client"], name="outbox_by_client"),
        ]
        constraints = [
            models.CheckConstraint(
                name="message_to_a_client_or_a_worker",
                condition=Q(client__isnull=False, user__isnull=True)
                | Q(client__isnull=True, user__isnull=False),
            ),
            models.CheckConstraint(
                name="sent_means_sent_at",
                condition=Q(status="sent", sent_at__isnull=False)
                | (~Q(status="sent") & Q(sent_at__isnull=True)),
            ),
        ]

    history = NotKept("a message tells by itself what became of it")
    protection = classify(
        internal="user kind language status not_before created_at sent_at attempts problem",
        personal="client",
        guarded="subject body",
    )

    def __str__(self) -> str:
        return f"{self.kind} ({self.status})"
