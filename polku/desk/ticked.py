"""What was ticked on a page of proposals: which, and in which version it was seen."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

Mark = tuple[UUID, int]


def marks(texts: Sequence[str], at_most: int) -> list[Mark]:
    """Return what a form sent as `id.version`; what is neither is left out."""
    found = []
    for text in texts[:at_most]:
        mark, _dot, version = text.partition(".")
        try:
            found.append((UUID(mark), int(version[:9])))
        except ValueError:
            continue
    return found
