"""A floor for a group: at least so many of those who wait and are in it get a proposal.

A group follows from what is written of who looks for a place, and from the age where the law looks
at it: never from health, never from a score. Nobody is told who is in it, so a group of a few is
none: its number alone would tell.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from uuid import UUID

from django.db.models import DecimalField, ExpressionWrapper, F, Q, Value
from django.db.models.functions import Coalesce

from polku.clients.models import Client
from polku.foundation.viewer import Viewer
from polku.placements.fitting.stock import DAYS
from polku.placements.models import Round
from polku.placements.round import waiting
from polku.rules.calendar import add_months

FEWEST = 5
PART_TIME = 20  # hours a week
Group = Round.Group
MONTHS = {Group.WAITS_3: 3, Group.WAITS_6: 6, Group.WAITS_12: 12}
YOUNGER = {Group.UNDER_25: 25, Group.UNDER_30: 30}
OLDER = {Group.OVER_55: 55}


class SmallGroup(ValueError):
    """Fewer than FEWEST of those who wait are in the group."""


class TooMany(ValueError):
    """More are asked for than wait: `members` do."""

    def __init__(self, members: int) -> None:
        super().__init__(f"{members} of those who wait are in the group")
        self.members = members


def put(found: Round, viewer: Viewer, group: str, heads: int | None) -> None:
    """Set the round's floor, or take it away. The caller saves. Raises SmallGroup and TooMany."""
    if group and heads:
        many = len(members(group, waiting.ids(viewer, found), found.starts_on))
        if many < FEWEST:
            raise SmallGroup
        if heads > many:
            raise TooMany(many)
    found.floor_group, found.floor_heads = (group, heads) if group and heads else ("", None)


def members(group: str, ids: Collection[UUID], on: date) -> set[UUID]:
    """Return which of these clients, known to be waiting, are in the group on a day."""
    rows = Client.objects.filter(_in(Group(group), on), pk__in=ids)
    if group == Group.PART_TIME:
        # As the kernel counts: whole hours of all days.
        days = Coalesce(F("search__days_at_most"), Value(DAYS))
        hours = ExpressionWrapper(F("search__hours_at_most") * days, DecimalField())
        rows = rows.annotate(hours=hours).filter(hours__lt=PART_TIME + 1)
    return set(rows.values_list("pk", flat=True))


def _in(group: Group, on: date) -> Q:
    if group in MONTHS:
        return Q(search__waiting_since__lte=add_months(on, -MONTHS[group]))
    if group in YOUNGER:
        return Q(born__gt=add_months(on, -12 * YOUNGER[group]))
    if group in OLDER:
        return Q(born__lte=add_months(on, -12 * OLDER[group]))
    if group == Group.NO_CAR:
        return Q(search__mode__in=("foot", "bus"))
    return Q(search__hours_at_most__isnull=False)
