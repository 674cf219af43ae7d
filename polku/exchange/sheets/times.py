"""Times of day and lengths of time, as typed or as a spreadsheet turned them into numbers."""

from __future__ import annotations

import math
import re
from datetime import date, datetime, time

from polku.exchange.sheets.problems import doubtful, note, quoted, refused
from polku.exchange.sheets.texts import NOTHING, Reading, says_nothing

MINUTES_AT_MOST = 12 * 60

_TIME = re.compile(
    r"(?:klo|kl\.?|at)?\s*(?P<h>\d{1,2})(?:[.:](?P<m>\d{2})(?::\d{2})?)?"
    r"(?:\s*[-–]\s*(?P<eh>\d{1,2})(?:[.:](?P<em>\d{2}))?)?\s*(?:h|uhr)?",
    re.IGNORECASE,
)
_LENGTH = re.compile(
    r"(?:(?P<h>\d{1,2}(?:[.,]\d{1,2})?)\s*(?:h|t|tuntia?|tim(?:mar|me)?|hours?)\.?)?\s*"
    r"(?:(?P<m>\d{1,3})\s*(?:min(?:uuttia|uter|utes|uutti)?|m|')?\.?)?",
    re.IGNORECASE,
)
_COLON = re.compile(r"(\d{1,2}):(\d{2})(?::\d{2})?")


def read_time(cell: object) -> Reading:
    """A time of day, or (time, minutes) when the cell holds a beginning and an end."""
    if isinstance(cell, datetime):
        return Reading(cell.time().replace(second=0))
    if isinstance(cell, time):
        return Reading(cell.replace(second=0, microsecond=0))
    if isinstance(cell, bool | date):
        return _refused(cell)
    if isinstance(cell, int | float):
        return _from_number(cell)
    text = str(cell)
    if says_nothing(text):
        return NOTHING
    match = _TIME.fullmatch(text) if len(text) < 40 else None
    if match is None:
        return _refused(text)
    start = _clock(match["h"], match["m"])
    if start is None:
        return _refused(text)
    if match["eh"] is None:
        return Reading(start)
    end = _clock(match["eh"], match["em"])
    if end is None or end <= start:
        return _refused(text)
    return Reading((start, _minutes(end) - _minutes(start)))


def _refused(cell: object) -> Reading:
    return Reading(None, (refused("time_unreadable", text=quoted(cell)),))


def _clock(hour: str, minute: str | None) -> time | None:
    try:
        return time(int(hour), int(minute or 0))
    except ValueError:
        return None


def _minutes(value: time) -> int:
    return value.hour * 60 + value.minute


def _from_number(number: int | float) -> Reading:
    """A share of a day, an hour, or "9.30" that the program took for the number 9.3."""
    if isinstance(number, float) and 0 < number < 1:
        minutes = min(round(number * 1_440), 1_439)
        return Reading(time(minutes // 60, minutes % 60))
    if not 0 <= number < 24:
        return _refused(f"{number:g}")
    hour, minute = int(number), round(number * 100) % 100
    value = _clock(str(hour), str(minute))
    if value is None or abs(number * 100 - round(number * 100)) > 1e-6:
        return _refused(f"{number:g}")
    if isinstance(number, int):
        return Reading(value)
    return Reading(value, (note("time_from_number", text=f"{number:g}", read=f"{value:%H.%M}"),))


def read_duration(cell: object) -> Reading:
    """Minutes. A bare number up to 8 with decimals is hours ("1,5"), any other is minutes."""
    if isinstance(cell, time):
        return _length(_minutes(cell), cell)
    if isinstance(cell, bool | date):
        return _length(-1, cell)
    if isinstance(cell, int | float):
        if not math.isfinite(cell):
            return _length(-1, cell)
        hours = isinstance(cell, float) and 0 <= cell <= 8
        return _length(round(cell * 60) if hours else round(cell), cell)
    text = str(cell)
    if says_nothing(text):
        return NOTHING
    if match := _COLON.fullmatch(text):
        return _length(int(match[1]) * 60 + int(match[2]), text)
    if re.fullmatch(r"\d[.,]\d{1,2}", text):
        return _length(round(float(text.replace(",", ".")) * 60), text)
    match = _LENGTH.fullmatch(text) if len(text) < 40 else None
    if match is None or not (match["h"] or match["m"]):
        return _length(-1, text)
    hours_part = float((match["h"] or "0").replace(",", "."))
    return _length(round(hours_part * 60) + int(match["m"] or 0), text)


def _length(minutes: int, cell: object) -> Reading:
    if not 1 <= minutes <= MINUTES_AT_MOST:
        return Reading(None, (doubtful("duration_unreadable", text=quoted(cell)),))
    return Reading(minutes)
