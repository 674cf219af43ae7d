"""Talks with hosts: who asked what, what was answered, and who asks next."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from polku.foundation.history import Kept
from polku.foundation.models.base import RegisterModel
from polku.foundation.protection import classify
from polku.placements.models.hosts import Supervisor, Worksite


class HostContact(RegisterModel):
    """One talk with a worksite. The next one belongs to one person, so that a host is not pestered.

    A refusal is kept for learning, with its reason; it is about the time and the work, never about
    a client.
    """

    client_column = None

    class How(models.TextChoices):
        CALL = "call", _("call")
        VISIT = "visit", _("visit")
        EMAIL = "email", _("e-mail")
        MEETING = "meeting", _("meeting")
        OTHER = "other", _("other")

    class Result(models.TextChoices):
        TALKED = "talked", _("talked, nothing decided")
        OFFERS = "offers", _("offers a place")
        THINKS = "thinks", _("thinks it over")
        NOT_NOW = "not_now", _("not now")
        REFUSES = "refuses", _("does not want to")
        NO_ANSWER = "no_answer", _("nobody was reached")

    class Reason(models.TextChoices):
        NO_TIME = "no_time", _("no time to supervise")
        NO_WORK = "no_work", _("no suitable work now")
        STAFF = "staff", _("changes or lay-offs among own staff")
        SPACE = "space", _("no room or tools")
        SAFETY = "safety", _("safety or confidentiality of the work")
        BEFORE = "before", _("an earlier experience")
        DOUBTS = "doubts", _("doubts about the idea")
        COST = "cost", _("costs or paperwork")
        OTHER = "other", _("other")

    worksite = models.ForeignKey(Worksite, models.CASCADE, related_name="contacts")
    supervisor = models.ForeignKey(
        Supervisor, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    at = models.DateTimeField()
    by = models.ForeignKey("foundation.User", models.PROTECT, related_name="+")
    how = models.CharField(max_length=8, choices=How)
    result = models.CharField(max_length=10, choices=Result)
    reason = models.CharField(max_length=10, choices=Reason, blank=True)
    note = models.CharField(max_length=600, blank=True)
    next_on = models.DateField(null=True, blank=True)
    next_by = models.ForeignKey(
        "foundation.User", models.PROTECT, null=True, blank=True, related_name="+"
    )
    next_done_at = models.DateTimeField(null=True, blank=True)
    submission = models.UUIDField(null=True, blank=True, editable=False)

    class Meta:
        ordering = ["-at"]
        indexes = [
            models.Index(fields=["worksite", "-at"], name="host_contact_by_worksite"),
            models.Index(
                fields=["register", "next_by", "next_on"],
                name="host_contact_next",
                condition=Q(next_done_at__isnull=True, next_on__isnull=False),
            ),
        ]
        constraints = [
            models.UniqueConstraint("register", "submission", name="one_host_contact_a_submission"),
            models.CheckConstraint(
                name="next_talk_has_a_day_and_a_person",
                condition=Q(next_on__isnull=True, next_by__isnull=True)
                | Q(next_on__isnull=False, next_by__isnull=False),
            ),
            models.CheckConstraint(
                name="a_refusal_has_a_reason",
                condition=~Q(result="refuses") | ~Q(reason=""),
            ),
        ]

    history = Kept(besides="submission")
    protection = classify(
        internal="worksite supervisor at by how result reason next_on next_by next_done_at "
        "submission note"
    )
