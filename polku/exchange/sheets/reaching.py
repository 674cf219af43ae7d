"""How a person is reached: phones, e-mail addresses, postal codes."""

from __future__ import annotations

import re
from dataclasses import dataclass

from polku.exchange.sheets.problems import Finding, doubtful, note, quoted
from polku.exchange.sheets.texts import NOTHING, Reading, one_line, says_nothing

PHONES_AT_MOST = 5


@dataclass(frozen=True, slots=True)
class Phone:
    """`number` in E.164 (+358401234567); `extension` and `remark` ("äiti") as they stood, or ""."""

    number: str
    extension: str = ""
    remark: str = ""


_EXTENSION = re.compile(
    r"(?:ext\.?|alanro|ala|alanumero|anknytning|ankn\.?|x|#)\s*:?\s*(\d{1,6})\s*$", re.IGNORECASE
)
# A run of digits and what stands between them, not grown together with a word.
_RUN = re.compile(r"(?<![\w+])(?:\+\s?)?\(?\d[\d\s().\-/,\u2010-\u2015]*\d(?![^\W_])")
_LABELS = frozenset(
    [
        "puh",
        "p",
        "puhelin",
        "gsm",
        "tel",
        "tfn",
        "telefon",
        "mob",
        "mobil",
        "mobiili",
        "matkapuhelin",
        "phone",
        "mobile",
        "kännykkä",
    ]
)
_BETWEEN = re.compile(r"[;\n|]|\b(?:tai|ja|sekä|och|eller|or|and)\b|[/,]", re.IGNORECASE)
# A stroke or comma after fewer digits is the old way of writing an area code: 040/1234567.
DIGITS_OF_A_NUMBER = 6
_TWO_RUN_TOGETHER = re.compile(r"(?<=\d)\s+(?=(?:\+|0[45]\d))")
# As most are written: 0401234567 and +358401234567. Whatever else is looked at part by part.
_PLAIN = re.compile(r"(?:0|\+(358))([1-9][0-9]{6,11})")
_SEPARATORS = re.compile(r"[\s().\-/,\u2010-\u2015\u2212]")


def read_phones(cell: object) -> Reading:
    """A tuple of phones. Without a country it is Finnish; what can't be read is left out."""
    if isinstance(cell, int) and not isinstance(cell, bool):
        return _one(str(cell), was_number=True)
    text = str(cell).strip()
    if match := _PLAIN.fullmatch(text):
        return Reading((Phone(f"+{match[1] or '358'}{match[2]}"),))
    if says_nothing(text):
        return NOTHING
    if len(text) > 300:
        return Reading(None, (doubtful("phone_unreadable", text=quoted(text)),))
    pieces = _pieces(text)
    if len(pieces) == 1 and _digits(text) > 15:
        pieces = _TWO_RUN_TOGETHER.split(text)
    if len(pieces) == 1:
        return _one(pieces[0], was_number=False)
    return _several(pieces)


def _pieces(text: str) -> list[str]:
    pieces: list[str] = []
    start = 0
    for match in _BETWEEN.finditer(text):
        before = text[start : match.start()]
        if match[0] in "/," and _digits(before) < DIGITS_OF_A_NUMBER:
            continue
        pieces.append(before)
        start = match.end()
    pieces.append(text[start:])
    return [piece for piece in pieces if piece.strip()] or [text]


def _several(pieces: list[str]) -> Reading:
    phones: list[Phone] = []
    findings: list[Finding] = []
    for piece in pieces[:PHONES_AT_MOST]:
        reading = _one(piece, was_number=False)
        findings += reading.findings
        phones += [phone for phone in reading.value or () if phone not in phones]
    if len(pieces) > PHONES_AT_MOST:
        findings.append(doubtful("phones_too_many", limit=PHONES_AT_MOST))
    return Reading(tuple(phones) or None, tuple(findings))


def _one(text: str, was_number: bool) -> Reading:
    bare, extension, remark = _parts(text)
    number, findings = _international(bare, was_number)
    if number is None:
        return Reading(None, (doubtful("phone_unreadable", text=quoted(text)),))
    return Reading((Phone(number, extension, remark),), findings)


