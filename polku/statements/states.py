"""When may what happen to a matter: one table, from which checks and pages are made."""

from __future__ import annotations

from polku.foundation import ways
from polku.statements.models import Matter

S, T = Matter.State, Matter.Turn

# verb -> {state before: state after}
TRANSITIONS: dict[str, dict[str, str]] = {
    "ask": {S.OPENED: S.ASKED, S.ANSWERED: S.ASKED, S.NO_ANSWER: S.ASKED, S.DRAFTED: S.ASKED},
    "answer": {S.ASKED: S.ANSWERED, S.NO_ANSWER: S.ANSWERED, S.DRAFTED: S.DRAFTED},
    "time_out": {S.ASKED: S.NO_ANSWER},
    "write": {S.OPENED: S.DRAFTED, S.ANSWERED: S.DRAFTED, S.NO_ANSWER: S.DRAFTED,
              S.DRAFTED: S.DRAFTED, S.CORRECTING: S.CORRECTING},
    "give_back": {S.DRAFTED: S.DRAFTED, S.CORRECTING: S.CORRECTING},
    "sign": {S.DRAFTED: S.SIGNED, S.CORRECTING: S.SIGNED},
    "send": {S.SIGNED: S.SENT, S.SENT: S.SENT},
    "correct": {S.SIGNED: S.CORRECTING, S.SENT: S.CORRECTING},
    "drop": {S.CORRECTING: S.SIGNED},
    "withdraw": {S.OPENED: S.WITHDRAWN, S.ASKED: S.WITHDRAWN, S.ANSWERED: S.WITHDRAWN,
                 S.NO_ANSWER: S.WITHDRAWN, S.DRAFTED: S.WITHDRAWN},
    "take_up": {S.WITHDRAWN: S.OPENED},
}  # fmt: skip

# Whose turn it is once a state has been reached; `give_back` alone gives it to the coach.
TURNS: dict[str, str] = {
    S.OPENED: T.COACH,
    S.ASKED: T.CLIENT,
    S.ANSWERED: T.COACH,
    S.NO_ANSWER: T.COACH,
    S.DRAFTED: T.OFFICIAL,
    S.SIGNED: T.COACH,
    S.SENT: T.NOBODY,
    S.CORRECTING: T.OFFICIAL,
    S.WITHDRAWN: T.NOBODY,
}
OVER = (S.SENT, S.WITHDRAWN)
TO_SIGN = (S.DRAFTED, S.CORRECTING)
# What an official of another organisation sees of a client: from the draft on.
OF_OFFICIALS = (S.DRAFTED, S.CORRECTING, S.SIGNED, S.SENT)


class NotNow(ways.NotNow):
    """The matter is in a state in which this can't happen."""

    thing = "matter"


def after(verb: str, state: str) -> str:
    """Return the state after the verb. Raises NotNow, and KeyError for an unknown verb."""
    return ways.after(TRANSITIONS, verb, state, NotNow)


def verbs_from(state: str) -> list[str]:
    """Return what may happen to a matter in this state, in the table's order."""
    return ways.verbs_from(TRANSITIONS, state)
