"""How clients are divided among coaches: the rules, and what was proposed by them."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from polku.foundation import jobs
from polku.foundation.history import Kept, NotKept
from polku.foundation.models.base import RegisterModel
from polku.foundation.protection import classify


class DivisionRule(RegisterModel):
    """Which clients a worker takes, from a day to a day. The lead writes it and answers for it.

    `share` is in percent of a full caseload. Ages are full years: `age_from` and older, younger
    than `age_under`. No municipality, or no way of coming, means any. Where `strict` is false the
    ages, municipalities and ways are a wish that gives way when others would be too full.
    """

    client_column = None

    user = models.ForeignKey("foundation.User", models.CASCADE, related_name="+")
    takes_new = models.BooleanField(default=True)
    share = models.PositiveSmallIntegerField(default=100)
    languages = ArrayField(models.CharField(max_length=3), default=list)
    age_from = models.PositiveSmallIntegerField(null=True, blank=True)
    age_under = models.PositiveSmallIntegerField(null=True, blank=True)
    municipalities = ArrayField(models.CharField(max_length=3), default=list, blank=True)
    referrals = ArrayField(models.CharField(max_length=12), default=list, blank=True)
    strict = models.BooleanField(default=False)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)
    changed_at = models.DateTimeField()
    changed_by = models.ForeignKey("foundation.User", models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-valid_from"]
        constraints = [
            models.UniqueConstraint(
                "register", "user", condition=Q(valid_to__isnull=True), name="one_standing_rule"
            ),
            models.UniqueConstraint("register", "user", "valid_from", name="one_rule_from_a_day"),
            models.CheckConstraint(
                name="rule_ends_after_it_begins",
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")),
            ),
            models.CheckConstraint(
                name="rule_has_room_for_an_age",
                condition=Q(age_from__isnull=True)
                | Q(age_under__isnull=True)
                | Q(age_under__gt=F("age_from")),
            ),
            models.CheckConstraint(name="at_most_a_full_caseload", condition=Q(share__lte=100)),
        ]

    history = Kept(besides="version changed_at changed_by")
    protection = classify(
        internal="user takes_new share languages age_from age_under municipalities referrals "
        "strict valid_from valid_to version changed_at changed_by"
    )


class Division(RegisterModel):
    """A question to the planner: who might coach whom. `record` tells of its last run.

    A team has one of each question; for cover, one for each worker who is away and its first day.
    """

    client_column = None

    class Question(models.TextChoices):
        NEW = "new", _("clients without a coach")
        COVER = "cover", _("cover for an absence")
        BALANCE = "balance", _("balance between coaches")

    team = models.ForeignKey("foundation.Team", models.PROTECT, related_name="+")
    question = models.CharField(max_length=8, choices=Question)
    away = models.ForeignKey(
        "foundation.User", models.CASCADE, null=True, blank=True, related_name="+"
    )
    first_on = models.DateField(null=True, blank=True)
    last_on = models.DateField(null=True, blank=True)
    everybody = models.BooleanField(default=False)
    asked_at = models.DateTimeField()
    asked_by = models.ForeignKey("foundation.User", models.PROTECT, related_name="+")
    planned_at = models.DateTimeField(null=True, blank=True)
    problem = models.CharField(max_length=20, blank=True)
    record = models.JSONField(default=dict, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["register", "team", "question", "away", "first_on"],
                name="one_division_a_question",
                nulls_distinct=False,
            ),
            models.CheckConstraint(
                name="cover_is_of_somebodys_days",
                condition=Q(question="cover", away__isnull=False, last_on__gte=F("first_on"))
                | (~Q(question="cover") & Q(away__isnull=True, first_on__isnull=True)),
            ),
        ]

    history = NotKept("says only that a division was asked for and worked out")
    protection = classify(
        internal="team question away first_on last_on everybody asked_at asked_by planned_at "
        "problem record"
    )

    @property
    def runs(self) -> bool:
        """Return whether it is being worked out now."""
        return jobs.runs(self.asked_at, self.planned_at)


class DivisionProposal(RegisterModel):
    """One client in a division: who might coach or cover, or why nobody can.

    `why` holds codes and facts, never words. `version` rises whenever something else is proposed,
    so that a press means what was seen. `chosen` says that a person chose this coach.
    """

    client_column = None

    class State(models.TextChoices):
        PROPOSED = "proposed", _("proposed")
        IMPOSSIBLE = "impossible", _("nobody can")
        LEFT = "left", _("left as it is")
        ACCEPTED = "accepted", _("accepted")

    division = models.ForeignKey(Division, models.CASCADE, related_name="proposals")
    client = models.ForeignKey("clients.Client", models.CASCADE, related_name="+")
    state = models.CharField(max_length=10, choices=State)
    from_user = models.ForeignKey(
        "foundation.User", models.PROTECT, null=True, blank=True, related_name="+"
    )
    to_user = models.ForeignKey(
        "foundation.User", models.PROTECT, null=True, blank=True, related_name="+"
    )
    chosen = models.BooleanField(default=False)
    minutes = models.PositiveSmallIntegerField()
    why = models.JSONField(default=dict, blank=True)
    batch = models.UUIDField(null=True, blank=True)
    settled_at = models.DateTimeField(null=True, blank=True)
    settled_by = models.ForeignKey(
        "foundation.User", models.PROTECT, null=True, blank=True, related_name="+"
    )
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["division", "client"], name="one_place_in_a_division"),
            models.CheckConstraint(
                name="who_is_proposed_has_a_coach",
                condition=~Q(state__in=["proposed", "accepted"]) | Q(to_user__isnull=False),
            ),
        ]
        indexes = [
            models.Index(fields=["client"], name="division_by_client"),
            models.Index(
                fields=["register", "batch"],
                name="division_by_batch",
                condition=Q(batch__isnull=False),
            ),
        ]

    history = NotKept("a proposal that nobody was told of; what was accepted is a hand-over")
    protection = classify(
        internal="division state from_user to_user chosen batch settled_at settled_by version",
        personal="client minutes why",
    )
