"""What a reading needs to know of the world: the day, and where names are looked up."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

Lookup = Callable[[str], str | None]


@dataclass(frozen=True, slots=True)
class Setting:
    """`today`: the day of the import, from the clock. `municipality`: three-digit code or name in
    Finnish or Swedish -> three-digit code, or None. `allow_temporary`: identity codes from the
    artificial range (900 to 999) are taken; only demo and tests say so."""

    today: date
    municipality: Lookup
    allow_temporary: bool = False


def fold(text: str) -> str:
    """Letters and digits alone, small, without accents: the form in which names are compared."""
    parts = unicodedata.normalize("NFKD", text.casefold().replace("ø", "o").replace("æ", "ae"))
    return "".join(sign for sign in parts if sign.isalnum())


def municipality_lookup(rows: Iterable[tuple[str, str, str]]) -> Lookup:
    """A lookup from rows of (code, Finnish name, Swedish name).

    Names are compared folded, so "jamsa" finds Jämsä; a folded name that two municipalities share
    finds neither.
    """
    codes: dict[str, str | None] = {}
    for code, finnish, swedish in rows:
        code = code.zfill(3)
        codes[code] = code
        for name in {fold(finnish), fold(swedish)}:
            codes[name] = code if codes.get(name, code) == code else None

    def look(text: str) -> str | None:
        stripped = text.strip()
        if stripped.isascii() and stripped.isdigit():
            return codes.get(stripped.zfill(3))
        return codes.get(fold(stripped))

    return look
