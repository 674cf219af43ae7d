"""Which bit stands for what. Pure; the order of a list here is the order of its bits."""

from __future__ import annotations

from collections.abc import Iterable

from polku.placements import work
from polku.placements.terms import Card, Demand, Kind
from polku.planning.matching.rules import bit

# What the body and the senses may rule out stands among the limits of health ...
HEALTH = (
    Demand.LIFTING_5,
    Demand.LIFTING_10,
    Demand.LIFTING_20,
    Demand.STANDING,
    Demand.STAIRS,
    Demand.BENDING,
    Demand.OUTDOORS,
    Demand.COLD,
    Demand.NOISE,
    Demand.DUST,
)
# ... and what may not suit one's life or liking among the vetoes.
VETO = (
    Demand.EVENINGS,
    Demand.NIGHTS,
    Demand.WEEKENDS,
    Demand.CUSTOMERS,
    Demand.ALONE,
    Demand.CROWDS,
    Demand.SCREEN,
    Demand.READING,
    Demand.HURRY,
)
CARDS = tuple(Card)
# A language at a level; who has a level has those below it.
LEVELS = ("A1", "A2", "B1", "B2", "C1", "C2")
LANGUAGES = tuple(
    [("fi", level) for level in LEVELS]
    + [("sv", level) for level in LEVELS]
    + [("en", level) for level in LEVELS[1:5]]
)
NATIVE = "X"
WORKS = tuple(one.code for one in work.WORKS)
KINDS = tuple(Kind)
# Whoever can't lift five kilos can't lift twenty.
WORSE = {
    Demand.LIFTING_5: (Demand.LIFTING_10, Demand.LIFTING_20),
    Demand.LIFTING_10: (Demand.LIFTING_20,),
}


def demands(found: Iterable[str]) -> int:
    """Return the traits of work that makes these demands."""
    word = 0
    for one in found:
        if one in HEALTH:
            word |= bit("health", HEALTH.index(Demand(one)))
        elif one in VETO:
            word |= bit("veto", VETO.index(Demand(one)))
    return word


def ruled_out(limits: Iterable[str]) -> int:
    """Return what a client rules out, with what is worse of the same."""
    said = {Demand(one) for one in limits}
    return demands(said | {worse for one in said for worse in WORSE.get(one, ())})


def cards(found: Iterable[str]) -> int:
    """Return the cards that work needs, or that a client has."""
    word = 0
    for one in found:
        word |= bit("licence", CARDS.index(Card(one)))
    return word


def language_needed(language: str, level: str) -> int:
    """Return the language that work needs; one that is not in the table asks for nothing here."""
    if (language, level) not in LANGUAGES:
        return 0
    return bit("language", LANGUAGES.index((language, level)))


def languages_known(skills: Iterable[tuple[str, str]]) -> int:
    """Return what a client's (language, level) pairs give: the level and those below it."""
    word = 0
    for language, level in skills:
        top = len(LEVELS) if level == NATIVE else LEVELS.index(level) + 1
        for one in LEVELS[:top]:
            word |= language_needed(language, one)
    return word


def works(codes: Iterable[str]) -> int:
    """Return the task bits of ISCO codes; a code that is not listed has none."""
    word = 0
    for code in codes:
        if code in WORKS:
            word |= 1 << WORKS.index(code)
    return word


def named(rule: str, number: int) -> str:
    """Return what a bit of a rule stands for: a demand, a card, or "fi B1". Raises KeyError."""
    table: dict[str, tuple[str, ...]] = {
        "health": tuple(HEALTH),
        "veto": tuple(VETO),
        "licence": tuple(CARDS),
        "language": tuple(f"{language} {level}" for language, level in LANGUAGES),
    }
    return str(table[rule][number])
