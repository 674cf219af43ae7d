"""Text as it was meant: invisible signs out, strange ones named, nothing silently changed."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import Any

from polku.exchange.sheets.problems import Finding, doubtful, note, quoted, refused

NAME_CHARS = 200
TEXT_CHARS = 500
LONG_TEXT_CHARS = 20_000


@dataclass(frozen=True, slots=True)
class Reading:
    """What a cell gave: a value, or None for nothing, and what is to be said of it."""

    value: Any = None
    findings: tuple[Finding, ...] = ()


NOTHING = Reading()

# Anything that a plain line of text would not hold; found at once, then looked at closely.
_ODD = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufffc\ufffd"
    "\ufff9-\ufffb\ud800-\udfff\U000e0000-\U000e007f]"
)
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufff9-\ufffc\U000e0000-\U000e007f]")
_TURNERS = re.compile("[\u202a-\u202e\u2066-\u2069]")
_INVISIBLE = re.compile("[\u00ad\u061c\u200b\u200e\u200f\u2060-\u2065\u206a-\u206f\ufeff]")
# Joiners mean something in Persian, in Indian scripts and in emoji; between Latin letters, nothing.
_JOINERS = re.compile("(?<![\u0600-\u0dff\u2600-\u27bf\ufe0f\U0001f000-\U0001faff])[\u200c\u200d]")
_LINE_ENDS = re.compile("\r\n?|[\u2028\u2029\x85]")
_SPACES = re.compile(r"\s+")
_MOJIBAKE = re.compile("Ã[\u0080-\u00bf¤¶¥„–…]|Â[\u00a0-\u00bf]|â‚¬|ï»¿")
_FORMULA = re.compile(r"^[=@]|^[+\-](?=[A-Za-z(=@\"'])|^[+\-]\d+[+*/^-]")
_EMOJI = re.compile("[\u2600-\u27bf\U0001f000-\U0001faff]")
_LATIN_AND_OTHER = re.compile(r"[^\W\d_]+")
# What offices write for "nothing to write here".
_NOTHING_WORDS = frozenset(
    """-|–|—|--|---|.|..|...|/|?|??|x|xx|n/a|#n/a|na|n.a.|ei|ei ole|ei tiedossa|ei tietoa|ei-tietoa
    |ei puhelinta|ei sähköpostia|puuttuu|tyhjä|saknas|okänd|okänt|finns inte|inte känt|none|null
    |nil|unknown|missing""".replace("\n    ", "").split("|")
)


def cleaned(text: str) -> tuple[str, tuple[Finding, ...]]:
    """The text without invisible and control signs, composed and trimmed; and what was done."""
    if text.isascii() and not _ODD.search(text):
        return text.strip(), ()
    found: list[Finding] = []
    if _ODD.search(text):
        text = _LINE_ENDS.sub("\n", text)
        for pattern, finding in (
            (_TURNERS, doubtful("direction_signs_removed")),
            (_CONTROL, note("control_signs_removed")),
            (_INVISIBLE, note("invisible_signs_removed")),
            (_JOINERS, note("invisible_signs_removed")),
        ):
            text, count = pattern.subn("", text)
            if count and finding not in found:
                found.append(finding)
        text = re.sub("[\ud800-\udfff]", "\ufffd", text)
        if "\ufffd" in text:
            found.append(doubtful("broken_letters", text=quoted(text)))
    if _MOJIBAKE.search(text):
        found.append(doubtful("wrong_letters", text=quoted(text), likely=quoted(_mended(text))))
    return unicodedata.normalize("NFC", text).strip(), tuple(found)


def _mended(text: str) -> str:
    """What text decoded in the wrong way most likely was; itself if that can't be told."""
    try:
        return text.encode("cp1252").decode("utf-8")
    except (UnicodeEncodeError, UnicodeDecodeError):
        return text


def says_nothing(text: str) -> bool:
    return text.casefold() in _NOTHING_WORDS


def one_line(text: str) -> str:
    return _SPACES.sub(" ", text)


def read_text(text: str) -> Reading:
    """One line of free text, at most 500 signs."""
    value = one_line(text)
    if says_nothing(value):
        return NOTHING
    if len(value) > TEXT_CHARS:
        return Reading(None, (refused("text_too_long", length=len(value), limit=TEXT_CHARS),))
    return Reading(value, _formula_note(value))


