"""What a page gives to `placements/map/map.html`: one object, strings ready to show."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property

from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from polku.placements.map import boundaries, tiles
from polku.placements.map.clusters import Ring
from polku.placements.map.mercator import Box
from polku.placements.map.still import View, fitting, still

# All of Finland, and the distances that are drawn around a chosen client.
FINLAND: Box = (20.0, 59.7, 31.6, 70.1)
DISTANCES = (5, 15, 30)


@dataclass(frozen=True, slots=True)
class Pick:
    """The ids of the form's fields that a picked point is written to; `exact` is the value that
    the precision gets."""

    lat: str
    lon: str
    precision: str = ""
    exact: str = ""


@dataclass(frozen=True)
class Map:
    """A map on a page.

    `points_url` answers with rings (`asked.view`, `clusters.clustered`); `filters` and `list` are
    the ids of the filter form and of the list, whose rows carry `data-worksite`. `box` is what is
    shown at first (w, s, e, n in degrees), `own` the codes of municipalities drawn lighter. `home`
    is the chosen client's point (lon, lat): never given for one under a safety ban, and with
    `guarded` no outside tile is asked for either.
    """

    title: str
    points_url: str = ""
    filters: str = "filters"
    list: str = ""
    box: Box = FINLAND
    own: Sequence[str] = ()
    rings: Sequence[Ring] = ()
    home: tuple[float, float] | None = None
    distances: tuple[int, ...] = DISTANCES
    guarded: bool = False
    pick: Pick | None = None
    view: View | None = field(default=None)

    @cached_property
    def shown(self) -> View:
        return self.view or fitting(self.box)

    @property
    def view_text(self) -> str:
        one = self.shown
        return f"{one.lon},{one.lat},{one.zoom},{one.width},{one.height}"

    @property
    def home_text(self) -> str:
        return "" if self.home is None or self.guarded else f"{self.home[0]:.5f},{self.home[1]:.5f}"

    @property
    def distances_text(self) -> str:
        return ",".join(map(str, self.distances))

    @property
    def distances_said(self) -> str:
        near, last = [str(km) for km in self.distances[:-1]], self.distances[-1]
        said = _("the client; %(near)s and %(last)s km as the crow flies")
        return said % {"near": ", ".join(near), "last": last}

    @property
    def own_json(self) -> str:
        return json.dumps(list(self.own))

    @cached_property
    def borders(self) -> boundaries.Edition:
        return boundaries.edition()

    @property
    def boundaries_url(self) -> str:
        return self.borders.address

    @property
    def tiles(self) -> str:
        return "" if self.guarded else tiles.raster()

    @property
    def style(self) -> str:
        return "" if self.guarded else tiles.style()

    @property
    def credit(self) -> str:
        said = [_("Shores: GSHHG (LGPL). Frontiers: Natural Earth. Names: GeoNames (CC BY 4.0).")]
        if self.borders.credit:
            said.append(_("Municipal borders: %s.") % self.borders.credit)
        if (self.tiles or self.style) and (by := tiles.attribution()):
            said.append(by)
        return " ".join(said)

    @property
    def words_json(self) -> str:
        return json.dumps(words(self.title), ensure_ascii=False)

    @property
    def still(self) -> SafeString:
        every, own = boundaries.drawn(self.borders.version, tuple(self.own))
        return still(
            self.shown, self.rings, title=self.title, said=said, borders=every, own=own,
            swedish=get_language() == "sv",
        )  # fmt: skip


def words(title: str) -> dict[str, str]:
    """Return the sentences that the script fills in."""
    return {
        "title": title,
        "one": _("%(place)s: %(free)s free of %(seats)s seats"),
        "many": _(
            "%(place)s: %(free)s free of %(seats)s seats at %(worksites)s worksites; opens up"
        ),
        "about": _("%(ring)s; place known only about"),
        "canvas": _("%(title)s: arrow keys move it, plus and minus change how near it is")
        % {"title": title},
        "total": _("%(free)s free of %(seats)s seats at %(worksites)s worksites"),
        "crow": _("%(km)s km as the crow flies"),
        "picked": _("Chosen: latitude %(lat)s, longitude %(lon)s."),
    }


def said(ring: Ring) -> str:
    """Return a ring in words."""
    pattern = words("")["many" if ring.worksites > 1 else "one"]
    numbers = {"free": ring.free, "seats": ring.seats, "worksites": ring.worksites}
    filled = pattern % {"place": ring.name, **numbers}
    return words("")["about"] % {"ring": filled} if ring.coarse else filled
