"""A matching round: one proposal for all who wait, with its audit record."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from polku.foundation import jobs
from polku.foundation.history import Kept, NotKept
from polku.foundation.models.base import RegisterModel
from polku.foundation.protection import classify
from polku.placements.models.openings import Opening
from polku.placements.models.periods import Placement
from polku.placements.terms import Kind


class Round(RegisterModel):
    """One round (sijoituskierros) for some municipalities. Nothing leaves it by itself."""

    client_column = None

    class State(models.TextChoices):
        OPEN = "open", _("open")
        CLOSED = "closed", _("closed")

    class Group(models.TextChoices):
        """Whom a floor may be for, of those who wait; see `round.floors`."""

        WAITS_3 = "waits_3", _("have waited for three months or more")
        WAITS_6 = "waits_6", _("have waited for six months or more")
        WAITS_12 = "waits_12", _("have waited for a year or more")
        UNDER_25 = "under_25", _("are under 25")
        UNDER_30 = "under_30", _("are under 30")
        OVER_55 = "over_55", _("are 55 or older")
        PART_TIME = "part", _("can work 20 hours a week at most")
        NO_CAR = "no_car", _("get there without a car")

    name = models.CharField(max_length=120)
    municipalities = ArrayField(models.CharField(max_length=3), default=list)
    starts_on = models.DateField()
    ends_on = models.DateField()
    state = models.CharField(max_length=6, choices=State, default=State.OPEN)
    created_at = models.DateTimeField()
    created_by = models.ForeignKey("foundation.User", models.PROTECT, related_name="+")
    run_at = models.DateTimeField(null=True, blank=True)
    asked_at = models.DateTimeField(null=True, blank=True)
    problem = models.CharField(max_length=300, blank=True)
    record = models.JSONField(default=dict, blank=True)
    floor_group = models.CharField(max_length=8, choices=Group, blank=True)
    floor_heads = models.PositiveSmallIntegerField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["-created_at"]
        constraints = [
            models.CheckConstraint(
                name="round_floor_is_whole",
                condition=models.Q(floor_group="", floor_heads__isnull=True)
                | (
                    ~models.Q(floor_group="")
                    & models.Q(floor_heads__isnull=False, floor_heads__gte=1)
                ),
            ),
            models.CheckConstraint(
                name="round_ends_after_it_begins",
                condition=models.Q(ends_on__gte=models.F("starts_on")),
            ),
        ]

    @property
    def runs(self) -> bool:
        """Return whether it is being worked out now."""
        return jobs.runs(self.asked_at, self.run_at)

    history = Kept(besides="record version run_at asked_at problem")
    protection = classify(
        internal="name municipalities starts_on ends_on state created_at created_by run_at "
        "asked_at problem version record floor_group floor_heads"
    )


class RoundPair(RegisterModel):
    """One client in a round: the opening proposed, or none, with reasons and what people did.

    `reasons` holds the pair's points by component and `metres` (-1: not known); `why_not` the next
    best openings as {opening, gap, lost, reasons: [[code, points]]}; `refused` what people ruled
    out as {opening, code, word, by, at}.
    """

    client_column = None

    class State(models.TextChoices):
        PROPOSED = "proposed", _("proposed")
        FIXED = "fixed", _("fixed")
        LEFT_OUT = "left_out", _("left out of this round")
        SENT = "sent", _("sent to the client")

    round = models.ForeignKey(Round, models.CASCADE, related_name="pairs")
    client = models.ForeignKey("clients.Client", models.CASCADE, related_name="+")
    opening = models.ForeignKey(Opening, models.CASCADE, null=True, blank=True, related_name="+")
    before = models.ForeignKey(Opening, models.SET_NULL, null=True, blank=True, related_name="+")
    placement = models.ForeignKey(
        Placement, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    state = models.CharField(max_length=8, choices=State, default=State.PROPOSED)
    kind = models.CharField(max_length=16, choices=Kind, blank=True)
    score = models.PositiveIntegerField(default=0)
    gap = models.IntegerField(null=True, blank=True)
    reasons = models.JSONField(default=dict, blank=True)
    why_not = models.JSONField(default=list, blank=True)
    refused = models.JSONField(default=list, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint("round", "client", name="one_pair_a_client_and_round")
        ]
        indexes = [models.Index(fields=["client"], name="round_pair_by_client")]

    history = NotKept("a proposal that nobody was told of; what was sent is a placement")
    protection = classify(
        internal="round placement state",
        personal="client opening before kind score gap",
        sensitive="reasons why_not refused",
    )