def read_long_text(text: str) -> Reading:
    """Free text that keeps its lines, at most 20 000 signs."""
    if len(text) > LONG_TEXT_CHARS:
        return Reading(None, (refused("text_too_long", length=len(text), limit=LONG_TEXT_CHARS),))
    return Reading(text, _formula_note(text))


def read_number(text: str) -> Reading:
    """A client number: an office's own mark, kept as text, letters and zeros included."""
    value = one_line(text)
    if says_nothing(value):
        return NOTHING
    if re.fullmatch(r"\d(?:[.,]\d+)?[eE]\+?\d+", value):
        return Reading(None, (refused("number_rounded", text=quoted(value)),))
    if len(value) > 40:
        return Reading(None, (refused("text_too_long", length=len(value), limit=40),))
    return Reading(value, _formula_note(value))


def _formula_note(text: str) -> tuple[Finding, ...]:
    return (note("looks_like_formula", text=quoted(text)),) if _FORMULA.match(text) else ()


def read_name(text: str) -> Reading:
    """A first or last name as people write theirs: 1 to 200 signs, at least one a letter."""
    value = one_line(text)
    if len(value) > NAME_CHARS:
        return Reading(None, (refused("name_too_long", length=len(value), limit=NAME_CHARS),))
    if not any(sign.isalpha() for sign in value):
        return Reading(None, (refused("name_without_letters", text=quoted(value)),))
    found = list(_formula_note(value))
    if any(sign.isdigit() for sign in value):
        found.append(doubtful("name_with_digits", text=quoted(value)))
    if _EMOJI.search(value):
        found.append(note("name_with_emoji", text=quoted(value)))
    mixed = mixed_scripts(value)
    if mixed:
        found.append(doubtful("name_of_two_alphabets", text=quoted(mixed)))
    return Reading(value, tuple(found))


def mixed_scripts(text: str) -> str:
    """The first word that mixes Latin letters with others that look alike, or ""."""
    if text.isascii():
        return ""
    for word in _LATIN_AND_OTHER.findall(text):
        scripts = {unicodedata.name(sign, "").split(" ")[0] for sign in word}
        if "LATIN" in scripts and scripts & {"CYRILLIC", "GREEK", "ARMENIAN", "CHEROKEE"}:
            return str(word)
    return ""


_PARTICLES = frozenset(
    [
        "af",
        "av",
        "von",
        "van",
        "der",
        "den",
        "de",
        "di",
        "da",
        "del",
        "della",
        "la",
        "le",
        "el",
        "al",
        "bin",
        "ibn",
        "ben",
        "zu",
    ]
)


def read_full_name(text: str) -> Reading:
    """Last and first names of one cell, last name first (or a comma between): (last, first)."""
    value, findings = _whole_name(text)
    if value is None:
        return Reading(None, findings)
    if "," in value:
        last, _, first = value.partition(",")
        return _pair(last, first, findings)
    words = value.split(" ")
    length = 1
    while length < len(words) - 1 and words[length - 1].casefold() in _PARTICLES:
        length += 1
    return _pair(" ".join(words[:length]), " ".join(words[length:]), findings)


def read_full_name_first(text: str) -> Reading:
    """The same for a cell that has the first names first."""
    value, findings = _whole_name(text)
    if value is None:
        return Reading(None, findings)
    if "," in value:
        last, _, first = value.partition(",")
        return _pair(last, first, findings)
    words = value.split(" ")
    place = len(words) - 1
    while place > 1 and words[place - 1].casefold() in _PARTICLES:
        place -= 1
    return _pair(" ".join(words[place:]), " ".join(words[:place]), findings)


def _whole_name(text: str) -> tuple[str | None, tuple[Finding, ...]]:
    reading = read_name(text)
    value: str | None = reading.value
    return value, reading.findings


def _pair(last: str, first: str, findings: tuple[Finding, ...]) -> Reading:
    last, first = last.strip(" ,"), first.strip(" ,")
    if not last or not first:
        last, first = last or first, ""
        findings = (*findings, doubtful("name_of_one_word", text=quoted(last)))
    elif len(first.split(" ")) > 3:
        findings = (*findings, doubtful("name_of_many_words", last=quoted(last)))
    return Reading((last, first), findings)
