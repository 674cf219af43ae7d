"""Languages by ISO code, named in the language of the page by Babel's tables."""

from __future__ import annotations

from functools import lru_cache

from babel import Locale
from django.utils.translation import get_language

COMMON = (
    "fi", "sv", "en", "ru", "uk", "et", "so", "ar", "fa", "prs", "ku", "vi", "th", "zh", "tr", "sq",
    "es", "fr", "de", "pl", "ro", "hu", "bn", "hi", "ur", "ne", "tl", "am", "ti", "sw", "se",
)  # fmt: skip
# Babel's tables know Dari as the Persian of Afghanistan.
TABLED = {"prs": "fa_AF"}


@lru_cache(maxsize=8)
def _names(language: str) -> dict[str, str]:
    return dict(Locale.parse(language).languages)


def name_of(code: str) -> str:
    """Return the language's name on the present page; the code itself when it is unknown."""
    names = _names(get_language() or "fi")
    return names.get(TABLED.get(code, code), code)


def choices() -> list[tuple[str, str]]:
    """Return (code, name) of the common languages, Finnish and Swedish first, the rest by name."""
    rest = sorted(((c, name_of(c)) for c in COMMON[2:]), key=lambda pair: pair[1])
    return [(c, name_of(c)) for c in COMMON[:2]] + rest
