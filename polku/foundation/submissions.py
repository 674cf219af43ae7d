"""The mark of a form: by it a form that is sent twice is known, and does its deed once.

A mark belongs to what it was given out for. Sent again for something else (a page that was kept,
and changed), it is refused kindly: who catches `UsedAlready` gives the form a fresh one.
"""

from __future__ import annotations

from typing import Any
from uuid import UUID, uuid4

from polku.foundation import constraints

NAME = "submission"


class UsedAlready(Exception):
    """The form's mark belongs to something else, such as another client's. Nothing was kept."""


def fresh() -> str:
    """Return a new mark."""
    return str(uuid4())


def read(given: Any) -> UUID | None:
    """Return the mark among what was sent, or of the text itself; None for none that is one."""
    text = given if isinstance(given, str) else given.get(NAME, "")
    try:
        return UUID(text)
    except ValueError:
        return None


def mark(given: Any) -> UUID:
    """Return the mark of a form that was sent; one without a mark has a fresh one, its own."""
    return read(given) or uuid4()


def refuse(error: Exception) -> None:
    """Raise UsedAlready where the database has refused a row for its mark; else do nothing.

    A row that is named by its form has the mark for its id.
    """
    if constraints.broken_by(error).endswith(("_a_submission", "_pkey")):
        raise UsedAlready from error
