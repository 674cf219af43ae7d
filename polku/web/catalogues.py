"""All rooms' words of a language in one dictionary, rather than in twenty that are asked in turn.

Django keeps catalogues apart whose plurals are counted differently. It means to join the others,
but compares a function with its code (`TranslationCatalog.update`), which are never equal.
"""

from __future__ import annotations

from typing import Any

from django.utils.translation.trans_real import TranslationCatalog

DJANGOS_OWN = TranslationCatalog.update


def join() -> None:
    """Have catalogues that count alike joined. To be called before any word is asked for."""
    TranslationCatalog.update = _update


def _update(self: Any, trans: Any) -> None:
    if trans.plural.__code__ == self._plurals[0].__code__:
        self._catalogs[0].update(trans._catalog)
    else:
        self._catalogs.insert(0, trans._catalog.copy())
        self._plurals.insert(0, trans.plural)
