"""Times that a client is offered to choose from."""

from __future__ import annotations

from datetime import datetime

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from polku.contacts.models.appointment import Appointment
from polku.contacts.models.contact import Kind, Purpose
from polku.foundation.history import Kept
from polku.foundation.models.base import RegisterModel
from polku.foundation.protection import classify


class TimeOffer(RegisterModel):
    """Some free times of a worker's, of which a client chooses one by a link or in the own view.

    It ends once: a time was chosen (`appointment`), none suits (`word`), or it was withdrawn. One
    that nobody answered has ended by itself at `expires_at`, and is still to be read.
    """

    class End(models.TextChoices):
        CHOSEN = "chosen", _("a time was chosen")
        NONE = "none", _("none of the times suits")
        WITHDRAWN = "withdrawn", _("withdrawn")
        LAPSED = "lapsed", _("nobody answered in time")

    client = models.ForeignKey("clients.Client", models.CASCADE, related_name="time_offers")
    worker = models.ForeignKey("foundation.User", models.PROTECT, related_name="+")
    token_hash = models.BinaryField(max_length=32)
    starts = ArrayField(models.DateTimeField())
    minutes = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=8, choices=Kind, default=Kind.VISIT)
    purpose = models.CharField(max_length=14, choices=Purpose, default=Purpose.COACHING)
    place = models.CharField(max_length=200, blank=True)
    language = models.CharField(max_length=3, default="fi")
    # Held with the chosen time, or another of the same house or language; nothing is held before.
    room = models.ForeignKey(
        "contacts.Resource", models.SET_NULL, null=True, blank=True, related_name="+"
    )
    interpreter = models.ForeignKey(
        "contacts.Resource", models.SET_NULL, null=True, blank=True, related_name="+"
    )
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
    end = models.CharField(max_length=9, choices=End, blank=True)
    word = models.CharField(max_length=200, blank=True)
    read_at = models.DateTimeField(null=True, blank=True)
    appointment = models.OneToOneField(
        Appointment, models.SET_NULL, null=True, blank=True, related_name="offer"
    )
    submission = models.UUIDField(editable=False)

    class Meta:
        indexes = [
            models.Index(
                fields=["register", "worker", "made_at"],
                name="time_offer_unread",
                condition=Q(read_at__isnull=True),
            ),
        ]
        constraints = [
            models.UniqueConstraint("token_hash", name="one_time_offer_a_secret"),
            models.UniqueConstraint("register", "submission", name="one_time_offer_a_submission"),
            models.UniqueConstraint(
                "client", name="one_time_offer_at_a_time", condition=Q(ended_at__isnull=True)
            ),
            models.CheckConstraint(
                name="time_offer_ended_how",
                condition=Q(ended_at__isnull=True, end="")
                | (Q(ended_at__isnull=False) & ~Q(end="")),
            ),
        ]

    history = Kept(besides="token_hash submission made_at read_at room interpreter")
    protection = classify(
        internal="worker minutes language made_at expires_at ended_at end read_at appointment "
        "submission room interpreter",
        personal="client kind purpose starts",
        sensitive="word",
        guarded="place",
        secret="token_hash",
    )

    def standing(self, at: datetime) -> str:
        """Return how it stands: "" while it is open, else how it ended (`End`)."""
        if self.end:
            return self.end
        return self.End.LAPSED.value if self.expires_at <= at else ""
