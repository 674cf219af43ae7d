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
from polku.placements.map.travel import Travel

FINLAND: Box = (20.0, 59.7, 31.6, 70.1)


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
    shown at first (w, s, e, n in degrees), `own` the codes of municipalities drawn lighter.
    `travel` is where the chosen client starts and how far they get: never given for one under a
    safety ban, and with `guarded` no outside tile is asked for either. A ring of one worksite leads
    to its row where it is `listed`, else to `elsewhere`, an address that takes `site=` and its id.
    """

    title: str
    points_url: str = ""
    filters: str = "filters"
    list: str = ""
    box: Box = FINLAND
    own: Sequence[str] = ()
    rings: Sequence[Ring] = ()
    travel: Travel | None = None
    listed: frozenset[str] | None = None
    elsewhere: str = ""
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
    def reach(self) -> Travel | None:
        """How far the client gets, where it may be drawn."""
        return None if self.guarded else self.travel

    @property
    def home_text(self) -> str:
        return f"{self.reach.lon:.5f},{self.reach.lat:.5f}" if self.reach else ""

    @property
    def reach_json(self) -> str:
        """The rings as pairs of kilometres and words."""
        return json.dumps(self.reach.rings if self.reach else [], ensure_ascii=False)

    @property
    def chosen(self) -> bool:
        """Whether the rings say what fits a client."""
        return any(ring.fits is not None for ring in self.rings)

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

    def leads(self, worksite_id: str) -> str:
        """Return where a ring of one worksite leads."""
        if self.listed is None or worksite_id in self.listed:
            return f"#worksite-{worksite_id}"
        return self.beyond + worksite_id

    @property
    def beyond(self) -> str:
        """The address of a worksite that is not in the list, but for its id."""
        joint = "&" if len(self.elsewhere) > 1 else ""
        return f"{self.elsewhere}{joint}site=" if self.elsewhere else ""

    @property
    def still(self) -> SafeString:
        every, own = boundaries.drawn(self.borders.version, tuple(self.own))
        return still(
            self.shown, self.rings, title=self.title, said=said, borders=every, own=own,
            swedish=get_language() == "sv", travel=self.reach, leads=self.leads,
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
        "fits": _("%(ring)s; fits"),
        "unfit": _("%(ring)s; does not fit"),
        "some": _("%(ring)s; %(fits)s of them fit"),
        "canvas": _("%(title)s: arrow keys move it, plus and minus change how near it is")
        % {"title": title},
        "total": _("%(free)s free of %(seats)s seats at %(worksites)s worksites"),
        "total_fits": _("%(total)s; %(fits)s worksites fit"),
        "picked": _("Chosen: latitude %(lat)s, longitude %(lon)s."),
    }


def said(ring: Ring) -> str:
    """Return a ring in words."""
    known = words("")
    numbers = {"free": ring.free, "seats": ring.seats, "worksites": ring.worksites}
    filled = known["many" if ring.worksites > 1 else "one"] % {"place": ring.name, **numbers}
    if ring.coarse:
        filled = known["about"] % {"ring": filled}
    if ring.fits is None:
        return filled
    verdict = "some" if ring.worksites > 1 else "fits" if ring.fits else "unfit"
    return known[verdict] % {"ring": filled, "fits": ring.fits}
