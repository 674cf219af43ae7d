"""How a client comes in without an account. Only hashes are kept."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from polku.foundation.history import NotKept
from polku.foundation.models.base import RegisterModel
from polku.foundation.protection import classify


class AccessLink(models.Model):
    """A client's personal address. Global, since it is what tells the register."""

    token_hash = models.BinaryField(primary_key=True, max_length=32)
    register = models.ForeignKey("foundation.Register", models.CASCADE, related_name="+")
    client = models.UUIDField()
    created_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["client"], name="link_by_client")]

    history = NotKept("the audit record tells each making and ending; the rest is a hash")
    protection = classify(
        internal="register created_at revoked_at", personal="client", secret="token_hash"
    )


class AccessCode(RegisterModel):
    """A single-use code: by e-mail for 15 minutes, or on a paper list until used or revoked."""

    class Channel(models.TextChoices):
        EMAIL = "email", _("by e-mail")
        PAPER = "paper", _("on paper")

    client = models.ForeignKey("clients.Client", models.CASCADE, related_name="+")
    channel = models.CharField(max_length=5, choices=Channel)
    code_hash = models.BinaryField(max_length=32)
    number = models.PositiveSmallIntegerField(default=1)
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField(null=True, blank=True)
    used_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["client"], name="code_by_client")]
        constraints = [
            models.CheckConstraint(
                name="mailed_codes_expire",
                condition=~Q(channel="email") | Q(expires_at__isnull=False),
            )
        ]

    history = NotKept("the audit record tells each making, use and ending; the rest is a hash")
    protection = classify(
        internal="channel number created_at expires_at used_at revoked_at",
        personal="client",
        secret="code_hash",
    )
