"""From a heading to the fields that it may mean, with one slip of the finger forgiven."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from polku.exchange.sheets.setting import fold

Words = Mapping[str, tuple[str, ...]]
Phrases = tuple[tuple[tuple[str, ...], str], ...]

# Shorter words are too near each other for guessing.
GUESS_FROM = 6
_BRACKETS = re.compile(r"[(\[{].*?[)\]}]")
# Said of many columns without changing what they are.
_ENDINGS = tuple(
    fold(word)
    for word in ("päivämäärä", "pvm", "päivä", "datum", "date", "tieto", "asiakkaan", "jobseeker")
)
_BEGINNINGS = tuple(fold(word) for word in ("asiakkaan", "hakijan", "klientens", "client's"))
# Headings so general that a more exact column takes precedence.
_SHARED = frozenset(fold(word) for word in ("kieli", "språk", "language"))


@dataclass(frozen=True, slots=True)
class Meaning:
    """`fields`: none, one, or several when unclear. `shared`: gives way to a better word."""

    fields: tuple[str, ...]
    guessed: bool = False
    shared: bool = False


def exact_meaning(heading: str, words: Words) -> Meaning:
    """Without guessing: the whole heading, then without brackets, common ends and beginnings."""
    if not heading or len(heading) > 120:
        return Meaning(())
    for form in _forms(heading):
        if form in words:
            return Meaning(words[form], shared=form in _SHARED)
    return Meaning(())


def meaning_of(heading: str, words: Words, others: frozenset[str], whole: Phrases = ()) -> Meaning:
    """As exact_meaning, and then: abbreviated with stops (by the phrases of `whole`), or with one
    letter wrong, missing, doubled or swapped."""
    exact = exact_meaning(heading, words)
    if exact.fields or len(heading) > 120:
        return exact
    form = fold(heading)
    if form in others:
        return exact
    if "." in heading and (short := _abbreviated(heading, whole)):
        return short
    if len(form) < GUESS_FROM:
        return exact
    near = {fields for word, fields in words.items() if _one_slip(form, word)}
    if len(near) != 1:
        return Meaning(())
    fields = near.pop()
    return Meaning(fields, guessed=True) if len(fields) == 1 else Meaning(())


@lru_cache(maxsize=4096)
def _forms(heading: str) -> tuple[str, ...]:
    whole = fold(heading)
    bare = fold(_BRACKETS.sub("", heading))
    forms = [whole, bare]
    for end in _ENDINGS:
        forms += [form.removesuffix(end) for form in (whole, bare)]
    for start in _BEGINNINGS:
        forms += [form.removeprefix(start) for form in (whole, bare)]
    return tuple(dict.fromkeys(form for form in forms if form))


def _abbreviated(heading: str, whole: Phrases) -> Meaning | None:
    """ "Työttömänä alk." for "työttömänä alkaen": each word that ends in a stop begins a word."""
    parts = re.findall(r"[^\s.]+\.?", heading)
    short = [(fold(part), part.endswith(".")) for part in parts]
    fields = {
        name
        for words, name in whole
        if len(words) == len(short)
        and all(
            word == part or (stop and len(part) > 1 and word.startswith(part))
            for (part, stop), word in zip(short, words, strict=True)
        )
    }
    return Meaning((fields.pop(),), guessed=True) if len(fields) == 1 else None


def _one_slip(typed: str, word: str) -> bool:
    """Whether one insertion, deletion, change or swap of neighbours makes `typed` of `word`."""
    if len(word) < GUESS_FROM or abs(len(typed) - len(word)) > 1:
        return False
    start = 0
    while start < min(len(typed), len(word)) and typed[start] == word[start]:
        start += 1
    rest, goal = typed[start:], word[start:]
    if len(rest) == len(goal):
        swapped = rest[1:2] + rest[0:1] + rest[2:]
        return rest[1:] == goal[1:] or swapped == goal
    return rest[1:] == goal or rest == goal[1:]
