"""What stood before: one row for each change of a row whose model keeps its history."""

from __future__ import annotations

from django.db import models

from polku.foundation.history import NotKept
from polku.foundation.protection import classify


class RowChange(models.Model):
    """One row was added, changed or removed. Written by the database alone (`history`).

    `was` and `became` hold the columns that differ, by name, each in the class that the model
    gives it; a change of guarded columns is a row of its own with `guarded` true. What was added
    stands in the row itself, or in the `was` of its first change. Goes with the person.
    """

    class Op(models.TextChoices):
        ADDED = "added"
        CHANGED = "changed"
        REMOVED = "removed"

    id = models.BigAutoField(primary_key=True)
    register = models.ForeignKey(
        "foundation.Register",
        models.PROTECT,
        related_name="+",
        db_index=False,
        db_constraint=False,
    )
    client = models.UUIDField(null=True)
    source = models.CharField(max_length=63)
    thing = models.UUIDField()
    op = models.CharField(max_length=8, choices=Op)
    guarded = models.BooleanField()
    at = models.DateTimeField()
    actor_kind = models.CharField(max_length=8)
    actor_user = models.UUIDField(null=True)
    actor_client = models.UUIDField(null=True)
    actor_name = models.CharField(max_length=80)
    role = models.UUIDField(null=True)
    request = models.CharField(max_length=32)
    was = models.JSONField(null=True)
    became = models.JSONField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["register", "client", "-id"], name="change_by_client"),
        ]

    history = NotKept("it is the history")
    # `was` and `became` may hold anything that the source keeps, guarded fields in guarded rows.
    protection = classify(
        internal="id register source thing op guarded at actor_kind actor_user actor_name role "
        "request",
        personal="client actor_client",
        guarded="was became",
    )
