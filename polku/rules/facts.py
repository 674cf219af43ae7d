"""Facts: what a rule must be told, and how what was given is read."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, ClassVar

MOST_TRIED_ONE_BY_ONE = 31
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
class Number:
    """A reader of numbers from `least` to `most`, both included. 0.1 stays 0.1, 8.0 becomes 8.

    `smooth`: the answer follows the number all along, instead of changing at limits of the law.
    """

    least: int
    most: int
    smooth: bool = False

    kind: ClassVar[str] = "number"
    step: ClassVar[Decimal] = Decimal("0.01")

    def __call__(self, value: object) -> Decimal:
        number = _decimal(value)
        if number is None or not self.least <= number <= self.most:
            msgid = "The fact %(fact)s must be a number from %(least)s to %(most)s."
            raise Unreadable(msgid, least=self.least, most=self.most)
        return tidy(number)

    def samples(self, limits: Iterable[int]) -> tuple[Decimal, ...]:
        return tuple(map(tidy, _around(map(Decimal, limits), self)))


@dataclass(frozen=True, slots=True)
class WholeNumber:
    """A reader of whole numbers from `least` to `most`, both included."""

    least: int
    most: int

    kind: ClassVar[str] = "whole_number"
    step: ClassVar[int] = 1

    def __call__(self, value: object) -> int:
        number = _decimal(value)
        if number is None or not self.least <= number <= self.most or number != int(number):
            msgid = "The fact %(fact)s must be a whole number from %(least)s to %(most)s."
            raise Unreadable(msgid, least=self.least, most=self.most)
        return int(number)

    def samples(self, limits: Iterable[int]) -> tuple[int, ...]:
        if self.most - self.least <= MOST_TRIED_ONE_BY_ONE:
            return tuple(range(self.least, self.most + 1))
        return tuple(map(int, _around(map(Decimal, limits), self)))


@dataclass(frozen=True, slots=True)
class Share:
    """A reader of parts of a whole: above 0, at most 1. The law's limits are percents of it."""

    kind: ClassVar[str] = "share"
    least: ClassVar[Decimal] = Decimal("0.01")
    most: ClassVar[int] = 1
    step: ClassVar[Decimal] = Decimal("0.01")
    smooth: ClassVar[bool] = False

    def __call__(self, value: object) -> Decimal:
        share = _decimal(value)
        if share is None or not 0 < share <= 1:
            raise Unreadable("The fact %(fact)s must be above 0 and at most 1, such as 0.65.")
        return tidy(share)

    def samples(self, limits: Iterable[int]) -> tuple[Decimal, ...]:
        return tuple(map(tidy, _around((Decimal(limit) / 100 for limit in limits), self)))


def _around(limits: Iterable[Decimal], reader: Number | WholeNumber | Share) -> list[Decimal]:
    """The ends of what may be given, and each limit between them with its neighbours, in order."""
    least, most, step = Decimal(reader.least), Decimal(reader.most), Decimal(reader.step)
    near = (limit + by for limit in limits for by in (-step, Decimal(0), step))
    return sorted({least, most, *(one for one in near if least <= one <= most)})


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


number_within = Number
whole_number_within = WholeNumber


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
        named: str = getattr(self.read, "kind", "") or self.read.__name__.split("_", 1)[1]
        return named

    @property
    def options(self) -> tuple[Any, ...]:
        """Every value that it may have, where they are few; else nothing."""
        if self.read is a_true_or_false:
            return (True, False)
        options: tuple[Any, ...] = getattr(self.read, "options", ())
        return options
