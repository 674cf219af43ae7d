"""How it went: running in, absences, assessments, and what came of it."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from polku.foundation.history import Kept, NotKept
from polku.foundation.protection import classify
from polku.placements.models.periods import OfPlacement
from polku.placements.terms import Party


class OrientationTick(OfPlacement):
    """One line of the checklist was gone through with this newcomer."""

    text = models.CharField(max_length=160)
    done_on = models.DateField()
    told_by = models.CharField(max_length=9, choices=Party)

    class Meta:
        constraints = [models.UniqueConstraint("placement", "text", name="one_tick_a_line")]

    history = NotKept("ticked or taken back; nothing is lost")
    protection = classify(internal="text done_on told_by")


class Absence(OfPlacement):
    """A day on which the client did not come, with a reason where one is known."""

    class Reason(models.TextChoices):
        ILL = "ill", _("ill")
        CHILD_ILL = "child_ill", _("a child was ill")
        APPOINTMENT = "appointment", _("an appointment elsewhere")
        TRAVEL = "travel", _("could not get there")
        AGREED = "agreed", _("agreed beforehand")
        HOST = "host", _("the workplace was closed")
        UNKNOWN = "unknown", _("not known")
        OTHER = "other", _("other")

    on = models.DateField()
    reason = models.CharField(max_length=12, choices=Reason)
    told_by = models.CharField(max_length=9, choices=Party)
    word = models.CharField(max_length=200, blank=True)
    told_at = models.DateTimeField()

    class Meta:
        ordering = ["-on"]
        constraints = [models.UniqueConstraint("placement", "on", name="one_absence_a_day")]

    history = Kept()
    protection = classify(internal="told_by told_at", personal="on", sensitive="reason word")


class Assessment(OfPlacement):
    """A mid or final assessment by the supervisor or the client, asked for and answered.

    Delivered to the referrer by itself. `stopped_at`: "I already have it, stop reminding".
    """

    class Moment(models.TextChoices):
        MID = "mid", _("in the middle")
        FINAL = "final", _("at the end")

    party = models.CharField(max_length=9, choices=Party)
    moment = models.CharField(max_length=5, choices=Moment)
    due_on = models.DateField()
    asked_at = models.DateTimeField(null=True, blank=True)
    reminded = models.PositiveSmallIntegerField(default=0)
    stopped_at = models.DateTimeField(null=True, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.CharField(max_length=120, blank=True)
    answers = models.JSONField(default=dict, blank=True)
    word = models.CharField(max_length=1000, blank=True)
    delivered_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        indexes = [
            models.Index(
                fields=["register", "due_on"],
                name="assessment_due",
                condition=Q(answered_at__isnull=True, stopped_at__isnull=True),
            )
        ]
        constraints = [
            models.UniqueConstraint(
                "placement", "party", "moment", name="one_assessment_a_party_and_moment"
            )
        ]

    history = Kept(besides="reminded version")
    protection = classify(
        internal="party moment due_on asked_at reminded stopped_at answered_at delivered_at "
        "version",
        personal="answered_by",
        sensitive="answers word",
    )


class Outcome(OfPlacement):
    """Where the person is at the end, and 3 and 6 months later, and who told it."""

    class When(models.TextChoices):
        END = "end", _("at the end")
        THREE = "three", _("after 3 months")
        SIX = "six", _("after 6 months")

    class What(models.TextChoices):
        OPEN_MARKET = "open_market", _("work on the open labour market")
        SUBSIDISED = "subsidised", _("pay-subsidised work")
        SAME_HOST = "same_host", _("work at the same workplace")
        ENTREPRENEUR = "entrepreneur", _("own business")
        STUDY = "study", _("education")
        NEXT_PLACEMENT = "next_placement", _("another placement")
        SERVICE = "service", _("another service")
        HEALTH = "health", _("rehabilitation or health services")
        UNEMPLOYED = "unemployed", _("looking for work")
        OUTSIDE = "outside", _("outside the labour force")
        UNKNOWN = "unknown", _("not known")

    when = models.CharField(max_length=5, choices=When)
    what = models.CharField(max_length=14, choices=What)
    on = models.DateField()
    told_by = models.CharField(max_length=9, choices=Party)
    word = models.CharField(max_length=300, blank=True)
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(
        "foundation.User", models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        constraints = [models.UniqueConstraint("placement", "when", name="one_outcome_a_time")]

    history = Kept(besides="recorded_at")
    protection = classify(
        internal="when told_by recorded_at recorded_by", personal="what on", sensitive="word"
    )
