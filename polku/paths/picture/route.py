"""The route: the path as a row of single stops, short ends, and blocks of lines side by side."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from .nouns import ENDED, THEMES, Links, Station, Words
from .order import Arm, Zones, arms_of, beside_now, clusters
from .stops import Stop, fold_stop, more_stop, start_stop, stop_of, today_stop

MOST_LINES = 4


@dataclass(frozen=True, slots=True)
class Single:
    """One stop on the line."""

    stop: Stop


@dataclass(frozen=True, slots=True)
class Aside:
    """A step that was left: a short end beside the line."""

    stop: Stop


@dataclass(frozen=True, slots=True)
class Block:
    """Lines side by side: steps that overlap in time, or the alternatives of a fork."""

    lines: tuple[tuple[Stop, ...], ...]
    fork: bool

    @property
    def live(self) -> bool:
        """Whether something in the block goes on now."""
        return any(stop.kind == "now" for line in self.lines for stop in line)

    @property
    def ahead(self) -> bool:
        """Whether the block is still to come."""
        return all(line[0].ahead for line in self.lines)


Item = Single | Aside | Block


@dataclass(frozen=True, slots=True)
class Fold:
    """How much of a path stands folded: earlier steps, later units, and lines shown at once."""

    earlier: int = 0
    later: int = 0
    lines: int = MOST_LINES


@dataclass(frozen=True, slots=True)
class Router:
    """Makes routes of one path, folded more or less."""

    zones: Zones
    words: Words
    links: Links
    today: date

    def route(self, fold: Fold) -> tuple[Item, ...]:
        """The items from the first to the last; an empty path has its start alone."""
        zones = self.zones
        if not (zones.past or zones.now or zones.ahead):
            return (Single(start_stop(self.words, self.links)),)
        items: list[Item] = []
        if fold.earlier:
            items.append(Single(fold_stop(fold.earlier, self.words, self.links, later=False)))
        items += self._behind(zones.past[fold.earlier :], fold)
        if zones.ahead and not zones.now:
            items.append(Single(today_stop(self.words)))
        items += self._ahead(fold)
        return tuple(items)

    def _stops(self, stations: Sequence[Station]) -> tuple[Stop, ...]:
        return tuple(stop_of(station, self.words) for station in stations)

    def _behind(self, past: Sequence[Station], fold: Fold) -> list[Item]:
        rank = {station.key: place for place, station in enumerate(past)}
        left = [s for s in past if s.state in ENDED]
        groups = clusters((s for s in past if s.state not in ENDED), self.today)
        groups, beside = beside_now(groups, self.zones.now, self.today)
        items: list[Item] = []
        for group in groups:
            while left and rank[left[0].key] < rank[group[0].key]:
                items.append(Aside(stop_of(left.pop(0), self.words)))
            items.append(self._parallel(arms_of(group)))
        items += [Aside(stop_of(station, self.words)) for station in left]
        if self.zones.now:
            items.append(self._going_on(beside, fold))
        return items

    def _parallel(self, arms: Sequence[Arm]) -> Item:
        if len(arms) == 1 and len(arms[0]) == 1:
            return Single(stop_of(arms[0][0], self.words))
        return Block(tuple(self._stops(arm) for arm in arms), fork=False)

    def _going_on(self, beside: Sequence[Station], fold: Fold) -> Item:
        """What goes on now, each on a line of its own, with the finished steps beside it."""
        lines: list[list[Station]] = [list(arm) for arm in arms_of(beside)]
        for going in self.zones.now:
            own = [ln for ln in lines if ln[-1].theme == going.theme and ln[-1].state != "now"]
            if own:
                own[0].append(going)
            else:
                lines.append([going])
        lines.sort(key=lambda line: THEMES.index(line[0].theme))
        stops = [self._stops(line) for line in lines]
        return self._block(stops, fold, fork=False)

    def _block(self, lines: list[tuple[Stop, ...]], fold: Fold, *, fork: bool) -> Item:
        if len(lines) > fold.lines:
            shown = max(1, fold.lines - 1)
            live = [ln for ln in lines if ln[-1].kind == "now"] + lines
            kept = list(dict.fromkeys(live))[:shown]
            hidden = sum(len(ln) for ln in lines if ln not in kept)
            more = more_stop(hidden, self.words, self.links, ahead=fork)
            lines = [ln for ln in lines if ln in kept] + [(more,)]
        if len(lines) == 1 and len(lines[0]) == 1:
            return Single(lines[0][0])
        return Block(tuple(lines), fork=fork)

    def _ahead(self, fold: Fold) -> list[Item]:
        units = self.zones.ahead
        shown = units[: len(units) - fold.later]
        items: list[Item] = []
        plain: list[Station] = []
        for unit in shown:
            if len(unit) == 1:
                plain += unit[0]
                continue
            items += self._plain(plain)
            plain = []
            items.append(self._block([self._stops(arm) for arm in unit], fold, fork=True))
        items += self._plain(plain)
        if fold.later:
            count = sum(len(arm) for unit in units[len(shown) :] for arm in unit)
            items.append(Single(fold_stop(count, self.words, self.links, later=True)))
        return items

    def _plain(self, plain: Sequence[Station]) -> list[Item]:
        return [self._parallel(arms_of(group)) for group in clusters(plain, self.today)]
