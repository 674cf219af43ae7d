"""A person in a few words: how they are called, their age, their language."""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from typing import Protocol

from babel import Locale
from django.utils.translation import get_language, gettext


class Named(Protocol):
    """Anything with the three parts of a name."""

    @property
    def first_names(self) -> str: ...
    @property
    def call_name(self) -> str: ...
    @property
    def last_name(self) -> str: ...


def called(who: Named) -> str:
    """Return the name the person goes by."""
    return who.call_name or who.first_names.split(" ")[0]


def name(who: Named) -> str:
    """Return first name in use and last name, as spoken."""
    return f"{called(who)} {who.last_name}".strip()


@lru_cache(maxsize=10_000)
def possessive(first_name: str, language: str) -> str:
    """Return whose: `Mirja's`, `Mirjan`, `Mirjas`; '' where Finnish has no sure form (Tuomas)."""
    last = first_name[-1:].lower()
    if language == "en":
        return f"{first_name}'" if last == "s" else f"{first_name}'s"
    if language == "sv":
        return first_name if last in "sxz" else f"{first_name}s"
    if last not in "aeiouyäöå":
        return "" if last in "sz" or not last.isalpha() else f"{first_name}in"
    stop = first_name[-3:-1].lower()
    if stop in ("kk", "pp", "tt"):
        return f"{first_name[:-2]}{last}n"
    return "" if stop == "ht" else f"{first_name}n"


def turn_of(first_name: str) -> str:
    """Return whose turn it is, by name: `Mirjan vuoro`; `Vuorossa Pekka` where no form is sure."""
    language = (get_language() or "fi")[:2]
    whose = possessive(first_name, language)
    if not whose:
        return gettext("Turn: %(name)s") % {"name": first_name}
    return gettext("%(whose)s turn") % {"whose": whose}


def age(born: date | None, today: date) -> str:
    """Return `52 v`, or '' when the date of birth is unknown."""
    if born is None:
        return ""
    years = today.year - born.year - ((today.month, today.day) < (born.month, born.day))
    return _years(years, get_language())


@lru_cache(maxsize=1_000)
def _years(count: int, _tongue: str | None) -> str:
    return gettext("%(n)d y") % {"n": count}


@lru_cache(maxsize=1_000)
def _language_name(code: str, language: str) -> str:
    return str(Locale(language).languages.get(code) or code)


def language(code: str) -> str:
    """Return the name of a language, in the language of the page."""
    return _language_name(code, (get_language() or "fi")[:2])
