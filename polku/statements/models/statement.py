"""The statement itself in its versions, to whom it was sent, and who may sign."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from polku.foundation.history import Kept
from polku.foundation.models.base import RegisterModel
from polku.foundation.protection import classify
from polku.statements.models.matter import Matter


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