def _parts(text: str) -> tuple[str, str, str]:
    extension = ""
    if match := _EXTENSION.search(text):
        extension, text = match[1], text[: match.start()]
    runs = [match for match in _RUN.finditer(text) if _digits(match[0]) >= DIGITS_OF_A_NUMBER]
    if len(runs) != 1:
        return text, extension, ""
    rest = f"{text[: runs[0].start()]} {text[runs[0].end() :]}"
    words = [word.strip(" .:,()[]") for word in rest.split()]
    remark = " ".join(word for word in words if word and word.casefold() not in _LABELS)
    return runs[0][0], extension, remark[:80]


def _digits(text: str) -> int:
    return sum(sign.isdigit() for sign in text)


def _international(text: str, was_number: bool) -> tuple[str | None, tuple[Finding, ...]]:
    plus = text.startswith("+")
    digits = _SEPARATORS.sub("", text.lstrip("+ "))
    if not (digits.isascii() and digits.isdigit()):
        return None, ()
    findings: tuple[Finding, ...] = ()
    if not plus and digits.startswith("00"):
        plus, digits = True, digits[2:]
    elif not plus and digits.startswith("0"):
        plus, digits = True, "358" + digits[1:]
    elif not plus and digits.startswith("358") and len(digits) >= 10:
        plus, digits = True, digits
        findings = (note("phone_plus_added"),)
    elif not plus and re.fullmatch(r"(?:4\d|50)\d{5,8}", digits):
        plus, digits = True, "358" + digits
        findings = (note("phone_zero_restored"),)
    if digits.startswith("3580"):  # +358 (0)40 …
        digits = "358" + digits[4:]
    lowest = 8 if digits.startswith("358") else 7
    if not plus or digits.startswith("0") or not lowest <= len(digits) <= 15:
        return None, ()
    return "+" + digits, findings


_EMAIL = re.compile(
    r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~\-\u00c0-\u024f]+(?:\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~\-\u00c0-\u024f]+)*"
    r"@(?:[A-Za-z0-9\u00c0-\u024f](?:[A-Za-z0-9\-\u00c0-\u024f]{0,61}[A-Za-z0-9\u00c0-\u024f])?\.)+"
    r"[A-Za-z\u00c0-\u024f]{2,24}"
)
_EMAIL_BETWEEN = re.compile(r"[;,\s]+|\s+(?:tai|ja|or|och)\s+")


def read_email(cell: object) -> Reading:
    """One address, its host in small letters. Of several the first is taken, and that is said."""
    text = str(cell).strip()
    if says_nothing(text):
        return NOTHING
    if len(text) > 600:
        return Reading(None, (doubtful("email_unreadable", text=quoted(text)),))
    pieces = [_bare_email(piece) for piece in _EMAIL_BETWEEN.split(text)]
    sound = [piece for piece in pieces if _EMAIL.fullmatch(piece) and len(piece) <= 254]
    if not sound:
        return Reading(None, (doubtful("email_unreadable", text=quoted(text)),))
    local, _, host = sound[0].rpartition("@")
    findings: tuple[Finding, ...] = ()
    if len(sound) > 1:
        findings = (doubtful("email_first_of_several", count=len(sound)),)
    return Reading(f"{local}@{host.lower()}", findings)


def _bare_email(text: str) -> str:
    start = text.strip("<>()[]\"'.,:")
    return start[7:] if start.lower().startswith("mailto:") else start


def read_postal_code(cell: object) -> Reading:
    """Five digits. Lost zeros are given back; a foreign code is kept, and said."""
    if isinstance(cell, bool):
        return Reading(None, (doubtful("postal_code_unusual", text=quoted(cell)),))
    text = one_line(str(cell)).strip()
    if says_nothing(text):
        return NOTHING
    plain = re.sub(r"^FI[N]?[- ]?", "", text, flags=re.IGNORECASE)
    if match := re.match(r"(\d{5})(?=\D|$)", plain):
        return Reading(match[1])
    if plain.isascii() and plain.isdigit() and 3 <= len(plain) <= 4:
        return Reading(plain.zfill(5), (note("postal_code_zeros", read=plain.zfill(5)),))
    if len(text) > 12:
        return Reading(None, (doubtful("postal_code_unusual", text=quoted(text)),))
    return Reading(text, (doubtful("postal_code_unusual", text=quoted(text)),))
