"""A sentence that is kept as its pattern and its parts, so that a screen can say it in Finnish."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any


class Word(str):
    """A part of a sentence that is itself translated, such as the name of a public holiday."""

    __slots__ = ()


def plain(value: object) -> str:
    """Dates as ISO, everything else as it prints."""
    return value.isoformat() if isinstance(value, date) else str(value)


@dataclass(frozen=True, slots=True)
class Reason:
    """An English pattern with `%(name)s` places, which is also its message id, and what fills them.

    `gettext` turns the pattern (and every `Word`) into another language; `show` turns the other
    parts, dates for the most part, into text. Both stay out of here: the kernel knows no language.
    """

    msgid: str
    params: Mapping[str, Any]

    def sentence(
        self, gettext: Callable[[str], str] = str, show: Callable[[Any], str] = plain
    ) -> str:
        parts = {
            name: gettext(str(value)) if isinstance(value, Word) else show(value)
            for name, value in self.params.items()
        }
        return gettext(self.msgid) % parts

    def __str__(self) -> str:
        return self.sentence()


def because(msgid: str, **params: Any) -> Reason:
    """`because("Registered on %(day)s.", day=date(2026, 1, 5))`"""
    return Reason(msgid, params)
