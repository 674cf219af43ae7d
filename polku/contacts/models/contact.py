"""What was said and done: one contact, and how and why people met."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from polku.foundation.history import Kept
from polku.foundation.models.base import RegisterModel
from polku.foundation.protection import classify


class Kind(models.TextChoices):
    """How people met. The national register's codes (yhtottotapa) are mapped in `copying`."""

    CALL = "call", _("phone call")
    VISIT = "visit", _("meeting")
    VIDEO = "video", _("video meeting")
    SMS = "sms", _("text message")
    EMAIL = "email", _("e-mail")
    LETTER = "letter", _("letter")
    WALK_IN = "walk_in", _("walk-in")
    ONLINE = "online", _("online service")


class Purpose(models.TextChoices):
    """What the contact was, in the service process."""

    INITIAL_INTERVIEW = "initial", _("initial interview")
    JOB_SEARCH_DISCUSSION = "discussion", _("job-search discussion")
    COMPLEMENTARY = "complementary", _("complementary discussion")
    COACHING = "coaching", _("coaching")
    PLACE = "place", _("about a place")
    PRACTICAL = "practical", _("practical matter")


class Contact(RegisterModel):
    """One contact with a client, or an attempt at one (`reached` false)."""

    class Initiative(models.TextChoices):
        WORKER = "worker", _("the coach")
        CLIENT = "client", _("the client")
        OTHER = "other", _("somebody else")

    client = models.ForeignKey("clients.Client", models.CASCADE, related_name="contacts")
    worker = models.ForeignKey("foundation.User", models.PROTECT, null=True, related_name="+")
    worker_name = models.CharField(max_length=160, blank=True)
    at = models.DateTimeField()
    minutes = models.PositiveSmallIntegerField(null=True, blank=True)
    kind = models.CharField(max_length=8, choices=Kind)
    purpose = models.CharField(max_length=14, choices=Purpose, default=Purpose.COACHING)
    initiative = models.CharField(max_length=8, choices=Initiative, default=Initiative.WORKER)
    reached = models.BooleanField(default=True)
    agreed = models.TextField(blank=True)
    # [{"text": …, "due_on": "2026-12-31" or ""}]
    tasks = models.JSONField(default=list, blank=True)
    what_works = models.TextField(blank=True)
    scale = models.PositiveSmallIntegerField(null=True, blank=True)
    next_small_step = models.TextField(blank=True)
    private_note = models.TextField(blank=True)
    next_on = models.DateField(null=True, blank=True)
    copied_at = models.DateTimeField(null=True, blank=True)
    copied_by = models.ForeignKey(
        "foundation.User", models.PROTECT, null=True, blank=True, related_name="+"
    )
    copied_digest = models.CharField(max_length=64, blank=True)
    submission = models.UUIDField(null=True, blank=True, editable=False)
    version = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField()
    changed_at = models.DateTimeField()

    class Meta:
        indexes = [
            models.Index(fields=["client", "-at"], name="contact_by_client"),
            models.Index(fields=["register", "worker", "-at"], name="contact_by_worker"),
        ]
        constraints = [
            models.UniqueConstraint("register", "submission", name="one_contact_a_submission"),
            models.CheckConstraint(
                name="scale_0_to_10", condition=Q(scale__isnull=True) | Q(scale__lte=10)
            ),
            models.CheckConstraint(
                name="copied_at_and_by",
                condition=Q(copied_at__isnull=True, copied_by__isnull=True, copied_digest="")
                | (Q(copied_at__isnull=False, copied_by__isnull=False) & ~Q(copied_digest="")),
            ),
        ]

    history = Kept(besides="worker_name copied_digest submission version created_at changed_at")
    protection = classify(
        internal="worker worker_name minutes copied_at copied_by copied_digest submission version "
        "created_at changed_at",
        personal="client at kind purpose initiative reached next_on",
        sensitive="agreed tasks what_works scale next_small_step private_note",
    )
