"""The nouns around a person."""

from __future__ import annotations

from datetime import date

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from polku.foundation.history import Kept
from polku.foundation.models.base import RegisterModel
from polku.foundation.protection import classify


class Client(RegisterModel):
    """A person served in this register."""

    client_column = "id"

    class Status(models.TextChoices):
        """Status of employment, by the national register's codes (tyollkoodi)."""

        SUPPORTED = "00", _("employed with support")
        EMPLOYED = "01", _("employed on the open labour market")
        UNEMPLOYED = "02", _("unemployed")
        LAID_OFF = "03", _("laid off")
        SHORT_WEEK = "04", _("shortened working week")
        OUTSIDE = "05", _("outside the labour force")
        IN_SERVICE = "07", _("in a service that promotes employment")
        STUDYING = "08", _("in training")
        PART_TIME = "09", _("in part-time work")

    class Referral(models.TextChoices):
        REGISTERED = "registered", _("registered as a jobseeker")
        MULTISECTOR = "multisector", _("multi-sector service")
        SOCIAL = "social", _("social services")
        HEALTH = "health", _("health services")
        SCHOOL = "school", _("education provider")
        OUTREACH = "outreach", _("outreach youth work")
        INTEGRATION = "integration", _("integration services")
        SELF = "self", _("came by themselves")
        OTHER = "other", _("other")

    office_number = models.CharField(max_length=40, blank=True)
    last_name = models.CharField(max_length=200)
    first_names = models.CharField(max_length=200)
    call_name = models.CharField(max_length=200, blank=True)
    sort_key = models.CharField(max_length=400, db_collation="C")
    search_name = models.CharField(max_length=620, db_collation="C")
    identity_cipher = models.BinaryField(null=True, blank=True, editable=False)
    identity_index = models.BinaryField(null=True, blank=True, editable=False)
    born = models.DateField(null=True, blank=True)
    municipality = models.ForeignKey(
        "foundation.Municipality", models.PROTECT, null=True, blank=True, related_name="+"
    )
    language = models.CharField(max_length=3, default="fi")
    service_language = models.CharField(max_length=2, default="fi")
    interpreter = models.BooleanField(default=False)
    status = models.CharField(max_length=2, choices=Status, default=Status.UNEMPLOYED)
    unemployed_since = models.DateField(null=True, blank=True)
    registered_on = models.DateField()
    referral = models.CharField(max_length=12, choices=Referral, default=Referral.REGISTERED)
    situation = models.CharField(max_length=600, blank=True)
    opened_on = models.DateField()
    closed_on = models.DateField(null=True, blank=True)
    died_on = models.DateField(null=True, blank=True)
    safety_ban = models.BooleanField(default=False)
    edited_by_hand = ArrayField(models.CharField(max_length=40), default=list, blank=True)
    version = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField()
    changed_at = models.DateTimeField()

    class Meta:
        ordering = ["sort_key"]
        indexes = [
            models.Index(fields=["register", "sort_key"], name="client_by_name"),
            models.Index(fields=["register", "born"], name="client_by_birth"),
            GinIndex(fields=["search_name"], opclasses=["gin_trgm_ops"], name="client_by_trigram"),
        ]
        constraints = [
            models.UniqueConstraint(
                "register", "identity_index", name="one_client_an_identity_code"
            ),
            models.UniqueConstraint(
                "register",
                "office_number",
                condition=~Q(office_number=""),
                name="one_client_an_office_number",
            ),
            models.CheckConstraint(
                name="identity_code_sealed_and_indexed",
                condition=Q(identity_cipher__isnull=True, identity_index__isnull=True)
                | Q(identity_cipher__isnull=False, identity_index__isnull=False),
            ),
            models.CheckConstraint(
                name="closed_after_opened",
                condition=Q(closed_on__isnull=True) | Q(closed_on__gte=F("opened_on")),
            ),
            models.CheckConstraint(
                name="the_dead_are_closed",
                condition=Q(died_on__isnull=True) | Q(closed_on__isnull=False),
            ),
            models.CheckConstraint(
                name="no_municipality_in_sight_under_a_ban",
                condition=Q(safety_ban=False) | Q(municipality__isnull=True),
            ),
        ]

    history = Kept(
        besides="sort_key search_name edited_by_hand version created_at changed_at",
        marks="identity_index",
    )
    protection = classify(
        internal="office_number service_language registered_on opened_on closed_on edited_by_hand "
        "version created_at changed_at referral",
        personal="last_name first_names call_name sort_key search_name born language interpreter "
        "status unemployed_since died_on safety_ban",
        sensitive="situation",
        guarded="municipality",
        secret="identity_cipher identity_index",
    )

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        """First name in use and last name, as spoken."""
        return f"{self.called} {self.last_name}".strip()

    @property
    def called(self) -> str:
        """The name the person goes by."""
        return self.call_name or self.first_names.split(" ")[0]

    @property
    def initials(self) -> str:
        return (self.called[:1] + self.last_name[:1]).upper()

    def age_on(self, day: date) -> int | None:
        """Return full years on the day; None when the date of birth is unknown."""
        if self.born is None:
            return None
        return day.year - self.born.year - ((day.month, day.day) < (self.born.month, self.born.day))


