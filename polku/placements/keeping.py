"""What each write of a place does alike: its own fields alone, locked, as the next version."""

from __future__ import annotations

import json
from datetime import datetime
from hashlib import sha256
from typing import Any

from polku.foundation.meanwhile import ChangedMeanwhile


def only(fields: dict[str, Any], allowed: tuple[str, ...]) -> None:
    """Raise TypeError for a field that is not to be written here."""
    unknown = fields.keys() - set(allowed)
    if unknown:
        raise TypeError(f"not a field of it: {', '.join(sorted(unknown))}")


def locked(row: Any, version: int | None = None) -> Any:
    """Return the row as it stands, locked. With `version`, raises ChangedMeanwhile on another."""
    stored = type(row).objects.select_for_update(of=("self",)).get(pk=row.pk)
    if version is not None and stored.version != version:
        raise ChangedMeanwhile(stored)
    return stored


def mark(said: Any) -> str:
    """Return what tells one state of a thing from another, where rows count no versions."""
    return sha256(json.dumps(said).encode()).hexdigest()[:16]


def write(row: Any, at: datetime, fields: dict[str, Any]) -> list[str]:
    """Set what differs and count the version up; return the names of what was changed."""
    changed = sorted(name for name, value in fields.items() if getattr(row, name) != value)
    for name in changed:
        setattr(row, name, fields[name])
    if changed:
        if hasattr(row, "edited_by_hand"):
            row.edited_by_hand = sorted({*row.edited_by_hand, *changed})
        row.version += 1
        row.changed_at = at
    return changed
