"""The nouns of a worker's week."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from polku.foundation import jobs
from polku.foundation.history import NotKept
from polku.foundation.models.base import RegisterModel
from polku.foundation.protection import classify


class OwnWeek(RegisterModel):
    """When a worker meets clients, week after week, and what is kept for own work.

    `hours` and `focus` are [[weekday, "09:00", "15:00"], …], Monday 0; no hours at all is a
    calendar of zero hours. A worker without a row has the usual hours (`hours.USUAL`).
    """

    client_column = None

    user = models.ForeignKey("foundation.User", models.CASCADE, related_name="+")
    hours = models.JSONField(default=list, blank=True)
    focus = models.JSONField(default=list, blank=True)
    notes_minutes = models.PositiveSmallIntegerField(default=15)
    changed_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint("register", "user", name="one_own_week")]

    history = NotKept("a worker's own hours; no client is in it")
    protection = classify(internal="user hours focus notes_minutes changed_at")


class TimeAway(RegisterModel):
    """Days on which a worker meets nobody. Why is nobody else's to know: to others it is "away"."""

    client_column = None

    class Kind(models.TextChoices):
        ILL = "ill", _("ill")
        HOLIDAY = "holiday", _("holiday")
        TRAINING = "training", _("training")
        OTHER = "other", _("other")

    user = models.ForeignKey("foundation.User", models.CASCADE, related_name="+")
    first_on = models.DateField()
    last_on = models.DateField()
    kind = models.CharField(max_length=8, choices=Kind)
    told_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["register", "user", "last_on"], name="away_by_worker")]
        constraints = [
            models.CheckConstraint(
                name="away_from_a_day_to_a_day", condition=Q(last_on__gte=F("first_on"))
            )
        ]

    history = NotKept("a worker's own days; that they ended is in the row itself")
    protection = classify(internal="user first_on last_on told_at ended_at", sensitive="kind")


class WeekPlan(RegisterModel):
    """That a worker's week, from a Monday on, was asked to be planned, and when it was.

    `record` tells of the last run: version of the search, counts, value, milliseconds.
    """

    client_column = None

    user = models.ForeignKey("foundation.User", models.CASCADE, related_name="+")
    monday = models.DateField()
    asked_at = models.DateTimeField()
    planned_at = models.DateTimeField(null=True, blank=True)
    problem = models.CharField(max_length=20, blank=True)
    record = models.JSONField(default=dict, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint("register", "user", "monday", name="one_plan_a_week")
        ]

    history = NotKept("says only that a week was planned")
    protection = classify(internal="user monday asked_at planned_at problem record")

    @property
    def runs(self) -> bool:
        """Return whether it is being planned now."""
        return jobs.runs(self.asked_at, self.planned_at)


class WeekProposal(RegisterModel):
    """One client in a worker's week: when a contact is proposed, or why none is.

    `why` holds codes and facts, never words: what it rests on, and for an omission what stands in
    the way and what would help. `version` rises whenever something else is proposed, so that a
    press means what was seen. `phone` keeps the worker's choice of a call instead of a meeting.
    """

    client_column = None

    class State(models.TextChoices):
        PROPOSED = "proposed", _("proposed")
        OMITTED = "omitted", _("not this week")
        TAKEN = "taken", _("taken")
        DECLINED = "declined", _("declined for this week")

    class Need(models.TextChoices):
        LAW = "law", _("a date of the law")
        PROMISED = "promised", _("promised")
        NEW = "new", _("not met yet")
        RHYTHM = "rhythm", _("rhythm of contact")

    class Declined(models.TextChoices):
        LATER = "later", _("later is better")
        OTHERWISE = "otherwise", _("in touch otherwise")
        CLIENT = "client", _("the client wishes so")
        OTHER = "other", _("another reason")

    user = models.ForeignKey("foundation.User", models.CASCADE, related_name="+")
    client = models.ForeignKey("clients.Client", models.CASCADE, related_name="+")
    monday = models.DateField()
    state = models.CharField(max_length=8, choices=State)
    need = models.CharField(max_length=8, choices=Need)
    due_on = models.DateField(null=True, blank=True)
    kind = models.CharField(max_length=8)
    purpose = models.CharField(max_length=14)
    minutes = models.PositiveSmallIntegerField()
    starts_at = models.DateTimeField(null=True, blank=True)
    # What is proposed to be held with it; another is taken where it has gone meanwhile.
    room = models.ForeignKey(
        "contacts.Resource", models.SET_NULL, null=True, blank=True, related_name="+"
    )
    interpreter = models.ForeignKey(
        "contacts.Resource", models.SET_NULL, null=True, blank=True, related_name="+"
    )
    why = models.JSONField(default=dict, blank=True)
    phone = models.BooleanField(default=False)
    declined = models.CharField(max_length=9, choices=Declined, blank=True)
    appointment = models.ForeignKey(
        "contacts.Appointment", models.SET_NULL, null=True, blank=True, related_name="+"
    )
    batch = models.UUIDField(null=True, blank=True)
    taken_at = models.DateTimeField(null=True, blank=True)
    raised_at = models.DateTimeField(null=True, blank=True)
    settled_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["register", "user", "monday", "client"], name="one_proposal_a_week"
            ),
            models.CheckConstraint(
                name="proposed_and_taken_have_a_time",
                condition=~Q(state__in=["proposed", "taken"]) | Q(starts_at__isnull=False),
            ),
        ]
        indexes = [
            models.Index(fields=["client"], name="week_proposal_by_client"),
            models.Index(
                fields=["register", "raised_at"],
                name="week_raised",
                condition=Q(raised_at__isnull=False, settled_at__isnull=True),
            ),
        ]

    history = NotKept("a proposal that nobody was told of; what was taken is an appointment")
    protection = classify(
        internal="user monday state phone declined appointment batch taken_at raised_at "
        "settled_at version room interpreter",
        personal="client need due_on kind purpose minutes starts_at why",
    )
