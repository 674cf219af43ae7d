"""Numbers of a list of worksites: seats, hours a day, days a week, coordinates.

Excel makes the day 2 March of the range `2-3`; such a day is read back as the range it was.
"""

from __future__ import annotations

import re
from datetime import date, time
from decimal import ROUND_HALF_UP, Decimal

from polku.exchange.sheets.dates import finnish
from polku.exchange.sheets.problems import Finding, doubtful, quoted, refused
from polku.exchange.sheets.table import Cell
from polku.exchange.sheets.texts import NOTHING, Reading, one_line, says_nothing

MOST_SEATS = 200
SHORTEST_DAY, LONGEST_DAY = Decimal("0.5"), Decimal(12)
_RANGE = re.compile(r"(\d{1,3}(?:[.,]\d{1,2})?)(?:\s*[-–—]\s*(\d{1,3}(?:[.,]\d{1,2})?))?")
_CLOCK = re.compile(r"(\d{1,2}):([0-5]\d)(?::00)?")
_UNITS = re.compile(
    r"\s*(?:kpl|paikkaa?|paikkoja|hlöä?|henkilöä?|st\.?|platser|plats|personer|seats?|places?"
    r"|tuntia?|tunti|t|h|timmar|timme|hours?|päivää?|pv|dagar|dag|days?|d)"
    r"(?:\s*/\s*(?:pv|päivä|vrk|dag|day|d|vko|vk|viikko|vecka|week))?\.?\s*$",
    re.IGNORECASE,
)
_ABOUT = re.compile(
    r"^(?:n\.|noin|ca\.?|cirka|about|max\.?|enint\.?|enintään|~|<)\s*", re.IGNORECASE
)
_WEEKLY = re.compile(r"(?:vko|vk|viikko|viikossa|vecka|veckan|week)\.?\s*$", re.IGNORECASE)
_WORDS = {
    "yksi": 1, "kaksi": 2, "kolme": 3, "neljä": 4, "viisi": 5,
    "en": 1, "ett": 1, "två": 2, "tre": 3, "fyra": 4, "fem": 5,
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5,
}  # fmt: skip
_WEEKDAYS = (
    ("ma", "må", "mon", "mo"), ("ti", "tis", "tue", "tu"), ("ke", "ons", "on", "wed", "we"),
    ("to", "tor", "thu", "th"), ("pe", "fre", "fr", "fri"), ("la", "lör", "lö", "sat", "sa"),
    ("su", "sön", "sö", "sun"),
)  # fmt: skip
_NUMBER_OF_DAY = {name: number for number, names in enumerate(_WEEKDAYS) for name in names}
_PLAIN = re.compile(r"-?\d{1,8}(?:[.,]\d{1,15})?")
_DEGREES = re.compile(
    r"(\d{1,2})\s*[°º]\s*(\d{1,2}(?:[.,]\d+)?)\s*['′´’]\s*(?:(\d{1,2}(?:[.,]\d+)?)\s*[\"″”])?"
)
_AXIS = re.compile(r"^[NEPI]\s*[:=]?\s*|\s*[NEPI]$|\s*(?:°|m)$", re.IGNORECASE)


def _range(cell: Cell) -> tuple[Decimal, Decimal, bool] | None:
    """The least and the most of a cell, and whether Excel had made a day of it."""
    if isinstance(cell, date):
        return Decimal(cell.day), Decimal(cell.month), True
    text = _UNITS.sub("", _ABOUT.sub("", one_line(str(cell)).strip()))
    if text.casefold() in _WORDS:
        value = Decimal(_WORDS[text.casefold()])
        return value, value, False
    match = _RANGE.fullmatch(text.strip())
    if match is None:
        return None
    low, high = (Decimal((part or match[1]).replace(",", ".")) for part in (match[1], match[2]))
    return (low, high, False) if low <= high else None


def _mangled(cell: Cell, low: Decimal, high: Decimal) -> tuple[Finding, ...]:
    if not isinstance(cell, date):
        return ()
    return (doubtful("range_from_day", text=finnish(cell), read=f"{low}–{high}"),)


def _nothing(cell: Cell) -> bool:
    return isinstance(cell, str) and says_nothing(one_line(cell))


