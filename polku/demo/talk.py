"""Which note is written after a contact: one that fits the person, and not the same one twice."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from polku.demo import routine
from polku.demo.chance import Chance
from polku.demo.fitting import Listener
from polku.demo.material.notes import Note, notes_for
from polku.demo.material.solutions import SolutionNote, solutions_for
from polku.demo.timeline import ROUTINE, Event

KINDS = {"call": "call", "call_attempt": "call", "visit": "visit", "video": "video"}
INITIATIVES = {"coach": "worker", "client": "client", "other": "other"}
MINUTES = {
    "call": (5, 10, 10, 15, 20, 25),
    "visit": (30, 45, 45, 60),
    "video": (30, 30, 45),
    "sms": (3, 5),
    "email": (5, 10),
    "walk_in": (10, 15),
}
USUAL_KINDS = {"call": 58, "visit": 16, "sms": 14, "email": 8, "video": 4}

# In these a story goes on from note to note, so they are taken in the order of the material.
STORIES = {"studying", "work_trial_well", "work_trial_hard", "pay_subsidy", "rehabilitative_work",
           "health_first", "language", "low_spirits", "everyday", "after_job"}  # fmt: skip


# Such a note ends its stretch; nothing of the same kind may follow.
LAST_WORDS = re.compile(r"^Loppuarvio|päätettiin yhteisellä|^Palkkatukijakso päättyy")


@dataclass(frozen=True, slots=True)
class Written:
    """A contact as it was written down."""

    kind: str
    initiative: str
    minutes: int
    text: str
    agreed: tuple[str, ...]
    solution: SolutionNote | None


def write(chance: Chance, event: Event, to: Listener, following: Event | None) -> Written:
    """Return what the coach wrote after the event, knowing what came next."""
    told = event.purpose == "discussion" and event.phase == "search"
    plain = event.situation == ROUTINE and not told
    found = None if plain else _note(chance, event, to, following)
    if found is None:
        return _routine(chance, event, to)
    kind = KINDS.get(found.kind) or chance.choice(("sms", "sms", "email"))
    if found.text.startswith("Poikkesi"):
        kind = "walk_in"
    whole = found.text + " ".join(found.agreed)
    to.used.add(whole)
    return Written(
        kind,
        INITIATIVES[found.initiative],
        chance.choice(MINUTES[kind]) if event.reached else 2,
        found.text,
        found.agreed,
        _solution(chance, event, kind, to) if event.reached else None,
    )


def _note(chance: Chance, event: Event, to: Listener, following: Event | None) -> Note | None:
    situation = "discussion" if event.situation == ROUTINE else event.situation
    goes_on = following is not None and following.situation[:6] == event.situation[:6]
    fitting = [
        n
        for n in notes_of(situation)
        if not (goes_on and LAST_WORDS.search(n.text))
        and (whole := n.text + " ".join(n.agreed)) not in to.used
        and to.fits(whole, event.day)
    ]
    if not fitting:
        return None
    if event.situation in STORIES:
        return fitting[1 if len(fitting) > 1 and chance.yes(0.25) else 0]
    return chance.choice(fitting)


def _routine(chance: Chance, event: Event, to: Listener) -> Written:
    if not event.reached:
        return Written("call", "worker", 2, "Ei vastannut.", (), None)
    kind = chance.of_weights(USUAL_KINDS)
    if event.purpose == "discussion" and kind not in ("visit", "video"):
        kind = chance.choice(("visit", "visit", "video", "call"))
    for _ in range(6):
        text, agreed = routine.note(chance, kind, event.purpose, event.phase)
        if text not in to.used and to.fits(text + " ".join(agreed), event.day):
            break
    to.used.add(text)
    talked = kind in ("call", "visit", "video") and event.purpose != "practical"
    return Written(
        kind,
        "client" if chance.yes(0.2) else "worker",
        chance.choice(MINUTES[kind]),
        text,
        agreed,
        _solution(chance, event, kind, to) if talked else None,
    )


def _solution(chance: Chance, event: Event, kind: str, to: Listener) -> SolutionNote | None:
    if kind not in ("call", "visit", "video") or not chance.yes(0.6):
        return None
    plain = event.situation == ROUTINE
    situation = SOLUTIONS_OF_PHASE[event.phase] if plain else event.situation
    fitting = [n for n in solutions_of(situation) if n.works not in to.used and to.fits(n.works)]
    if not fitting:
        return None
    found = chance.choice(fitting)
    to.used.add(found.works)
    return found


SOLUTIONS_OF_PHASE = {
    "search": "discussion",
    "work": "work_trial_well",
    "study": "studying",
    "health": "health_first",
    "job": "got_job",
}


@cache
def notes_of(situation: str) -> tuple[Note, ...]:
    return notes_for(situation)  # type: ignore[arg-type]


@cache
def solutions_of(situation: str) -> tuple[SolutionNote, ...]:
    return solutions_for(situation)  # type: ignore[arg-type]
