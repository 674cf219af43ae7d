"""The dated ground on which someone may see a client, and the grounds that shut a worker out.

This is the one assignment model: a client's own coach, the responsible team and every helper are
rows of `Relation`. `teamwork` writes them; `access` and the rooms' queries read them.
"""

from __future__ import annotations

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Func, Q
from django.utils.translation import gettext_lazy as _

from polku.foundation.history import Kept
from polku.foundation.models.base import RegisterModel
from polku.foundation.protection import classify

PERIOD = Func(F("starts_at"), F("ends_at"), function="tstzrange")


class Relation(RegisterModel):
    """A worker or a team has to do with a client, from a moment to a moment."""

    class Kind(models.TextChoices):
        OWN = "own", _("own coach")
        TEAM = "team", _("responsible team")
        COVER = "cover", _("covers for the own coach")
        SHARED = "shared", _("shared with the client's consent")
        BREAK_GLASS = "break_glass", _("emergency access")

    client = models.ForeignKey("clients.Client", models.CASCADE, related_name="relations")
    kind = models.CharField(max_length=12, choices=Kind)
    user = models.ForeignKey(
        "foundation.User", models.PROTECT, null=True, blank=True, related_name="relations"
    )
    team = models.ForeignKey(
        "foundation.Team", models.PROTECT, null=True, blank=True, related_name="relations"
    )
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField(null=True, blank=True)
    reason = models.CharField(max_length=400, blank=True)
    # Kept by the database on a team's relation: since when the client has had an own coach whose
    # time has no end yet. It only spares a look at each client of the team; it decides nothing.
    led_from = models.DateTimeField(null=True, editable=False)
    given_by = models.ForeignKey(
        "foundation.User", models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        indexes = [
            models.Index(fields=["register", "user", "kind", "client"], name="relation_by_user"),
            models.Index(fields=["register", "team", "kind", "client"], name="relation_by_team"),
            models.Index(fields=["register", "client"], name="relation_by_client"),
            models.Index(
                fields=["register", "team", "led_from"],
                condition=Q(kind="team"),
                name="relation_of_team_by_lead",
            ),
        ]
        constraints = [
            models.CheckConstraint(
                name="relation_of_a_worker_or_a_team",
                condition=Q(kind="team", team__isnull=False, user__isnull=True)
                | (~Q(kind="team") & Q(user__isnull=False, team__isnull=True)),
            ),
            models.CheckConstraint(
                name="relation_ends_after_it_begins",
                condition=Q(ends_at__isnull=True) | Q(ends_at__gte=F("starts_at")),
            ),
            ExclusionConstraint(
                name="one_own_coach_and_one_team_at_a_time",
                expressions=[
                    ("client", RangeOperators.EQUAL),
                    ("kind", RangeOperators.EQUAL),
                    (PERIOD, RangeOperators.OVERLAPS),
                ],
                condition=Q(kind__in=["own", "team"]),
            ),
        ]

    history = Kept(besides="led_from")
    protection = classify(
        internal="kind user team starts_at ends_at led_from given_by",
        personal="client",
        sensitive="reason",
    )

    def __str__(self) -> str:
        return f"{self.kind} of {self.client_id}"


class Recusal(RegisterModel):
    """Conflict of interest (esteellisyys): this worker may not see or handle this client."""

    client_column = None

    class Ground(models.TextChoices):
        SELF = "self", _("the client is the worker")
        RELATIVE = "relative", _("a relative or close to the client")
        OTHER = "other", _("another conflict of interest")

    client = models.ForeignKey("clients.Client", models.CASCADE, related_name="recusals")
    user = models.ForeignKey("foundation.User", models.CASCADE, related_name="recusals")
    ground = models.CharField(max_length=12, choices=Ground)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField(null=True, blank=True)
    declared_by = models.ForeignKey(
        "foundation.User", models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        indexes = [models.Index(fields=["register", "user"], name="recusal_by_user")]
        constraints = [
            ExclusionConstraint(
                name="shut_out_once_at_a_time",
                expressions=[
                    ("client", RangeOperators.EQUAL),
                    ("user", RangeOperators.EQUAL),
                    (PERIOD, RangeOperators.OVERLAPS),
                ],
            )
        ]

    history = Kept()
    protection = classify(
        internal="user starts_at ends_at declared_by", personal="client", sensitive="ground"
    )

    def __str__(self) -> str:
        return f"{self.user_id} shut out from {self.client_id}"
