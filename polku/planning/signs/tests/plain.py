"""The same in plain words: one person at a time, fractions, no arrays. What the kernel must equal.

People are (days followed, end) pairs, with end 0 for who was still here when last seen.
"""

from __future__ import annotations

from fractions import Fraction

Person = tuple[int, int]


def still_here(people: list[Person], horizon: int) -> Fraction:
    """Return the share still here, multiplied day by day over every day of the horizon."""
    share = Fraction(1)
    for day in range(1, horizon + 1):
        share *= 1 - leaving(people, day)
    return share


def leaving(people: list[Person], day: int) -> Fraction:
    """Return the share of those under observation who left on a day."""
    watched = [one for one in people if one[0] >= day]
    gone = [one for one in watched if one == (day, one[1]) and one[1] != 0]
    return Fraction(len(gone), len(watched)) if gone else Fraction(0)


def left_by(people: list[Person], horizon: int, end: int) -> Fraction:
    """Return the share that left by an end: still here the day before, then left by it."""
    found = Fraction(0)
    for day in range(1, horizon + 1):
        watched = sum(days >= day for days, _ in people)
        ours = sum(one == (day, end) for one in people)
        if ours:
            found += still_here(people, day - 1) * Fraction(ours, watched)
    return found


def greenwood(people: list[Person], horizon: int) -> Fraction:
    """Return the variance of the share still here."""
    total = Fraction(0)
    for day in range(1, horizon + 1):
        watched = sum(days >= day for days, _ in people)
        gone = sum(days == day and end != 0 for days, end in people)
        if gone and gone < watched:
            total += Fraction(gone, watched * (watched - gone))
    return still_here(people, horizon) ** 2 * total
