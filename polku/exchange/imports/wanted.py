"""What a row says of a person, in the register's own fields. Nothing here asks about anybody."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, Literal
from uuid import UUID

from polku.clients import names
from polku.exchange.sheets.parse import ParsedRow
from polku.exchange.sheets.problems import Problem, Severity
from polku.exchange.sheets.setting import fold
from polku.foundation import crypto

# The sheet's field -> the client's. Those of details stand in a row of their own.
OF_CLIENT = {
    "client_number": "office_number",
    "last_name": "last_name",
    "first_names": "first_names",
    "birth_date": "born",
    "mother_tongue": "language",
    "unemployed_since": "unemployed_since",
    "registered": "registered_on",
    "status": "status",
    "referral_source": "referral",
    "notes": "situation",
    "service_language": "service_language",
}
OF_DETAILS = {
    "phone": "phone",
    "email": "email",
    "address": "street",
    "postal_code": "postal_code",
    "post_office": "town",
}
LONGEST = {
    "office_number": 40, "last_name": 200, "first_names": 200, "situation": 600, "phone": 40,
    "email": 254, "street": 200, "postal_code": 10, "town": 80,
}  # fmt: skip
STATUSES = {
    "unemployed": "02",
    "laid_off": "03",
    "supported_work": "00",
    "in_service": "07",
    "employed": "01",
    "outside": "05",
}
SERVED_IN = ("fi", "sv", "en")
_REFERRALS = {
    fold(word): kind
    for kind, words in {
        "registered": "työnhaku, ilmoittautunut, ilmoittautuminen, te-toimisto, te-palvelut, "
        "työllisyyspalvelut, arbetsförmedling, arbets- och näringsbyrån, employment services",
        "multisector": "typ, työllistymistä edistävä monialainen palvelu, monialainen, "
        "monialainen tuki, sektorsövergripande service, multi-sector",
        "social": "sosiaalitoimi, sosiaalipalvelut, sosiaalityö, aikuissosiaalityö, socialvården, "
        "socialservice, social services",
        "health": "terveydenhuolto, terveyskeskus, hälsovården, hälsocentralen, health services",
        "school": "oppilaitos, koulu, läroanstalt, skola, school",
        "outreach": "etsivä nuorisotyö, etsivä, ohjaamo, uppsökande ungdomsarbete, outreach",
        "integration": "kotoutuminen, kotouttaminen, maahanmuuttopalvelut, integration",
        "self": "itse, oma hakeutuminen, själv, self",
        "other": "muu, övrig, annan, other",
    }.items()
    for word in words.split(",")
}


# By the sheet's field, the letter and the heading of its column.
Columns = dict[str, tuple[str, str]]


@dataclass(slots=True)
class Wanted:
    """A row about a person. `values` by the client's field; only what the row says is there.

    `at` tells the column and heading of a field, for the report.
    """

    row: ParsedRow
    values: dict[str, Any] = field(default_factory=dict)
    identity: bytes | None = None
    code: str = ""
    name_key: tuple[str, str] = ("", "")
    search: str = ""
    municipality: str | None = None
    closed: bool = False
    ban: bool | None = None
    problems: list[Problem] = field(default_factory=list)
    columns: Columns = field(default_factory=dict)

    @property
    def passed(self) -> Literal["skipped", "refused", ""]:
        """What came of the row already when it was read; empty for one that is to be decided."""
        if self.row.skipped:
            return "skipped"
        return "refused" if self.row.refused else ""

    def say(self, severity: Severity, code: str, name: str = "", **params: Any) -> None:
        """Add a problem in the column of a sheet's field."""
        column, heading = self.columns.get(name, (None, ""))
        self.problems.append(Problem(code, severity, self.row.line, column, heading, params))

    def doubt(self, code: str, name: str = "", **params: Any) -> None:
        self.say(Severity.DOUBTFUL, code, name, **params)

    def refuse(self, code: str, name: str = "", **params: Any) -> None:
        self.say(Severity.REFUSED, code, name, **params)


def wants(rows: Iterable[ParsedRow], columns: Columns, register: UUID) -> Iterator[Wanted]:
    """Yield what each row says, with its code's index; of a row that is passed over, only the row.

    Asks the database for the register's key when it is called, and nothing after.
    """
    index_of = crypto.indexer(register)

    def one(row: ParsedRow) -> Wanted:
        if row.skipped or row.refused:
            return Wanted(row, problems=row.problems)
        want = wanted(row, columns)
        if want.code:
            want.identity = index_of(want.code)
        return want

    return map(one, rows)


