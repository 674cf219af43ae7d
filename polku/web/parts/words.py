"""Small parts that stand inside a line: tag, clock, avatar, key."""

from __future__ import annotations

from functools import lru_cache
from html import escape
from typing import TypeAlias

from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from polku.web.drawing import safe
from polku.web.icons import OF_KIND, icon

Text: TypeAlias = str | Promise
KINDS = frozenset(OF_KIND)
_TURN = 18.85  # the length of a circle of radius 3, whose stroke of 6 fills it


class NoSuchKind(LookupError):
    """A kind that has no colour and no shape of its own."""


def kind_of(kind: str) -> str:
    if kind not in KINDS:
        raise NoSuchKind(f"No kind is called {kind!r}; there are: {', '.join(sorted(KINDS))}")
    return kind


def tag(word: Text, kind: str = "neutral", icon_name: str = "") -> SafeString:
    """A word with a shape and a colour; ``icon_name`` may put another shape there."""
    shape = icon(icon_name or OF_KIND[kind_of(kind)])
    return mark_safe(f'<span class="tag {kind}">{shape}{safe(word)}</span>')


def clock_state(days: int, warn: int = 3) -> str:
    if days < 0:
        return "late"
    return "warn" if days <= warn else "ok"


def clock_words(days: int, unit: str = "days") -> str:
    """How many days, in words; ``unit`` is "days" or "workdays"."""
    if days == 0:
        return _("today")
    count = {"n": abs(days)}
    if unit == "workdays":
        if days < 0:
            return ngettext("%(n)d working day over", "%(n)d working days over", -days) % count
        return ngettext("%(n)d working day", "%(n)d working days", days) % count
    if days < 0:
        return ngettext("%(n)d day over", "%(n)d days over", -days) % count
    return ngettext("%(n)d day", "%(n)d days", days) % count


def clock(
    days: int, *, total: int = 10, unit: str = "days", warn: int = 3, label: Text = ""
) -> SafeString:
    """A running deadline: the pie empties as days go, and past it there is a diamond.

    ``days`` left (negative: over), out of ``total``; ``warn`` days or fewer ask for attention.
    """
    words = str(safe(label)) if label else _clock_said(days, unit, get_language())
    return _clock_drawn(days, total, clock_state(days, warn), words)


@lru_cache(maxsize=1024)
def _clock_said(days: int, unit: str, language: str | None) -> str:
    words = str(safe(clock_words(days, unit)))
    if days > 0:
        words += f'<span class="sr"> {safe(_("still left"))}</span>'
    return words


def _clock_drawn(days: int, total: int, state: str, words: str) -> SafeString:
    if state == "late":
        return mark_safe(f'<span class="clock late">{icon("late", "face-mark")}{words}</span>')
    if days == 0:
        inside = '<circle class="dot" cx="12" cy="12" r="3"/>'
    else:
        share = max(0.0, min(1.0, days / total)) if total > 0 else 0.0
        inside = (
            f'<circle class="pie" cx="12" cy="12" r="3" transform="rotate(-90 12 12)" '
            f'stroke-dasharray="{share * _TURN:.2f} {_TURN}"/>'
        )
    return mark_safe(
        f'<span class="clock {state}"><svg viewBox="0 0 24 24" aria-hidden="true">'
        f'<circle cx="12" cy="12" r="9"/>{inside}</svg>{words}</span>'
    )


def initials(name: str) -> str:
    """The first letters of the first and the last word."""
    words = [word for word in name.replace("-", " ").split() if word[0].isalnum()]
    if not words:
        return "?"
    return (words[0][0] + (words[-1][0] if len(words) > 1 else "")).upper()


def avatar(name: str, *, big: bool = False) -> SafeString:
    """Initials in a circle; the hue comes from the name and means nothing."""
    hue = sum(map(ord, name)) % 4
    size = " big" if big else ""
    letters = safe(initials(name))
    return mark_safe(f'<span class="face f{hue}{size}" aria-hidden="true">{letters}</span>')


def key(letter: str) -> SafeString:
    return format_html("<kbd>{}</kbd>", letter)


def said(text: str) -> SafeString:
    """What somebody wrote, its lines kept."""
    lines = escape(text.replace("\r\n", "\n").replace("\r", "\n"))
    return mark_safe(lines.replace("\n", "<br>"))
