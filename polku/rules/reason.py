"""A sentence that is kept as its pattern and its parts, so that a screen can say it in Finnish."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any


class Word(str):
    """A part of a sentence that is itself translated, such as the name of a public holiday."""

    __slots__ = ()


YES_OR_NO = {True: Word("yes"), False: Word("no"), None: Word("not known")}


class Several(tuple[Any, ...]):
    """Parts of a sentence that hold together: a semicolon stands between them."""

    __slots__ = ()


def plain(value: object) -> str:
    """Dates as ISO, everything else as it prints."""
    return value.isoformat() if isinstance(value, date) else str(value)


@dataclass(frozen=True, slots=True)
class Reason:
    """An English pattern with `%(name)s` places, which is also its message id, and what fills them.

    A place may also be filled by another reason, or by several of them as a tuple or `Several`.

    `gettext` turns the pattern (and every `Word`) into another language; `show` turns the other
    parts, dates for the most part, into text. Both stay out of here: the kernel knows no language.
    """

    msgid: str
    params: Mapping[str, Any]

    def sentence(
        self, gettext: Callable[[str], str] = str, show: Callable[[Any], str] = plain
    ) -> str:
        def said(value: Any) -> str:
            if isinstance(value, Word):
                return gettext(value) if value else ""
            if isinstance(value, Reason):
                return value.sentence(gettext, show)
            if isinstance(value, tuple):
                between = "; " if isinstance(value, Several) else ", "
                return between.join(said(part) for part in value)
            return show(value)

        return gettext(self.msgid) % {name: said(value) for name, value in self.params.items()}

    def __str__(self) -> str:
        return self.sentence()


def message(text: str) -> str:
    """The pattern of a sentence that is said elsewhere; so the catalogues are found to need it."""
    return text


def because(msgid: str, **params: Any) -> Reason:
    """`because("Registered on %(day)s.", day=date(2026, 1, 5))`"""
    return Reason(msgid, params)
