"""Facts: what a rule must be told, and how what was given is read."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
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


def number_within(least: int, most: int) -> Callable[[object], Decimal]:
    """A reader of numbers from `least` to `most`, both included. 0.1 stays 0.1, 8.0 becomes 8."""

    def a_number(value: object) -> Decimal:
        number = _decimal(value)
        if number is None or not least <= number <= most:
            msgid = "The fact %(fact)s must be a number from %(least)s to %(most)s."
            raise Unreadable(msgid, least=least, most=most)
        return tidy(number)

    return a_number


def whole_number_within(least: int, most: int) -> Callable[[object], int]:
    """A reader of whole numbers from `least` to `most`, both included."""

    def a_whole_number(value: object) -> int:
        number = _decimal(value)
        if number is None or not least <= number <= most or number != int(number):
            msgid = "The fact %(fact)s must be a whole number from %(least)s to %(most)s."
            raise Unreadable(msgid, least=least, most=most)
        return int(number)

    return a_whole_number


def tidy(number: Decimal) -> Decimal:
    """The same number, written without needless zeros: 34 for 34.0."""
    return Decimal(int(number)) if number == int(number) else number.normalize()


def _decimal(value: object) -> Decimal | None:
    """The number as it is written; None for what is no finite number."""
    if isinstance(value, bool) or not isinstance(value, int | float | Decimal):
        return None
    # Through text an int may be too long, and a float is what was written.
    number = Decimal(str(value)) if isinstance(value, float) else Decimal(value)
    return number if number.is_finite() else None


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
        return self.read.__name__.split("_", 1)[1]
