"""What every row of a register has in common."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.db import models

from polku.foundation.protection import classify


class RegisterModel(models.Model):
    """A row that belongs to one register, kept apart by row-level security (`walls`).

    `client_column` names the column with the client's id: in a client's own session only rows with
    that client are visible. None means that a client's session sees no row of the table.
    `host_column` does the same for the worksite of a host who came by a personal link. A row of a
    model with a field `guarded` shows only while its client is opened, once that field is true;
    with `always_guarded` every row does.
    """

    client_column: ClassVar[str | None] = "client_id"
    host_column: ClassVar[str | None] = None
    always_guarded: ClassVar[bool] = False

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    register = models.ForeignKey(
        "foundation.Register", models.PROTECT, related_name="+", db_index=False, editable=False
    )

    class Meta:
        abstract = True

    protection = classify(internal="id register")
