"""The same path as a list: for screen readers, and for those who would rather read."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from .nouns import Station, Theme, Words, check
from .order import clusters, zones


@dataclass(frozen=True, slots=True)
class ListItem:
    """One step in words: `instead` names its fork's alternatives, `beside` what ran with it."""

    key: str
    label: str
    theme: Theme
    theme_word: str
    state: str
    state_word: str
    when: str
    turn: str
    note: str
    href: str | None
    instead: tuple[str, ...]
    beside: tuple[str, ...]


def as_list(
    stations: Iterable[Station], *, words: Words, today: date, show_ended: bool = True
) -> tuple[ListItem, ...]:
    """Every step of the picture in its order, none folded; the whole of what the picture says."""
    parts = zones(check(stations), show_ended=show_ended)
    ahead = [(s, unit) for unit in parts.ahead for arm in unit for s in arm]
    rivals = {
        s.key: tuple(o.label for arm in unit if s not in arm for o in arm) for s, unit in ahead
    }
    beside: dict[str, tuple[str, ...]] = {}
    for group in clusters([*parts.past, *parts.now], today):
        for s in group:
            beside[s.key] = tuple(o.label for o in group if o.theme != s.theme)
    order = [*parts.past, *parts.now, *(s for s, _ in ahead)]
    return tuple(
        ListItem(
            key=s.key,
            label=s.label,
            theme=s.theme,
            theme_word=words.themes[s.theme],
            state=s.state,
            state_word=words.states[s.state],
            when=s.when,
            turn=s.turn or "",
            note=s.note,
            href=s.href,
            instead=rivals.get(s.key, ()),
            beside=beside.get(s.key, ()),
        )
        for s in order
    )