class ContactDetails(RegisterModel):
    """How and where to reach a client. Under a safety ban the row hides behind a guarded view:

    a policy of the database shows a guarded row only inside `clients.guarded.opened()`.
    """

    client = models.OneToOneField(Client, models.CASCADE, related_name="details")
    phone = models.CharField(max_length=40, blank=True)
    phone_digits = models.CharField(max_length=20, blank=True, db_collation="C")
    email = models.CharField(max_length=254, blank=True)
    street = models.CharField(max_length=200, blank=True)
    postal_code = models.CharField(max_length=10, blank=True)
    town = models.CharField(max_length=80, blank=True)
    municipality = models.ForeignKey(
        "foundation.Municipality", models.PROTECT, null=True, blank=True, related_name="+"
    )
    guarded = models.BooleanField(default=False)

    class Meta:
        indexes = [
            models.Index(fields=["register", "phone_digits"], name="details_by_phone"),
        ]

    history = Kept(besides="phone_digits")
    protection = classify(
        internal="guarded",
        personal="client",
        guarded="phone phone_digits email street postal_code town municipality",
    )


class LanguageSkill(RegisterModel):
    """A language the client uses, with a level of the European framework."""

    class Level(models.TextChoices):
        NATIVE = "X", _("mother tongue")
        A1 = "A1", "A1"
        A2 = "A2", "A2"
        B1 = "B1", "B1"
        B2 = "B2", "B2"
        C1 = "C1", "C1"
        C2 = "C2", "C2"

    client = models.ForeignKey(Client, models.CASCADE, related_name="languages")
    language = models.CharField(max_length=3)
    level = models.CharField(max_length=2, choices=Level)
    told_on = models.DateField()

    class Meta:
        constraints = [models.UniqueConstraint("client", "language", name="one_level_a_language")]

    history = Kept()
    protection = classify(internal="told_on", personal="client language level")


class Fact(RegisterModel):
    """A strength, wish, need or obstacle, dated, in words that the client can read."""

    class Kind(models.TextChoices):
        STRENGTH = "strength", _("strength")
        WISH = "wish", _("wish")
        NEED = "need", _("need for support")
        OBSTACLE = "obstacle", _("what stands in the way")

    class Topic(models.TextChoices):
        SKILL = "skill", _("skills and experience")
        WORK = "work", _("work and tasks")
        LEARNING = "learning", _("learning")
        HEALTH = "health", _("health and strength")
        EVERYDAY = "everyday", _("everyday life")
        LANGUAGE = "language", _("language")
        DIGITAL = "digital", _("digital skills")
        TRAVEL = "travel", _("getting about")
        MONEY = "money", _("money")
        FAMILY = "family", _("family")
        OTHER = "other", _("other")

    class ToldBy(models.TextChoices):
        CLIENT = "client", _("the client")
        COACH = "coach", _("the coach")
        TOGETHER = "together", _("together")

    client = models.ForeignKey(Client, models.CASCADE, related_name="facts")
    kind = models.CharField(max_length=8, choices=Kind)
    topic = models.CharField(max_length=8, choices=Topic, default=Topic.OTHER)
    text = models.CharField(max_length=200)
    told_by = models.CharField(max_length=8, choices=ToldBy, default=ToldBy.TOGETHER)
    told_on = models.DateField()
    ended_on = models.DateField(null=True, blank=True)
    written_by = models.ForeignKey(
        "foundation.User", models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        indexes = [models.Index(fields=["client", "kind"], name="fact_by_client")]
        constraints = [
            models.CheckConstraint(
                name="fact_ends_after_it_was_told",
                condition=Q(ended_on__isnull=True) | Q(ended_on__gte=F("told_on")),
            )
        ]

    history = Kept()
    protection = classify(
        internal="kind topic told_by told_on ended_on written_by",
        personal="client",
        sensitive="text",
    )


class Consent(RegisterModel):
    """What the client has agreed to, when and how; taken back at any time."""

    class Kind(models.TextChoices):
        SHARE_PLAN = "share_plan", _("sharing the plan with named partners")
        EMAIL = "email", _("messages by e-mail")
        TEXT = "text", _("messages as text messages")
        LINK_RECORDS = "link_records", _("linking this record with another register's")

    # Kept so far, with nothing in the software that acts by them; the pages say so.
    WITHOUT_EFFECT = (Kind.SHARE_PLAN, Kind.LINK_RECORDS)

    class Given(models.TextChoices):
        SPOKEN = "spoken", _("in speech")
        WRITTEN = "written", _("in writing")
        ONLINE = "online", _("in the own view")

    client = models.ForeignKey(Client, models.CASCADE, related_name="consents")
    kind = models.CharField(max_length=12, choices=Kind)
    concerns = models.CharField(max_length=200, blank=True)
    how = models.CharField(max_length=8, choices=Given)
    given_at = models.DateTimeField()
    recorded_by = models.ForeignKey(
        "foundation.User", models.PROTECT, null=True, blank=True, related_name="+"
    )
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["client"], name="consent_by_client")]

    history = Kept()
    protection = classify(
        internal="kind how given_at recorded_by withdrawn_at",
        personal="client",
        sensitive="concerns",
    )

    @property
    def without_effect(self) -> bool:
        """Whether nothing in the software acts by this consent yet."""
        return self.kind in self.WITHOUT_EFFECT


