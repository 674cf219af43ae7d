"""A question to the simulation and its answer: numbers of a whole register, and who asked."""

from __future__ import annotations

from django.db import models

from polku.foundation.history import NotKept
from polku.foundation.models.base import RegisterModel
from polku.foundation.protection import classify
from polku.insight.early.models import EarlySigns, OutlookChoice

__all__ = ["EarlySigns", "OutlookChoice", "WhatIf"]


class WhatIf(RegisterModel):
    """One question, worked out once; whoever asks the same again gets what is kept.

    `question` is `whatif.Question` as a dictionary, `measured` what the register itself said when
    it was asked, `answer` what `whatif.answer` returns.
    """

    client_column = None

    question = models.JSONField()
    measured = models.JSONField(default=dict)
    fingerprint = models.CharField(max_length=64)
    asked_at = models.DateTimeField()
    asked_by = models.ForeignKey("foundation.User", models.PROTECT, related_name="+")
    tries = models.PositiveSmallIntegerField(default=0)
    begun_at = models.DateTimeField(null=True, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    answer = models.JSONField(null=True, blank=True)
    problem = models.CharField(max_length=40, blank=True)

    class Meta:
        ordering = ["-asked_at"]
        constraints = [
            models.UniqueConstraint("register", "fingerprint", name="one_what_if_a_question"),
            models.CheckConstraint(
                name="what_if_answered_with_an_answer",
                condition=models.Q(answered_at__isnull=True, answer__isnull=True)
                | models.Q(answered_at__isnull=False, answer__isnull=False),
            ),
        ]
        indexes = [models.Index(fields=["register", "-asked_at"], name="what_if_by_time")]

    @property
    def waits(self) -> bool:
        """Return whether its answer is still to come."""
        return self.answered_at is None and not self.problem

    history = NotKept("a question and its answer stay as they were; a new question is a new row")
    protection = classify(
        internal="question measured fingerprint asked_at asked_by tries begun_at answered_at "
        "answer problem"
    )
