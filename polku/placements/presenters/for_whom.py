"""Who the map is looked at for, in words: what they look for, how far they get, ways to change."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from polku.placements.client.chosen import NAMES, PREFIX, Chosen
from polku.placements.client.waiting import without
from polku.placements.fitting.seekers import FAR, Seeker
from polku.placements.fitting.stock import HOURS
from polku.placements.map.travel import Travel, kilometres, plain
from polku.placements.models import Search
from polku.placements.presenters.seats import kinds
from polku.web import people
from polku.web.parts.lists import query_with

# Half the way is drawn too where the whole of it is longer than this, in kilometres.
HALVED = 4


@dataclass(frozen=True, slots=True)
class ForWhom:
    """What stands above the map. `wayless` says that no start of travel is written."""

    name: str
    facts: tuple[str, ...]
    nobody: str
    another: str
    every: str
    only: str
    own: str
    tries: bool
    wayless: bool


def for_whom(request: HttpRequest, chosen: Chosen) -> ForWhom:
    """Return the chosen client in words, with addresses that change one thing each."""
    tries = [name for name in NAMES if name.startswith(f"{PREFIX}-")]
    sort = "sort" if request.GET.get("sort", "").lstrip("-") == "fit" else "page"
    return ForWhom(
        name=people.name(chosen.client),
        facts=_facts(chosen.seeker),
        nobody=without(request, *NAMES, sort),
        another=query_with(request, choose="1", page=None),
        every=query_with(request, fits="all", page=None),
        only=without(request, "fits"),
        own=without(request, *tries),
        tries=chosen.tries,
        wayless=chosen.seeker.lat is None,
    )


def _facts(seeker: Seeker) -> tuple[str, ...]:
    said = [capfirst(kinds(list(seeker.kinds)))] if seeker.kinds else []
    hours = seeker.hours_a_week
    if hours < HOURS:
        words = ngettext("at most %(n)d hour a week", "at most %(n)d hours a week", hours)
        said.append(words % {"n": hours})
    if seeker.metres < FAR:
        said.append(_way(seeker))
    limits = len(seeker.limits)
    if limits:
        said.append(ngettext("%(n)d limit", "%(n)d limits", limits) % {"n": limits})
    return tuple(said)


def _way(seeker: Seeker) -> str:
    mode = Search.Mode(seeker.mode).label
    return _("%(mode)s %(minutes)d min") % {"mode": mode, "minutes": seeker.minutes_at_most}


def travel(seeker: Seeker) -> Travel | None:
    """Return how far the client gets, as rings; None where no start of travel is kept."""
    if seeker.lat is None or seeker.lon is None:
        return None
    place = seeker.starts_from
    start = _("start: about %(place)s") % {"place": place} if place else ""
    if seeker.metres >= FAR:
        return plain(seeker.lon, seeker.lat, start)
    whole, minutes = seeker.metres / 1000, seeker.minutes_at_most or 0
    shares = (0.5, 1.0) if whole > HALVED else (1.0,)
    rings = tuple(
        (whole * share, _("%(minutes)d min, %(km)s km")
         % {"minutes": round(minutes * share), "km": kilometres(whole * share)})
        for share in shares
    )  # fmt: skip
    said = _("%(way)s: about %(km)s km as the crow flies; no timetable is known here") % {
        "way": _way(seeker), "km": kilometres(whole),
    }  # fmt: skip
    return Travel(seeker.lon, seeker.lat, rings, said, start)
