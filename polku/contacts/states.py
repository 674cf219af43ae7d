"""When an appointment may become what: a pure table."""

from __future__ import annotations

PROPOSED, CONFIRMED, HELD, MISSED, CANCELLED = (
    "proposed",
    "confirmed",
    "held",
    "missed",
    "cancelled",
)
LIVE = (PROPOSED, CONFIRMED)

# Back from cancelled and missed is how undo works.
ONWARD: dict[str, frozenset[str]] = {
    PROPOSED: frozenset({CONFIRMED, HELD, MISSED, CANCELLED}),
    CONFIRMED: frozenset({HELD, MISSED, CANCELLED}),
    CANCELLED: frozenset(LIVE),
    MISSED: frozenset({*LIVE, HELD}),
    HELD: frozenset(),
}


def may_become(now: str, then: str) -> bool:
    """Return whether an appointment in the state `now` may be put into the state `then`."""
    return then in ONWARD[now]
