"""Finnish personal identity codes, with the reason when one can't be right.

stdnum has the last word; what is said here is only why it says no. A reason never repeats the code.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from stdnum.fi import hetu

from polku.exchange.sheets.problems import Finding, note, refused
from polku.exchange.sheets.texts import NOTHING, Reading, says_nothing

CHECKS = "0123456789ABCDEFHJKLMNPRSTUVWXY"
_CENTURIES = {"+": 1800} | dict.fromkeys("-YXWVU", 1900) | dict.fromkeys("ABCDEF", 2000)
# Dashes that word processors and mail programs put for the plain one.
_DASHES = re.compile("[\u2010-\u2015\u2212\ufe58\ufe63\uff0d]")
_CODE = re.compile(r"(\d\d)(\d\d)(\d\d)([-+A-FU-Y])(\d\d\d)([0-9A-Z])")
_ALMOST = re.compile(r"\d{6}\d{3}[0-9A-Z]")
FIRST_ARTIFICIAL = 900


@dataclass(frozen=True, slots=True)
class IdentityCode:
    """A sound code and the birth date that it says. Its text form never shows the code."""

    code: str
    born: date

    def __repr__(self) -> str:
        return "IdentityCode(…)"


def read_identity(cell: object, today: date, allow_temporary: bool) -> Reading:
    """An identity code with any separator, the new ones of 2023 included."""
    text = re.sub(r"\s", "", str(cell))
    if says_nothing(text):
        return NOTHING
    plain = _DASHES.sub("-", text).upper()
    findings = (note("identity_dash_mended"),) if _DASHES.search(text) else ()
    reason = _reason(plain, today, allow_temporary)
    if reason is not None:
        return Reading(None, (*findings, reason))
    match = _CODE.fullmatch(plain)
    assert match is not None
    return Reading(IdentityCode(plain, _born(match)), findings)


def _born(match: re.Match[str]) -> date:
    day, month, year, sign = int(match[1]), int(match[2]), int(match[3]), match[4]
    return date(_CENTURIES[sign] + year, month, day)


def _reason(code: str, today: date, allow_temporary: bool) -> Finding | None:
    match = _CODE.fullmatch(code) if code.isascii() else None
    if match is None:
        return refused(_form_code(code))
    try:
        born = _born(match)
    except ValueError:
        return refused("identity_no_such_day")
    expected = CHECKS[int(match[1] + match[2] + match[3] + match[5]) % 31]
    if match[6] != expected:
        return refused("identity_check_sign", given=match[6], expected=expected)
    if born > today:
        return refused("identity_birth_to_come")
    number = int(match[5])
    if number < 2:
        return refused("identity_number_unused")
    if number >= FIRST_ARTIFICIAL and not allow_temporary:
        return refused("identity_artificial")
    if not hetu.is_valid(code, allow_temporary=allow_temporary):
        return refused("identity_form")
    return None


def _form_code(code: str) -> str:
    if not code.isascii():
        return "identity_strange_signs"
    if re.fullmatch(r"\d{6}-?", code):
        return "identity_half"
    if _ALMOST.fullmatch(code):
        return "identity_no_separator"
    return "identity_form"
