"""How far a chosen client gets: rings around about where they start, as the crow flies."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import cos, radians

from django.utils.formats import number_format
from django.utils.translation import gettext as _

from polku.placements.map.mercator import Box

KM_A_DEGREE = 111.195
# Drawn where nobody has said how far the client travels.
DISTANCES = (5.0, 15.0, 30.0)


@dataclass(frozen=True, slots=True)
class Travel:
    """`rings` are kilometres with the words on each, nearest first. `start` says from about where,
    which is never an address; `said` is all of it in a sentence, for the key below the map."""

    lon: float
    lat: float
    rings: tuple[tuple[float, str], ...]
    said: str
    start: str = ""

    def box(self) -> Box:
        """Return west, south, east and north of the widest ring, in degrees."""
        high = self.rings[-1][0] / KM_A_DEGREE
        wide = high / cos(radians(self.lat))
        return self.lon - wide, self.lat - high, self.lon + wide, self.lat + high


def kilometres(km: float) -> str:
    """Return kilometres as they are read: whole ones from ten on."""
    return str(number_format(km, 0 if km >= 10 or km == int(km) else 1))


def plain(lon: float, lat: float, start: str = "", km: Sequence[float] = DISTANCES) -> Travel:
    """Return rings of plain distances."""
    words = [kilometres(one) for one in km]
    said = _("the client; %(near)s and %(last)s km as the crow flies")
    rings = tuple(
        (one, _("%(km)s km as the crow flies") % {"km": word})
        for one, word in zip(km, words, strict=True)
    )
    told = said % {"near": ", ".join(words[:-1]), "last": words[-1]}
    return Travel(lon, lat, rings, told, start)
