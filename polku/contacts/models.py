"""The nouns of contact."""

from __future__ import annotations

from datetime import datetime

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, RangeOperators
from django.db import models
from django.db.models import F, Func, Q
from django.utils.translation import gettext_lazy as _

from polku.foundation.history import Kept, NotKept
from polku.foundation.models.base import RegisterModel
from polku.foundation.protection import classify


class Kind(models.TextChoices):
    """How people met. The national register's codes (yhtottotapa) are mapped in `copying`."""

    CALL = "call", _("phone call")
    VISIT = "visit", _("meeting")
    VIDEO = "video", _("video meeting")
    SMS = "sms", _("text message")
    EMAIL = "email", _("e-mail")
    LETTER = "letter", _("letter")
    WALK_IN = "walk_in", _("walk-in")
    ONLINE = "online", _("online service")


class Purpose(models.TextChoices):
    """What the contact was, in the service process."""

    INITIAL_INTERVIEW = "initial", _("initial interview")
    JOB_SEARCH_DISCUSSION = "discussion", _("job-search discussion")
    COMPLEMENTARY = "complementary", _("complementary discussion")
    COACHING = "coaching", _("coaching")
    PLACE = "place", _("about a place")
    PRACTICAL = "practical", _("practical matter")


class Contact(RegisterModel):
    """One contact with a client, or an attempt at one (`reached` false)."""

    class Initiative(models.TextChoices):
        WORKER = "worker", _("the coach")
        CLIENT = "client", _("the client")
        OTHER = "other", _("somebody else")

    client = models.ForeignKey("clients.Client", models.CASCADE, related_name="contacts")
    worker = models.ForeignKey("foundation.User", models.PROTECT, null=True, related_name="+")
    worker_name = models.CharField(max_length=160, blank=True)
    at = models.DateTimeField()
    minutes = models.PositiveSmallIntegerField(null=True, blank=True)
    kind = models.CharField(max_length=8, choices=Kind)
    purpose = models.CharField(max_length=14, choices=Purpose, default=Purpose.COACHING)
    initiative = models.CharField(max_length=8, choices=Initiative, default=Initiative.WORKER)
    reached = models.BooleanField(default=True)
    agreed = models.TextField(blank=True)
    # [{"text": …, "due_on": "2026-12-31" or ""}]
    tasks = models.JSONField(default=list, blank=True)
    what_works = models.TextField(blank=True)
    scale = models.PositiveSmallIntegerField(null=True, blank=True)
    next_small_step = models.TextField(blank=True)
    private_note = models.TextField(blank=True)
    next_on = models.DateField(null=True, blank=True)
    copied_at = models.DateTimeField(null=True, blank=True)
    copied_by = models.ForeignKey(
        "foundation.User", models.PROTECT, null=True, blank=True, related_name="+"
    )
    copied_digest = models.CharField(max_length=64, blank=True)
    submission = models.UUIDField(null=True, blank=True, editable=False)
    version = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField()
    changed_at = models.DateTimeField()

    class Meta:
        indexes = [
            models.Index(fields=["client", "-at"], name="contact_by_client"),
            models.Index(fields=["register", "worker", "-at"], name="contact_by_worker"),
        ]
        constraints = [
            models.UniqueConstraint("register", "submission", name="one_contact_a_submission"),
            models.CheckConstraint(
                name="scale_0_to_10", condition=Q(scale__isnull=True) | Q(scale__lte=10)
            ),
            models.CheckConstraint(
                name="copied_at_and_by",
                condition=Q(copied_at__isnull=True, copied_by__isnull=True, copied_digest="")
                | (Q(copied_at__isnull=False, copied_by__isnull=False) & ~Q(copied_digest="")),
            ),
        ]

    history = Kept(besides="worker_name copied_digest submission version created_at changed_at")
    protection = classify(
        internal="worker worker_name minutes copied_at copied_by copied_digest submission version "
        "created_at changed_at",
        personal="client at kind purpose initiative reached next_on",
        sensitive="agreed tasks what_works scale next_small_step private_note",
    )