class StatusPeriod(RegisterModel):
    """The status of employment over time, as deadlines need it."""

    client = models.ForeignKey(Client, models.CASCADE, related_name="status_periods")
    status = models.CharField(max_length=2, choices=Client.Status)
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)
    recorded_by = models.ForeignKey(
        "foundation.User", models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        indexes = [models.Index(fields=["client", "-starts_on"], name="status_by_client")]
        constraints = [
            models.CheckConstraint(
                name="status_ends_after_it_begins",
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
            )
        ]

    history = Kept()
    protection = classify(internal="recorded_by", personal="client status starts_on ends_on")


class Episode(RegisterModel):
    """From an opening to a closing, with the reason and the outcome. Reopening begins a new one."""

    class Reason(models.TextChoices):
        WORK = "work", _("went to work")
        STUDY = "study", _("began to study")
        ENDED_SEARCH = "ended_search", _("ended the job search")
        PENSION = "pension", _("retired or on a pension")
        MOVED = "moved", _("moved to another area")
        OTHER_SERVICE = "other_service", _("went on in another service")
        OWN_WISH = "own_wish", _("the client's own wish")
        DEATH = "death", _("died")
        OTHER = "other", _("other")

    class Outcome(models.TextChoices):
        OPEN_MARKET = "open_market", _("work on the open labour market")
        SUBSIDISED = "subsidised", _("pay-subsidised work")
        STUDY = "study", _("education")
        REHABILITATION = "rehabilitation", _("rehabilitation or health services")
        UNEMPLOYED = "unemployed", _("job search goes on elsewhere")
        OUTSIDE = "outside", _("outside the labour force")
        UNKNOWN = "unknown", _("not known")

    client = models.ForeignKey(Client, models.CASCADE, related_name="episodes")
    opened_on = models.DateField()
    referral = models.CharField(max_length=12, choices=Client.Referral)
    closed_on = models.DateField(null=True, blank=True)
    reason = models.CharField(max_length=14, choices=Reason, blank=True)
    outcome = models.CharField(max_length=14, choices=Outcome, blank=True)
    note = models.CharField(max_length=400, blank=True)
    closed_by = models.ForeignKey(
        "foundation.User", models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        indexes = [models.Index(fields=["client", "-opened_on"], name="episode_by_client")]
        constraints = [
            models.CheckConstraint(
                name="closing_has_reason_and_outcome",
                condition=Q(closed_on__isnull=True, reason="", outcome="")
                | (Q(closed_on__gte=F("opened_on")) & ~Q(reason="") & ~Q(outcome="")),
            ),
            models.UniqueConstraint(
                "client", condition=Q(closed_on__isnull=True), name="one_open_episode"
            ),
        ]

    history = Kept()
    protection = classify(
        internal="referral closed_by",
        personal="client opened_on closed_on reason outcome",
        sensitive="note",
    )


class GuardedText(RegisterModel):
    """A place or number about a client under a safety ban, kept off the row that it belongs to.

    `about` is the id of that row, `field` its field. Read only inside `clients.guarded.opened()`.
    """

    client_column = None
    always_guarded = True

    client = models.ForeignKey(Client, models.CASCADE, related_name="+")
    about = models.UUIDField()
    field = models.CharField(max_length=40)
    text = models.CharField(max_length=400)

    class Meta:
        constraints = [models.UniqueConstraint("about", "field", name="one_guarded_text_a_field")]

    history = Kept()
    protection = classify(internal="about field", personal="client", guarded="text")
