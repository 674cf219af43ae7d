"""Fitting a path into its room: narrower labels first, then older steps fold together."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from .layout import Layout
from .nouns import Links, PictureError, Station, Words, check
from .order import zones
from .route import Aside, Block, Fold, Item, Router, Single
from .solve import Spread
from .stops import more_stop
from .tall import Column
from .wide import STEP, Draft

NARROWEST = 280
LABEL_WIDTHS = (172.0, 144.0, 122.0, 100.0)
COMFORT = 0.72  # of a label's width: an even gap from which labels need not be narrower
CROWDED = 130.0  # room for one step below which the narrowest labels are tried first
MOST_ROWS = 16
_COLUMN = 72.0  # what one folded step frees, roughly
_NO_LINKS = Links()


def layout_wide(
    stations: Iterable[Station],
    *,
    width: float,
    today: date,
    words: Words,
    links: Links = _NO_LINKS,
    show_ended: bool = True,
) -> Layout:
    """The path as a map from left to right, `width` units wide (one unit is a CSS pixel).

    Raises `PictureError` for unknown themes or states, a key used twice, or a width under 280.
    """
    folding = _folding(stations, width, today, words, links, show_ended)
    while True:
        items = folding.router.route(folding.fold)
        excess = sum(_columns(item) for item in items) * STEP - width
        best = _widest(items, width) if excess <= 0 else None
        if best is not None:
            return best
        if excess <= 0:
            excess = Draft(items, LABEL_WIDTHS[-1]).excess(width)
        if not folding.tighten(excess / _COLUMN):
            last = Draft(folding.everything(), LABEL_WIDTHS[-1])
            return last.finish(last.tight(), width)


def _widest(items: tuple[Item, ...], width: float) -> Layout | None:
    """The items with the widest labels that still leave an even line; None if none fits."""
    even = 1.1 * width / sum(_columns(item) for item in items)
    if even < CROWDED and Draft(items, LABEL_WIDTHS[-1]).excess(width) > 0:
        return None
    found: tuple[Draft, Spread] | None = None
    for label in LABEL_WIDTHS:
        if label * COMFORT > even and label > LABEL_WIDTHS[-2]:
            continue
        draft = Draft(items, label)
        spread = draft.fit(width)
        if spread is None:
            continue
        if found is None or spread.gap > found[1].gap + 8:
            found = draft, spread
        if spread.gap >= label * COMFORT:
            break
    return found[0].finish(found[1].at, width) if found else None


def _columns(item: Item) -> float:
    """How many steps of the line an item takes at least."""
    if isinstance(item, Block):
        return max(len(ln) for ln in item.lines) + 0.8
    return 0.5 if isinstance(item, Aside) else 1


def layout_tall(
    stations: Iterable[Station],
    *,
    width: float,
    today: date,
    words: Words,
    links: Links = _NO_LINKS,
    show_ended: bool = True,
    rows: int = MOST_ROWS,
) -> Layout:
    """The path as a map from top to bottom, in at most `rows` rows; otherwise as `layout_wide`."""
    folding = _folding(stations, width, today, words, links, show_ended)
    while True:
        items = folding.router.route(folding.fold)
        excess = sum(_rows(item) for item in items) - rows
        if excess <= 0 or not folding.tighten(excess):
            return Column(items, width).finish()


def _rows(item: Item) -> int:
    return sum(len(ln) for ln in item.lines) if isinstance(item, Block) else 1


@dataclass(slots=True)
class Folding:
    """How far a path is folded, and how it folds further."""

    router: Router
    fold: Fold = Fold()

    def tighten(self, by: float) -> bool:
        """Fold about `by` steps more; False when nothing is left to fold."""
        zones, fold = self.router.zones, self.fold
        past, ahead = len(zones.past), len(zones.ahead)
        more = max(1, int(by))
        for keep in (2, 1, 0):
            earlier = _further(fold.earlier, more, past, keep)
            if earlier > fold.earlier:
                self.fold = replace(fold, earlier=earlier)
                return True
            later = _further(fold.later, more, ahead, keep)
            if later > fold.later:
                self.fold = replace(fold, later=later)
                return True
        if fold.lines > 1:
            self.fold = replace(fold, lines=fold.lines - 1)
            return True
        return False

    def everything(self) -> tuple[Item, ...]:
        """The last resort: one stop that leads to the list."""
        zones = self.router.zones
        count = len(zones.past) + len(zones.now)
        count += sum(len(arm) for unit in zones.ahead for arm in unit)
        return (Single(more_stop(count, self.router.words, self.router.links, ahead=False)),)


def _further(folded: int, more: int, whole: int, keep: int) -> int:
    """How many stand folded next: never one alone (it would take the room it frees)."""
    aim = min(folded + more, whole - keep)
    return max(folded, aim if aim >= 2 else min(2, whole - keep) if whole - keep >= 2 else folded)


def _folding(
    stations: Iterable[Station],
    width: float,
    today: date,
    words: Words,
    links: Links,
    show_ended: bool,
) -> Folding:
    if width < NARROWEST:
        raise PictureError(f"The picture needs {NARROWEST} units of width, {width:g} were given.")
    zoned = zones(check(stations), show_ended=show_ended)
    return Folding(Router(zoned, words, links, today))