class Rhythm(RegisterModel):
    """Where a client stands in their own window of contact, and what the law's clock says.

    Written by this room's actions together with each contact, so that My day reads one row a
    client instead of a history.
    """

    class Pace(models.TextChoices):
        """How often the client wishes to be met, beside the window that the worker keeps."""

        MORE = "more", _("more often than now")
        SAME = "same", _("as often as now")
        LESS = "less", _("more seldom than now")

    class DayPart(models.TextChoices):
        """When a meeting suits the client best."""

        MORNING = "morning", _("mornings")
        AFTERNOON = "afternoon", _("afternoons")

    client = models.OneToOneField("clients.Client", models.CASCADE, related_name="rhythm")
    window_min_days = models.PositiveSmallIntegerField(default=14)
    window_max_days = models.PositiveSmallIntegerField(default=42)
    wish = models.CharField(max_length=200, blank=True)
    wish_pace = models.CharField(max_length=8, choices=Pace, blank=True)
    wish_told_at = models.DateTimeField(null=True, blank=True)
    day_part = models.CharField(max_length=9, choices=DayPart, blank=True)
    away_until = models.DateField(null=True, blank=True)
    first_contact_at = models.DateTimeField(null=True, blank=True)
    last_reached_at = models.DateTimeField(null=True, blank=True)
    last_attempt_at = models.DateTimeField(null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    next_on = models.DateField(null=True, blank=True)
    next_kind = models.CharField(max_length=8, choices=Kind, blank=True)
    # What the writing down of a death took away: it may turn out to be a mistake.
    taken_next_on = models.DateField(null=True, blank=True)
    taken_next_kind = models.CharField(max_length=8, choices=Kind, blank=True)
    initial_interview_on = models.DateField(null=True, blank=True)
    last_discussion_on = models.DateField(null=True, blank=True)
    interview_due_on = models.DateField(null=True, blank=True)
    discussion_due_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="window_has_two_sides",
                condition=Q(window_max_days__gte=F("window_min_days")),
            )
        ]

    history = Kept(only="client window_min_days window_max_days wish wish_pace day_part away_until")
    protection = classify(
        internal="window_min_days window_max_days attempts interview_due_on discussion_due_on",
        personal="client first_contact_at last_reached_at last_attempt_at next_on next_kind "
        "taken_next_on taken_next_kind initial_interview_on last_discussion_on wish wish_pace "
        "wish_told_at day_part away_until",
    )


