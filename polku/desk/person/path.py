"""The path picture of a client: each station leads to its row in the plan below it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.utils.safestring import SafeString

from polku.clients.person import Person
from polku.paths import stations
from polku.paths.picture import Links, Station, as_list
from polku.paths.picture.listing import ListItem
from polku.paths.queries import StepRow
from polku.web import dates, people


def turn_word(step: StepRow, person: Person) -> str:
    """Return whose turn a step is, by the client's name where it is theirs; '' for nobody's."""
    return stations.turn_word(step, people.called(person))


def drawn(steps: Iterable[StepRow], person: Person, today: date, first_step: str) -> SafeString:
    """Return the figure in all its sizes; `first_step` is where an empty path may begin."""
    links = Links(all_steps="#steps-in-words", first_step=first_step or None)
    return stations.drawn(_stops(steps, person, today), today=today, own=False, links=links)


def in_words(steps: Iterable[StepRow], person: Person, today: date) -> tuple[ListItem, ...]:
    """Return the same path as a list."""
    said = stations.words(dates.language())
    return as_list(_stops(steps, person, today), words=said, today=today)


def _stops(steps: Iterable[StepRow], person: Person, today: date) -> tuple[Station, ...]:
    return stations.stations(
        steps,
        today=today,
        turn=lambda step: turn_word(step, person),
        leads=lambda step: f"#step-{step.id}",
    )
