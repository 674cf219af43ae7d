"""One client's placement: from a suggestion to its last day, what was agreed and how it changed."""

from __future__ import annotations

from datetime import date

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from polku.foundation.history import Kept, NotKept
from polku.foundation.models.base import RegisterModel
from polku.foundation.protection import classify
from polku.placements.models.hosts import Host, Supervisor, Worksite
from polku.placements.models.openings import Opening, SeatUse
from polku.placements.terms import Kind, Party


class Placement(RegisterModel):
    """A client in an opening (sijoitus). Begins as a suggestion that the client may decline.

    What the client answered to is copied here (`title`, `place`), since an opening may change and
    a client's own session reads no openings. `guarded` hides the whole row under a safety ban.
    `ended_on` is the last day of what is over; of what runs, the day on which it ends early.
    """

    host_column = "worksite_id"

    class State(models.TextChoices):
        SUGGESTED = "suggested", _("suggested")
        PUT_OFF = "put_off", _("not now")
        DECLINED = "declined", _("declined")
        ACCEPTED = "accepted", _("the client wants it")
        REFUSED = "refused", _("the workplace said no")
        WITHDRAWN = "withdrawn", _("taken back")
        AGREED = "agreed", _("agreed by all")
        RUNNING = "running", _("under way")
        ENDED = "ended", _("came to its end")
        INTERRUPTED = "interrupted", _("interrupted")

    class Because(models.TextChoices):
        """Why the client said no, if they want to say: it keeps from being asked the same again."""

        PLACE = "place", _("this place does not suit")
        WORK = "work", _("this kind of work does not suit")
        FAR = "far", _("the way is too long")
        HOURS = "hours", _("the hours do not suit")
        OTHER = "other", _("something else")

    class Ending(models.TextChoices):
        """Why a placement ended before its time, or was not begun."""

        TO_WORK = "to_work", _("went to work")
        TO_STUDY = "to_study", _("began to study")
        HEALTH = "health", _("health")
        FAMILY = "family", _("life situation")
        TRAVEL = "travel", _("getting there")
        NOT_SUITABLE = "not_suitable", _("the work did not suit")
        WISHES = "wishes", _("other wishes")
        NO_SEAT = "no_seat", _("no seat after all")
        HOST_CHANGES = "host_changes", _("changes at the workplace")
        ABSENCES = "absences", _("absences")
        OTHER = "other", _("other")

    client = models.ForeignKey("clients.Client", models.CASCADE, related_name="placements")
    opening = models.ForeignKey(
        Opening, models.PROTECT, null=True, blank=True, related_name="placements"
    )
    worksite = models.ForeignKey(Worksite, models.PROTECT, related_name="placements")
    host = models.ForeignKey(Host, models.PROTECT, related_name="placements")
    use = models.OneToOneField(
        SeatUse, models.PROTECT, null=True, blank=True, related_name="placement"
    )
    supervisor = models.ForeignKey(
        Supervisor, models.SET_NULL, null=True, blank=True, related_name="placements"
    )
    step = models.ForeignKey(
        "paths.Step", models.SET_NULL, null=True, blank=True, related_name="placements"
    )
    kind = models.CharField(max_length=16, choices=Kind)
    state = models.CharField(max_length=12, choices=State, default=State.SUGGESTED)
    guarded = models.BooleanField(default=False)
    title = models.CharField(max_length=120)
    tasks = models.CharField(max_length=600, blank=True)
    work_code = models.CharField(max_length=4, blank=True)
    place = models.CharField(max_length=240)
    known_as = models.CharField(max_length=120, blank=True)
    starts_on = models.DateField(null=True, blank=True)
    ends_on = models.DateField(null=True, blank=True)
    hours_a_day = models.DecimalField(max_digits=3, decimal_places=1, null=True, blank=True)
    days_a_week = models.PositiveSmallIntegerField(null=True, blank=True)
    times = models.CharField(max_length=120, blank=True)
    pay_a_month = models.DecimalField(max_digits=8, decimal_places=2, null=True, blank=True)
    direct = models.BooleanField(default=True)
    reasons = models.JSONField(default=list, blank=True)
    suggested_at = models.DateTimeField()
    suggested_by = models.ForeignKey("foundation.User", models.PROTECT, related_name="+")
    answer_by = models.DateField(null=True, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_in_the_room = models.BooleanField(default=False)
    word = models.CharField(max_length=300, blank=True)
    because = models.CharField(max_length=5, choices=Because, blank=True)
    turn = models.CharField(max_length=9, choices=Party, blank=True)
    turn_since = models.DateTimeField(null=True, blank=True)
    ended_on = models.DateField(null=True, blank=True)
    ending = models.CharField(max_length=14, choices=Ending, blank=True)
    ending_by = models.CharField(max_length=9, choices=Party, blank=True)
    ending_word = models.CharField(max_length=300, blank=True)
    follow_on = models.CharField(max_length=400, blank=True)
    follow_on_kind = models.CharField(max_length=16, blank=True)
    follow_on_at = models.DateTimeField(null=True, blank=True)
    submission = models.UUIDField(null=True, blank=True, editable=False)
    version = models.PositiveIntegerField(default=1)
    changed_at = models.DateTimeField()

    class Meta:
        indexes = [
            models.Index(fields=["client", "-suggested_at"], name="placement_by_client"),
            models.Index(fields=["worksite", "state"], name="placement_by_worksite"),
            models.Index(fields=["opening"], name="placement_by_opening"),
            models.Index(fields=["register", "state", "ends_on"], name="placement_by_state"),
        ]
        constraints = [
            models.UniqueConstraint("register", "submission", name="one_placement_a_submission"),
            models.UniqueConstraint(
                "client",
                "opening",
                condition=Q(state__in=["suggested", "put_off", "accepted", "agreed", "running"]),
                name="one_live_placement_an_opening",
            ),
            models.CheckConstraint(
                name="placement_ends_after_it_begins",
                condition=Q(starts_on__isnull=True)
                | Q(ends_on__isnull=True)
                | Q(ends_on__gte=F("starts_on")),
            ),
            models.CheckConstraint(
                name="what_runs_has_a_period_and_hours",
                condition=~Q(state__in=["agreed", "running", "ended", "interrupted"])
                | Q(
                    starts_on__isnull=False,
                    ends_on__isnull=False,
                    hours_a_day__isnull=False,
                    days_a_week__isnull=False,
                ),
            ),
            models.CheckConstraint(
                name="an_interruption_tells_why_and_who",
                condition=~Q(state="interrupted")
                | (Q(ended_on__isnull=False) & ~Q(ending="") & ~Q(ending_by="")),
            ),
            models.CheckConstraint(
                name="an_ended_placement_has_a_last_day",
                condition=~Q(state="ended") | Q(ended_on__isnull=False),
            ),
            models.CheckConstraint(
                name="placement_turn_since_a_moment",
                condition=Q(turn="", turn_since__isnull=True)
                | (~Q(turn="") & Q(turn_since__isnull=False)),
            ),
        ]

    history = Kept(besides="reasons submission turn_since version changed_at")
    protection = classify(
        internal="guarded direct suggested_at suggested_by answer_by submission version "
        "changed_at turn turn_since follow_on_at use step",
        personal="client kind state title work_code known_as starts_on ends_on hours_a_day "
        "days_a_week times pay_a_month answered_at answered_in_the_room ended_on ending ending_by "
        "follow_on_kind because",
        sensitive="tasks reasons word ending_word follow_on",
        guarded="opening worksite host supervisor place",
    )

    def __str__(self) -> str:
        return self.title

    @property
    def last_day(self) -> date | None:
        """The last day, where one is known: of what was interrupted or is about to be, that one."""
        return self.ended_on or self.ends_on

    @property
    def ends_early(self) -> bool:
        """Whether it runs, and was told to end before the day that was agreed, on `ended_on`."""
        return self.state == self.State.RUNNING and self.ended_on is not None


class OfPlacement(RegisterModel):
    """A row that goes with a placement, and hides with it."""

    host_column = "worksite_id"

    client = models.ForeignKey("clients.Client", models.CASCADE, related_name="+")
    placement = models.ForeignKey(Placement, models.CASCADE, related_name="%(class)ss")
    worksite = models.ForeignKey(Worksite, models.PROTECT, related_name="+")
    guarded = models.BooleanField(default=False)

    class Meta:
        abstract = True

    protection = classify(internal="placement guarded", personal="client", guarded="worksite")


class Signature(OfPlacement):
    """A party has accepted the terms as they stood; `terms` is a hash over them.

    Whoever accepts other terms signs anew, so that a change never passes as agreed.
    """

    class How(models.TextChoices):
        OWN_VIEW = "own_view", _("in the own view")
        LINK = "link", _("by a personal link")
        ROOM = "room", _("in the same room")
        PAPER = "paper", _("on paper")
        DESK = "desk", _("at the desk")

    party = models.CharField(max_length=9, choices=Party)
    how = models.CharField(max_length=8, choices=How)
    name = models.CharField(max_length=120)
    at = models.DateTimeField()
    terms = models.CharField(max_length=64)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                "placement", "party", "terms", name="one_signature_a_party_and_terms"
            )
        ]

    history = NotKept("never changed")
    protection = classify(internal="party how at terms", personal="name")


class TermsChange(OfPlacement):
    """An extension, a change of hours or tasks, an interruption: whose initiative, and what was."""

    class What(models.TextChoices):
        EXTENSION = "extension", _("extension")
        HOURS = "hours", _("hours or days")
        TASKS = "tasks", _("tasks")
        SUPERVISOR = "supervisor", _("supervisor")
        INTERRUPTION = "interruption", _("interruption")
        TERMS = "terms", _("the agreement, before the start")

    what = models.CharField(max_length=12, choices=What)
    initiative = models.CharField(max_length=9, choices=Party)
    reason = models.CharField(max_length=300, blank=True)
    was = models.JSONField(default=dict)
    becomes = models.JSONField(default=dict)
    at = models.DateTimeField()
    by = models.ForeignKey("foundation.User", models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["-at"]

    history = NotKept("never changed")
    protection = classify(internal="what initiative at by", sensitive="reason was becomes")
