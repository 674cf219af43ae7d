"""What may happen to a thing in which state: a table of ways, and the refusal of all else."""

from __future__ import annotations

from collections.abc import Mapping

# verb -> {state before: state after}
Ways = Mapping[str, Mapping[str, str]]


class NotNow(ValueError):
    """The thing is in a state in which this can't happen. Each kind of thing has one of its own."""

    thing = "thing"

    def __init__(self, verb: str, state: str) -> None:
        super().__init__(f"a {self.thing} that is {state} can't {verb}")
        self.verb, self.state = verb, state


def after(ways: Ways, verb: str, state: str, refusal: type[NotNow]) -> str:
    """Return the state after the verb. Raises the refusal, and KeyError for an unknown verb."""
    if state not in ways[verb]:
        raise refusal(verb, state)
    return ways[verb][state]


def verbs_from(ways: Ways, state: str) -> list[str]:
    """Return what may happen in this state, in the table's order."""
    return [verb for verb, found in ways.items() if state in found]