class Appointment(RegisterModel):
    """A booked time. The database itself refuses two at once for a worker or for a client."""

    class Status(models.TextChoices):
        PROPOSED = "proposed", _("proposed")
        CONFIRMED = "confirmed", _("confirmed")
        HELD = "held", _("held")
        MISSED = "missed", _("did not take place")
        CANCELLED = "cancelled", _("cancelled")

    class Said(models.TextChoices):
        """What the client has last said of it in their own view."""

        SUITS = "suits", _("the time suits")
        MOVED = "moved", _("took another time")
        ANOTHER = "another", _("asks for another time")
        CANNOT = "cannot", _("cannot come")
        CHOSE = "chose", _("the client chose a time")

    client = models.ForeignKey("clients.Client", models.CASCADE, related_name="appointments")
    worker = models.ForeignKey("foundation.User", models.PROTECT, related_name="appointments")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    kind = models.CharField(max_length=8, choices=Kind, default=Kind.VISIT)
    purpose = models.CharField(max_length=14, choices=Purpose, default=Purpose.COACHING)
    place = models.CharField(max_length=200, blank=True)
    language = models.CharField(max_length=3, default="fi")
    interpreter = models.BooleanField(default=False)
    note = models.CharField(max_length=400, blank=True)
    missed_by = models.CharField(max_length=8, choices=Contact.Initiative, blank=True)
    missed_reason = models.CharField(max_length=200, blank=True)
    status = models.CharField(max_length=10, choices=Status, default=Status.CONFIRMED)
    contact = models.OneToOneField(
        Contact, models.SET_NULL, null=True, blank=True, related_name="appointment"
    )
    said = models.CharField(max_length=8, choices=Said, blank=True, default="")
    said_at = models.DateTimeField(null=True, blank=True)
    said_word = models.CharField(max_length=200, blank=True, default="")
    # When the worker has read what the client said; None while it waits, if it wants reading.
    said_read_at = models.DateTimeField(null=True, blank=True)
    # "I already have it, stop reminding"; and the start of which a reminder has been written.
    remind = models.BooleanField(default=True)
    reminded_of = models.DateTimeField(null=True, blank=True)
    submission = models.UUIDField(null=True, blank=True, editable=False)
    version = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField()
    created_by = models.ForeignKey("foundation.User", models.PROTECT, null=True, related_name="+")

    class Meta:
        indexes = [
            models.Index(fields=["register", "worker", "starts_at"], name="appointment_by_worker"),
            models.Index(fields=["client", "starts_at"], name="appointment_by_client"),
            models.Index(
                fields=["register", "starts_at"],
                name="appointment_to_remind_of",
                condition=Q(remind=True, status__in=["proposed", "confirmed"]),
            ),
            models.Index(
                fields=["worker", "said_at"],
                name="appointment_said_unread",
                condition=Q(
                    said__in=["moved", "another", "cannot", "chose"], said_read_at__isnull=True
                ),
            ),
        ]
        constraints = [
            models.CheckConstraint(
                name="appointment_said_and_at",
                condition=Q(said="", said_at__isnull=True)
                | (Q(said_at__isnull=False) & ~Q(said="")),
            ),
            models.UniqueConstraint("register", "submission", name="one_appointment_a_submission"),
            models.CheckConstraint(
                name="appointment_ends_after_it_starts", condition=Q(ends_at__gt=F("starts_at"))
            ),
            ExclusionConstraint(
                name="no_double_booking_of_a_worker",
                expressions=[
                    ("worker", RangeOperators.EQUAL),
                    (
                        Func(F("starts_at"), F("ends_at"), function="tstzrange"),
                        RangeOperators.OVERLAPS,
                    ),
                ],
                condition=Q(status__in=["proposed", "confirmed", "held"]),
            ),
            ExclusionConstraint(
                name="no_double_booking_of_a_client",
                expressions=[
                    ("client", RangeOperators.EQUAL),
                    (
                        Func(F("starts_at"), F("ends_at"), function="tstzrange"),
                        RangeOperators.OVERLAPS,
                    ),
                ],
                condition=Q(status__in=["proposed", "confirmed", "held"]),
            ),
        ]

    history = Kept(besides="submission version created_at said_read_at reminded_of")
    protection = classify(
        internal="worker contact submission version created_at created_by interpreter language "
        "said_read_at remind reminded_of",
        personal="client starts_at ends_at kind purpose status missed_by said said_at",
        sensitive="note missed_reason said_word",
        guarded="place",
    )


class Reminder(RegisterModel):
    """Something to do for a client on a day."""

    client_column = None

    client = models.ForeignKey("clients.Client", models.CASCADE, related_name="reminders")
    worker = models.ForeignKey("foundation.User", models.PROTECT, related_name="reminders")
    on = models.DateField()
    text = models.CharField(max_length=200)
    created_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True, blank=True)
    done_by = models.ForeignKey(
        "foundation.User", models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        indexes = [
            models.Index(
                fields=["register", "worker", "on"],
                name="reminder_open",
                condition=Q(done_at__isnull=True),
            ),
            models.Index(fields=["client"], name="reminder_by_client"),
        ]
        constraints = [
            models.CheckConstraint(
                name="reminder_done_at_and_by",
                condition=Q(done_at__isnull=True, done_by__isnull=True)
                | Q(done_at__isnull=False, done_by__isnull=False),
            )
        ]

    history = Kept()
    protection = classify(
        internal="worker on created_at done_at done_by", personal="client", sensitive="text"
    )


class Draft(RegisterModel):
    """What somebody has half-written about a client: encrypted, the author's own, for 14 days.

    `about` is the contact that is being corrected, and `base_version` its version when it was
    opened. A draft that was discarded stays until its days are over, so that it can be taken back.
    """

    client_column = None

    author = models.ForeignKey("foundation.User", models.CASCADE, related_name="+")
    client = models.ForeignKey("clients.Client", models.CASCADE, related_name="+")
    form = models.CharField(max_length=20)
    about = models.UUIDField(null=True, blank=True)
    base_version = models.PositiveIntegerField(default=0)
    cipher = models.BinaryField()
    revision = models.PositiveIntegerField(default=1)
    saved_at = models.DateTimeField()
    discarded_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["client"], name="draft_by_client"),
            models.Index(fields=["register", "saved_at"], name="draft_by_age"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["author", "client", "form", "about"],
                name="one_draft_a_form",
                nulls_distinct=False,
            )
        ]

    history = NotKept("half-written, sealed, the author's own, and gone after fourteen days")
    protection = classify(
        internal="author form about base_version revision saved_at discarded_at",
        personal="client",
        secret="cipher",
    )


