"""The list beside a chosen client: what fits with why, what is full, what does not fit and why."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from polku.placements.client.chosen import Chosen
from polku.placements.presenters.rows import Row, RowFit, opening_rows
from polku.placements.queries import OpeningRow
from polku.web import dates


@dataclass(frozen=True, slots=True)
class Group:
    """Rows under one heading; without a client there is one, and it needs none."""

    heading: str
    rows: list[Row]


def groups(found: list[OpeningRow], chosen: Chosen | None, today: date) -> list[Group]:
    """Return the page's rows; with a client chosen in up to three groups, in the list's order."""
    rows = opening_rows(found, today)
    if chosen is None:
        return [Group("", rows)] if rows else []
    suggest = reverse("placement_new", args=[chosen.client.id])
    made: list[Group] = []
    for one, row in zip(found, rows, strict=True):
        heading = _heading(one, chosen.on, today)
        if not made or made[-1].heading != heading:
            made.append(Group(heading, []))
        first = len(made) == 1 and not made[0].rows
        made[-1].rows.append(replace(row, fit=_fit(one, chosen, suggest, first)))
    return made


def _heading(one: OpeningRow, on: date, today: date) -> str:
    if one.place is None:
        return _("Do not fit")
    if one.free or (one.frees_on is not None and one.frees_on <= on):
        return _("Fit, best first")
    return _("Would fit, but no seat is free by %(day)s") % {"day": dates.short(on, today)}


def _fit(one: OpeningRow, chosen: Chosen, suggest: str, first: bool) -> RowFit:
    url = f"{suggest}?opening={one.id}"
    if one.place is None:
        url = "" if chosen.beside.barred(one.id) else url
        said = chosen.beside.why_not(one.id)
    else:
        said = chosen.beside.why(one.id)
    reasons = tuple((reason.text, reason.good) for reason in said)
    good = one.place is not None
    return RowFit(good, reasons, url, first=first and good)