def read_seats(cell: Cell) -> Reading:
    """A whole number from 1 to 200. Of a range the smaller is sure, and that is told."""
    if _nothing(cell):
        return NOTHING
    found = _range(cell)
    if found is None or found[0] != int(found[0]) or found[0] > found[1]:
        return Reading(None, (doubtful("seats_unreadable", text=quoted(cell)),))
    low, high, _ = found
    if low == 0 == high:
        return Reading(None, (refused("seats_none"),))
    if low > MOST_SEATS:
        return Reading(None, (refused("seats_too_many", text=quoted(cell), limit=MOST_SEATS),))
    findings = _mangled(cell, low, high)
    seats = int(max(low, Decimal(1)))
    if low != high and not findings:
        findings = (doubtful("seats_range", text=quoted(cell), read=seats),)
    return Reading(seats, findings)


def read_hours(cell: Cell) -> Reading:
    """Hours a day as (least, most), each with one decimal: `4-6`, `7,5`, `7:30`, `6 h`."""
    if _nothing(cell):
        return NOTHING
    if isinstance(cell, time):
        value = _tenth(Decimal(cell.hour) + Decimal(cell.minute) / 60)
        return _checked_hours(cell, value, value, ())
    text = str(cell).strip()
    if match := _CLOCK.fullmatch(text):
        value = _tenth(Decimal(match[1]) + Decimal(match[2]) / 60)
        return _checked_hours(cell, value, value, ())
    found = None if _WEEKLY.search(text) else _range(cell)
    if found is None:
        return Reading(None, (doubtful("hours_unreadable", text=quoted(cell)),))
    low, high = _tenth(found[0]), _tenth(found[1])
    return _checked_hours(cell, low, high, _mangled(cell, low, high))


def _tenth(value: Decimal) -> Decimal:
    return value.quantize(Decimal("0.1"), ROUND_HALF_UP)


def _checked_hours(
    cell: Cell, low: Decimal, high: Decimal, findings: tuple[Finding, ...]
) -> Reading:
    if not SHORTEST_DAY <= low <= high <= LONGEST_DAY:
        return Reading(None, (doubtful("hours_unreadable", text=quoted(cell)),))
    return Reading((low, high), findings)


def read_days(cell: Cell) -> Reading:
    """Days a week, 1 to 7: a number, `ma-pe`, `ma, ke`. Of a range the greater, which is told."""
    if _nothing(cell):
        return NOTHING
    weekdays = _weekdays(str(cell)) if isinstance(cell, str) else 0
    if weekdays:
        return Reading(weekdays)
    found = _range(cell)
    if found is None or found[1] != int(found[1]) or not 1 <= found[0] <= found[1] <= 7:
        return Reading(None, (doubtful("days_unreadable", text=quoted(cell)),))
    low, high, _ = found
    findings = _mangled(cell, low, high)
    if low != high and not findings:
        findings = (doubtful("days_range", text=quoted(cell), read=int(high)),)
    return Reading(int(high), findings)


def _weekdays(text: str) -> int:
    """How many days are named; 0 when they are not weekdays."""
    days: set[int] = set()
    for piece in re.split(r"[,;/\s]+", re.sub(r"\s*[-–—]\s*", "-", text.casefold().strip())):
        ends = [_NUMBER_OF_DAY.get(word.strip(".")) for word in piece.split("-")]
        first, last = ends[0], ends[-1]
        if first is None or last is None or len(ends) > 2 or last < first:
            return 0
        days.update(range(first, last + 1))
    return len(days)


def read_coordinate(cell: Cell) -> Reading:
    """One number of a pair, a float: degrees or metres. Degrees may have minutes and seconds."""
    if isinstance(cell, bool | date | time):
        return Reading(None, (doubtful("coordinate_unreadable", text=quoted(cell)),))
    if isinstance(cell, int | float):
        return Reading(float(cell))
    text = one_line(str(cell))
    if says_nothing(text):
        return NOTHING
    if match := _DEGREES.match(_AXIS.sub("", text)):
        parts = [float((part or "0").replace(",", ".")) for part in match.groups()]
        return Reading(parts[0] + parts[1] / 60 + parts[2] / 3600)
    plain = re.sub(r"(?<=\d)[\s\u00a0](?=\d{3}(?:\D|$))", "", _AXIS.sub("", text)).strip()
    if not _PLAIN.fullmatch(plain):
        return Reading(None, (doubtful("coordinate_unreadable", text=quoted(text)),))
    return Reading(float(plain.replace(",", ".")))
