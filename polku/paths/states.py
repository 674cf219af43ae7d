"""When may what happen to a step: one table, from which checks and diagrams are made."""

from __future__ import annotations

from polku.foundation import ways
from polku.paths.models import Step

S = Step.State

# verb -> {state before: state after}
TRANSITIONS: dict[str, dict[str, str]] = {
    "propose": {S.PLANNED: S.PROPOSED, S.DECLINED: S.PROPOSED, S.DROPPED: S.PROPOSED},
    "agree": {S.PROPOSED: S.PLANNED, S.PLANNED: S.PLANNED, S.DECLINED: S.PLANNED},
    "put_off": {S.PROPOSED: S.PLANNED, S.PLANNED: S.PLANNED},
    "decline": {S.PROPOSED: S.DECLINED, S.PLANNED: S.DECLINED},
    "start": {S.PLANNED: S.NOW, S.PROPOSED: S.NOW},
    "finish": {S.NOW: S.DONE, S.PLANNED: S.DONE},
    "drop": {S.PLANNED: S.DROPPED, S.PROPOSED: S.DROPPED, S.NOW: S.DROPPED},
    "take_up": {S.DONE: S.NOW, S.DROPPED: S.PLANNED, S.DECLINED: S.PLANNED},
}


class NotNow(ways.NotNow):
    """The step is in a state in which this can't happen."""

    thing = "step"


def after(verb: str, state: str) -> str:
    """Return the state after the verb. Raises NotNow, and KeyError for an unknown verb."""
    return ways.after(TRANSITIONS, verb, state, NotNow)


def verbs_from(state: str) -> list[str]:
    """Return what may happen to a step in this state, in the table's order."""
    return ways.verbs_from(TRANSITIONS, state)
