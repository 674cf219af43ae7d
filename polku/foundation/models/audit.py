"""Who looked or changed, whom, why and when. Rows are only ever added."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q

from polku.foundation.history import NotKept
from polku.foundation.protection import classify


class AuditEntry(models.Model):
    """One look or one change. Holds ids, field names and reasons, never values.

    `mac` is a keyed hash over the row's own content, made in the same transaction; `AuditSeal`
    later chains the committed rows, so that no view waits for another.
    """

    id = models.BigAutoField(primary_key=True)
    register = models.ForeignKey(
        "foundation.Register", models.PROTECT, null=True, related_name="+", db_index=False
    )
    at = models.DateTimeField()
    actor_kind = models.CharField(max_length=8)
    actor_user = models.UUIDField(null=True)
    actor_client = models.UUIDField(null=True)
    role = models.UUIDField(null=True)
    action = models.CharField(max_length=60)
    client = models.UUIDField(null=True)
    shown = ArrayField(models.UUIDField(), default=list)
    fields = ArrayField(models.CharField(max_length=60), default=list)
    reason = models.CharField(max_length=400, blank=True)
    request = models.CharField(max_length=32, blank=True)
    mac = models.BinaryField(max_length=32)

    class Meta:
        indexes = [
            models.Index(fields=["register", "client", "-at"], name="audit_by_client"),
            models.Index(fields=["register", "actor_user", "-at"], name="audit_by_actor"),
            models.Index(fields=["register", "id"], name="audit_by_register"),
            models.Index(fields=["register", "-at"], name="audit_by_time"),
            GinIndex(
                fields=["shown"],
                name="audit_by_shown",
                condition=~Q(shown=[]),
                # A short list of what waits to be sorted in, so that no view sorts in a long one.
                gin_pending_list_limit=256,
            ),
        ]

    history = NotKept("only ever added to")
    protection = classify(
        internal="id register at actor_kind actor_user role action fields request",
        personal="actor_client client shown",
        sensitive="reason",
        secret="mac",
    )


class AuditSeal(models.Model):
    """One link of a register's chain: hash over the link before it and the entry's mac."""

    id = models.BigAutoField(primary_key=True)
    register = models.ForeignKey(
        "foundation.Register", models.PROTECT, null=True, related_name="+", db_index=False
    )
    number = models.BigIntegerField()
    entry = models.BigIntegerField(unique=True)
    link = models.BinaryField(max_length=32)
    sealed_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                "register", "number", name="one_link_a_number", nulls_distinct=False
            )
        ]

    history = NotKept("only ever added to")
    protection = classify(internal="id register number entry sealed_at", secret="link")
