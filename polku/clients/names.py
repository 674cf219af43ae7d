"""Names as they are sorted and searched: å ä ö after z, accents and case folded away."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_ORDER = {"å": "z\x01", "ä": "z\x02", "ö": "z\x03", "æ": "z\x02", "ø": "z\x03"}
_LETTERS = {"ß": "ss", "đ": "d", "ð": "d", "ł": "l", "þ": "th", "ı": "i", "æ": "ae", "ø": "o"}
_SPELT_OUT = str.maketrans(_LETTERS)
_NOT_WORD = re.compile(r"[^\w]+", re.UNICODE)


def _fold(text: str) -> str:
    if text.isascii():
        return text
    base = unicodedata.normalize("NFKD", text)
    return "".join(c for c in base if not unicodedata.combining(c))


@lru_cache(maxsize=1_024)
def _sorted_as(letter: str) -> str:
    return _ORDER.get(letter) or _fold(_LETTERS.get(letter, letter))


def fold(text: str) -> str:
    """Return the text in lower case without accents: `Mäkinen-Öst` -> `makinen ost`."""
    lowered = text.lower().translate(_SPELT_OUT)
    return _NOT_WORD.sub(" ", _fold(lowered)).strip()


def sort_key(last_name: str, first_names: str) -> str:
    """Return a key that sorts as Finnish does under plain byte order (COLLATE "C").

    v and w sort as one letter only in older lists; here they are apart, as in SFS 4600 today.
    """

    def part(text: str) -> str:
        if text.isascii():
            return text.lower()
        composed = unicodedata.normalize("NFC", text.lower())
        return "".join(map(_sorted_as, composed))

    return f"{part(last_name)}\x00{part(first_names)}".replace("\x00", "\t")[:400]


def search_name(last_name: str, first_names: str, call_name: str = "") -> str:
    """Return what a search by name looks into: all names, folded."""
    return fold(f"{last_name} {first_names} {call_name}")[:620]
