"""Invented people: a name that fits the age and mother tongue, an artificial identity code."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, field
from datetime import date, timedelta

from polku.demo.chance import Chance
from polku.demo.material import names

CHECKS = "0123456789ABCDEFHJKLMNPRSTUVWXY"
# The separators since 2023; all of a century mean the same, the first is by far the most common.
CENTURIES = {19: "-YXWVU", 20: "ABCDEF"}
FIRST_ARTIFICIAL = 900


@dataclass
class Person:
    """Somebody who isn't there."""

    woman: bool
    born: date
    language: str
    last_name: str
    first_names: str
    call_name: str
    identity_code: str = ""


@dataclass
class Codes:
    """Gives artificial identity codes, each once in a register.

    Where several give codes in one register, each begins at a `first` of its own.
    """

    first: int = 0
    given: dict[tuple[date, bool], int] = field(default_factory=dict)

    def give(self, born: date, woman: bool) -> str:
        """Return the next free code of the birth date. Raises LookupError after 300."""
        nth = self.given.get((born, woman), self.first)
        self.given[born, woman] = nth + 1
        return identity_code(born, woman, nth)


def identity_code(born: date, woman: bool, nth: int) -> str:
    """Return the `nth` artificial code (individual number 900 to 999) of a birth date."""
    separator, number = divmod(nth, 50)
    individual = FIRST_ARTIFICIAL + 2 * number + (not woman)
    try:
        sign = CENTURIES[born.year // 100][separator]
    except IndexError:
        raise LookupError(f"no artificial code is left for {born}") from None
    digits = f"{born:%d%m%y}{individual}"
    return f"{born:%d%m%y}{sign}{individual}{CHECKS[int(digits) % 31]}"


def born_at_age(chance: Chance, age: int, today: date) -> date:
    """Return a birth date of somebody who has had so many birthdays."""
    latest = today.replace(year=today.year - age, day=min(today.day, 28))
    return latest - timedelta(days=chance.randint(0, 364))


def make_person(
    chance: Chance,
    *,
    ages: tuple[int, int],
    today: date,
    codes: Codes,
    language: str = "",
    named: tuple[str, str, bool] | None = None,
) -> Person:
    """Return an invented person; what is not given is drawn.

    `named` is first names, last name, and whether a woman.
    """
    woman = named[2] if named else chance.yes(0.47)
    age = _age(chance, ages)
    born = born_at_age(chance, age, today)
    language = language or chance.of_weights(names.LANGUAGE_WEIGHTS)
    if named:
        first, last = named[0].split(" "), named[1]
    elif language == "fi":
        first, last = _finnish(chance, woman, born)
    else:
        spoken = names.BY_LANGUAGE[language]
        first = [chance.choice(spoken.women if woman else spoken.men)]
        last = spoken.surname(woman, chance.randrange(1000))
    return Person(woman, born, language, last, " ".join(first), first[0], codes.give(born, woman))


def _age(chance: Chance, ages: tuple[int, int]) -> int:
    """Ages as in a caseload: many young, many over fifty, fewer in between."""
    low, high = ages
    while True:
        age = int(chance.choice((chance.gauss(25, 4), chance.gauss(41, 9), chance.gauss(56, 5))))
        if low <= age <= high:
            return age


def _finnish(chance: Chance, woman: bool, born: date) -> tuple[list[str], str]:
    decade = max(1950, min(2000, born.year // 10 * 10))
    pool = names.FINNISH_FIRST_NAMES[decade][0 if woman else 1]
    first = chance.sample(pool, 2 if chance.yes(0.6) else 1)
    return first, chance.choice(names.FINNISH_SURNAMES)


def plain_finnish(chance: Chance, woman: bool, born: date) -> tuple[str, str]:
    """Return one first name that fits the age, and a last name."""
    decade = max(1950, min(2000, born.year // 10 * 10))
    pool = names.FINNISH_FIRST_NAMES[decade][0 if woman else 1]
    return chance.choice(pool), chance.choice(names.FINNISH_SURNAMES)


def mailbox(*parts: str) -> str:
    """Return a name as it stands in an invented e-mail address: `makinen`."""
    text = unicodedata.normalize("NFKD", ".".join(parts).lower())
    kept = (c for c in text if c.isascii() and (c.isalnum() or c == "."))
    return "".join(kept).strip(".")
