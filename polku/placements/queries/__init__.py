"""Reads of places. What comes back is already scoped to the viewer's register.

`openings` and `of_worksite` count seats, `fit` brings in what fits a client; `worksites` and its
neighbours read one place whole; `ahead` tells the weeks to come. Rows of clients pass
`clients.queries.seen` first.
"""

from polku.placements.queries.ahead import Week, uses, weeks
from polku.placements.queries.fit import Fit
from polku.placements.queries.one_opening import opening_whole
from polku.placements.queries.openings import (
    Found,
    OpeningRow,
    of_worksite,
    opening_row,
    openings,
)
from polku.placements.queries.points import points
from polku.placements.queries.wanted import Wanted, wanted
from polku.placements.queries.worksites import (
    Experience,
    There,
    WorksiteRow,
    experience,
    host,
    host_like,
    host_names,
    kept_back,
    opening,
    orientation,
    supervisor,
    supervisors,
    talks,
    there_now,
    towns,
    whole,
    worksite,
    worksites,
)

__all__ = [
    "Experience",
    "Fit",
    "Found",
    "OpeningRow",
    "There",
    "Wanted",
    "Week",
    "WorksiteRow",
    "experience",
    "host",
    "host_like",
    "host_names",
    "kept_back",
    "of_worksite",
    "opening",
    "opening_row",
    "opening_whole",
    "openings",
    "orientation",
    "points",
    "supervisor",
    "supervisors",
    "talks",
    "there_now",
    "towns",
    "uses",
    "wanted",
    "weeks",
    "whole",
    "worksite",
    "worksites",
]