def wanted(row: ParsedRow, columns: Columns) -> Wanted:
    """Return what the row says; its code is indexed by who has the register's key."""
    said = row.fields
    want = Wanted(row, problems=list(row.problems), columns=columns)
    for theirs, ours in (*OF_CLIENT.items(), *OF_DETAILS.items()):
        if theirs in said:
            _take(want, theirs, ours, said[theirs])
    for name in ("last_name", "first_names"):
        if name in want.values:
            want.values[name] = spelled(want.values[name])
    if "identity_code" in said:
        want.code = said["identity_code"].code
    want.ban = said.get("safety_ban")
    want.municipality = said.get("municipality")
    last, first = want.values.get("last_name", ""), want.values.get("first_names", "")
    want.name_key = name_key(last, first)
    want.search = f"{folded(last)} {folded(first)}".strip()[:620]
    return want


def _take(want: Wanted, theirs: str, ours: str, value: Any) -> None:
    if theirs == "phone":
        _take_phone(want, value)
    elif theirs == "status":
        want.closed = value == "closed"
        if value in STATUSES:
            want.values[ours] = STATUSES[value]
    elif theirs == "referral_source":
        kind = _REFERRALS.get(fold(value))
        if kind is None:
            want.doubt("referral_unknown", theirs, text=value[:60])
        else:
            want.values[ours] = kind
    elif theirs == "service_language":
        if value in SERVED_IN:
            want.values[ours] = value
        else:
            want.values["interpreter"] = True
            want.values.setdefault("language", value)
            want.doubt("service_language_unusual", theirs)
    elif theirs == "mother_tongue":
        want.values["language"] = value
    else:
        want.values[ours] = _cut(want, theirs, ours, value)


def _cut(want: Wanted, theirs: str, ours: str, value: Any) -> Any:
    limit = LONGEST.get(ours)
    if limit is None or len(value) <= limit:
        return value
    want.doubt("notes_cut" if ours == "situation" else "text_cut", theirs, limit=limit)
    return value[: limit - 1] + "…"


def _take_phone(want: Wanted, phones: Any) -> None:
    first = phones[0]
    want.values["phone"] = shown_phone(first.number, first.extension)
    want.values["phone_digits"] = first.number.lstrip("+")[:20]
    if len(phones) > 1:
        want.doubt("phones_more", "phone", count=len(phones))


def shown_phone(number: str, extension: str = "") -> str:
    """Return a number in groups, as it is read aloud: `+358 40 123 4567`."""
    digits = number.lstrip("+")
    if digits.startswith("358"):
        rest = digits[3:]
        groups = [rest[:2], rest[2:5], rest[5:]]
        text = " ".join(["+358", *(g for g in groups if g)])
    else:
        text = f"+{digits}"
    return f"{text} / {extension}"[:40] if extension else text


def spelled(name: str) -> str:
    """Return a name that stood in capitals as a name: `HAAPAOJA-O'BRIEN` -> `Haapaoja-O'Brien`."""
    if len(name) < 3 or not name.isupper():
        return name
    return re.sub(r"[^\W\d_]+", lambda word: word[0].capitalize(), name)


def name_key(last_name: str, first_names: str) -> tuple[str, str]:
    """Return what must agree for the same name: the last name and the first of the first names."""
    return folded(last_name), folded(first_names).split(" ")[0]


@lru_cache(maxsize=16_384)
def folded(text: str) -> str:
    """Return `names.fold` of a name; names repeat themselves in a sheet."""
    return names.fold(text)


def trigrams(text: str) -> frozenset[str]:
    """Return the trigrams of a folded text, word by word, as pg_trgm counts them."""
    found: set[str] = set()
    for word in text.split():
        padded = f"  {word} "
        found.update(padded[i : i + 3] for i in range(len(padded) - 2))
    return frozenset(found)


def likeness(one: str, other: str) -> float:
    """Return how alike two folded names are, 0 to 1: shared trigrams of all."""
    a, b = trigrams(one), trigrams(other)
    return len(a & b) / len(a | b) if a or b else 0.0
