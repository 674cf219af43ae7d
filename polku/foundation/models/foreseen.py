"""A conflict of interest told of before the person is a client here.

In a small town a worker knows beforehand whom they may not handle. Only the register's blind index
of the identity code is kept, so that the record tells nobody who the relative is.
"""

from __future__ import annotations

from django.db import models

from polku.foundation.history import NotKept
from polku.foundation.models.base import RegisterModel
from polku.foundation.models.relations import Recusal
from polku.foundation.protection import classify


class ForeseenRecusal(RegisterModel):
    """This worker is shut out from whoever is opened with this identity code."""

    client_column = None

    user = models.ForeignKey("foundation.User", models.CASCADE, related_name="+")
    identity_index = models.BinaryField(max_length=16)
    ground = models.CharField(max_length=12, choices=Recusal.Ground)
    created_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                "register", "identity_index", "user", name="foreseen_once_a_worker"
            )
        ]

    history = NotKept("never changed; must tell nobody who the relative is")
    protection = classify(internal="user created_at", sensitive="ground", secret="identity_index")
