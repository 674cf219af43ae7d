"""A cell that names a person at a workplace, often with everything else in the same cell."""

from __future__ import annotations

import re
from typing import NamedTuple

from polku.exchange.sheets.problems import Finding, doubtful, quoted
from polku.exchange.sheets.reaching import Phone, read_email, read_phones
from polku.exchange.sheets.texts import NOTHING, Reading, one_line, says_nothing

MOST_CHARS = 300
_EMAIL = re.compile(r"[^\s,;<>()]+@[^\s,;<>()]+")
_PHONE = re.compile(
    r"(?:\b(?:puh|p|gsm|tel|tfn|mob|phone)\b\.?:?\s*)?\+?\(?\d[\d\s()\-]{5,}\d", re.IGNORECASE
)
_BRACKETS = re.compile(r"\(([^()]*)\)")


class Person(NamedTuple):
    """`phone` and the rest are empty where the cell does not say them."""

    name: str
    title: str = ""
    phone: Phone | None = None
    email: str = ""


def read_person(text: str) -> Reading:
    """A person: `Sanni Salo, keittiöpäällikkö, 040 1234567, sanni@example.org`."""
    line = one_line(text)
    if says_nothing(line):
        return NOTHING
    if len(line) > MOST_CHARS:
        return Reading(None, (doubtful("person_unreadable", text=quoted(line)),))
    findings: list[Finding] = []
    email, phone = "", None
    if match := _EMAIL.search(line):
        reading = read_email(match[0])
        email = reading.value or ""
        findings += reading.findings
        line = line.replace(match[0], ",")
    if match := _PHONE.search(line):
        numbers = read_phones(match[0])
        phone = numbers.value[0] if numbers.value else None
        findings += numbers.findings
        line = line.replace(match[0], ",")
    title = " ".join(_BRACKETS.findall(line)).strip()
    parts = [part.strip(" .:-–") for part in re.split(r"[,;/\n]", _BRACKETS.sub("", line))]
    parts = [part for part in parts if part]
    if not parts or not any(sign.isalpha() for sign in parts[0]):
        return Reading(None, (doubtful("person_unreadable", text=quoted(text)),))
    return Reading(Person(parts[0], title or ", ".join(parts[1:]), phone, email), tuple(findings))
