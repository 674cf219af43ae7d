"""Days as offices write them. What can be read in two ways is refused, with both readings."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta

from polku.exchange.sheets.problems import Finding, doubtful, note, quoted, refused
from polku.exchange.sheets.texts import NOTHING, Reading, says_nothing

FIRST_YEAR, LAST_YEAR = 1900, 2100
OLDEST = 110

_MONTHS: dict[str, int] = {}
for _number, _names in enumerate(
    (
        "tammikuu januari january jan tammi",
        "helmikuu februari february feb helmi",
        "maaliskuu mars march mar maalis",
        "huhtikuu april apr huhti",
        "toukokuu maj may touko",
        "kesäkuu juni june jun kesä",
        "heinäkuu juli july jul heinä",
        "elokuu augusti august aug elo",
        "syyskuu september sep sept syys",
        "lokakuu oktober october okt oct loka",
        "marraskuu november nov marras",
        "joulukuu december dec joulu",
    ),
    start=1,
):
    _MONTHS.update(dict.fromkeys(_names.split(), _number))

_WEEKDAY = (
    r"(?:(?:ma|ti|ke|to|pe|la|su|må|on|fr|lö|sö|mon|tue|wed|thu|fri|sat|sun)[a-zåäö]*\.?,?\s+)?"
)
_CLOCK = (
    r"(?:[T,]?\s*(?:klo|kl\.?|at)?\s*(?P<hour>\d{1,2})[.:](?P<minute>\d{2})"
    r"(?:[.:]\d{2}(?:\.\d+)?)?Z?)?"
)
_DOTS = re.compile(
    rf"{_WEEKDAY}(?P<d>\d{{1,2}})\s*\.\s*(?P<m>\d{{1,2}})\s*\.\s*(?P<y>\d{{4}}|\d{{2}})\.?\s*{_CLOCK}",
    re.IGNORECASE,
)
_ISO = re.compile(
    rf"(?P<y>\d{{4}})[-/.](?P<m>\d{{1,2}})[-/.](?P<d>\d{{1,2}})\s*{_CLOCK}", re.IGNORECASE
)
_SLASHES = re.compile(
    rf"(?P<a>\d{{1,2}})\s*(?P<sign>[/-])\s*(?P<b>\d{{1,2}})\s*(?P=sign)\s*(?P<y>\d{{4}}|\d{{2}})\s*{_CLOCK}",
    re.IGNORECASE,
)
_WORDS = re.compile(
    rf"{_WEEKDAY}(?P<d>\d{{1,2}})\.?\s*(?P<month>[a-zåäö]{{3,12}})\.?,?\s*(?P<y>\d{{4}}){_CLOCK}",
    re.IGNORECASE,
)
_NO_YEAR = re.compile(rf"{_WEEKDAY}\d{{1,2}}\s*[./]\s*\d{{1,2}}\s*\.?", re.IGNORECASE)
_DIGITS = re.compile(r"\d+(?:\.0)?")
_EPOCH = date(1899, 12, 30)


def read_date(cell: object, today: date) -> Reading:
    """A day. A time beside it is left out; a two-digit year is of 1980 to 2079."""
    return _read(cell, today, birth=False)


def read_birth_date(cell: object, today: date) -> Reading:
    """A day of birth: not to come, and of somebody alive. Two-digit years are read to fit that."""
    reading = _read(cell, today, birth=True)
    day = reading.value
    if day is None:
        return reading
    if day > today:
        return Reading(None, (refused("birth_to_come", text=finnish(day)),))
    if today.year - day.year > OLDEST:
        return Reading(None, (refused("birth_too_long_ago", text=finnish(day)),))
    return reading


def finnish(day: date) -> str:
    return f"{day.day}.{day.month}.{day.year}"


def _read(cell: object, today: date, birth: bool) -> Reading:
    if isinstance(cell, datetime):
        return _in_range(cell.date())
    if isinstance(cell, date):
        return _in_range(cell)
    if isinstance(cell, bool | time):
        return _unreadable(str(cell))
    if isinstance(cell, int | float):
        return _from_number(cell, today, birth)
    text = str(cell)
    if says_nothing(text):
        return NOTHING
    if len(text) > 60:
        return _unreadable(text)
    return _from_text(text, today, birth)


def _unreadable(text: str) -> Reading:
    return Reading(None, (refused("date_unreadable", text=quoted(text)),))


def _in_range(day: date, *findings: Finding) -> Reading:
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        return Reading(None, (refused("date_out_of_range", text=finnish(day)),))
    return Reading(day, findings)


def _from_text(text: str, today: date, birth: bool) -> Reading:
    for pattern in (_DOTS, _ISO):
        if match := pattern.fullmatch(text):
            return _build(text, match["y"], int(match["m"]), int(match["d"]), today, birth)
    if match := _SLASHES.fullmatch(text):
        return _two_ways(text, match, today, birth)
    if match := _WORDS.fullmatch(text):
        month = _month(match["month"])
        if month:
            return _build(text, match["y"], month, int(match["d"]), today, birth)
    if _NO_YEAR.fullmatch(text):
        return Reading(None, (refused("date_without_year", text=quoted(text)),))
    if text.isascii() and _DIGITS.fullmatch(text) and len(text) <= 10:
        digits = text.removesuffix(".0")
        if birth and len(digits) == 6:
            return _build(text, digits[4:], int(digits[2:4]), int(digits[:2]), today, birth)
        if len(digits) == 8:
            return _eight_digits(text, digits, today, birth)
        return _from_number(int(digits), today, birth)
    return _unreadable(text)


def _month(word: str) -> int | None:
    word = word.casefold()
    for ending in ("ta", "n", "ssa"):
        if word.removesuffix(ending) in _MONTHS:
            return _MONTHS[word.removesuffix(ending)]
    return _MONTHS.get(word)


def _build(
    text: str, year: str, month: int, day: int, today: date, birth: bool, *findings: Finding
) -> Reading:
    """The day of the numbers, or the reason why there is none."""
    whole = int(year) if len(year) == 4 else _century(int(year), today, birth)
    if not 1 <= month <= 12:
        return Reading(None, (refused("date_no_such_month", text=quoted(text), month=month),))
    try:
        value = date(whole, month, day)
    except ValueError:
        return Reading(None, (refused("date_no_such_day", text=quoted(text)),))
    if len(year) == 2:
        findings = (*findings, note("two_digit_year", text=quoted(text), year=whole))
    return _in_range(value, *findings)


def _century(two: int, today: date, birth: bool) -> int:
    if not birth:
        return 2000 + two if two < 80 else 1900 + two
    # Nobody under 14 is a jobseeker; nobody of the last century's first years is either.
    return 2000 + two if 2000 + two <= today.year - 14 else 1900 + two


def _two_ways(text: str, match: re.Match[str], today: date, birth: bool) -> Reading:
    first, second, year = int(match["a"]), int(match["b"]), match["y"]
    if first == second or first > 12:
        return _build(text, year, second, first, today, birth)
    if second > 12:
        reading = _build(text, year, first, second, today, birth)
        if reading.value is None:
            return reading
        american = doubtful("date_american", text=quoted(text), read=finnish(reading.value))
        return Reading(reading.value, (*reading.findings, american))
    one = f"{first}.{second}.{year}"
    other = f"{second}.{first}.{year}"
    return Reading(None, (refused("date_ambiguous", text=quoted(text), one=one, other=other),))


def _eight_digits(text: str, digits: str, today: date, birth: bool) -> Reading:
    readings = [
        _build(text, digits[:4], int(digits[4:6]), int(digits[6:]), today, birth),
        _build(text, digits[4:], int(digits[2:4]), int(digits[:2]), today, birth),
    ]
    sound = [reading for reading in readings if reading.value is not None]
    if len(sound) == 1:
        return sound[0]
    if len(sound) == 2:
        one, other = (finnish(reading.value) for reading in sound)
        finding = refused("date_ambiguous", text=quoted(text), one=one, other=other)
        return Reading(None, (finding,))
    return _unreadable(text)


def _from_number(number: int | float, today: date, birth: bool) -> Reading:
    """A serial number whose cell lost its date format, or a day written as one number."""
    if isinstance(number, int) and 10_000_000 <= number < 100_000_000:
        return _eight_digits(str(number), str(number), today, birth)
    lowest = 1_000 if birth else 29_221  # 1.1.1980 for days that are no birthdays
    if lowest <= number <= 73_415 and not FIRST_YEAR <= number <= LAST_YEAR:
        day = _EPOCH + timedelta(days=int(number))
        serial = note("date_from_serial", text=f"{number:g}", read=finnish(day))
        return _in_range(day, serial)
    if isinstance(number, int) and FIRST_YEAR <= number <= LAST_YEAR:
        return Reading(None, (refused("date_year_only", text=str(number)),))
    if isinstance(number, float) and 1 <= number < 32:
        return Reading(None, (refused("date_without_year", text=f"{number:g}"),))
    return _unreadable(f"{number:g}" if isinstance(number, float) else str(number))
