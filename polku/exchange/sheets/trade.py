"""Cells that hold the trade's words, several in one: what is known, and the rest as it stood."""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from typing import NamedTuple

from polku.exchange.sheets import trade_words
from polku.exchange.sheets.languages import read_language
from polku.exchange.sheets.problems import Finding, doubtful, note, quoted
from polku.exchange.sheets.texts import NOTHING, Reading, one_line, says_nothing

MOST_CHARS = 2_000
_BETWEEN = re.compile(r"[,;/\n|•+&]|\s(?:ja|sekä|tai|och|samt|eller|and|or)\s", re.IGNORECASE)
_KILOS = re.compile(r"(\d{1,3})(?:\s*[-–]\s*(\d{1,3}))?\s*(?:kg|kilo)")
_OVER = re.compile(r"\b(?:yli|over|more than|mer an)\b|>")
_LIFTS = ((20, "lifting_20"), (10, "lifting_10"), (5, "lifting_5"))
_LEVEL = re.compile(r"\b([abc][12])(?:[.,]\d)?\b", re.IGNORECASE)


class Said(NamedTuple):
    """`found`: terms, in the order of their first word. `rest`: what was not recognised, or ""."""

    found: tuple[str, ...]
    rest: str = ""


class Level(NamedTuple):
    """A language (ISO 639) and a level (A1 to C2), each perhaps ""; `rest` as in Said."""

    language: str
    level: str
    rest: str = ""


def _plain(text: str) -> str:
    """Small letters without accents, words apart by one space."""
    parts = unicodedata.normalize("NFKD", text.casefold())
    letters = "".join(sign for sign in parts if not unicodedata.combining(sign))
    return " ".join(re.findall(r"[\w.>]+", letters)).replace(".", "")


@cache
def _patterns(name: str) -> tuple[tuple[str, re.Pattern[str]], ...]:
    table: dict[str, str] = getattr(trade_words, name)
    return tuple(
        (term, re.compile(r"\b(?:" + "|".join(_stem(word) for word in words.split(",")) + ")"))
        for term, words in table.items()
    )


def _stem(word: str) -> str:
    plain = _plain(word)
    # Short ones are whole words, or they would begin too many others.
    return re.escape(plain) + (r"\b" if len(plain) <= 3 else "")


def _read(name: str, text: str, code: str) -> Reading:
    if says_nothing(one_line(text)):
        return NOTHING
    found: list[str] = []
    rest: list[str] = []
    for piece in _BETWEEN.split(text[:MOST_CHARS]):
        plain = _plain(piece)
        if not plain:
            continue
        terms = _terms(name, plain)
        found += [term for term in terms if term not in found]
        if not terms:
            rest.append(" ".join(piece.split()))
    left = ", ".join(rest)
    findings = (doubtful(code, text=quoted(left)),) if left else ()
    return Reading(Said(tuple(found), left), findings)


def _terms(name: str, plain: str) -> list[str]:
    if plain.split(" ")[0] in trade_words.NO:
        return []
    terms = [term for term, pattern in _patterns(name) if pattern.search(plain)]
    if name == "DEMANDS" and (lifting := _lifting(plain)):
        terms.insert(0, lifting)
    if name == "CARDS" and "driving_b" in terms and re.search(r"\b(?:c1?e?|ce|d1?|t)\b", plain):
        terms.remove("driving_b")
    return terms


def _lifting(plain: str) -> str:
    """Weights up to 10 kg are over 5; how much it is must be said in kilos."""
    if not re.search(r"\b(?:" + trade_words.LIFTING.replace(", ", "|") + ")", plain):
        return ""
    match = _KILOS.search(plain)
    if match is None:
        return ""
    kilos = int(match[2] or match[1])
    least = kilos if _OVER.search(plain) else kilos - 1
    return next((term for limit, term in _LIFTS if least >= limit), "")


def read_kinds(text: str) -> Reading:
    """Kinds of placement. What is no kind is told; whether any was found, the row decides."""
    return _read("KINDS", text, "kind_unknown")


def read_demands(text: str) -> Reading:
    """What the work asks for; lifting by its kilos. The rest stays a wish of the workplace."""
    return _read("DEMANDS", text, "kept_as_wish")


def read_cards(text: str) -> Reading:
    """Cards and permits; the rest stays a wish of the workplace."""
    return _read("CARDS", text, "kept_as_wish")


def read_supports(text: str) -> Reading:
    """What the workplace gives; the rest stays in its note."""
    return _read("SUPPORTS", text, "kept_as_note")


def read_cuts(text: str) -> Reading:
    """What can be cut to a client; the rest stays in the workplace's note."""
    return _read("CUTS", text, "kept_as_note")


def read_languages(text: str) -> Reading:
    """Languages as a tuple of ISO 639 codes; what is none of them is told and left out."""
    if says_nothing(one_line(text)):
        return NOTHING
    codes: list[str] = []
    findings: list[Finding] = []
    for piece in _BETWEEN.split(text[:MOST_CHARS]):
        reading = read_language(one_line(piece.strip()))
        findings += reading.findings
        if reading.value and reading.value not in codes:
            codes.append(reading.value)
    return Reading(tuple(codes) or None, tuple(findings))


def read_level(text: str) -> Reading:
    """A language and its level: `suomi A2`, `B1`. A level alone is of Finnish, and that is told."""
    if says_nothing(one_line(text)):
        return NOTHING
    line = one_line(text)
    first, *others = [piece for piece in _BETWEEN.split(line[:300]) if piece.strip()] or [""]
    match = _LEVEL.search(first)
    level = match[1].upper() if match else ""
    word = (first[: match.start()] + first[match.end() :] if match else first).strip(" :()-–")
    language = read_language(word.split(" ")[0] if word else "").value or ""
    if not language and not level:
        return Reading(Level("", "", line), (doubtful("kept_as_wish", text=quoted(line)),))
    findings: tuple[Finding, ...] = ()
    if not language:
        language, findings = "fi", (doubtful("language_assumed", level=level),)
    rest = ", ".join(piece.strip() for piece in others)
    if not level and len(word.split(" ")) > 1:
        rest = line
    if rest:
        findings = (*findings, doubtful("kept_as_wish", text=quoted(rest)))
    return Reading(Level(language, level, rest), findings)


def read_isco(text: str) -> Reading:
    """An occupation code of four digits, as ISCO-08 has them; longer ones are cut, and told."""
    if says_nothing(text):
        return NOTHING
    match = re.match(r"\s*(\d{4})(\d?)(?!\d)", text)
    if match is None:
        return Reading(None, (doubtful("isco_unreadable", text=quoted(text)),))
    findings = (note("isco_shortened", text=quoted(text)),) if match[2] else ()
    return Reading(match[1], findings)
