"""From a cell to a value: which reader reads which field, and what happens before it does."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, datetime, time

from polku.exchange.sheets.amounts import read_coordinate, read_days, read_hours, read_seats
from polku.exchange.sheets.contact_person import read_person
from polku.exchange.sheets.dates import finnish, read_birth_date, read_date
from polku.exchange.sheets.fields import FIELDS, Field
from polku.exchange.sheets.identity import read_identity
from polku.exchange.sheets.languages import read_language
from polku.exchange.sheets.legal_forms import read_business_id, read_legal_form
from polku.exchange.sheets.problems import Finding, Severity, doubtful, quoted, refused
from polku.exchange.sheets.reaching import read_email, read_phones, read_postal_code
from polku.exchange.sheets.setting import Setting
from polku.exchange.sheets.table import Cell, Flaw
from polku.exchange.sheets.texts import (
    NOTHING,
    Reading,
    cleaned,
    read_full_name,
    read_full_name_first,
    read_long_text,
    read_name,
    read_number,
    read_text,
)
from polku.exchange.sheets.times import read_duration, read_time
from polku.exchange.sheets.trade import (
    read_cards,
    read_cuts,
    read_demands,
    read_isco,
    read_kinds,
    read_languages,
    read_level,
    read_supports,
)
from polku.exchange.sheets.words import (
    read_interpreter,
    read_mode,
    read_safety_ban,
    read_status,
    read_yes_no,
)

# A row without these readings would be another row: what can't be read here refuses the row.
_STRICT = frozenset(
    [
        "number",
        "identity",
        "name",
        "full_name",
        "full_name_first",
        "birth_date",
        "date",
        "municipality",
        "business_id",
    ]
)
_OF_MUNICIPALITY = re.compile(
    r"\s*\b(?:kunta|kaupunki|kn|kpki|kommun|stad|municipality|city)\.?$", re.IGNORECASE
)
_CODE_AND_NAME = re.compile(r"(\d{1,3})\s*[-–/:,]?\s*\D+|\D+?\(?(\d{1,3})\)?")

Reader = Callable[[Cell, Setting], Reading]


def _of_text(read: Callable[[str], Reading]) -> Reader:
    return lambda cell, _: read(as_text(cell))


def _municipality(cell: Cell, setting: Setting) -> Reading:
    text = as_text(cell)
    bare = _OF_MUNICIPALITY.sub("", text)
    match = _CODE_AND_NAME.fullmatch(text)
    numbered = (match[1] or match[2]) if match else None
    for form in (text, bare, numbered):
        code = setting.municipality(form) if form else None
        if code:
            return Reading(code)
    return Reading(None, (refused("municipality_unknown", text=quoted(text)),))


def _safety_ban(cell: Cell, _: Setting) -> Reading:
    return Reading(cell) if isinstance(cell, bool) else read_safety_ban(as_text(cell))


READERS: dict[str, Reader] = {
    "number": _of_text(read_number),
    "identity": lambda cell, at: read_identity(as_text(cell), at.today, at.allow_temporary),
    "name": _of_text(read_name),
    "full_name": _of_text(read_full_name),
    "full_name_first": _of_text(read_full_name_first),
    "birth_date": lambda cell, at: read_birth_date(cell, at.today),
    "date": lambda cell, at: read_date(cell, at.today),
    "time": lambda cell, _: read_time(cell),
    "duration": lambda cell, _: read_duration(cell),
    "phones": lambda cell, _: read_phones(cell),
    "email": lambda cell, _: read_email(as_text(cell)),
    "postal_code": lambda cell, _: read_postal_code(as_text(cell)),
    "municipality": _municipality,
    "language": _of_text(read_language),
    "safety_ban": _safety_ban,
    "yes_no": _of_text(read_yes_no),
    "status": _of_text(read_status),
    "mode": _of_text(read_mode),
    "interpreter": _of_text(read_interpreter),
    "text": _of_text(read_text),
    "long_text": _of_text(read_long_text),
    "legal_form": _of_text(read_legal_form),
    "business_id": _of_text(read_business_id),
    "coordinate": lambda cell, _: read_coordinate(cell),
    "person": _of_text(read_person),
    "kinds": _of_text(read_kinds),
    "seats": lambda cell, _: read_seats(cell),
    "hours": lambda cell, _: read_hours(cell),
    "days": lambda cell, _: read_days(cell),
    "demands": _of_text(read_demands),
    "cards": _of_text(read_cards),
    "supports": _of_text(read_supports),
    "cuts": _of_text(read_cuts),
    "languages": _of_text(read_languages),
    "level": _of_text(read_level),
    "isco": _of_text(read_isco),
}


def as_text(cell: Cell) -> str:
    """A cell as it would be typed: decimals with a comma, days as 1.2.2027."""
    if isinstance(cell, str):
        return cell
    if isinstance(cell, bool):
        return "1" if cell else "0"
    if isinstance(cell, float):
        return f"{cell:.15g}".replace(".", ",")
    if isinstance(cell, datetime):
        return f"{finnish(cell.date())} {cell:%H.%M}"
    if isinstance(cell, date):
        return finnish(cell)
    if isinstance(cell, time):
        return f"{cell:%H.%M}"
    return "" if cell is None else str(cell)


def read_value(name: str, cell: Cell, setting: Setting) -> Reading:
    """The value of a field from a cell. Empty cells, and cells of invisible signs, are nothing."""
    field = FIELDS[name]
    if cell is None:
        return NOTHING
    if isinstance(cell, Flaw):
        return Reading(None, (_of_flaw(field, cell),))
    if not isinstance(cell, str):
        return _with(READERS[field.reads](cell, setting), (), field, setting)
    text, findings = cleaned(cell)
    if not text:
        return Reading(None, findings)
    return _with(READERS[field.reads](text, setting), findings, field, setting)


def _with(reading: Reading, before: tuple[Finding, ...], field: Field, setting: Setting) -> Reading:
    findings = (*before, *reading.findings)
    if field.past and isinstance(reading.value, date) and reading.value > setting.today:
        findings = (*findings, doubtful("date_to_come", text=finnish(reading.value)))
    return Reading(reading.value, findings) if findings else reading


def _of_flaw(field: Field, flaw: Flaw) -> Finding:
    severity = Severity.REFUSED if field.reads in _STRICT else Severity.DOUBTFUL
    params = {"text": quoted(flaw.text)} if flaw.text else {}
    return Finding(flaw.code, severity, params)
