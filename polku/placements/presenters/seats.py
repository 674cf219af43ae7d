"""Seats, hours and freshness of an opening, in words with a shape."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from functools import lru_cache

from django.utils.safestring import SafeString
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from polku.placements.queries import OpeningRow
from polku.placements.terms import Card, Demand, Kind, Support
from polku.web import dates, people
from polku.web.parts.words import tag


def seats_tag(row: OpeningRow, today: date) -> SafeString:
    """Return how many seats are free now, or when one frees: never by colour alone."""
    if row.state != "open":
        return _state(row.state, get_language())
    if row.refuses:
        return tag(_("the workplace takes nobody now"), "neutral", "lock")
    if row.free:
        return _free(row.free, row.offered, get_language())
    if row.frees_on is not None:
        day = {"day": dates.short(row.frees_on, today)}
        if row.open_from is not None and today < row.open_from >= row.frees_on:
            return tag(_("opens %(day)s") % day, "now", "date")
        return tag(_("frees %(day)s") % day, "warn", "clock")
    if row.open_to is not None and row.open_to < today:
        return tag(_("was open until %(day)s") % {"day": dates.short(row.open_to, today)})
    if not row.offered:
        return tag(_("kept back by the workplace"), "neutral", "lock")
    return tag(ngettext("%(n)d seat, none free", "%(n)d seats, none free", row.offered)
               % {"n": row.offered}, "neutral")  # fmt: skip


@lru_cache(maxsize=600)
def _free(free: int, offered: int, language: str | None) -> SafeString:
    if offered == 1:
        return tag(_("free"), "ok")
    return tag(_("%(free)d of %(seats)d free") % {"free": free, "seats": offered}, "ok")


@lru_cache(maxsize=20)
def _state(state: str, language: str | None) -> SafeString:
    return tag(_("paused") if state == "paused" else _("closed"), "neutral")


def promised_tag(row: OpeningRow) -> SafeString | str:
    """Return how many seats are promised, or ''."""
    if not row.promised or row.state != "open":
        return ""
    return tag(
        ngettext("%(n)d promised", "%(n)d promised", row.promised) % {"n": row.promised},
        "now",
        "turn",
    )


def fresh_tag(row: OpeningRow, today: date) -> SafeString:
    """Return when the opening was last confirmed; with a shape when that is too long ago."""
    ago = dates.ago(row.confirmed_on, today)
    if row.confirmed_by_host:
        said = _("confirmed by the workplace %(ago)s") % {"ago": ago}
    else:
        said = _("confirmed %(ago)s") % {"ago": ago}
    if row.stale_on >= today or row.state != "open":
        return SafeString(f'<span class="fresh">{said}</span>')
    return tag(said, "warn", "clock")


def hours(row: OpeningRow) -> str:
    """Return `4–6 h a day, 4 days a week`, as far as it is known."""
    return _hours(row.hours_from, row.hours_to, row.days_a_week, dates.language())


@lru_cache(maxsize=2_000)
def _hours(low: Decimal | None, high: Decimal | None, days: int | None, language: str) -> str:
    parts = []
    if low is not None or high is not None:
        span = "–".join(dict.fromkeys(_number(n, language) for n in (low, high) if n is not None))
        parts.append(_("%(hours)s h a day") % {"hours": span})
    if days:
        parts.append(ngettext("%(n)d day a week", "%(n)d days a week", days) % {"n": days})
    return ", ".join(parts)


def _number(value: Decimal, language: str) -> str:
    plain = f"{value.normalize():f}"
    return plain if language == "en" else plain.replace(".", ",")


def kinds(codes: list[str]) -> str:
    """Return the kinds of placement in words."""
    return _labels("kind", tuple(codes), get_language())


def supports(codes: list[str]) -> str:
    return _labels("support", tuple(codes), get_language())


def demands(codes: list[str]) -> str:
    return _labels("demand", tuple(codes), get_language())


def cards(codes: list[str]) -> str:
    return _labels("card", tuple(codes), get_language())


_WORDS = {"kind": Kind, "support": Support, "demand": Demand, "card": Card}


@lru_cache(maxsize=4_000)
def _labels(what: str, codes: tuple[str, ...], language: str | None) -> str:
    words = _WORDS[what]
    return ", ".join(str(words(code).label) for code in codes if code in words.values)


def language_needed(row: OpeningRow) -> str:
    """Return the language that the work asks for, with its level; '' for none."""
    if not row.language:
        return ""
    name = people.language(row.language)
    return f"{name} {row.language_level}" if row.language_level else name
