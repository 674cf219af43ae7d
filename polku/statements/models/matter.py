"""What a statement may be needed on, and what the client is asked first."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from polku.foundation.history import Kept
from polku.foundation.models.base import RegisterModel
from polku.foundation.protection import classify


class Matter(RegisterModel):
    """Something on which a statement may have to be written; it may also come to nothing.

    `happened_on` decides which law is followed. `due_on` is set by a person: no day by which a
    statement must be written has been read from the law.
    """

    class About(models.TextChoices):
        """What it is about. Those of BY_LAW have a rule here; no other's basis was read."""

        MEETING = "meeting", _("did not come, or did not answer in time")
        APPLICATIONS = "applications", _("job search was not as agreed")
        OFFER = "offer", _("a job offer was not taken")
        JOB_ENDED = "job_ended", _("resigned, or caused the end of a job")
        PROFILE = "profile", _("jobseeker profile was not made")
        STUDIES = "studies", _("studies")
        BUSINESS = "business", _("own business")
        WORK_ABILITY = "work_ability", _("work ability")
        OTHER = "other", _("another matter")

    class State(models.TextChoices):
        OPENED = "opened", _("begun, not yet asked")
        ASKED = "asked", _("the client has been asked")
        ANSWERED = "answered", _("the client has answered")
        NO_ANSWER = "no_answer", _("no answer came in time")
        DRAFTED = "drafted", _("waits for a signature")
        SIGNED = "signed", _("signed, not yet sent")
        SENT = "sent", _("sent")
        CORRECTING = "correcting", _("a correction is being written")
        WITHDRAWN = "withdrawn", _("no statement needed")

    class Turn(models.TextChoices):
        CLIENT = "client", _("the client's turn")
        COACH = "coach", _("the coach's turn")
        OFFICIAL = "official", _("an official's turn")
        NOBODY = "", _("nobody's turn")

    client = models.ForeignKey("clients.Client", models.CASCADE, related_name="matters")
    about = models.CharField(max_length=12, choices=About)
    title = models.CharField(max_length=120, blank=True)
    happened_on = models.DateField()
    due_on = models.DateField(null=True, blank=True)
    state = models.CharField(max_length=10, choices=State, default=State.OPENED)
    turn = models.CharField(max_length=8, choices=Turn, blank=True, default=Turn.COACH)
    turn_since = models.DateTimeField(null=True, blank=True)
    # Why no statement is needed; why an official gave the draft back. One thing at a time.
    word = models.CharField(max_length=400, blank=True)
    opened_at = models.DateTimeField()
    opened_by = models.ForeignKey("foundation.User", models.PROTECT, related_name="+")
    submission = models.UUIDField(editable=False)
    version = models.PositiveIntegerField(default=1)
    changed_at = models.DateTimeField()

    class Meta:
        indexes = [
            models.Index(fields=["client", "-opened_at"], name="matter_by_client"),
            models.Index(
                fields=["register", "due_on"], name="matter_waiting", condition=~Q(turn="")
            ),
        ]
        constraints = [
            models.UniqueConstraint("register", "submission", name="one_matter_a_submission"),
            models.CheckConstraint(
                name="matter_turn_since_a_moment",
                condition=Q(turn="", turn_since__isnull=True)
                | (~Q(turn="") & Q(turn_since__isnull=False)),
            ),
            models.CheckConstraint(
                name="what_else_is_named", condition=~Q(about="other") | ~Q(title="")
            ),
        ]

    history = Kept(besides="turn_since submission version changed_at")
    protection = classify(
        internal="opened_at opened_by submission version changed_at turn turn_since due_on",
        personal="client state happened_on",
        sensitive="about title word",
    )

    @property
    def said(self) -> str:
        """What it is about, in words: as named by hand, else as in the list."""
        return self.title or str(Matter.About(self.about).label)


class Clarification(RegisterModel):
    """What the client was asked before anything is written (selvityspyyntö), and the answer."""

    class How(models.TextChoices):
        OWN_VIEW = "own_view", _("in the own view")
        CALL = "call", _("by phone")
        MEETING = "meeting", _("in a meeting")
        LETTER = "letter", _("on paper")

    client = models.ForeignKey("clients.Client", models.CASCADE, related_name="+")
    matter = models.ForeignKey(Matter, models.CASCADE, related_name="clarifications")
    question = models.TextField()
    due_on = models.DateField()
    asked_at = models.DateTimeField()
    asked_by = models.ForeignKey("foundation.User", models.PROTECT, related_name="+")
    answer = models.TextField(blank=True)
    how = models.CharField(max_length=8, choices=How, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    # Who typed in what the client said; nobody when the client wrote it.
    written_by = models.ForeignKey(
        "foundation.User", models.PROTECT, null=True, blank=True, related_name="+"
    )
    lapsed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["asked_at"]
        constraints = [
            models.UniqueConstraint(
                "matter",
                condition=Q(answered_at__isnull=True, lapsed_at__isnull=True),
                name="one_open_question_a_matter",
            ),
            models.CheckConstraint(
                name="answered_at_and_how",
                condition=Q(answered_at__isnull=True, how="", answer="")
                | (Q(answered_at__isnull=False) & ~Q(how="") & ~Q(answer="")),
            ),
        ]

    history = Kept()
    protection = classify(
        internal="matter asked_at asked_by how written_by lapsed_at",
        personal="client due_on answered_at",
        sensitive="question answer",
    )
