"""When may what happen to a placement: one table, from which checks and diagrams are made."""

from __future__ import annotations

from polku.foundation import ways
from polku.placements.models import Placement

S = Placement.State

# verb -> {state before: state after}
TRANSITIONS: dict[str, dict[str, str]] = {
    "accept": {S.SUGGESTED: S.ACCEPTED, S.PUT_OFF: S.ACCEPTED, S.DECLINED: S.ACCEPTED},
    "put_off": {S.SUGGESTED: S.PUT_OFF, S.ACCEPTED: S.PUT_OFF},
    "decline": {S.SUGGESTED: S.DECLINED, S.PUT_OFF: S.DECLINED, S.ACCEPTED: S.DECLINED},
    "suggest_again": {S.PUT_OFF: S.SUGGESTED, S.DECLINED: S.SUGGESTED, S.WITHDRAWN: S.SUGGESTED},
    "refuse": {S.SUGGESTED: S.REFUSED, S.PUT_OFF: S.REFUSED, S.ACCEPTED: S.REFUSED,
               S.AGREED: S.REFUSED},
    "withdraw": {S.SUGGESTED: S.WITHDRAWN, S.PUT_OFF: S.WITHDRAWN, S.ACCEPTED: S.WITHDRAWN,
                 S.AGREED: S.WITHDRAWN},
    "agree": {S.ACCEPTED: S.AGREED, S.AGREED: S.AGREED, S.RUNNING: S.RUNNING},
    "reopen": {S.AGREED: S.ACCEPTED},
    "start": {S.AGREED: S.RUNNING},
    "end": {S.RUNNING: S.ENDED},
    "interrupt": {S.RUNNING: S.INTERRUPTED},
    "take_back_start": {S.RUNNING: S.AGREED},
    "go_on": {S.ENDED: S.RUNNING, S.INTERRUPTED: S.RUNNING},
}  # fmt: skip

BEFORE_THE_START = (S.SUGGESTED, S.PUT_OFF, S.ACCEPTED, S.AGREED)
LIVE = (*BEFORE_THE_START, S.RUNNING)
# A seat is held in these; in `put_off` it is given back, since another may want it meanwhile.
HOLDS_A_SEAT = (S.SUGGESTED, S.ACCEPTED, S.AGREED, S.RUNNING)
BEGAN = (S.RUNNING, S.ENDED, S.INTERRUPTED)
OVER = (S.ENDED, S.INTERRUPTED)
# The client or the workplace said no: the pair is not proposed again, only by hand.
SAID_NO = (S.DECLINED, S.REFUSED)


class NotNow(ways.NotNow):
    """The placement is in a state in which this can't happen."""

    thing = "placement"


def after(verb: str, state: str) -> str:
    """Return the state after the verb. Raises NotNow, and KeyError for an unknown verb."""
    return ways.after(TRANSITIONS, verb, state, NotNow)


def verbs_from(state: str) -> list[str]:
    """Return what may happen to a placement in this state, in the table's order."""
    return ways.verbs_from(TRANSITIONS, state)
