"""What a client looks for in a place, and what they rule out."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from polku.foundation.history import Kept
from polku.foundation.models.base import RegisterModel
from polku.foundation.protection import classify
from polku.placements.models.hosts import Worksite
from polku.placements.models.openings import Opening
from polku.placements.terms import Card, Demand, Kind


class Search(RegisterModel):
    """A client looks for a place: limits that hold, and whether they wait now.

    The start of travel is never an address: a place or municipality stands for it ("about"), and
    none is kept under a safety ban.
    """

    class Mode(models.TextChoices):
        FOOT = "foot", _("on foot or by bicycle")
        BUS = "bus", _("by bus")
        CAR = "car", _("by car")

    client = models.OneToOneField("clients.Client", models.CASCADE, related_name="search")
    waiting_since = models.DateField(null=True, blank=True)
    kinds = ArrayField(models.CharField(max_length=16, choices=Kind), default=list, blank=True)
    from_on = models.DateField(null=True, blank=True)
    hours_at_most = models.DecimalField(max_digits=3, decimal_places=1, null=True, blank=True)
    days_at_most = models.PositiveSmallIntegerField(null=True, blank=True)
    limits = ArrayField(models.CharField(max_length=12, choices=Demand), default=list, blank=True)
    cards = ArrayField(models.CharField(max_length=16, choices=Card), default=list, blank=True)
    mode = models.CharField(max_length=4, choices=Mode, blank=True)
    minutes_at_most = models.PositiveSmallIntegerField(null=True, blank=True)
    lat = models.FloatField(null=True, blank=True)
    lon = models.FloatField(null=True, blank=True)
    starts_from = models.CharField(max_length=80, blank=True)
    version = models.PositiveIntegerField(default=1)
    changed_at = models.DateTimeField()

    class Meta:
        indexes = [
            models.Index(
                fields=["register", "waiting_since"],
                name="search_waiting",
                condition=Q(waiting_since__isnull=False),
            )
        ]
        constraints = [
            models.CheckConstraint(
                name="search_starts_from_a_whole_point",
                condition=Q(lat__isnull=True, lon__isnull=True)
                | Q(lat__isnull=False, lon__isnull=False),
            )
        ]

    history = Kept(besides="version changed_at")
    protection = classify(
        internal="version changed_at",
        personal="client waiting_since kinds from_on hours_at_most days_at_most cards mode "
        "minutes_at_most",
        sensitive="limits",
        guarded="lat lon starts_from",
    )


class SearchWord(RegisterModel):
    """A wish or a veto of the client: a kind of work, a worksite or an opening.

    A wish weighs; a veto rules out, whatever else speaks for the pair. It is the client's own and
    needs no reason.
    """

    class Kind(models.TextChoices):
        WISH = "wish", _("wish")
        SKILL = "skill", _("can do")
        LEARN = "learn", _("wants to learn")
        VETO = "veto", _("not this")

    client = models.ForeignKey("clients.Client", models.CASCADE, related_name="search_words")
    kind = models.CharField(max_length=5, choices=Kind)
    rank = models.PositiveSmallIntegerField(default=1)
    work_code = models.CharField(max_length=4, blank=True)
    worksite = models.ForeignKey(Worksite, models.CASCADE, null=True, blank=True, related_name="+")
    opening = models.ForeignKey(Opening, models.CASCADE, null=True, blank=True, related_name="+")
    text = models.CharField(max_length=200, blank=True)
    told_on = models.DateField()
    ended_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["kind", "rank"]
        indexes = [models.Index(fields=["client", "kind"], name="search_word_by_client")]
        constraints = [
            models.CheckConstraint(
                name="a_word_is_about_one_thing",
                condition=(~Q(work_code="") & Q(worksite__isnull=True, opening__isnull=True))
                | Q(work_code="", worksite__isnull=False, opening__isnull=True)
                | Q(work_code="", worksite__isnull=True, opening__isnull=False),
            )
        ]

    history = Kept()
    protection = classify(
        internal="rank told_on ended_on",
        personal="client kind work_code worksite opening",
        sensitive="text",
    )