class CopyTemplate(RegisterModel):
    """How a kind of contact is worded for the national register; edited by the register's own.

    `purpose` is one of Purpose, or "attempt" for a try in which nobody was reached.
    """

    client_column = None

    purpose = models.CharField(max_length=14)
    language = models.CharField(max_length=2, default="fi")
    text = models.TextField()
    changed_at = models.DateTimeField()
    changed_by = models.ForeignKey("foundation.User", models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                "register", "purpose", "language", name="one_template_a_purpose"
            )
        ]

    history = Kept(besides="changed_at changed_by")
    protection = classify(internal="purpose language text changed_at changed_by")


class CalendarFeed(RegisterModel):
    """The private address at which a worker's own calendar program reads their times."""

    client_column = None

    user = models.ForeignKey("foundation.User", models.CASCADE, related_name="+")
    token_hash = models.BinaryField(max_length=32)
    made_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
    read_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint("token_hash", name="one_calendar_a_secret"),
            models.UniqueConstraint(
                "register", "user", name="one_calendar_at_a_time",
                condition=Q(ended_at__isnull=True),
            ),
        ]  # fmt: skip

    history = NotKept("a secret's hash, and when it was made, read and ended")
    protection = classify(internal="user made_at ended_at read_at", secret="token_hash")


class TimeOffer(RegisterModel):
    """Some free times of a worker's, of which a client chooses one by a link or in the own view.

    It ends once: a time was chosen (`appointment`), none suits (`word`), or it was withdrawn. One
    that nobody answered has ended by itself at `expires_at`, and is still to be read.
    """

    class End(models.TextChoices):
        CHOSEN = "chosen", _("a time was chosen")
        NONE = "none", _("none of the times suits")
        WITHDRAWN = "withdrawn", _("withdrawn")
        LAPSED = "lapsed", _("nobody answered in time")

    client = models.ForeignKey("clients.Client", models.CASCADE, related_name="time_offers")
    worker = models.ForeignKey("foundation.User", models.PROTECT, related_name="+")
    token_hash = models.BinaryField(max_length=32)
    starts = ArrayField(models.DateTimeField())
    minutes = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=8, choices=Kind, default=Kind.VISIT)
    purpose = models.CharField(max_length=14, choices=Purpose, default=Purpose.COACHING)
    place = models.CharField(max_length=200, blank=True)
    language = models.CharField(max_length=3, default="fi")
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
    end = models.CharField(max_length=9, choices=End, blank=True)
    word = models.CharField(max_length=200, blank=True)
    read_at = models.DateTimeField(null=True, blank=True)
    appointment = models.OneToOneField(
        Appointment, models.SET_NULL, null=True, blank=True, related_name="offer"
    )
    submission = models.UUIDField(editable=False)

    class Meta:
        indexes = [
            models.Index(
                fields=["register", "worker", "made_at"],
                name="time_offer_unread",
                condition=Q(read_at__isnull=True),
            ),
        ]
        constraints = [
            models.UniqueConstraint("token_hash", name="one_time_offer_a_secret"),
            models.UniqueConstraint("register", "submission", name="one_time_offer_a_submission"),
            models.UniqueConstraint(
                "client", name="one_time_offer_at_a_time", condition=Q(ended_at__isnull=True)
            ),
            models.CheckConstraint(
                name="time_offer_ended_how",
                condition=Q(ended_at__isnull=True, end="")
                | (Q(ended_at__isnull=False) & ~Q(end="")),
            ),
        ]

    history = Kept(besides="token_hash submission made_at read_at")
    protection = classify(
        internal="worker minutes language made_at expires_at ended_at end read_at appointment "
        "submission",
        personal="client kind purpose starts",
        sensitive="word",
        guarded="place",
        secret="token_hash",
    )

    def standing(self, at: datetime) -> str:
        """Return how it stands: "" while it is open, else how it ended (`End`)."""
        if self.end:
            return self.end
        return self.End.LAPSED.value if self.expires_at <= at else ""


# A worker's week has its tables beside what it does.
from polku.contacts.weeks.tables import (  # noqa: E402, F401
    OwnWeek,
    TimeAway,
    WeekPlan,
    WeekProposal,
)
