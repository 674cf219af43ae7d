"""What a register's administrator has confirmed or changed in the law's values."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from polku.foundation.history import Kept
from polku.foundation.models.base import RegisterModel
from polku.foundation.protection import classify


class KeptValue(RegisterModel):
    """A value of a parameter from a day to a day, with its source and who decided it.

    A row is only ever added or withdrawn: a trigger of the database refuses anything else, so that
    what was in force on any day stays to be read.
    """

    client_column = None

    parameter = models.CharField(max_length=60)
    value = models.JSONField()
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)
    source = models.CharField(max_length=400)
    url = models.URLField(max_length=400, blank=True)
    note = models.CharField(max_length=400, blank=True)
    decided_at = models.DateTimeField()
    decided_by = models.ForeignKey("foundation.User", models.PROTECT, related_name="+")
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = models.ForeignKey(
        "foundation.User", models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering = ["decided_at", "id"]
        indexes = [models.Index(fields=["register", "parameter"], name="kept_value_by_parameter")]
        constraints = [
            models.CheckConstraint(
                name="kept_value_ends_after_it_begins",
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")),
            ),
            models.CheckConstraint(name="kept_value_has_a_source", condition=~Q(source="")),
            models.CheckConstraint(
                name="kept_value_withdrawn_at_and_by",
                condition=Q(withdrawn_at__isnull=True, withdrawn_by__isnull=True)
                | Q(withdrawn_at__isnull=False, withdrawn_by__isnull=False),
            ),
        ]

    history = Kept()
    protection = classify(
        open_="parameter value valid_from valid_to source url note",
        internal="decided_at decided_by withdrawn_at withdrawn_by",
    )
