"""What was fitted of a register's history, and a client's own choice not to see it."""

from __future__ import annotations

from django.db import models

from polku.foundation.history import NotKept
from polku.foundation.models.base import RegisterModel
from polku.foundation.protection import classify


class EarlySigns(RegisterModel):
    """The aggregates of one register, as `keeping` writes them. No person, and nothing of few.

    `since` is the first day on which anybody of the history entered, `cut_off` the last day that
    was known, `number` the way of fitting.
    """

    client_column = None

    fitted_at = models.DateTimeField()
    since = models.DateField(null=True, blank=True)
    cut_off = models.DateField()
    number = models.PositiveSmallIntegerField()
    told = models.JSONField()

    class Meta:
        constraints = [models.UniqueConstraint("register", name="early_signs_once_a_register")]

    history = NotKept("counts of a whole register, worked out anew from what is kept elsewhere")
    protection = classify(internal="fitted_at since cut_off number told")


class OutlookChoice(RegisterModel):
    """A client's own choice not to be shown how it went for others. Absent: not chosen."""

    client = models.OneToOneField("clients.Client", models.CASCADE, related_name="+")
    hidden_at = models.DateTimeField()

    history = NotKept("the audit record tells each hiding and showing again")
    protection = classify(internal="hidden_at", personal="client")
