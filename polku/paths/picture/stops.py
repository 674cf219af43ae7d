"""Stops: what stands on the line, whether a step or a sign of the picture's own."""

from dataclasses import dataclass
from typing import Literal

from .nouns import AHEAD, ENDED, Links, Station, Theme, Words

Kind = Literal["done", "now", "proposed", "planned", "ended", "fold", "more", "today", "start"]


@dataclass(frozen=True, slots=True)
class Stop:
    """A place on the line with the words of its label, top to bottom.

    `eyebrow` is the small word above the title, `sub` the muted line below it, `name` the whole
    as one sentence for those who cannot see it. The line to a stop that is `ahead` is still to
    be walked; `since` is the day a step began (0 where unknown), for the order of rows.
    """

    key: str
    kind: Kind
    theme: Theme | None
    title: str
    eyebrow: str = ""
    sub: str = ""
    turn: str = ""
    href: str | None = None
    name: str = ""
    ahead: bool = False
    since: int = 0

    @property
    def radius(self) -> float:
        """Distance from the centre that labels and lines keep clear, in the picture's units."""
        return _RADIUS[self.kind]


_RADIUS: dict[Kind, float] = {
    "done": 12,
    "now": 24,
    "proposed": 12,
    "planned": 12,
    "ended": 7,
    "fold": 12,
    "more": 12,
    "today": 8,
    "start": 24,
}


def stop_of(station: Station, words: Words) -> Stop:
    """The stop of a step."""
    began = station.starts or station.ends
    ended = station.state in ENDED
    kind: Kind = "ended" if ended else station.state  # type: ignore[assignment]
    spoken = words.states[station.state] if ended or station.state == "proposed" else ""
    eyebrow = words.now if station.state == "now" else ""
    parts = (
        eyebrow,
        station.label,
        station.when,
        station.turn,
        words.themes[station.theme],
        "" if station.state == "now" else words.states[station.state],
    )
    return Stop(
        key=station.key,
        kind=kind,
        theme=station.theme,
        title=station.label,
        eyebrow=eyebrow,
        sub=" · ".join(part for part in (station.when, spoken) if part),
        turn="" if ended or station.state == "done" else station.turn or "",
        href=station.href,
        name=", ".join(part for part in parts if part),
        ahead=station.state in AHEAD,
        since=began.toordinal() if began else 0,
    )


def fold_stop(count: int, words: Words, links: Links, *, later: bool) -> Stop:
    """The stop where `count` older (or later) steps stand folded; it leads to the list of all."""
    title = words.later(count) if later else words.earlier(count)
    key = "later" if later else "earlier"
    return Stop(key, "fold", None, title, href=links.all_steps, name=title, ahead=later)


def more_stop(count: int, words: Words, links: Links, *, ahead: bool) -> Stop:
    """The stop for lines that did not fit beside each other."""
    title = words.more(count)
    key = "more-ahead" if ahead else "more-now"
    return Stop(key, "more", None, title, href=links.all_steps, name=title, ahead=ahead)


def today_stop(words: Words) -> Stop:
    """The sign between what is behind and what is ahead, where nothing goes on just now."""
    return Stop("today", "today", None, "", sub=words.today, name=words.today)


def start_stop(words: Words, links: Links) -> Stop:
    """The one stop of an empty path: it says how a path begins."""
    name = f"{words.start}, {words.start_hint}"
    return Stop(
        "start", "start", None, words.start, sub=words.start_hint, href=links.first_step, name=name
    )
