"""What each write of a matter does alike: lock, take the step, give the turn, keep."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from polku.foundation.meanwhile import ChangedMeanwhile
from polku.statements import states
from polku.statements.models import Matter


def locked(matter: Matter, *, version: int | None = None) -> Matter:
    """Return the matter as it stands, locked. With `version`, ChangedMeanwhile on another."""
    rows = Matter.objects.select_for_update(of=("self",)).select_related("client")
    stored = rows.get(pk=matter.pk)
    if version is not None and stored.version != version:
        raise ChangedMeanwhile(stored)
    return stored


def step(matter: Matter, verb: str, at: datetime, *, word: str = "", turn: Any = None) -> None:
    """Take the step, give the turn that goes with it, and save as the next version. NotNow."""
    matter.state = states.after(verb, matter.state)
    whose = states.TURNS[matter.state] if turn is None else turn
    if matter.turn != whose:
        matter.turn, matter.turn_since = whose, at if whose else None
    matter.word = word
    keep(matter, at)


def keep(matter: Matter, at: datetime) -> None:
    """Save the matter as its next version."""
    matter.version += 1
    matter.changed_at = at
    matter.save()
