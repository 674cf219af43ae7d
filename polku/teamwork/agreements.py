"""Agreements: which organisation does which task for which municipality, from a day to a day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import Q

from polku.clients.models import Client
from polku.foundation import audit, lasting
from polku.foundation.models import (
    AreaMembership,
    EmploymentArea,
    Municipality,
    Organisation,
    Register,
)
from polku.foundation.permissions import check
from polku.foundation.viewer import Viewer
from polku.teamwork.models import Agreement


class Overlaps(ValueError):
    """The task of the municipality is somebody's already in that time. `other` is theirs."""

    def __init__(self, other: Agreement) -> None:
        super().__init__("overlaps")
        self.other = other


@dataclass(frozen=True)
class Line:
    """One municipality's tasks on a day: pairs of the agreement and whether it is in force."""

    municipality: Municipality
    agreements: list[Agreement]


def in_force(viewer: Viewer, on: date) -> list[Agreement]:
    """Return the register's agreements in force on a day, by municipality and task."""
    return list(
        Agreement.objects.filter(
            lasting.on(on, starts="valid_from", ends="valid_to"), register_id=viewer.register_id
        )
        .select_related("municipality", "organisation")
        .order_by("municipality__name_fi", "task")
    )


def others(viewer: Viewer, on: date) -> list[Agreement]:
    """Return the agreements that are over or still to come, the latest first."""
    return list(
        Agreement.objects.filter(
            Q(valid_to__lt=on) | Q(valid_from__gt=on), register_id=viewer.register_id
        )
        .select_related("municipality", "organisation")
        .order_by("-valid_from")[:100]
    )


def lines(agreements: list[Agreement]) -> list[Line]:
    """Return the agreements grouped by municipality, in their order."""
    grouped: dict[str, Line] = {}
    for one in agreements:
        line = grouped.setdefault(one.municipality_id, Line(one.municipality, []))
        line.agreements.append(one)
    return list(grouped.values())


def who_does(viewer: Viewer, *, municipality_id: str, task: str, on: date) -> Organisation | None:
    """Return the organisation that does a task for a municipality on a day, or None."""
    found = [
        one
        for one in in_force(viewer, on)
        if one.municipality_id == municipality_id and one.task == task
    ]
    return found[0].organisation if found else None


@dataclass(frozen=True)
class Serving:
    """Who coaches a municipality's clients on a day.

    `organisation` is the one in this register, by an agreement or as the controller; without one
    the municipality is outside the register, and `area` is the employment area that serves it.
    """

    organisation: Organisation | None
    by_agreement: bool
    area: EmploymentArea | None


def who_serves(viewer: Viewer, municipality_id: str, on: date) -> Serving:
    """Return who coaches the clients of a municipality on a day, as this register knows it."""
    agreed = who_does(viewer, municipality_id=municipality_id, task=Agreement.Task.COACHING, on=on)
    if agreed is not None:
        return Serving(agreed, True, None)
    register = Register.objects.select_related("controller").get(pk=viewer.register_id)
    membership = (
        AreaMembership.objects.filter(
            lasting.on(on, starts="valid_from", ends="valid_to"), municipality_id=municipality_id
        )
        .select_related("area")
        .first()
    )
    area = membership.area if membership else None
    if register.area_id is None or (area is not None and area.pk == register.area_id):
        return Serving(register.controller, False, area)
    return Serving(None, False, area)


def serves(viewer: Viewer, *, task: str, on: date) -> frozenset[str]:
    """Return the codes of the municipalities for which the viewer's organisation does a task.

    What nobody has agreed on, the register's controller does itself: in its employment area, or,
    where the register has none, wherever its clients live.
    """
    register = Register.objects.get(pk=viewer.register_id)
    agreed = {
        one.municipality_id: one.organisation_id for one in in_force(viewer, on) if one.task == task
    }
    own = {code for code, whose in agreed.items() if whose == viewer.organisation_id}
    if register.controller_id == viewer.organisation_id:
        own |= _of_the_register(register, on) - agreed.keys()
    return frozenset(own)


def _of_the_register(register: Register, on: date) -> set[str]:
    if register.area_id is None:
        lived_in = Client.objects.filter(register=register, municipality__isnull=False)
        return set(lived_in.values_list("municipality_id", flat=True).distinct())
    members = AreaMembership.objects.filter(
        lasting.on(on, starts="valid_from", ends="valid_to"), area=register.area_id
    )
    return set(members.values_list("municipality_id", flat=True))


@transaction.atomic
def agree(
    *,
    by: Viewer,
    at: datetime,
    municipality: Municipality,
    task: str,
    organisation: Organisation,
    valid_from: date,
    valid_to: date | None = None,
    note: str = "",
) -> Agreement:
    """Write an agreement down. Raises Overlaps when the task is taken in that time."""
    check(by, "teamwork.agree", municipality.pk)
    _is_free(by, municipality.pk, task, valid_from, valid_to)
    made = Agreement.objects.create(
        register_id=by.register_id,
        municipality=municipality,
        task=task,
        organisation=organisation,
        valid_from=valid_from,
        valid_to=valid_to,
        note=note,
    )
    audit.record(by, "teamwork.agree", fields=["municipality", "task", "organisation"])
    return made


def _is_free(
    by: Viewer,
    municipality_id: str,
    task: str,
    first: date,
    last: date | None,
    *,
    but: Agreement | None = None,
) -> None:
    taken = Agreement.objects.select_for_update(of=("self",)).filter(
        register_id=by.register_id, municipality_id=municipality_id, task=task
    )
    for other in taken.exclude(pk=but.pk if but else None).select_related("organisation"):
        ends = other.valid_to or date.max
        if other.valid_from <= (last or date.max) and first <= ends:
            raise Overlaps(other)


@transaction.atomic
def end(agreement: Agreement, *, by: Viewer, at: datetime, on: date | None) -> Agreement:
    """Let an agreement end on a day (the last one included), or go on with no end (None).

    Raises ValueError for a day before it began, and Overlaps where the task has been given on.
    """
    check(by, "teamwork.agree", agreement.municipality_id)
    if on is not None and on < agreement.valid_from:
        raise ValueError("an agreement can't end before it begins")
    if on is None or (agreement.valid_to and on > agreement.valid_to):
        place = (agreement.municipality_id, agreement.task, agreement.valid_from, on)
        _is_free(by, *place, but=agreement)
    agreement.valid_to = on
    agreement.save(update_fields=["valid_to"])
    audit.record(by, "teamwork.end_agreement", fields=["valid_to"])
    return agreement


def organisations(viewer: Viewer) -> Any:
    """Return the organisations that may be agreed with: those that work in the register or have
    an agreement in it, and schools, associations and foundations, whose workers need no account.
    """
    own = Q(roles__register_id=viewer.register_id) | Q(agreements__register_id=viewer.register_id)
    kinds = (Organisation.Kind.SCHOOL, Organisation.Kind.ASSOCIATION, Organisation.Kind.FOUNDATION)
    return Organisation.objects.filter(own | Q(kind__in=kinds)).distinct()
