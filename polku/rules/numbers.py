"""Readers of facts that are numbers, and where between their ends an answer may change."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import ClassVar

from polku.rules.facts import Unreadable

MOST_TRIED_ONE_BY_ONE = 31


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
