"""Search among the clients whom the viewer may see: by name, phone, identity code, office number.

Names are compared by their trigrams with the viewer's own visible clients, some hundreds or a few
thousand: exact for them, however common the name is in the register, and with no index over all.
"""

from __future__ import annotations

import re
from datetime import date
from typing import Any, Literal, NamedTuple
from uuid import UUID

from django.contrib.postgres.search import TrigramWordSimilarity
from django.db.models import (
    BooleanField,
    Case,
    ExpressionWrapper,
    F,
    FloatField,
    Func,
    Q,
    QuerySet,
    Value,
    When,
)
from django.db.models.functions import Concat, Upper

from polku.clients import identity, names
from polku.clients.queries import visible
from polku.foundation.prepared import Said, prepared
from polku.foundation.viewer import Viewer

By = Literal["nothing", "name", "phone", "identity", "number"]

LIKE_ENOUGH = 0.5
SHORT_WORD = 3
MOST_WORDS = 5
FEWEST_DIGITS = 4
PARTED = "\x1f"
_PHONE = re.compile(r"^[+()\d\s./-]+$")
_IDENTITY = re.compile(r"^\s*\d{6}[-+A-FU-Ya-fu-y]\d{3}[0-9A-Za-z]\s*$")


class Found(NamedTuple):
    """One client found."""

    id: UUID
    first_names: str
    call_name: str
    last_name: str
    born: date | None
    municipality_fi: str | None
    municipality_sv: str | None
    closed_on: date | None
    safety_ban: bool
    office_number: str


def looks_like_identity(text: str) -> bool:
    """Return whether the text has the form of an identity code: then it is kept nowhere."""
    return bool(_IDENTITY.match(text))


def find(viewer: Viewer, text: str, *, at_most: int = 20) -> tuple[By, list[Found]]:
    """Return how the text was read, and the visible clients it finds, likest first.

    An identity code finds only when it is whole and valid. Phone numbers under a safety ban are
    not found: the database does not show their rows.
    """
    text = text.strip()[:200]
    if looks_like_identity(text):
        return "identity", _by_identity(viewer, text)
    if not names.fold(text):
        return "nothing", []
    digits = "".join(c for c in text if c.isdigit())
    phone = _core(digits) if _PHONE.match(text) and len(digits) >= FEWEST_DIGITS else ""
    by: By = "phone" if phone else "number" if digits else "name"
    if by == "name":
        rows = _by_name(viewer, text, at_most)
    else:
        rows = _by_phone_or_number(
            viewer,
            number=Said(f"{_pattern(text.upper())}%"),
            phone=Said(f"%{phone}%") if phone else "",
            at_most=at_most,
        )
    return by, [Found._make(row) for row in rows]


def _core(digits: str) -> str:
    """The digits without the country's or the long-distance prefix, which people leave out."""
    return digits.removeprefix("00").removeprefix("358").lstrip("0")


def _by_identity(viewer: Viewer, text: str) -> list[Found]:
    if viewer.register_id is None:
        return []
    try:
        index = identity.index_of(viewer.register_id, text.strip().upper())
    except identity.BadIdentityCode:
        return []
    rows = _columns(visible(viewer).filter(identity_index=index))[:1]
    return [Found._make(row) for row in rows]


class Like(Func):
    """`text LIKE pattern`, with a pattern that the caller has made."""

    template = "(%(expressions)s)"
    arg_joiner = " LIKE "
    output_field = BooleanField()


class LikeAny(Func):
    """`text LIKE` any of some patterns, which come as one text parted by PARTED."""

    template = "(%(expressions)s)"
    output_field = BooleanField()

    def __init__(self, text: Any, patterns: str) -> None:
        super().__init__(text, Value(patterns), Value(PARTED))

    def as_sql(self, compiler: Any, connection: Any, **more: Any) -> tuple[str, Any]:
        (text, a), (patterns, b), (parted, c) = map(compiler.compile, self.get_source_expressions())
        return f"({text} LIKE ANY (string_to_array({patterns}, {parted})))", [*a, *b, *c]


def _pattern(text: str) -> str:
    return re.sub(r"([%_\\])", r"\\\1", text)


def swapped(word: str) -> list[str]:
    """Return the words that come of swapping two neighbouring letters, as fingers do.

    Trigrams miss them: `Lathinen` has but two of the six of `Lahtinen`.
    """
    found = [
        f"{word[:n]}{word[n + 1]}{word[n]}{word[n + 2 :]}"
        for n in range(len(word) - 1)
        if word[n] != word[n + 1]
    ]
    return found or [word]


@prepared
def _by_phone_or_number(
    viewer: Viewer, *, number: str, phone: str, at_most: int
) -> QuerySet[Any, Any]:
    wanted = Q(Like(Upper("office_number"), Value(number)))
    if phone:
        wanted |= Q(Like(F("details__phone_digits"), Value(phone)))
    return _columns(visible(viewer).filter(wanted).order_by("office_number", "sort_key"))[:at_most]


@prepared
def _named(
    viewer: Viewer, *, short: tuple[bool, ...], at_most: int, **said: str
) -> QuerySet[Any, Any]:
    """Each word begins a word of the name, is one with two letters swapped, or is like enough to
    one; a word in full counts more.
    """
    found = visible(viewer).alias(spaced=Concat(Value(" "), F("search_name")))
    score: Any = Value(0.0, FloatField())
    for number, is_short in enumerate(short):
        begins = Like(F("spaced"), Value(said[f"begins_{number}"]))
        if is_short:
            found = found.filter(begins)
            continue
        like = f"like_{number}"
        swapped = LikeAny(F("spaced"), said[f"swapped_{number}"])
        found = found.alias(
            **{like: TrigramWordSimilarity(said[f"word_{number}"], "search_name")}
        ).filter(Q(begins) | Q(swapped) | Q(**{f"{like}__gte": LIKE_ENOUGH}))
        full, half = When(begins, then=1.0), When(swapped, then=0.5)
        score = score + F(like) + Case(full, half, default=0.0, output_field=FloatField())
    if all(short):
        return _columns(found.order_by("sort_key"))[:at_most]
    score = ExpressionWrapper(score, output_field=FloatField())
    return _columns(found.alias(score=score).order_by("-score", "sort_key"))[:at_most]


def _by_name(viewer: Viewer, text: str, at_most: int) -> list[tuple[Any, ...]]:
    words = names.fold(text).split()[:MOST_WORDS]
    said: dict[str, str] = {}
    for number, word in enumerate(words):
        said[f"begins_{number}"] = Said(f"% {_pattern(word)}%")
        if len(word) > SHORT_WORD:
            said[f"word_{number}"] = Said(word)
            said[f"swapped_{number}"] = Said(
                PARTED.join(f"% {_pattern(one)}%" for one in swapped(word))
            )
    short = tuple(len(word) <= SHORT_WORD for word in words)
    return _named(viewer, short=short, at_most=at_most, **said)


def _columns(found: QuerySet[Any, Any]) -> QuerySet[Any, Any]:
    return found.values_list(
        "id",
        "first_names",
        "call_name",
        "last_name",
        "born",
        "municipality__name_fi",
        "municipality__name_sv",
        "closed_on",
        "safety_ban",
        "office_number",
    )
