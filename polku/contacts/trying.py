"""Which way to try next when nobody answered. My day words it, the contact panel fills it in."""

from __future__ import annotations

from collections.abc import Sequence

CALLS_BEFORE_TEXT = 2
WRITTEN = ("sms", "email", "letter")


def next_kind(kinds: Sequence[str], attempts: int) -> str:
    """Return "call", "sms" or "letter" after so many tries of these kinds, newest first.

    A call once more, then a text message, then a letter, and after a letter a call again. Tries
    whose kinds are not known count as calls.
    """
    if "letter" in kinds:
        return "call"
    if any(kind in WRITTEN for kind in kinds):
        return "letter"
    calls = sum(kind == "call" for kind in kinds) if kinds else attempts
    return "sms" if calls >= CALLS_BEFORE_TEXT else "call"
