"""`polku import boundaries FILE`: municipality borders for the map, from GeoJSON.

Borders are the country's, not a register's: one set for all. A feature that is refused leaves the
rest taken in; a file that is no GeoJSON of municipalities is refused as a whole.
"""

from __future__ import annotations

import argparse
import json
import sys
from datetime import date
from pathlib import Path
from typing import Any

from django.utils.translation import gettext, gettext_noop

from polku.foundation import clock
from polku.placements.map import boundaries
from polku.placements.map.geojson import Refusal, Unusable

DONE, REFUSED = 0, 1
FEATURE = {
    "no_code": gettext_noop("The feature has no municipality code (NATCODE)."),
    "no_municipality": gettext_noop(
        "%(code)s %(name)s is no municipality of today, so its border was left out."
    ),
    "twice": gettext_noop(
        "The municipality %(municipality)s stands in the file twice; feature %(other)s was taken."
    ),
    "no_area": gettext_noop("The feature has no area: a Polygon or a MultiPolygon is needed."),
    "no_ring": gettext_noop("A line around the area has too few points."),
    "no_point": gettext_noop("A point of the line is no pair of numbers."),
    "outside": gettext_noop(
        "The point %(lon)s, %(lat)s is not in Finland. The file must be in WGS 84, longitude first."
    ),
}
FILE = {
    "no_json": gettext_noop("The file is no GeoJSON."),
    "no_features": gettext_noop("The file holds no features: it is no GeoJSON of municipalities."),
    "other_system": gettext_noop(
        "The file's coordinates are not in WGS 84. Ask for it in WGS 84 (EPSG:4326)."
    ),
    "too_big": gettext_noop("The file is over %(mib)s MiB. A coarser one is fine enough here."),
    "unreadable": gettext_noop("The file can't be read: %(reason)s."),
}


def add_arguments(things: Any) -> None:
    """Declare `polku import boundaries`."""
    parser = things.add_parser(
        "boundaries",
        help="municipality borders for the map from GeoJSON",
        description="Take in municipality borders, such as the National Land Survey's municipal "
        "division. They are simplified to some 45 metres.",
    )
    parser.add_argument("file", metavar="FILE", help="a .geojson file; - reads stdin")
    parser.add_argument("--source", default=boundaries.SOURCE, help="whom the map names for them")
    parser.add_argument("--as-of", type=date.fromisoformat, metavar="DATE", help="of which day")
    parser.add_argument("--dry-run", action="store_true", help="only say what would be done")
    parser.add_argument("--language", choices=("fi", "sv", "en"), help="language of the reasons")
    parser.add_argument("--json", action="store_true", help="the report for machines")


def run(args: argparse.Namespace) -> int:
    """Take in and report; return the exit status."""
    try:
        taken = boundaries.take_in(
            _content(args.file),
            at=clock.now(),
            source=args.source[:160],
            as_of=args.as_of,
            dry_run=args.dry_run,
        )
    except Unusable as error:
        print(gettext(FILE[error.code]) % error.params, file=sys.stderr)
        return REFUSED
    rows = [_row(one) for one in taken.refused]
    counts = {w: taken.counts[w] for w in ("created", "updated", "unchanged", "refused")}
    if args.json:
        print(json.dumps({**counts, "rows": rows, "missing": taken.missing}, ensure_ascii=False))
        return DONE
    for row in rows:
        where = gettext("feature %(number)s, %(column)s") % {
            "number": row["line"],
            "column": row["column"],
        }
        print(f"{where}: {gettext('refused')}: {row['reason']}")
    if taken.missing:
        print(gettext("Without a border: %s.") % ", ".join(taken.missing))
    if args.dry_run:
        print(gettext("Dry run, nothing was changed."))
    print(
        gettext(
            "Created: %(created)s. Updated: %(updated)s. Unchanged: %(unchanged)s. "
            "Refused: %(refused)s."
        )
        % counts
    )
    return DONE


def _content(name: str) -> bytes:
    try:
        return sys.stdin.buffer.read() if name == "-" else Path(name).read_bytes()
    except OSError as error:
        raise Unusable("unreadable", reason=error.strerror or type(error).__name__) from None


def _row(one: Refusal) -> dict[str, Any]:
    reason = gettext(FEATURE[one.code]) % one.params
    return {"line": one.number, "column": one.column, "outcome": "refused", "reason": reason}
