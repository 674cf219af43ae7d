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
    """

    client_column: ClassVar[str | None] = "client_id"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    register = models.ForeignKey(
        "foundation.Register", models.PROTECT, related_name="+", db_index=False, editable=False
    )

    class Meta:
        abstract = True

    protection = classify(internal="id register")
