"""Parts drawn as pictures: the window of contact, the meter, progress. No style attributes."""

from __future__ import annotations

from functools import lru_cache

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from polku.web.drawing import safe
from polku.web.parts.words import Text

_LEFT, _RIGHT = 8.0, 120.0


def window_state(days: int, low: int, high: int) -> str:
    if days < low:
        return "early"
    return "inside" if days <= high else "late"


def window(days: int, low: int, high: int, *, label: Text = "") -> SafeString:
    """Days gone on a line where the wished window is a thick stretch.

    Inside it the mark is a ring; before it a small ring, past it a diamond. ``label`` says the
    same in words for those who cannot see it; days are whole days.
    """
    words = safe(label) if label else _window_said(days, low, high, get_language())
    return mark_safe(_window_drawn(days, low, high).replace("{}", words, 1))


@lru_cache(maxsize=1024)
def _window_said(days: int, low: int, high: int, language: str | None) -> str:
    said = _("%(days)d days gone; the window is %(low)d to %(high)d days")
    return str(safe(said % {"days": days, "low": low, "high": high}))


@lru_cache(maxsize=1024)
def _window_drawn(days: int, low: int, high: int) -> str:
    state = window_state(days, low, high)
    far = max(high + high / 3, high + 3.0, 1.0)
    x = [_LEFT + (_RIGHT - _LEFT) * min(day, far) / far for day in (max(days, 0), low, high)]
    at, start, end = (f"{value:.1f}" for value in x)
    if state == "late":
        mark = f'<path class="at" d="M{at} 3.5l6.5 6.5l-6.5 6.5l-6.5 -6.5z"/>'
    else:
        mark = f'<circle class="at" cx="{at}" cy="10" r="{6 if state == "inside" else 4.5}"/>'
    return (
        f'<svg class="window {state}" viewBox="0 0 128 20" role="img" aria-label="{{}}">'
        f'<path class="day" d="M8 10H{end}"/><path class="day past" d="M{end} 10H124"/>'
        f'<path class="wish" d="M{start} 10H{end}"/>{mark}</svg>'
    )


def meter(
    value: float, limit: float, *, label: Text, unit: Text = "", kind: str = ""
) -> SafeString:
    """How full something is. Past its limit the bar passes the line, and a word says so."""
    far = max(value, limit * 1.25, 1)
    kind = kind or ("late" if value > limit else "now")
    over = _("over the limit") if value > limit else ""
    return format_html(
        '<div class="meter {}"><div><span>{}</span><span><b>{}</b> / {} {} <b>{}</b></span></div>'
        '<svg role="presentation" aria-hidden="true"><rect class="bed" width="100%" height="100%"/>'
        '<rect class="load" width="{}%" height="100%"/>'
        '<line class="mark-line" x1="{}%" x2="{}%" y1="0" y2="100%"/></svg></div>',
        kind,
        label,
        _short(value),
        _short(limit),
        unit,
        over,
        f"{100 * max(value, 0) / far:.1f}",
        *[f"{100 * limit / far:.1f}"] * 2,
    )


def progress(done: int, of: int, *, label: Text) -> SafeString:
    """Long work: how much of it is done, in words and as a bar."""
    words = _("%(done)d of %(of)d") % {"done": done, "of": of}
    return format_html(
        '<div class="progress"><div><span>{}</span><span class="num">{}</span></div>'
        '<progress max="{}" value="{}" aria-label="{}">{}</progress></div>',
        label,
        words,
        max(of, 1),
        done,
        label,
        words,
    )


def _short(value: float) -> str:
    return f"{value:g}"
