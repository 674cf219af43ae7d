"""Facts: what a rule must be told, and how what was given is read."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

ISO_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


class Unreadable(ValueError):
    """The value has the wrong kind or form.

    `args[0]` is the sentence, with a place for the fact and for each of `params`.
    """

    def __init__(self, msgid: str, **params: object) -> None:
        super().__init__(msgid)
        self.params = params


def a_date(value: object) -> date:
    """A `date`, or ISO text. A moment in time is refused: its day depends on a time zone."""
    if type(value) is date:
        return value
    if isinstance(value, str) and ISO_DATE.fullmatch(value):
        try:
            return date.fromisoformat(value)
        except ValueError:
            raise Unreadable(
                "The fact %(fact)s is not a day that exists in the calendar."
            ) from None
    raise Unreadable("The fact %(fact)s must be a date written like 2026-01-05.")


def a_text(value: object) -> str:
    """Text, at most 200 characters."""
    if isinstance(value, str) and len(value) <= 200:
        return value
    raise Unreadable("The fact %(fact)s must be text of at most 200 characters.")


def a_true_or_false(value: object) -> bool:
    """True or false, and nothing that merely counts as it."""
    if isinstance(value, bool):
        return value
    raise Unreadable("The fact %(fact)s must be true or false.")


@dataclass(frozen=True, slots=True)
class OneOf:
    """A reader of one of some words."""

    kind: str
    options: tuple[str, ...]

    def __call__(self, value: object) -> str:
        if isinstance(value, str) and value in self.options:
            return value
        msgid = "The fact %(fact)s must be one of %(kinds)s."
        raise Unreadable(msgid, kinds=", ".join(self.options))


@dataclass(frozen=True, slots=True)
class Fact:
    """One fact of a rule. An optional fact that is left out, or null, reaches the rule as None."""

    name: str
    read: Callable[[object], Any]
    meaning: str
    required: bool = True

    @property
    def kind(self) -> str:
        """ "date" for `a_date`: what the command shows."""
        named: str = getattr(self.read, "kind", "") or self.read.__name__.split("_", 1)[1]
        return named

    @property
    def options(self) -> tuple[Any, ...]:
        """Every value that it may have, where they are few; else nothing."""
        if self.read is a_true_or_false:
            return (True, False)
        options: tuple[Any, ...] = getattr(self.read, "options", ())
        return options
