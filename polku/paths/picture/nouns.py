"""The nouns of the picture: what comes in. Frozen, ready-worded, without a clock or a database."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal, get_args

Theme = Literal["work", "learning", "health", "everyday"]
State = Literal["done", "now", "proposed", "planned", "dropped", "declined"]

THEMES: tuple[Theme, ...] = get_args(Theme)
STATES: tuple[State, ...] = get_args(State)
AHEAD: frozenset[State] = frozenset({"proposed", "planned"})
ENDED: frozenset[State] = frozenset({"dropped", "declined"})


class PictureError(ValueError):
    """The picture was asked for something it cannot draw; the message says what and why."""


@dataclass(frozen=True, slots=True)
class Station:
    """One step of the path.

    `when`, `turn` and `note` are text already in the reader's language; `turn` is shown where
    something waits ("Mirjan vuoro"), `note` stands in the list only. Steps ahead that share a
    `branch` are alternatives of one fork; those that also share an `arm` follow each other
    within one alternative (without `arm`, each is an alternative of its own).
    """

    key: str
    label: str
    theme: Theme
    state: State
    starts: date | None = None
    ends: date | None = None
    when: str = ""
    branch: str | None = None
    arm: str | None = None
    turn: str | None = None
    href: str | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Tally:
    """What the whole path holds, for the description that a screen reader hears first."""

    done: int
    ended: int
    ahead: int
    now: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Words:
    """Every word that the picture adds to the stations' own; all in the reader's language.

    `earlier`, `later` and `more` take the number of steps that stand folded together (two or
    more for the first two). `summary` makes the description from a tally.
    """

    title: str
    now: str
    today: str
    start: str
    start_hint: str
    earlier: Callable[[int], str]
    later: Callable[[int], str]
    more: Callable[[int], str]
    summary: Callable[[Tally], str]
    themes: Mapping[Theme, str]
    states: Mapping[State, str]


@dataclass(frozen=True, slots=True)
class Links:
    """Where the picture's own stations lead: the list of all steps, and the first step's form."""

    all_steps: str | None = None
    first_step: str | None = None


def check(stations: Iterable[Station]) -> tuple[Station, ...]:
    """The stations; `PictureError` for an unknown theme or state, or a key used twice."""
    known: set[str] = set()
    result = tuple(stations)
    for station in result:
        if station.theme not in THEMES:
            raise PictureError(_unknown(station, "theme", station.theme, THEMES))
        if station.state not in STATES:
            raise PictureError(_unknown(station, "state", station.state, STATES))
        if station.key in known:
            raise PictureError(f"Two stations share the key {station.key!r}; each needs its own.")
        known.add(station.key)
    return result


def _unknown(station: Station, what: str, given: str, known: tuple[str, ...]) -> str:
    return (
        f"Station {station.key!r} has the {what} {given!r}; the picture knows {', '.join(known)}."
    )


def tally(stations: Iterable[Station]) -> Tally:
    """Counts by kind; `now` holds the labels of what goes on at present, in order."""
    everything = tuple(stations)
    return Tally(
        done=sum(s.state == "done" for s in everything),
        ended=sum(s.state in ENDED for s in everything),
        ahead=sum(s.state in AHEAD for s in everything),
        now=tuple(s.label for s in everything if s.state == "now"),
    )
