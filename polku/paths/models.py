"""The nouns of the path."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from polku.foundation.history import Kept
from polku.foundation.models.base import RegisterModel
from polku.foundation.protection import classify


class Theme(models.TextChoices):
    WORK = "work", _("work")
    LEARNING = "learning", _("learning")
    HEALTH = "health", _("health")
    EVERYDAY = "everyday", _("everyday life")


class Plan(RegisterModel):
    """A client's plan. One at a time; versions are kept at each agreement."""

    class Kind(models.TextChoices):
        """Plan types of the national register (toimsuunlaji)."""

        EMPLOYMENT = "01", _("employment plan")
        ACTIVATION = "03", _("activation plan")
        INTEGRATION = "04", _("integration plan")
        MULTISECTOR = "07", _("multi-sector employment plan")

    client = models.ForeignKey("clients.Client", models.CASCADE, related_name="plans")
    kind = models.CharField(max_length=2, choices=Kind, default=Kind.EMPLOYMENT)
    number = models.PositiveSmallIntegerField(default=1)
    started_on = models.DateField()
    agreed_on = models.DateField(null=True, blank=True)
    review_on = models.DateField(null=True, blank=True)
    closed_on = models.DateField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)
    changed_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                "client", condition=Q(closed_on__isnull=True), name="one_open_plan"
            )
        ]

    history = Kept(besides="version changed_at")
    protection = classify(
        internal="kind number version changed_at",
        personal="client started_on agreed_on review_on closed_on",
    )


class PlanVersion(RegisterModel):
    """The plan as it stood when both agreed: the next version shows what changed."""

    client = models.ForeignKey("clients.Client", models.CASCADE, related_name="+")
    plan = models.ForeignKey(Plan, models.CASCADE, related_name="versions")
    number = models.PositiveSmallIntegerField()
    agreed_on = models.DateField()
    content = models.JSONField()

    class Meta:
        constraints = [models.UniqueConstraint("plan", "number", name="one_version_a_number")]

    history = Kept()
    protection = classify(internal="plan number", personal="client agreed_on", sensitive="content")


class Goal(RegisterModel):
    """What is aimed at, in the client's own words where possible."""

    client = models.ForeignKey("clients.Client", models.CASCADE, related_name="goals")
    plan = models.ForeignKey(Plan, models.CASCADE, related_name="goals")
    theme = models.CharField(max_length=8, choices=Theme)
    text = models.CharField(max_length=200)
    position = models.PositiveSmallIntegerField(default=0)
    reached_on = models.DateField(null=True, blank=True)
    dropped_on = models.DateField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["position"]
        indexes = [models.Index(fields=["plan", "position"], name="goal_by_plan")]

    history = Kept(besides="version")
    protection = classify(
        internal="plan theme position version",
        personal="client reached_on dropped_on",
        sensitive="text",
    )


class Step(RegisterModel):
    """One thing on the path: a station of the picture."""

    class Kind(models.TextChoices):
        CONTACT = "contact", _("talking with the coach")
        APPLICATION = "application", _("applying for a job")
        WORK_TRIAL = "work_trial", _("work trial")
        TRAINING_TRIAL = "training_trial", _("training trial")
        PAY_SUBSIDY = "pay_subsidy", _("pay-subsidised job")
        REHABILITATIVE = "rehabilitative", _("rehabilitative work")
        JOB = "job", _("job")
        STUDY = "study", _("study")
        COURSE = "course", _("course")
        COACHING = "coaching", _("group or job coaching")
        HEALTH = "health", _("health service")
        SOCIAL = "social", _("social service")
        PAPERS = "papers", _("papers and permits")
        OTHER = "other", _("other")

    class State(models.TextChoices):
        PLANNED = "planned", _("planned")
        PROPOSED = "proposed", _("proposed")
        NOW = "now", _("under way")
        DONE = "done", _("done")
        DROPPED = "dropped", _("left out")
        DECLINED = "declined", _("declined")

    class Turn(models.TextChoices):
        CLIENT = "client", _("the client's turn")
        COACH = "coach", _("the coach's turn")
        COUNTERPART = "counterpart", _("the counterpart's turn")
        HOST = "host", _("the workplace's turn")
        NOBODY = "", _("nobody's turn")

    class Answer(models.TextChoices):
        NONE = "", _("no answer yet")
        YES = "yes", _("agreed")
        NOT_NOW = "not_now", _("not now")
        NO = "no", _("declined")

    client = models.ForeignKey("clients.Client", models.CASCADE, related_name="steps")
    plan = models.ForeignKey(Plan, models.CASCADE, related_name="steps")
    goal = models.ForeignKey(Goal, models.SET_NULL, null=True, blank=True, related_name="steps")
    theme = models.CharField(max_length=8, choices=Theme)
    kind = models.CharField(max_length=16, choices=Kind, default=Kind.OTHER)
    title = models.CharField(max_length=120)
    detail = models.CharField(max_length=400, blank=True)
    state = models.CharField(max_length=8, choices=State, default=State.PLANNED)
    fork = models.CharField(max_length=20, blank=True)
    starts_on = models.DateField(null=True, blank=True)
    ends_on = models.DateField(null=True, blank=True)
    when_text = models.CharField(max_length=60, blank=True)
    due_on = models.DateField(null=True, blank=True)
    turn = models.CharField(max_length=12, choices=Turn, blank=True)
    turn_since = models.DateTimeField(null=True, blank=True)
    coach_answer = models.CharField(max_length=8, choices=Answer, blank=True)
    coach_answered_at = models.DateTimeField(null=True, blank=True)
    client_answer = models.CharField(max_length=8, choices=Answer, blank=True)
    client_answered_at = models.DateTimeField(null=True, blank=True)
    client_word = models.CharField(max_length=200, blank=True)
    position = models.PositiveSmallIntegerField(default=0)
    version = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField()
    changed_at = models.DateTimeField()

    class Meta:
        ordering = ["position"]
        indexes = [
            models.Index(fields=["client", "position"], name="step_by_client"),
            models.Index(
                fields=["register", "turn", "client"], name="step_by_turn", condition=~Q(turn="")
            ),
        ]
        constraints = [
            models.CheckConstraint(
                name="turn_since_a_moment",
                condition=Q(turn="", turn_since__isnull=True)
                | (~Q(turn="") & Q(turn_since__isnull=False)),
            ),
            models.CheckConstraint(
                name="coach_answer_at_a_moment",
                condition=Q(coach_answer="", coach_answered_at__isnull=True)
                | (~Q(coach_answer="") & Q(coach_answered_at__isnull=False)),
            ),
            models.CheckConstraint(
                name="client_answer_at_a_moment",
                condition=Q(client_answer="", client_answered_at__isnull=True)
                | (~Q(client_answer="") & Q(client_answered_at__isnull=False)),
            ),
            models.CheckConstraint(
                name="step_ends_after_it_starts",
                condition=Q(starts_on__isnull=True)
                | Q(ends_on__isnull=True)
                | Q(ends_on__gte=F("starts_on")),
            ),
        ]

    history = Kept(besides="turn_since version created_at changed_at")
    protection = classify(
        internal="plan goal theme kind fork position version created_at changed_at turn turn_since",
        personal="client state starts_on ends_on when_text due_on coach_answer coach_answered_at "
        "client_answer client_answered_at",
        sensitive="title detail client_word",
    )
