"""Values that an administrator decides in tests: what is decided, and by whom."""

from __future__ import annotations

from datetime import date
from typing import Any

from polku.foundation import clock
from polku.law import actions
from polku.law.actions import Decided
from polku.law.models import KeptValue

SOURCE = "Laki 380/2023, 30 §"
WITHIN = "initial_interview_within"


def decided(value: Any = 15, parameter: str = WITHIN, **more: Any) -> Decided:
    """Fifteen working days for the initial interview, from the beginning of 2026 on."""
    given = {"valid_from": date(2026, 1, 1), "valid_to": None, "source": SOURCE} | more
    return Decided(parameter, value, **given)


def decide(world: Any, value: Any = 15, *, name: str = "gus", **more: Any) -> KeptValue:
    """Keep it as a worker of the world; leaves their register named."""
    viewer = world.enter_as(name)
    return actions.decide(decided(value, **more), by=viewer, at=clock.now())
