"""Contact notes as a coach writes them down right after the contact, by situation (`notes.toml`).

Each can be read by the client it is about: the client is not named, and no diagnosis stands there.
"""

import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, get_args

Kind = Literal["call", "call_attempt", "visit", "video", "message"]
Initiative = Literal["coach", "client", "other"]
Situation = Literal[
    "first_call",
    "initial_interview",
    "no_answer",
    "silence",
    "discussion",
    "job_search",
    "client_calls",
    "work_trial_starts",
    "work_trial_well",
    "work_trial_hard",
    "rehabilitative_work",
    "pay_subsidy",
    "health_first",
    "studying",
    "language",
    "low_spirits",
    "everyday",
    "got_job",
    "after_job",
]
SITUATIONS: tuple[Situation, ...] = get_args(Situation)


@dataclass(frozen=True, slots=True)
class Note:
    """`agreed` is what was agreed, one matter a string; empty where nothing was."""

    situation: Situation
    kind: Kind
    text: str
    agreed: tuple[str, ...]
    initiative: Initiative


def one_line(text: str) -> str:
    """The text of a wrapped block."""
    return " ".join(text.split())


def read_notes(path: Path) -> tuple[Note, ...]:
    """All notes, in the order of `SITUATIONS`; a situation without notes is an error."""
    by_situation = tomllib.loads(path.read_text(encoding="utf-8"))
    return tuple(
        Note(
            situation=situation,
            kind=row["kind"],
            text=one_line(row["text"]),
            agreed=tuple(row.get("agreed", ())),
            initiative=row.get("by", "coach"),
        )
        for situation in SITUATIONS
        for row in by_situation[situation]
    )


NOTES = read_notes(Path(__file__).with_name("notes.toml"))


def notes_for(situation: Situation) -> tuple[Note, ...]:
    return tuple(note for note in NOTES if note.situation == situation)
