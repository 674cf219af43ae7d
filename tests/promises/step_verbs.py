"""What may happen to a step, once more, by hand, and the buttons that do it."""

from __future__ import annotations

from collections.abc import Iterator

from polku.paths.models import Step
from tests.promises.house import House

# What may happen to a step, once more, by hand: verb -> {state before: state after}.
STATES = ("planned", "proposed", "now", "done", "dropped", "declined")
STEPS: dict[str, dict[str, str]] = {
    "propose": {"planned": "proposed", "declined": "proposed", "dropped": "proposed"},
    "agree": {"proposed": "planned", "planned": "planned", "declined": "planned"},
    "put_off": {"proposed": "planned", "planned": "planned"},
    "decline": {"proposed": "declined", "planned": "declined"},
    "start": {"planned": "now", "proposed": "now"},
    "finish": {"now": "done", "planned": "done"},
    "drop": {"planned": "dropped", "proposed": "dropped", "now": "dropped"},
    "take_up": {"done": "now", "dropped": "planned", "declined": "planned"},
}
# The button of each verb: answers are the client's, written down in the room.
BUTTON = {"agree": "yes", "put_off": "not_now", "decline": "no"}
UNTOUCHED = "untouched"


def becomes(house: House, verb: str, state: str) -> str:
    """Press the verb's button on a step in the state; return its state after, or UNTOUCHED."""
    ids = house.ids["devi"]
    with house.trying("aino"):
        house.world.enter()
        row = Step.objects.filter(pk=ids["step_id"])
        row.update(state=state, client_answer="", client_answered_at=None, version=7)
        url = f"/clients/{ids['client_id']}/plan/steps/{ids['step_id']}/do/"
        answer = house.ask("aino", url, {"do": BUTTON.get(verb, verb)})
        assert answer.status_code == 302
        house.world.enter()
        after = row.get()
        return str(after.state) if after.version != 7 else UNTOUCHED


def misdone(house: House, verb: str, cells: list[str]) -> set[str]:
    return {s for s in cells if becomes(house, verb, s) != STEPS[verb].get(s, UNTOUCHED)}


def flips(verb: str, state: str) -> Iterator[dict[str, str]]:
    """Yield the ways of a verb with one cell changed: gone, or another state after it."""
    ways = STEPS[verb]
    if state in ways:
        yield {s: after for s, after in ways.items() if s != state}
    for after in STATES:
        if ways.get(state) != after:
            yield ways | {state: after}
