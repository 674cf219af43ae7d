"""A supervisor's personal link. Only hashes are kept."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from polku.foundation.history import NotKept
from polku.foundation.protection import classify


class HostLink(models.Model):
    """The way in for somebody at a worksite, without an account. Global: it tells the register.

    The first browser that opens it is the one that it works in (`bound_hash`): a link that was
    forwarded shows nothing, and a fresh one can be mailed to the supervisor's own address.
    """

    class Purpose(models.TextChoices):
        CONFIRM = "confirm", _("confirm openings")
        PLACEMENT = "placement", _("one placement")

    token_hash = models.BinaryField(primary_key=True, max_length=32)
    register = models.ForeignKey("foundation.Register", models.CASCADE, related_name="+")
    purpose = models.CharField(max_length=9, choices=Purpose)
    worksite = models.UUIDField()
    supervisor = models.UUIDField()
    placement = models.UUIDField(null=True, blank=True)
    client = models.UUIDField(null=True, blank=True)
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    bound_hash = models.BinaryField(null=True, max_length=32)
    # The link whose place it takes once it is opened: asked for anew, where that one did not open.
    replaces = models.BinaryField(null=True, max_length=32)
    bound_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["placement"], name="host_link_by_placement"),
            models.Index(fields=["supervisor"], name="host_link_by_supervisor"),
        ]

    history = NotKept("the audit record tells each making, use and ending; the rest is a hash")
    protection = classify(
        internal="register purpose worksite supervisor created_at expires_at bound_at revoked_at",
        personal="placement client",
        secret="token_hash bound_hash replaces",
    )
