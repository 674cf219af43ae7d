"""What can be chosen above the placement map's list."""

from __future__ import annotations

from typing import Any

from django.utils.text import capfirst
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from polku.clients import languages
from polku.placements import work
from polku.placements.forms import SPOKEN, big
from polku.placements.queries.wanted import NO_CARD, Wanted
from polku.placements.terms import Card, Demand, Kind, Support
from polku.web import dates

FREE = (
    ("", gettext_lazy("Free or not")),
    ("now", gettext_lazy("Free now")),
    ("4", gettext_lazy("Free within 4 weeks")),
    ("13", gettext_lazy("Free within 3 months")),
)
FRESH = (
    ("", gettext_lazy("Confirmed or not")),
    ("fresh", gettext_lazy("Confirmed in time")),
    ("stale", gettext_lazy("Not confirmed in time")),
    ("due", gettext_lazy("To be confirmed within 2 weeks")),
)
STATES = (
    ("open", gettext_lazy("Open")),
    ("paused", gettext_lazy("Paused")),
    ("closed", gettext_lazy("Closed")),
)
SORTS = (
    ("free", gettext_lazy("Free ones first")),
    ("title", gettext_lazy("By task")),
    ("place", gettext_lazy("By workplace")),
    ("town", gettext_lazy("By municipality")),
    ("confirmed", gettext_lazy("Longest unconfirmed first")),
)
BEST = ("fit", gettext_lazy("Best fit first"))
FITS = (
    ("", gettext_lazy("Only those that fit")),
    ("all", gettext_lazy("All, and why not")),
)


def choices(
    wish: Wanted, found: list[tuple[str, str, str]], *, chosen: bool = False
) -> dict[str, Any]:
    """Return what can be chosen above the list; of municipalities only those with a worksite."""
    swedish = (get_language() or "").startswith("sv")
    towns = [(code, sv if swedish else fi) for code, fi, sv in found]
    works = sorted((capfirst(str(one.name)), one.code) for one in work.WORKS)
    free = FREE
    if wish.by:
        free = (*FREE, ("by", _("Free by %(day)s") % {"day": dates.short(wish.by)}))
    return {
        "kind": [("", _("All kinds")), *big(Kind.choices)],
        "town": [("", _("All municipalities")), *towns],
        "free": free,
        "work": [("", _("Any work")), *((code, name) for name, code in works)],
        "without": big(Demand.choices),
        "card": [(NO_CARD, _("No card at all")), *big(Card.choices)],
        "support": big(Support.choices),
        "language": [("", _("Any language"))]
        + [(code, capfirst(languages.name_of(code))) for code in SPOKEN],
        "fresh": FRESH,
        "state": STATES,
        "sort": (BEST, *SORTS) if chosen else SORTS,
        "fits": FITS,
    }
