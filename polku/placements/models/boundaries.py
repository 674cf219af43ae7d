"""Where municipalities' borders run: open facts of the country, in no register."""

from __future__ import annotations

from django.db import models

from polku.foundation.history import NotKept
from polku.foundation.protection import classify


class MunicipalityBoundary(models.Model):
    """A municipality's area as a GeoJSON MultiPolygon in WGS 84, simplified for drawing.

    `as_of` is the day of which the source speaks; `source` is named on the map.
    """

    municipality = models.OneToOneField(
        "foundation.Municipality", models.CASCADE, primary_key=True, related_name="+"
    )
    geometry = models.JSONField()
    source = models.CharField(max_length=160)
    as_of = models.DateField(null=True, blank=True)
    taken_in_at = models.DateTimeField()

    class Meta:
        ordering = ["municipality_id"]

    history = NotKept("open facts of the country, taken in from a file as a whole")
    protection = classify(open_="municipality geometry source as_of", internal="taken_in_at")

    def __str__(self) -> str:
        return str(self.municipality_id)
