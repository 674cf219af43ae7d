"""Whether words tell where somebody is or how to reach them. Pure: no database, no Django.

Made for notes about a client under a safety ban. Of two mistakes the silent one is the worse, but
a warning that comes at every date is soon read by nobody: times, dates, lengths and shares pass.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

_END = r"(?!\w)"
_EMAIL = re.compile(
    r"[\w.+-]+\s?(?:@|[\[(]\s?(?:at|ät|miukumauku|snabel-a)\s?[\])])\s?[\w-]+(?:\s?\.\s?[a-zåäö]{2,})",
    re.IGNORECASE,
)
# A run of digits with what people put between them. Its form is judged by `_is_phone`.
_RUN = re.compile(r"(?<![\w.,:/-])(?:\+ ?)?\(?\+?\d(?:[\d \u00a0()–-]*\d)?" + _END)
_DOTTED = re.compile(r"(?<![\w.])0[1-9]\d{0,2}[./] ?\d{3}[. -]?\d{2,4}(?:[. -]?\d{2})?(?![\w.])")
_CUED = re.compile(
    r"\b(?:puh|puhelin\w*|numero(?:on|sta|ssa)?|nro|soit\w+|kännyk\w+|gsm|tel|tfn|ring\w*|"
    r"nummer|telefon\w*|phone|call|mobile)\b[\s.:]*(?:on |är |is |på )?(\d[\d –-]{3,13}\d)" + _END,
    re.IGNORECASE,
)
_BUSINESS_ID = re.compile(r"\d{7}-\d")
_FEWEST, _MOST = 7, 15
_LATEST_HOUR = 24

_NUMBER = r"\s+\d{1,4}(?:\s?[a-zåäö])?(?:\s?\d{1,3})?" + _END
_UNIT = (
    r"(?!\s*(?:kk|vk|v|h|t|min|pv|krt|x|%|€|euroa?|päivä\w*|viikko\w*|vuo\w+|kuukau\w+|tunti\w*|"
    r"tuntia|kertaa|kerran|veckor|dagar|timmar|månader|gånger|weeks?|days?|hours?|months?|times))"
    + r"(?!\.\d)"
)
# What Finnish streets are called by, in the cases in which one speaks of them. The first are rare
# in other words; the second make common nouns too, and count only with a capital letter.
_PLAIN = (
    r"(?:katu|kadun|kadulla|kadulle|kadulta|tie|tiellä|tielle|tieltä|kuja|kujan|kujalla|"
    r"kujalle|kujalta|raitti|raitin|raitilla|raitille|bulevardi\w*|esplanadi\w*|"
    r"gatan|vägen|gränden|stigen|allén|esplanaden|bulevarden|kajen)"
)
_CAPITAL = (
    r"(?:tien|polku|polun|polulla|polulle|kaari|kaaren|kaarella|aukio\w*|tori|torin|torilla|torille|"
    r"ranta|rannan|rannalla|rinne|rinteen|rinteellä|puisto|puiston|puistossa|väylä\w*|penger|"
    r"penkereellä|laituri\w*|mäki|mäen|mäellä|portti|portin|portilla|taival|taipaleella|silta|"
    r"sillan|sillalla|rinki|ringin|ringillä|piha|pihan|pihalla|niitty|niityn|harju|harjun|kallio|"
    r"kallion|linja|linjan|linjalla|tanhua|tanhuan|torget|stranden|backen|parken|gata|väg|gränd|stig)"
)
# Numbered paths and lines that no street is called by.
_OF_THE_TRADE = (
    r"(?:Palvelu|Ura|Työ|Opinto|Opetus|Kuntoutus|Hoito|Asiakas|Jatko|Oma)"
    r"(?:polku|polu|linj|\w*mispol)"
)
_STREETS = (
    re.compile(rf"(?i:\b\w{{2,}}{_PLAIN}{_NUMBER}{_UNIT})"),
    re.compile(rf"\b(?!{_OF_THE_TRADE})[A-ZÅÄÖ]\w+{_CAPITAL}{_NUMBER}{_UNIT}"),
    re.compile(
        rf"\b[A-ZÅÄÖ]\w+ (?:[tT]ie|[kK]atu|[kK]uja|[pP]olku|[kK]adun|[tT]ien){_NUMBER}{_UNIT}"
    ),
    re.compile(r"\b(?:\d{1,4}[a-z]? )?[A-Z]\w+ (?:Street|Road|Avenue|Lane)(?: \d{1,4})?" + _END),
    re.compile(r"\b(?:PL|PB|P\. ?O\. ?Box|PO Box)\s?\d{1,5}" + _END),
)
_POSTAL = re.compile(r"(?<![\w.,-])(?:FI-?|AX-?)?\d{5},?\s+[A-ZÅÄÖ][\wåäöÅÄÖ-]{2,}")
_SHORTEST_KNOWN = 4


def found_in(text: str, known: Iterable[str] = ()) -> bool:
    """Return whether the text holds an address, a number, or one of the `known` values.

    `known` are e-mail, phone, street, postal code and towns as they were written down; a place of a
    meeting in full. A value is known in other cases and with other spaces too.
    """
    return looks_like_any(text) or any(_says(text, value) for value in known)


def looks_like_any(text: str) -> bool:
    """Return whether the text has the form of an e-mail address, a number or a street address."""
    return bool(
        _EMAIL.search(text)
        or any(_is_phone(run) for run in _RUN.findall(text))
        or _DOTTED.search(text)
        or _CUED.search(text)
        or any(street.search(text) for street in _STREETS)
        or _POSTAL.search(text)
    )


def _is_phone(run: str) -> bool:
    """Judge a run of digits: a country code or a trunk zero, and long enough."""
    digits = re.sub(r"\D", "", run)
    if not _FEWEST <= len(digits) <= _MOST or _BUSINESS_ID.fullmatch(run):
        return False
    if "+" in run or digits.startswith("00"):
        return True
    if digits.startswith("358"):
        return len(digits) >= len("358") + _FEWEST
    if not re.match(r"0[1-9]", digits):
        return False
    groups = re.findall(r"\d+", run)
    # Hours such as "08-16 09-15": every group could be one.
    return any(len(group) > 2 or int(group) > _LATEST_HOUR for group in groups)


def _says(text: str, value: str) -> bool:
    value = " ".join(value.casefold().split())
    plain = " ".join(text.casefold().split())
    if len(value) < _SHORTEST_KNOWN:
        return False
    digits = re.sub(r"\D", "", value)
    if digits and not re.search(r"[^\d\s()+–-]", value):
        return _says_number(text, digits)
    if value in plain:
        return True
    street = re.match(r"([^\d]{3,}?)\s+\d", value)
    names = [street[1]] if street else [value] if " " not in value and "@" not in value else []
    return any(re.search(rf"\b{re.escape(stem)}", plain) for one in names for stem in _stems(one))


def _says_number(text: str, digits: str) -> bool:
    core = digits.removeprefix("00").removeprefix("358").lstrip("0")
    said = re.sub(r"[\s()+–-]", "", text)
    if len(core) >= _FEWEST:
        return core in said
    return bool(re.search(rf"(?<!\d){digits}(?!\d)", text))


_GRADES = (
    ("nt", "nn"), ("nk", "ng"), ("lt", "ll"), ("rt", "rr"), ("mp", "mm"), ("ht", "hd"), ("kk", "k"),
    ("pp", "p"), ("tt", "t"), ("t", "d"), ("k", ""), ("p", "v"),
)  # fmt: skip


def _stems(name: str) -> list[str]:
    """Return how a Finnish name begins in its cases: Lahti, Lahden; Helsinki, Helsingissä."""
    found = [name]
    body = name.rstrip("aeiouyäö")
    vowels = name[len(body) :]
    for strong, weak in _GRADES:
        if vowels and body.endswith(strong):
            found.append(body.removesuffix(strong) + weak + (vowels if len(weak) < 1 else ""))
            break
    return [stem for stem in found if len(stem) >= _SHORTEST_KNOWN]
