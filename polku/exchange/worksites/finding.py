"""Which employer, worksite and opening a row is about. Pure; two candidates are never chosen from.

An employer by business id, else by its name and legal form. A worksite by the office's own number,
else by employer, name and street or municipality. An opening by worksite, title and kinds.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from polku.exchange.sheets.legal_forms import bare_name
from polku.exchange.sheets.setting import fold
from polku.exchange.worksites.index import Hosts, Sites, key_of
from polku.exchange.worksites.wanted import Wanted
from polku.placements.importing import Shelf
from polku.placements.models import Host, Opening, Worksite


@dataclass(frozen=True, slots=True)
class Clash:
    """Why a row can't be about one thing for sure; `name` is the field to look at."""

    code: str
    name: str
    params: dict[str, Any]


def find_host(want: Wanted, hosts: Hosts) -> Host | Clash | None:
    """Return the employer that the row names, None for one not known yet."""
    number, name = want.business_id, want.host or want.place.get("name", "")
    if number and number in hosts.by_id:
        return hosts.by_id[number]
    same = hosts.by_name.get(key_of(name))
    if same is not None:
        if number and same.business_id not in ("", number):
            params = {"host": same.name, "number": same.business_id}
            return Clash("host_id_differs", "business_id", params)
        return same
    found = [
        host
        for host in hosts.by_bare.get(bare_name(name), ())
        if (not want.form or host.legal_form == want.form) and not (number and host.business_id)
    ]
    if len(found) > 1:
        return Clash("two_hosts", "host", {"one": found[0].name, "two": found[1].name})
    return found[0] if found else None


def find_worksite(
    want: Wanted, shelf: Shelf, sites: Sites, host: Host | None
) -> Worksite | Clash | None:
    """Return the worksite that the row is about, None for a new one.

    `host` is None where the row names no employer that is known: then all employers' worksites are
    looked through, if it names none at all.
    """
    numbered = shelf.by_number.get(want.number) if want.number else None
    if numbered is not None:
        named = want.host if host is None else host.name
        if named and (host is None or numbered.host_id != host.pk):
            params = {"one": said_of(numbered), "two": named}
            return Clash("number_elsewhere", "office_number", params)
        return numbered
    if host is None and (want.host or want.business_id):
        return None
    found = _at_the_street(want, shelf, _called(want, shelf, sites, host))
    if len(found) > 1:
        params = {"one": said_of(found[0]), "two": said_of(found[1])}
        return Clash("two_worksites", "worksite", params)
    return found[0] if found else None


def _called(want: Wanted, shelf: Shelf, sites: Sites, host: Host | None) -> list[Worksite]:
    named = sites.called(want.place.get("name") or want.host, host)
    return [one for one in named if _may_be(want, shelf, one)]


def _may_be(want: Wanted, shelf: Shelf, worksite: Worksite) -> bool:
    if want.number and worksite.office_number:
        return False
    unit = want.place.get("unit")
    if unit and fold(unit) not in {fold(value) for value in shelf.values(worksite, "unit")}:
        return False
    town = want.place.get("municipality_id") or want.town_code
    return not town or town in shelf.values(worksite, "municipality_id")


def _at_the_street(want: Wanted, shelf: Shelf, found: list[Worksite]) -> list[Worksite]:
    street = want.place.get("street")
    if not street:
        return found
    same = [one for one in found if fold(street) in {fold(v) for v in shelf.values(one, "street")}]
    return same or [one for one in found if not one.street]


def like(want: Wanted, shelf: Shelf, sites: Sites, host: Host | None) -> Worksite | None:
    """Return a worksite of the same employer and name at another street than a new one's."""
    if host is None:
        return None
    return next(iter(_called(want, shelf, sites, host)), None)


def find_opening(
    want: Wanted, shelf: Shelf, worksite: Worksite | None
) -> tuple[Opening | Clash | None, list[Opening]]:
    """Return the opening that the row is about, and the others there of the same title."""
    if worksite is None or want.opening is None:
        return None, []
    title, kinds = fold(want.opening["title"]), set(want.opening.get("kinds", ()))
    same = [
        opening
        for opening in shelf.openings.get(worksite.pk, ())
        if title in {fold(value) for value in shelf.values(opening, "title")}
    ]
    found = [o for o in same if not kinds or _is_of(kinds, shelf.values(o, "kinds"))]
    if len(found) > 1:
        params = {"kinds": " ".join(found[0].kinds), "other_kinds": " ".join(found[1].kinds)}
        return Clash("two_openings", "kinds", {"title": found[0].title, **params}), same
    return (found[0] if found else None), same


def _is_of(kinds: set[str], values: Iterable[list[str]]) -> bool:
    return any(kinds == set(value) for value in values)


def said_of(worksite: Worksite) -> str:
    """Return how a reason names a worksite: it is no person."""
    name = f"{worksite.name}, {worksite.unit}" if worksite.unit else worksite.name
    where = worksite.street or worksite.town
    return f"{name} ({worksite.host.name}{', ' + where if where else ''})"
