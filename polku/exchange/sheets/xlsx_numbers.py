"""Numbers that are dates: which formats say so, and what day a serial number is."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta
from functools import lru_cache

from polku.exchange.sheets.table import Cell, Flaw

DATE, TIME, PLAIN = "date", "time", ""

# ECMA-376 18.8.30: formats that a file need not spell out.
_BUILT_IN = dict.fromkeys([14, 15, 16, 17, 22, *range(27, 37), *range(50, 59)], DATE)
_BUILT_IN.update(dict.fromkeys([18, 19, 20, 21, 45, 46, 47], TIME))

# Quoted text, escaped signs, fill and space signs, and brackets other than elapsed time.
_LITERAL = re.compile(r'"[^"]*"|\\.|[_*].|\[(?!h+\]|m+\]|s+\])[^\]]*\]', re.IGNORECASE)
LAST_SERIAL = 2_958_465  # 31.12.9999
SECONDS = 86_400


def kind_of_format(number: int, code: str | None) -> str:
    """DATE, TIME or PLAIN. Some programs write the Finnish letters (pp.kk.vvvv); they count too."""
    if code is None:
        return _BUILT_IN.get(number, PLAIN)
    bare = _LITERAL.sub("", code.split(";")[0]).lower()
    if bare in ("general", "yleinen", "standard", "@"):
        return PLAIN
    if "y" in bare or "d" in bare or "vv" in bare or "pp" in bare:
        return DATE
    if "h" in bare or "s" in bare:
        return TIME
    return DATE if "m" in bare else PLAIN


@lru_cache(maxsize=16_384)
def moment(value: float, kind: str, from_1904: bool) -> Cell:
    """The date, date and time, or time of a serial number.

    In the 1900 system day 60 is 29.2.1900, a day that never was: it is a flaw, not a guess.
    """
    if not 0 <= value <= LAST_SERIAL:
        return Flaw("date_out_of_range", f"{value:g}")
    days, seconds = divmod(round(value * SECONDS), SECONDS)
    clock = _clock(seconds)
    if kind == TIME and days == 0:
        return clock
    if from_1904:
        day = date(1904, 1, 1) + timedelta(days=min(days, LAST_SERIAL - 1_462))
    elif days == 60:
        return Flaw("date_29_2_1900", "29.2.1900")
    elif days == 0:
        return clock
    else:
        day = date(1899, 12, 31 if days < 60 else 30) + timedelta(days=days)
    return datetime.combine(day, clock) if seconds else day


def plain_number(text: str) -> int | float | Flaw:
    """A number as the file spells it; whole numbers are int however they were spelt."""
    if text.isdecimal() and text.isascii() and len(text) < 16:
        return int(text)
    try:
        value = float(text)
        if value != value or value in (float("inf"), float("-inf")):
            return Flaw("cell_broken", text[:20])
        if value.is_integer() and abs(value) < 1e15:
            return int(value)
        return value
    except ValueError:
        return Flaw("cell_broken", text[:20])


def _clock(seconds: int) -> time:
    return time(seconds // 3600, seconds // 60 % 60, seconds % 60)
