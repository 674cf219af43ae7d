"""Solution-focused notes: what works, a scale, the next small step (`solutions.toml`)."""

import tomllib
from dataclasses import dataclass
from pathlib import Path

from polku.demo.material.notes import Situation


@dataclass(frozen=True, slots=True)
class SolutionNote:
    """`scale` is the client's own number, 0 to 10; `when` the situations that it goes with."""

    when: tuple[Situation, ...]
    works: str
    scale: int
    step: str


def read_solutions(path: Path) -> tuple[SolutionNote, ...]:
    rows = tomllib.loads(path.read_text(encoding="utf-8"))["solutions"]
    return tuple(
        SolutionNote(tuple(row["when"]), row["works"], row["scale"], row["step"]) for row in rows
    )


SOLUTIONS = read_solutions(Path(__file__).with_name("solutions.toml"))


def solutions_for(situation: Situation) -> tuple[SolutionNote, ...]:
    """Those that go with a situation; empty for a call attempt, where nothing was talked about."""
    return tuple(note for note in SOLUTIONS if situation in note.when)
