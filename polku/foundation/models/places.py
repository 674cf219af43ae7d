"""Municipalities and employment areas, with dated membership: an area is never a constant."""

from __future__ import annotations

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Func, Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from polku.foundation.history import NotKept
from polku.foundation.protection import classify


class Named(models.Model):
    """Something with a Finnish and a Swedish name."""

    name_fi = models.CharField(max_length=120)
    name_sv = models.CharField(max_length=120)

    class Meta:
        abstract = True

    protection = classify(open_="name_fi name_sv")

    def __str__(self) -> str:
        return self.name_sv if get_language() == "sv" else self.name_fi


class Municipality(Named):
    """One of Finland's municipalities (308 in 2026), by Statistics Finland's three-digit code."""

    code = models.CharField(primary_key=True, max_length=3)
    region_code = models.CharField(max_length=2)
    region_name_fi = models.CharField(max_length=60)
    region_name_sv = models.CharField(max_length=60)
    wellbeing_county_code = models.CharField(max_length=2)
    wellbeing_county_name_fi = models.CharField(max_length=80)
    wellbeing_county_name_sv = models.CharField(max_length=80)
    language_status = models.CharField(max_length=8)

    class Meta:
        ordering = ["name_fi"]

    history = NotKept("open facts of the country, laid by migrations")
    protection = classify(
        open_="code region_code region_name_fi region_name_sv wellbeing_county_code "
        "wellbeing_county_name_fi wellbeing_county_name_sv language_status"
    )


class EmploymentArea(Named):
    """An employment area (työllisyysalue), or an area of the municipal trial that came before."""

    class Kind(models.TextChoices):
        EMPLOYMENT_AREA = "employment_area", _("employment area")
        MUNICIPAL_TRIAL = "municipal_trial", _("municipal trial")

    code = models.CharField(primary_key=True, max_length=12)
    kind = models.CharField(max_length=20, choices=Kind, default=Kind.EMPLOYMENT_AREA)
    mainland_acts = models.BooleanField(
        default=True, help_text=_("False for Åland, outside the mainland employment acts.")
    )

    class Meta:
        ordering = ["code"]

    history = NotKept("open facts of the country, laid by migrations")
    protection = classify(open_="code kind mainland_acts")


class AreaMembership(models.Model):
    """A municipality belongs to an area from a day to a day (the last one included)."""

    municipality = models.ForeignKey(Municipality, models.CASCADE, related_name="memberships")
    area = models.ForeignKey(EmploymentArea, models.CASCADE, related_name="memberships")
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)
    verified = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="membership_ends_after_it_begins",
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")),
            ),
            ExclusionConstraint(
                name="one_area_at_a_time",
                expressions=[
                    ("municipality", RangeOperators.EQUAL),
                    (
                        Func(
                            F("valid_from"),
                            F("valid_to"),
                            models.Value("[]"),
                            function="daterange",
                        ),
                        RangeOperators.OVERLAPS,
                    ),
                ],
            ),
        ]

    history = NotKept("open facts of the country, laid by migrations")
    protection = classify(open_="id municipality area valid_from valid_to verified")

    def __str__(self) -> str:
        return f"{self.municipality_id} in {self.area_id} from {self.valid_from}"
