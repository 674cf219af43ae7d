"""Hosts, their worksites, and the people there."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from polku.foundation.history import Kept
from polku.foundation.models.base import RegisterModel
from polku.foundation.protection import classify
from polku.placements.terms import LegalForm, Precision, Support


class Host(RegisterModel):
    """An employer as the law counts it: limits of months are counted by host, not by worksite."""

    client_column = None

    name = models.CharField(max_length=160)
    sort_key = models.CharField(max_length=200, db_collation="C", editable=False)
    legal_form = models.CharField(max_length=20, choices=LegalForm)
    business_id = models.CharField(max_length=9, blank=True)
    note = models.CharField(max_length=400, blank=True)
    version = models.PositiveIntegerField(default=1)
    changed_at = models.DateTimeField()

    class Meta:
        ordering = ["sort_key"]
        constraints = [
            models.UniqueConstraint(
                "register",
                "business_id",
                condition=~Q(business_id=""),
                name="one_host_a_business_id",
            ),
            models.UniqueConstraint("register", "sort_key", name="one_host_a_name"),
        ]

    history = Kept(besides="sort_key version changed_at")
    protection = classify(
        open_="name sort_key legal_form business_id", internal="note version changed_at"
    )

    def __str__(self) -> str:
        return self.name


class Worksite(RegisterModel):
    """One place of a host: a school's kitchen, a café, a recycling centre. A point on the map."""

    client_column = None
    host_column = "id"

    class Readiness(models.TextChoices):
        UNKNOWN = "unknown", _("not asked yet")
        READY = "ready", _("ready to take somebody")
        TALKING = "talking", _("talks under way")
        NOT_NOW = "not_now", _("not now")
        NO = "no", _("does not want to")

    host = models.ForeignKey(Host, models.PROTECT, related_name="worksites")
    name = models.CharField(max_length=160)
    sort_key = models.CharField(max_length=200, db_collation="C", editable=False)
    search_name = models.CharField(max_length=400, db_collation="C", editable=False)
    unit = models.CharField(max_length=120, blank=True)
    street = models.CharField(max_length=160, blank=True)
    postal_code = models.CharField(max_length=5, blank=True)
    town = models.CharField(max_length=80, blank=True)
    municipality = models.ForeignKey("foundation.Municipality", models.PROTECT, related_name="+")
    lat = models.FloatField(null=True, blank=True)
    lon = models.FloatField(null=True, blank=True)
    precision = models.CharField(max_length=12, choices=Precision, default=Precision.NONE)
    phone = models.CharField(max_length=40, blank=True)
    email = models.EmailField(blank=True)
    supports = ArrayField(
        models.CharField(max_length=16, choices=Support), default=list, blank=True
    )
    languages = ArrayField(models.CharField(max_length=3), default=list, blank=True)
    arriving = models.CharField(max_length=300, blank=True)
    note = models.CharField(max_length=600, blank=True)
    readiness = models.CharField(max_length=8, choices=Readiness, default=Readiness.UNKNOWN)
    closed_on = models.DateField(null=True, blank=True)
    office_number = models.CharField(max_length=40, blank=True)
    edited_by_hand = ArrayField(models.CharField(max_length=40), default=list, blank=True)
    version = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField()
    changed_at = models.DateTimeField()

    class Meta:
        ordering = ["sort_key"]
        indexes = [
            models.Index(fields=["register", "sort_key"], name="worksite_by_name"),
            models.Index(fields=["register", "changed_at"], name="worksite_by_change"),
            models.Index(fields=["register", "municipality"], name="worksite_by_town"),
            models.Index(fields=["host"], name="worksite_by_host"),
        ]
        constraints = [
            models.UniqueConstraint(
                "register",
                "office_number",
                condition=~Q(office_number=""),
                name="one_worksite_an_office_number",
            ),
            models.CheckConstraint(
                name="a_point_has_a_precision",
                condition=Q(lat__isnull=True, lon__isnull=True, precision="none")
                | (Q(lat__range=(53, 72), lon__range=(4, 42)) & ~Q(precision="none")),
            ),
        ]

    history = Kept(besides="sort_key search_name edited_by_hand version created_at changed_at")
    protection = classify(
        open_="host name sort_key search_name unit street postal_code town municipality lat lon "
        "precision supports languages arriving",
        internal="phone email note readiness closed_on office_number edited_by_hand version "
        "created_at changed_at",
    )

    def __str__(self) -> str:
        return self.name


class Supervisor(RegisterModel):
    """A person at a worksite (esimies, yhteyshenkilö). Has no account; comes by a personal link."""

    client_column = None
    host_column = "worksite_id"

    worksite = models.ForeignKey(Worksite, models.CASCADE, related_name="supervisors")
    name = models.CharField(max_length=120)
    title = models.CharField(max_length=80, blank=True)
    phone = models.CharField(max_length=40, blank=True)
    email = models.EmailField(blank=True)
    language = models.CharField(max_length=2, default="fi")
    decides = models.BooleanField(default=False)
    ended_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["name"]
        indexes = [models.Index(fields=["worksite"], name="supervisor_by_worksite")]

    history = Kept()
    protection = classify(
        internal="worksite language decides ended_on", personal="name title phone email"
    )

    def __str__(self) -> str:
        return self.name


class OrientationItem(RegisterModel):
    """One line of a worksite's checklist for a newcomer (perehdytys)."""

    client_column = None
    host_column = "worksite_id"

    worksite = models.ForeignKey(Worksite, models.CASCADE, related_name="orientation")
    text = models.CharField(max_length=160)
    position = models.PositiveSmallIntegerField(default=0)
    ended_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["position"]
        indexes = [models.Index(fields=["worksite", "position"], name="orientation_by_worksite")]

    history = Kept()
    protection = classify(internal="worksite text position ended_on")
