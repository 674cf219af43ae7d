"""How a round's proposal came about, from the record of its run: nothing here names a person."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from polku.law import in_force
from polku.placements.models import Round
from polku.placements.round import floor_words
from polku.placements.round.laws_asked import LawAsked, laws, solver
from polku.planning.matching.problem import OPTIMAL
from polku.planning.matching.scores import POSSIBLE
from polku.web import dates


@dataclass(frozen=True, slots=True)
class How:
    """What was asked, what weighed, and what proves the answer."""

    facts: list[tuple[str, str]]
    weights: list[tuple[str, str]]
    law: list[LawAsked]
    proved: bool
    digest: str
    solver: str


def how(found: Round) -> How | None:
    """Return the story of the last run; None before the first."""
    record = found.record
    if not record:
        return None
    return How(
        facts=_facts(found, record),
        weights=_weights(record["weights"]),
        law=laws(record["rules"], found.starts_on, in_force.of(found.register_id)),
        proved=record["status"] == OPTIMAL,
        digest=record["input_sha256"],
        solver=record["solver"],
    )


def _facts(found: Round, record: dict[str, Any]) -> list[tuple[str, str]]:
    when = ""
    if found.run_at:
        when = f"{dates.full(dates.day_of(found.run_at))} {dates.clock_time(found.run_at)}"
    return [
        (_("Worked out"), when),
        (_("Who wait"), str(record["clients"])),
        (_("Free seats"), str(record["seats"])),
        (_("Pairs that pass every limit"), str(record["edges"])),
        (_("Points of all pairs together"), str(record["objective"])),
        (_("No other proposal reaches more than"), str(record["bound"])),
        (_("Worked out by"), solver(record["solver"])),
        *((_("Floor for a group"), said) for said in floor_words.told(record)),
    ]


def _weights(given: dict[str, int]) -> list[tuple[str, str]]:
    words = {
        "wished_place": _("the client wishes for this very place"),
        "wished_task": _("the client wishes for this kind of work"),
        "strength": _("the client can do this work"),
        "learning": _("the client wants to learn this work"),
        "travel": _("at the doorstep; less, the longer the way"),
        "travel_unknown": _("the way is not known exactly"),
        "continuity": _("the client has been with this host before"),
    }
    rows = [(words[name], str(given[name])) for name in words if name in given]
    return [*rows, (_("nothing stands in the way"), str(POSSIBLE))]
