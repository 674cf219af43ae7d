"""What the database has refused, by the name of the rule that was broken."""

from __future__ import annotations


def broken_by(error: Exception) -> str:
    """Return the name of the constraint that a row broke, or '': never the values."""
    return getattr(getattr(error.__cause__, "diag", None), "constraint_name", "") or ""
