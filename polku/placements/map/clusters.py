"""Worksites to rings: a grid in Web Mercator, then each ring takes in those that it would overlap.

Pure: rows in, rings out. A ring follows from the rows within three cells of it, never from where
the view's edge happens to be, so that panning changes none that was drawn.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict, dataclass
from math import floor, hypot
from typing import Any

from polku.placements.map.mercator import Box, across, down, lat_of, lon_of, pixels

# lon, lat, free, promised, taken, town, name, id, coarse: as a query's `values_list` gives them.
# With a client chosen, a tenth says whether something there fits.
Row = (
    tuple[float, float, int, int, int, str, str, Any, bool]
    | tuple[float, float, int, int, int, str, str, Any, bool, bool]
)
FITS = 9
Cell = tuple[int, int]
# Rings are at most 54 pixels wide; their centres stay as far apart, so a cell may be that big.
CELL = 56
APART = 54.0
# What lies further from the view than this changes nothing in it: three cells, and one to show.
MARGIN = 4
# From here on one worksite is one ring unless others stand on the same spot.
CLOSEST = 17.0
NAMED = 24
MANY_LINES = 1000


@dataclass(frozen=True, slots=True)
class Ring:
    """One or more worksites. `id` is the worksite's where there is one, `ids` up to `NAMED`.

    `key` tells the ring apart from the others of its level, `box` is what its worksites take up in
    degrees, `coarse` says that each of them is only known to be about there. `fits` counts its
    worksites that fit the chosen client; None while there is none.
    """

    key: str
    lon: float
    lat: float
    seats: int
    free: int
    promised: int
    taken: int
    worksites: int
    name: str
    town: str
    id: str | None
    ids: tuple[str, ...]
    box: Box
    coarse: bool
    fits: int | None = None

    def as_json(self) -> dict[str, Any]:
        return asdict(self)


def level_of(zoom: float) -> float:
    """Return the zoom at which rings are made: in half steps, so that a little changes none."""
    return min(max(floor(zoom * 2) / 2, 0.0), CLOSEST)


def clustered(rows: Iterable[Row], box: Box, zoom: float) -> list[Ring]:
    """Return the rings inside a box (w, s, e, n in degrees) and up to a cell beyond, by reading
    order: from north to south in bands as high as a ring, in a band from west to east."""
    level = level_of(zoom)
    cells = _cells(rows, box, level)
    rings = [_ring(heaps, level) for heaps in _merged(cells, level)]
    shown = _grown(box, level, 1)
    band = CELL / pixels(level)
    inside = [
        ring
        for ring in rings
        if shown[0] <= ring.lon <= shown[2] and shown[1] <= ring.lat <= shown[3]
    ]
    return sorted(inside, key=lambda r: (floor(down(r.lat) / band), r.lon, r.key))


def total(rows: Iterable[Row]) -> dict[str, int]:
    """Return the sums of all rows, shown or not."""
    columns = list(zip(*rows, strict=True)) or [()] * 5
    free, promised, taken = (sum(column) for column in columns[2:5])
    found = {
        "worksites": len(columns[0]),
        "seats": free + promised + taken,
        "free": free,
        "promised": promised,
        "taken": taken,
    }
    return found | {"fits": sum(columns[FITS])} if len(columns) > FITS else found


def _grown(box: Box, level: float, cells: int) -> Box:
    west, south, east, north = box
    more = cells * CELL / pixels(level)
    return (
        lon_of(across(west) - more),
        lat_of(min(down(south) + more, 1.0)),
        lon_of(across(east) + more),
        lat_of(max(down(north) - more, 0.0)),
    )


def _cells(rows: Iterable[Row], box: Box, level: float) -> dict[Cell, list[Row]]:
    west, south, east, north = _grown(box, level, MARGIN)
    size = CELL / pixels(level)
    line = _lines(south, north, size)
    scale, half = 1 / (360 * size), 0.5 / size
    cells: dict[Cell, list[Row]] = defaultdict(list)
    for row in rows:
        lon, lat = row[0], row[1]
        if west <= lon <= east and south <= lat <= north:
            cells[int(lon * scale + half), line(lat)].append(row)
    return cells


def _lines(south: float, north: float, size: float) -> Callable[[float], int]:
    """Return what tells a latitude's line of cells: bisection in their edges, which is quicker than
    a logarithm a point, unless the lines are very many."""
    top, bottom = floor(down(north) / size), floor(down(south) / size)
    if bottom - top > MANY_LINES:
        return lambda lat: floor(down(lat) / size)
    edges = [lat_of(row * size) for row in range(bottom, top, -1)]
    return lambda lat: bottom - bisect_left(edges, lat)


@dataclass(slots=True)
class _Heap:
    """A cell's rows with their sums; `x` and `y` are their middle in pixels."""

    key: Cell
    rows: list[Row]
    sums: list[float]
    box: Box
    towns: Counter[str]
    x: float
    y: float
    order: tuple[float, Cell]


