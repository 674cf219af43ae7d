"""Reads of matters. What comes back is already scoped to the viewer."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Case, F, IntegerField, Q, QuerySet, Value, When

from polku.clients.models import Client
from polku.clients.queries import seen, within_towns
from polku.foundation import clock
from polku.foundation.permissions import can
from polku.foundation.viewer import Viewer
from polku.statements import officials, states
from polku.statements.models import Clarification, Matter, Sending, Statement
from polku.teamwork import agreements
from polku.teamwork.models import Agreement

AT_MOST = 200


@dataclass(frozen=True, slots=True)
class Found:
    """A matter with what belongs to it; `near`: the viewer may see the client's whole page."""

    matter: Matter
    client: Client
    near: bool
    clarifications: list[Clarification]
    versions: list[Statement]
    sendings: list[Sending]

    @property
    def draft(self) -> Statement | None:
        """The version that is not signed yet."""
        return next((one for one in self.versions if one.signed_at is None), None)

    @property
    def signed(self) -> list[Statement]:
        """The signed versions, the first one first."""
        return [one for one in self.versions if one.signed_at is not None]

    @property
    def question(self) -> Clarification | None:
        """The last question that the client was asked."""
        return self.clarifications[-1] if self.clarifications else None


def visible(viewer: Viewer, client_id: UUID | None = None) -> QuerySet[Matter]:
    """Return the matters of clients whom the viewer may see."""
    return Matter.objects.filter(seen(viewer, only=client_id))


def to_officials(viewer: Viewer) -> Q | None:
    """Return the condition on matters that the viewer sees as an official; None for no official.

    From the draft on, of the municipalities for which their organisation writes statements; a
    safety ban and a conflict of interest shut out.
    """
    if not officials.is_named(viewer):
        return None
    task: Any = Agreement.Task.STATEMENTS
    towns = agreements.serves(viewer, task=task, on=clock.today())
    return within_towns(viewer, towns) & Q(state__in=states.OF_OFFICIALS)


def of_client(viewer: Viewer, client_id: UUID) -> list[Matter]:
    """Return a client's matters, newest first, those that are over last."""
    rows = visible(viewer, client_id).annotate(over=_over()).order_by("over", "-opened_at")
    return list(rows[:AT_MOST])


def waiting(viewer: Viewer, *, over: bool = False) -> list[Matter]:
    """Return the open matters that the viewer sees, by the day set for them; `over`: the rest."""
    condition = seen(viewer)
    further = to_officials(viewer)
    if further is not None:
        condition |= further
    rows = Matter.objects.filter(condition, register_id=viewer.register_id)
    rows = rows.filter(state__in=states.OVER) if over else rows.exclude(state__in=states.OVER)
    order = ("-changed_at",) if over else (F("due_on").asc(nulls_last=True), "opened_at")
    return list(rows.select_related("client").order_by(*order, "id")[:AT_MOST])


def get(viewer: Viewer, client_id: UUID, matter_id: UUID) -> Found:
    """Return one matter with all of it. Raises Matter.DoesNotExist, foreign and absent alike."""
    near = True
    rows = Matter.objects.select_related("client", "opened_by")
    matter = rows.filter(seen(viewer, only=client_id), pk=matter_id).first()
    if matter is None:
        near, further = False, to_officials(viewer)
        if further is None:
            raise Matter.DoesNotExist
        matter = rows.get(further, pk=matter_id, client_id=client_id)
    if not can(viewer, "statements.see", matter):
        raise Matter.DoesNotExist
    return whole(matter, near=near)


def whole(matter: Matter, *, near: bool) -> Found:
    """Return the matter with its questions, versions and sendings: three statements."""
    asked = matter.clarifications.select_related("asked_by", "written_by").order_by("asked_at")
    return Found(
        matter=matter,
        client=matter.client,
        near=near,
        clarifications=list(asked),
        versions=list(matter.versions.select_related("written_by").order_by("number")),
        sendings=list(matter.sendings.select_related("noted_by").order_by("on", "noted_at")),
    )


def known_days(client_id: UUID, abouts: tuple[str, ...], *, but: UUID) -> list[date]:
    """Return the days of a client's other matters on which a statement was signed."""
    rows = Matter.objects.filter(
        client_id=client_id, about__in=abouts, versions__signed_at__isnull=False
    )
    return sorted(set(rows.exclude(pk=but).values_list("happened_on", flat=True)))


def _over() -> Case:
    return Case(
        When(state__in=states.OVER, then=Value(1)), default=Value(0), output_field=IntegerField()
    )
