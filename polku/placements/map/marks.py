"""What stands on the still picture: rings of worksites, and how far a chosen client gets."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from math import cos, pi, radians, sin, sqrt

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from polku.placements.map.clusters import Ring
from polku.placements.map.travel import KM_A_DEGREE, Travel

Point = tuple[float, float]
Room = tuple[float, float, float, float]
# Ways to go from the start for a ring's words, and heights at which the start's own may stand.
WAYS = tuple((sin(n * pi / 4), cos(n * pi / 4)) for n in (0, 1, -1, 2, -2, 4, 3, -3))
HEIGHTS = (24.0, -16.0, 62.0, -38.0)


def radius(seats: int) -> float:
    """Return a ring's radius in pixels, as in static/placements/js/map-rings.js."""
    return min(27.0, 12.5 + 3.5 * sqrt(seats))


def ring_mark(
    at: Point, ring: Ring, said: Callable[[Ring], str] | None, leads: Callable[[str], str]
) -> SafeString:
    """Return a ring; one of a single worksite is a link to where `leads` says."""
    r = radius(ring.seats)
    place = format_html(
        '<g class="{}" transform="translate({} {})"><title>{}</title><circle data-bed r="{}"/>'
        '<g transform="rotate(-90)">{}</g><text class="free" y="5">{}</text>'
        '<text class="name" y="{}">{}</text>{}</g>',
        "ring" if ring.fits is None else "ring fits" if ring.fits else "ring unfit",
        *(f"{at[0]:.1f}", f"{at[1]:.1f}", said(ring) if said else ring.name, f"{r:.1f}"),
        *(_arcs(ring, r), ring.free, f"{r + 17:.0f}", ring.name),
        _badge(ring, r),
    )
    if ring.id is None:
        return place
    return format_html('<a href="{}">{}</a>', leads(ring.id), place)


def _arcs(ring: Ring, r: float) -> SafeString:
    arcs, begun = "", 0.0
    for part in ("free", "promised", "taken"):
        share = 100 * getattr(ring, part) / ring.seats if ring.seats else 0.0
        if share:
            dashes = f'stroke-dasharray="{share:.1f} {100 - share:.1f}"'
            arcs += f'<circle data-arc="{part}" r="{r:.1f}" pathLength="100" {dashes} '
            arcs += f'stroke-dashoffset="{-begun:.1f}"/>'
        begun += share
    return mark_safe(arcs)


def _badge(ring: Ring, r: float) -> SafeString | str:
    """A tick where something fits; a ring of many tells how many of them do."""
    if not ring.fits:
        return ""
    words = f"✓ {ring.fits}" if ring.worksites > 1 else "✓"
    half = 5.5 + 3.6 * len(words)
    return format_html(
        '<g class="badge" transform="translate({0} {1})"><rect x="-{2}" y="-9" width="{3}" '
        'height="18" rx="9"/><text y="4.5">{4}</text></g>',
        *(f"{0.75 * r + half / 2:.1f}", f"{-0.8 * r:.1f}", f"{half:.1f}", f"{2 * half:.1f}", words),
    )


def room_of(at: Point, ring: Ring) -> Room:
    """Return what a ring and its name take up, in pixels."""
    r = radius(ring.seats)
    half = max(r + 4, len(ring.name) * 3.8)
    return at[0] - half, at[1] - r - 12, at[0] + half, at[1] + r + 24


def reach(at: Point, travel: Travel, world: float, taken: Sequence[Room] = ()) -> SafeString:
    """Return the rings of travel around about where the client starts, with words where no ring
    of worksites stands; the key below the map says them too."""
    a_km = world / (360 * KM_A_DEGREE * cos(radians(travel.lat)))
    sizes = [(km * a_km, words) for km, words in travel.rings]
    circles = format_html_join("", '<circle r="{}"/>', ((f"{r:.1f}",) for r, _words in sizes))
    said = [_words(at, w, [(x * r, y * r + 4) for x, y in WAYS], taken) for r, w in sizes]
    start = _words(at, travel.start, [(0.0, height) for height in HEIGHTS], taken)
    return format_html(
        '<g class="reach" transform="translate({} {})">{}<circle class="start" r="7"/>{}{}</g>',
        *(f"{at[0]:.1f}", f"{at[1]:.1f}", circles, mark_safe("".join(said)), start),
    )


def _words(at: Point, words: str, spots: Sequence[Point], taken: Sequence[Room]) -> SafeString:
    half = len(words) * 3.4
    for x, y in spots if words else ():
        room = (at[0] + x - half, at[1] + y - 11, at[0] + x + half, at[1] + y + 3)
        if all(_apart(room, other) for other in taken):
            return format_html('<text x="{}" y="{}">{}</text>', f"{x:.1f}", f"{y:.1f}", words)
    return mark_safe("")


def _apart(one: Room, other: Room) -> bool:
    return one[0] > other[2] or other[0] > one[2] or one[1] > other[3] or other[1] > one[3]
