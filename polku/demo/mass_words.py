"""The words of the large world, as temporary tables from which SQL picks by number."""

from __future__ import annotations

from typing import Any

from polku.demo import routine
from polku.demo.material.notes import NOTES
from polku.demo.material.plans import GOALS
from polku.demo.material.profiles import NEEDS, STRENGTHS, WISHES
from polku.demo.material.solutions import SOLUTIONS
from polku.demo.milestones import kind_of
from polku.demo.rows import fill_table

TABLES = """
CREATE TEMPORARY TABLE mass_note (nth int, agreed text, task text) ON COMMIT DROP;
CREATE TEMPORARY TABLE mass_solution (nth int, works text, step text) ON COMMIT DROP;
CREATE TEMPORARY TABLE mass_goal (nth int, theme text, goal text, steps text[], kinds text[])
  ON COMMIT DROP;
CREATE TEMPORARY TABLE mass_fact (nth int, kind text, topic text, words text) ON COMMIT DROP
"""
NEXT = "Sovitaan seuraava askel yhdessä"


def prepare(cursor: Any) -> None:
    """Make the tables of words in this transaction."""
    cursor.execute(TABLES)
    fill_table(cursor, "mass_note", _numbered(_notes()))
    fill_table(cursor, "mass_solution", _numbered([(s.works, s.step) for s in SOLUTIONS]))
    fill_table(cursor, "mass_goal", _numbered(_goals()))
    fill_table(cursor, "mass_fact", _numbered(_facts()))


def _numbered(rows: list[tuple[Any, ...]]) -> list[tuple[Any, ...]]:
    return [(nth, *row) for nth, row in enumerate(rows)]


def _notes() -> list[tuple[str, str]]:
    told = [(n.text, n.agreed[0] if n.agreed else "") for n in NOTES if n.kind != "call_attempt"]
    openings, news = routine.OPENINGS["call"][:4], routine.NEWS["search"]
    return told + [(f"{opening} {item}", "") for opening in openings for item in news]


def _goals() -> list[tuple[str, str, list[str], list[str]]]:
    made: list[tuple[str, str, list[str], list[str]]] = []
    for goal in GOALS:
        steps = [*(s.text for s in goal.steps), NEXT][:3]
        made.append((goal.theme, goal.text, steps, [kind_of(step) for step in steps]))
    return made


def _facts() -> list[tuple[str, str, str]]:
    facts = [("wish", "work", text) for text in WISHES]
    facts += [("strength", "skill", text) for text in STRENGTHS]
    return facts + [("obstacle", "other", need.text) for need in NEEDS]
