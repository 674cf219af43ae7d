"""The path as a picture: a line map of a person's steps. Pure: no framework, no clock, no database.

Stations are steps, colours and signs are themes; solid behind, large now, dotted ahead; forks
for alternatives, lines side by side for what overlaps in time, short hollow ends for what was
left. `figure` gives the HTML of a page (all sizes), `render_wide` and `render_tall` one SVG each
(with `standalone=True` for paper), `as_list` the same in words.

The way through: `nouns` (what comes in) → `order` (time, overlaps, forks) → `route` (stops and
blocks) → `wide` or `tall` (places; `fit` folds older steps when room ends) → `draw` (SVG).
Words arrive translated in `Words`; colours live in `static/paths/picture.css`.
"""

from .figure import cache_key, figure, render_tall, render_wide
from .fit import layout_tall, layout_wide
from .layout import Layout
from .listing import ListItem, as_list
from .nouns import Links, PictureError, State, Station, Tally, Theme, Words

__all__ = [
    "Layout",
    "Links",
    "ListItem",
    "PictureError",
    "State",
    "Station",
    "Tally",
    "Theme",
    "Words",
    "as_list",
    "cache_key",
    "figure",
    "layout_tall",
    "layout_wide",
    "render_tall",
    "render_wide",
]
