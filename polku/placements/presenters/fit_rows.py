"""The list beside a chosen client: what fits with why, what is full, what does not fit and why."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from polku.foundation import clock
from polku.placements import free_days
from polku.placements.client.chosen import Chosen
from polku.placements.free_days import Period, Seated
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
    later = _later(found, chosen)
    suggest = reverse("placement_new", args=[chosen.client.id])
    made: list[Group] = []
    for one, row in zip(found, rows, strict=True):
        heading = _heading(one, chosen.on, today)
        if not made or made[-1].heading != heading:
            made.append(Group(heading, []))
        first = len(made) == 1 and not made[0].rows
        fit = _fit(one, chosen, suggest, first)
        if one.id in later:
            fit = replace(fit, reasons=(*fit.reasons, (_from(later[one.id], today), False)))
        made[-1].rows.append(replace(row, fit=fit))
    return made


def _heading(one: OpeningRow, on: date, today: date) -> str:
    if one.place is None:
        return _("Do not fit")
    if one.room:
        return _("Fit, best first")
    said = _("Would fit, but no seat is free for three months from %(day)s")
    return said % {"day": dates.short(on, today)}


def _later(found: list[OpeningRow], chosen: Chosen) -> dict[UUID, Period | None]:
    """Return when those that fit and have no seat at first have one."""
    full = [
        Seated(one.id, one.seats, one.open_from, one.open_to)
        for one in found
        if one.place is not None and not one.room
    ]
    return free_days.first(full, on=chosen.on, now=clock.now()) if full else {}


def _from(period: Period | None, today: date) -> str:
    if period is None:
        return _("no day is known from which a seat is free")
    return _("free from %(day)s") % {"day": dates.short(period.starts_on, today)}


def _fit(one: OpeningRow, chosen: Chosen, suggest: str, first: bool) -> RowFit:
    url = f"{suggest}?opening={one.id}" + (f"&on={chosen.on}" if chosen.on_asked else "")
    if one.place is None:
        url = "" if chosen.beside.barred(one.id) else url
        said = chosen.beside.why_not(one.id)
    else:
        said = chosen.beside.why(one.id)
    reasons = tuple((reason.text, reason.good) for reason in said)
    good = one.place is not None
    return RowFit(good, reasons, url, first=first and good)
