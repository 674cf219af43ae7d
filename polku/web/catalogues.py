"""All rooms' words of a language in one dictionary, rather than in twenty that are asked in turn.

Django keeps catalogues apart whose plurals are counted differently. It means to join the others,
but compares a function with its code (`TranslationCatalog.update`), which are never equal.

Each word also asks which language is on. Django keeps that in a variable of the context, behind a
lock and several calls that serve other uses of its class; here it is read straight.
"""

from __future__ import annotations

from contextvars import ContextVar
from typing import Any

from django.utils.translation import trans_real
from django.utils.translation.trans_real import TranslationCatalog

DJANGOS_OWN = TranslationCatalog.update

_language: ContextVar[Any] = ContextVar("polku_language")


class Active:
    """The language that is on, as Django keeps it: `value` is there or it is not."""

    @property
    def value(self) -> Any:
        found = _language.get(None)
        if found is None:
            raise AttributeError("No language has been chosen.")
        return found

    @value.setter
    def value(self, translation: Any) -> None:
        _language.set(translation)

    @value.deleter
    def value(self) -> None:
        _language.set(None)


def join() -> None:
    """Have catalogues that count alike joined. To be called before any word is asked for."""
    TranslationCatalog.update = _update
    trans_real._active = Active()


def _update(self: Any, trans: Any) -> None:
    if trans.plural.__code__ == self._plurals[0].__code__:
        self._catalogs[0].update(trans._catalog)
    else:
        self._catalogs.insert(0, trans._catalog.copy())
        self._plurals.insert(0, trans.plural)
