"""The whole figure: each size once (the style sheet shows the one that fits) and a legend."""

import hashlib
from collections.abc import Iterable
from datetime import date
from html import escape

from .draw import draw
from .fit import layout_tall, layout_wide
from .icons import ICONS
from .labels import set_label
from .nouns import THEMES, Links, Station, Words, tally
from .wrap import clean

TALL_WIDTH, MIDDLE_WIDTH, WIDE_WIDTH = 328.0, 800.0, 1120.0
_NO_LINKS = Links()


def render_wide(
    stations: Iterable[Station],
    *,
    words: Words,
    today: date,
    width: float = WIDE_WIDTH,
    uid: str = "path-wide",
    links: Links = _NO_LINKS,
    show_ended: bool = True,
    standalone: bool = False,
) -> str:
    """The map from left to right as SVG."""
    steps = tuple(stations)
    layout = layout_wide(
        steps, width=width, today=today, words=words, links=links, show_ended=show_ended
    )
    about = words.summary(tally(steps))
    return draw(layout, words, uid=uid, description=about, standalone=standalone)


def render_tall(
    stations: Iterable[Station],
    *,
    words: Words,
    today: date,
    width: float = TALL_WIDTH,
    uid: str = "path-tall",
    links: Links = _NO_LINKS,
    show_ended: bool = True,
    standalone: bool = False,
) -> str:
    """The map from top to bottom as SVG."""
    steps = tuple(stations)
    layout = layout_tall(
        steps, width=width, today=today, words=words, links=links, show_ended=show_ended
    )
    about = words.summary(tally(steps))
    return draw(layout, words, uid=uid, description=about, standalone=standalone)


def figure(
    stations: Iterable[Station],
    *,
    words: Words,
    today: date,
    uid: str = "path",
    links: Links = _NO_LINKS,
    show_ended: bool = True,
    legend: bool = True,
) -> str:
    """HTML for a page: the three sizes in one container (`picture.css` chooses) and a legend."""
    steps = tuple(stations)
    wide = [
        f'<div class="pp-size pp-size-{name}">'
        + render_wide(
            steps,
            words=words,
            today=today,
            width=width,
            uid=f"{uid}-{name}",
            links=links,
            show_ended=show_ended,
        )
        + "</div>"
        for name, width in (("wide", WIDE_WIDTH), ("middle", MIDDLE_WIDTH))
    ]
    tall = render_tall(
        steps, words=words, today=today, uid=f"{uid}-tall", links=links, show_ended=show_ended
    )
    names = _legend(steps, words) if legend else ""
    # What this figure's sizes have shared; its words are not kept for the next one.
    set_label.cache_clear()
    return (
        f'<div class="pp-figure"><div class="pp-sizes">{"".join(wide)}'
        f'<div class="pp-size pp-size-tall">{tall}</div>{names}</div></div>'
    )


def _legend(stations: Iterable[Station], words: Words) -> str:
    present = {station.theme for station in stations}
    if not present:
        return ""
    items = "".join(
        f'<li class="pp-{theme}"><svg class="pp" viewBox="-11 -11 22 22" aria-hidden="true">'
        f'<circle r="10.5" class="pp-core"/><path d="{ICONS[theme]}" class="pp-icon"/></svg>'
        f"{escape(clean(words.themes[theme]))}</li>"
        for theme in THEMES
        if theme in present
    )
    return f'<ul class="pp-legend">{items}</ul>'


def cache_key(
    stations: Iterable[Station], *, words: Words, today: date, show_ended: bool = True
) -> str:
    """A short key that changes when the picture may change; holds none of its words.

    `words` counts by its fixed words, so that each language has its own key.
    """
    fixed = (words.title, words.now, words.today, words.start, sorted(words.states.values()))
    seen = repr((tuple(stations), today, show_ended, fixed))
    return hashlib.blake2b(seen.encode(), digest_size=16).hexdigest()
