"""What the register says of itself now, in counts alone, and the questions that are kept."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Count, Min, Q, QuerySet

from polku.clients.queries import countable
from polku.foundation.access import in_force
from polku.foundation.models import Relation
from polku.foundation.permissions import check
from polku.foundation.viewer import Viewer
from polku.insight.models import WhatIf

FEW_CLIENTS, FEW_NEW = 20, 5  # fewer are covered
YEAR, MONTH = 365, 365 / 12  # days
PERMISSION = "insight.ask_what_if"


@dataclass(frozen=True)
class Present:
    """The present numbers; None where a number is covered, or can't be measured.

    `new_counted` registered in the last `days` days, which are a year unless the register is
    younger.
    """

    clients: int | None
    new_a_month: float | None
    new_counted: int | None
    days: int
    coaches: int

    @property
    def caseload(self) -> float | None:
        """Return how many clients each coach has."""
        return self.clients / self.coaches if self.clients and self.coaches else None

    def as_dict(self) -> dict[str, Any]:
        return asdict(self)


def present(viewer: Viewer, today: date) -> Present:
    """Return the register's present numbers. Raises Refused. Two statements."""
    check(viewer, PERMISSION)
    people = countable(viewer)
    began = today - timedelta(days=YEAR)
    found = people.aggregate(
        open=Count("pk", filter=Q(closed_on__isnull=True)),
        new=Count("pk", filter=Q(registered_on__gt=began, registered_on__lte=today)),
        first=Min("registered_on"),
    )
    days = min(YEAR, (today - found["first"]).days) if found["first"] else 0
    clients = found["open"] if found["open"] >= FEW_CLIENTS else None
    measured = clients is not None and found["new"] >= FEW_NEW and days >= MONTH
    return Present(
        clients=clients,
        new_a_month=round(found["new"] * MONTH / days, 1) if measured else None,
        new_counted=found["new"] if measured else None,
        days=days,
        coaches=_coaches(viewer, people),
    )


def _coaches(viewer: Viewer, people: QuerySet[Any]) -> int:
    own = Relation.objects.filter(
        in_force(viewer),
        register_id=viewer.register_id,
        kind="own",
        client__in=people.filter(closed_on__isnull=True).values("pk"),
    )
    found: int = own.aggregate(many=Count("user", distinct=True))["many"]
    return found


def kept(viewer: Viewer, *, at_most: int = 10) -> list[WhatIf]:
    """Return the register's latest questions, without their answers. Raises Refused."""
    check(viewer, PERMISSION)
    found = WhatIf.objects.filter(register_id=viewer.register_id).defer("answer")
    return list(found.select_related("asked_by")[:at_most])


def get(viewer: Viewer, what_if_id: UUID) -> WhatIf:
    """Return one question of the register. Raises Refused and WhatIf.DoesNotExist."""
    check(viewer, PERMISSION)
    found = WhatIf.objects.filter(register_id=viewer.register_id).select_related("asked_by")
    return found.get(pk=what_if_id)
