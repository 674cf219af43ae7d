"""A hundred people as a hundred marks, in three shapes: still here, here or not, no longer here.

Drawn on the server. Full circles are those who were still here at the least, half-filled ones
those of whom it is not sure, small rings the rest: no colour says anything alone.
"""

from __future__ import annotations

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

ACROSS, STEP, ROUND = 10, 22, 8
HERE, EITHER, GONE = "here", "either", "gone"


def marks(low: int, high: int) -> list[str]:
    """Return the hundred marks, in reading order."""
    return [HERE] * low + [EITHER] * (high - low) + [GONE] * (100 - high)


def hundred(low: int, high: int, label: str) -> SafeString:
    """Return the picture; `label` says in words what it shows."""
    side = ACROSS * STEP
    drawn = format_html_join(
        "",
        "{}",
        ((_mark(what, *divmod(nth, ACROSS)),) for nth, what in enumerate(marks(low, high))),
    )
    return format_html(
        '<svg class="hundred" viewBox="0 0 {} {}" role="img" aria-label="{}">{}</svg>',
        side, side, label, drawn,
    )  # fmt: skip


def legend_mark(what: str) -> SafeString:
    """Return one mark for the legend, where words stand beside it."""
    return format_html(
        '<svg class="hundred" viewBox="0 0 {} {}" aria-hidden="true">{}</svg>',
        STEP, STEP, _mark(what, 0, 0),
    )  # fmt: skip


def _mark(what: str, row: int, column: int) -> SafeString:
    x, y = column * STEP + STEP // 2, row * STEP + STEP // 2
    if what == HERE:
        return format_html('<circle class="full" cx="{}" cy="{}" r="{}"/>', x, y, ROUND)
    if what == GONE:
        return format_html('<circle class="ring" cx="{}" cy="{}" r="{}"/>', x, y, ROUND // 2)
    r = ROUND - 1
    return format_html(
        '<circle class="ring" cx="{}" cy="{}" r="{}"/>'
        '<path class="full" d="M{} {}a{} {} 0 0 0 0 {}z"/>',
        x, y, r, x, y - r, r, r, 2 * r,
    )  # fmt: skip
