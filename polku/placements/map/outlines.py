"""Borders with fewer points: neighbours that share a border keep sharing it.

Pure. A border is cut where the neighbours change; each piece is simplified once, in one direction,
so that both sides get the same points (no slits, no overlaps).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from math import cos, hypot, radians

Point = tuple[float, float]
Ring = tuple[Point, ...]
# For each code its polygons: the outer ring, then the holes. Rings end where they begin.
Areas = Mapping[str, Sequence[Sequence[Ring]]]
Simple = dict[str, list[list[list[Point]]]]

DECIMALS = 4
# A degree of longitude is this much shorter in the middle of Finland.
SQUEEZE = cos(radians(62))


def simplified(areas: Areas, *, tolerance: float = 0.0004, least: float = 2e-5) -> Simple:
    """Return the areas with as few points as a tolerance allows.

    `tolerance` in degrees of latitude (0.0004 is 45 metres); islands and holes of an area under
    `least` square degrees are left out unless they are all that a municipality has.
    """
    rounded = {
        code: [[_rounded(ring) for ring in polygon] for polygon in polygons]
        for code, polygons in areas.items()
    }
    beside: dict[Point, set[str]] = defaultdict(set)
    for code, polygons in rounded.items():
        for polygon in polygons:
            for ring in polygon:
                for point in ring:
                    beside[point].add(code)
    kept: dict[Ring, Ring] = {}
    found: Simple = {}
    for code, polygons in rounded.items():
        big = [p for p in polygons if p and _size(p[0]) >= least]
        for polygon in big or sorted(polygons, key=lambda p: -_size(p[0]))[:1]:
            rings = [_simple(ring, beside, kept, tolerance) for ring in polygon]
            whole = [r for n, r in enumerate(rings) if len(r) > 3 and (n == 0 or _size(r) >= least)]
            if whole and len(rings[0]) > 3:
                found.setdefault(code, []).append([list(ring) for ring in whole])
    return found


def _rounded(ring: Ring) -> Ring:
    """Return a ring on the grid of `DECIMALS`, without points that fell on the one before."""
    points: list[Point] = []
    for x, y in ring:
        point = (round(x, DECIMALS), round(y, DECIMALS))
        if not points or points[-1] != point:
            points.append(point)
    return tuple(points)


def _size(ring: Ring) -> float:
    pairs = zip(ring, ring[1:], strict=False)
    return abs(sum(a[0] * b[1] - b[0] * a[1] for a, b in pairs)) / 2 * SQUEEZE


def _simple(
    ring: Ring, beside: Mapping[Point, set[str]], kept: dict[Ring, Ring], tolerance: float
) -> Ring:
    cuts = [n for n in range(len(ring) - 1) if _is_cut(ring, n, beside)]
    if not cuts:
        # An island of its own, or a municipality wholly inside another: begin at the same point
        # whichever of the two is looked at.
        cuts = [min(range(len(ring) - 1), key=ring.__getitem__)] if len(ring) > 1 else []
    if not cuts:
        return ()
    turned = (*ring[cuts[0] : -1], *ring[: cuts[0] + 1])
    ends = [*(n - cuts[0] for n in cuts), len(turned) - 1]
    points: list[Point] = [turned[0]]
    for start, end in zip(ends, ends[1:], strict=False):
        points += _once(turned[start : end + 1], kept, tolerance)[1:]
    return tuple(points)


def _is_cut(ring: Ring, n: int, beside: Mapping[Point, set[str]]) -> bool:
    here, before, after = beside[ring[n]], beside[ring[n - 1 if n else -2]], beside[ring[n + 1]]
    return (
        len(here) > 2 or not (here == before == after) and len(here) > min(len(before), len(after))
    )


def _once(piece: Ring, kept: dict[Ring, Ring], tolerance: float) -> Ring:
    back = piece[::-1]
    forward = min(piece, back)
    if forward not in kept:
        kept[forward] = _fewer(forward, tolerance)
    return kept[forward] if forward is piece or forward == piece else kept[forward][::-1]


def _fewer(line: Ring, tolerance: float) -> Ring:
    """Leave out points nearer than a tolerance to the line without them (Douglas, Peucker 1973)."""
    keep = {0, len(line) - 1}
    spans = [(0, len(line) - 1)]
    if len(line) > 3 and line[0] == line[-1]:
        far = max(range(len(line)), key=lambda n: _apart(line[n], line[0], line[0]))
        keep.add(far)
        spans = [(0, far), (far, len(line) - 1)]
    while spans:
        first, last = spans.pop()
        if last - first < 2:
            continue
        between = range(first + 1, last)
        far = max(between, key=lambda n: _apart(line[n], line[first], line[last]))
        if _apart(line[far], line[first], line[last]) > tolerance:
            keep.add(far)
            spans += [(first, far), (far, last)]
    return tuple(line[n] for n in sorted(keep))


def _apart(point: Point, start: Point, end: Point) -> float:
    """Return how far a point is from a stretch of line, in degrees of latitude."""
    x, y = (point[0] - start[0]) * SQUEEZE, point[1] - start[1]
    dx, dy = (end[0] - start[0]) * SQUEEZE, end[1] - start[1]
    length = dx * dx + dy * dy
    share = min(max((x * dx + y * dy) / length, 0.0), 1.0) if length else 0.0
    return hypot(x - share * dx, y - share * dy)