def _merged(cells: dict[Cell, list[Row]], level: float) -> Iterator[list[_Heap]]:
    """Give each heap that is the fullest of its neighbours together with those it would overlap.

    A heap joins the fullest neighbour that joins nobody itself: no chains, hence no effect from
    afar.
    """
    world = pixels(level)
    heaps = {key: _heap(key, rows, world) for key, rows in cells.items()}
    near = {key: _near(heap, heaps) for key, heap in heaps.items()}
    stays = {k for k, h in heaps.items() if all(h.order < other.order for other in near[k])}
    taken: dict[Cell, list[_Heap]] = {key: [heaps[key]] for key in stays}
    for key, heap in heaps.items():
        if key not in stays:
            hosts = [other for other in near[key] if other.key in stays]
            target = min(hosts, key=lambda other: other.order).key if hosts else key
            taken.setdefault(target, []).append(heap)
    yield from taken.values()


def _heap(key: Cell, rows: list[Row], world: float) -> _Heap:
    columns = list(zip(*rows, strict=False))
    sums = [sum(column) for column in columns[:5]]
    lons, lats = columns[:2]
    box = min(lons), min(lats), max(lons), max(lats)
    many = len(rows)
    x, y = across(sums[0] / many) * world, down(sums[1] / many) * world
    return _Heap(key, rows, sums, box, Counter(columns[5]), x, y, (-sum(sums[2:]), key))


def _near(heap: _Heap, heaps: dict[Cell, _Heap]) -> list[_Heap]:
    column, row = heap.key
    found = []
    for key in [(column + i, row + j) for i in (-1, 0, 1) for j in (-1, 0, 1) if i or j]:
        other = heaps.get(key)
        if other is not None and hypot(heap.x - other.x, heap.y - other.y) < APART:
            found.append(other)
    return found


def _ring(heaps: list[_Heap], level: float) -> Ring:
    lon, lat, free, promised, taken = (
        sum(part) for part in zip(*(h.sums for h in heaps), strict=True)
    )
    many = sum(len(heap.rows) for heap in heaps)
    towns: Counter[str] = sum((heap.towns for heap in heaps), Counter())
    town = min(towns.items(), key=lambda item: (-item[1], item[0]))[0]
    wests, souths, easts, norths = zip(*(heap.box for heap in heaps), strict=True)
    few = [row for heap in heaps for row in heap.rows] if many <= NAMED else []
    column, line = heaps[0].key
    return Ring(
        key=f"{level:g}.{column}.{line}",
        lon=round(lon / many, 5),
        lat=round(lat / many, 5),
        seats=int(free + promised + taken),
        free=int(free),
        promised=int(promised),
        taken=int(taken),
        worksites=many,
        name=few[0][6] if many == 1 else town,
        town=town,
        id=str(few[0][7]) if many == 1 else None,
        ids=tuple(sorted(str(row[7]) for row in few)),
        box=(min(wests), min(souths), max(easts), max(norths)),
        coarse=all(row[8] for heap in heaps for row in heap.rows),
        fits=_fits(heaps),
    )


def _fits(heaps: list[_Heap]) -> int | None:
    if len(heaps[0].rows[0]) <= FITS:
        return None
    return sum(row[-1] for heap in heaps for row in heap.rows)
