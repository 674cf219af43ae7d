"""The nouns of a statement on unemployment security."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
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


class Statement(RegisterModel):
    """One version of what is said. Until it is signed it is a draft; after that it never changes.

    `facts` are those that a person ticked: [{"key", "day", "says"}], in the statement's language.
    `law` is what the rules said when it was signed: [{"question", "says", "source", "url",
    "verified"}].
    """

    client = models.ForeignKey("clients.Client", models.CASCADE, related_name="+")
    matter = models.ForeignKey(Matter, models.CASCADE, related_name="versions")
    number = models.PositiveSmallIntegerField()
    language = models.CharField(max_length=2, default="fi")
    text = models.TextField(blank=True)
    basis = models.CharField(max_length=400, blank=True)
    facts = models.JSONField(default=list, blank=True)
    law = models.JSONField(default=list, blank=True)
    # Why the version before this one had to be corrected; empty for the first.
    because = models.CharField(max_length=400, blank=True)
    written_at = models.DateTimeField()
    written_by = models.ForeignKey("foundation.User", models.PROTECT, related_name="+")
    signed_at = models.DateTimeField(null=True, blank=True)
    signed_by = models.ForeignKey(
        "foundation.User", models.PROTECT, null=True, blank=True, related_name="+"
    )
    signer = models.CharField(max_length=160, blank=True)
    office = models.CharField(max_length=160, blank=True)
    seal = models.CharField(max_length=64, blank=True)
    copied_at = models.DateTimeField(null=True, blank=True)
    copied_by = models.ForeignKey(
        "foundation.User", models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint("matter", "number", name="one_statement_a_number"),
            models.UniqueConstraint(
                "matter", condition=Q(signed_at__isnull=True), name="one_draft_a_matter"
            ),
            models.CheckConstraint(
                name="signed_at_by_and_sealed",
                condition=Q(signed_at__isnull=True, signed_by__isnull=True, seal="")
                | (
                    Q(signed_at__isnull=False, signed_by__isnull=False)
                    & ~Q(signer="")
                    & ~Q(seal="")
                    & ~Q(text="")
                    & ~Q(basis="")
                ),
            ),
            models.CheckConstraint(
                name="statement_copied_at_and_by",
                condition=Q(copied_at__isnull=True, copied_by__isnull=True)
                | Q(copied_at__isnull=False, copied_by__isnull=False, signed_at__isnull=False),
            ),
        ]

    history = Kept()
    protection = classify(
        internal="matter number language written_at written_by signed_at signed_by signer seal "
        "copied_at copied_by law",
        personal="client",
        sensitive="text basis facts because",
        guarded="office",
    )


class Sending(RegisterModel):
    """To whom a signed statement was sent, how and when. A person does it; Polku notes it."""

    class To(models.TextChoices):
        KELA = "kela", _("Kela")
        FUND = "fund", _("an unemployment fund")

    class How(models.TextChoices):
        REGISTER = "register", _("through the national register")
        SECURE_MAIL = "secure_mail", _("by secure e-mail")
        LETTER = "letter", _("by letter")
        OTHER = "other", _("otherwise")

    client = models.ForeignKey("clients.Client", models.CASCADE, related_name="+")
    matter = models.ForeignKey(Matter, models.CASCADE, related_name="sendings")
    statement = models.ForeignKey(Statement, models.CASCADE, related_name="sendings")
    to = models.CharField(max_length=4, choices=To)
    fund = models.CharField(max_length=120, blank=True)
    how = models.CharField(max_length=11, choices=How)
    on = models.DateField()
    noted_at = models.DateTimeField()
    noted_by = models.ForeignKey("foundation.User", models.PROTECT, related_name="+")

    class Meta:
        ordering = ["on", "noted_at"]
        constraints = [
            models.UniqueConstraint("statement", "to", "fund", "how", "on", name="sent_once"),
            models.CheckConstraint(name="a_fund_is_named", condition=~Q(to="fund") | ~Q(fund="")),
        ]

    history = Kept()
    protection = classify(
        internal="matter statement how noted_at noted_by", personal="client to fund on"
    )


class Official(RegisterModel):
    """A worker who may sign statements for their organisation, from a day to a day."""

    client_column = None

    user = models.ForeignKey("foundation.User", models.PROTECT, related_name="+")
    organisation = models.ForeignKey("foundation.Organisation", models.PROTECT, related_name="+")
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)
    named_by = models.ForeignKey(
        "foundation.User", models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        indexes = [models.Index(fields=["register", "user"], name="official_by_user")]
        constraints = [
            models.UniqueConstraint(
                "register",
                "user",
                "organisation",
                condition=Q(ends_on__isnull=True),
                name="official_once_at_a_time",
            ),
            models.CheckConstraint(
                name="official_ends_after_it_begins",
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
            ),
        ]

    history = Kept()
    protection = classify(internal="user organisation starts_on ends_on named_by")
