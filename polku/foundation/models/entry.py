"""How workers come in: sessions, tries at signing in, and personal links that work once.

None of these belongs to a register: they are what tells which register a request works in.
"""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from polku.foundation.history import NotKept
from polku.foundation.protection import classify


class Session(models.Model):
    """One signed-in browser. The cookie's key is kept as a keyed hash only, the contents sealed."""

    key_hash = models.BinaryField(primary_key=True, max_length=32)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, null=True, related_name="sessions"
    )
    data = models.BinaryField()
    started_at = models.DateTimeField()
    used_at = models.DateTimeField()
    ends_at = models.DateTimeField(db_index=True)

    history = NotKept("lives for hours")
    protection = classify(internal="user started_at used_at ends_at", secret="key_hash data")


class SignInTry(models.Model):
    """One failed try, in one of the buckets that `door.limits` counts. No address stands in it."""

    id = models.BigAutoField(primary_key=True)
    bucket = models.BinaryField(max_length=32)
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["bucket", "at"], name="try_by_bucket")]

    history = NotKept("a count of minutes; names nobody")
    protection = classify(internal="id at", secret="bucket")


class EntryLink(models.Model):
    """A personal link that works once, to a worker's own address. Only its hash is kept."""

    class Purpose(models.TextChoices):
        INVITE = "invite", _("invitation")
        PASSWORD = "password", _("new password")
        FACTOR = "factor", _("new second step")
        FIRST = "first", _("first administrator")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    token_hash = models.BinaryField(max_length=32, unique=True)
    purpose = models.CharField(max_length=8, choices=Purpose)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, null=True, related_name="entry_links"
    )
    created_at = models.DateTimeField()
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["user", "purpose"], name="entry_link_by_user")]

    history = NotKept("the audit record tells its making and use; the rest is a hash")
    protection = classify(
        internal="id purpose user created_at created_by expires_at used_at revoked_at",
        secret="token_hash",
    )
