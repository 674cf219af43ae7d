"""An opening with its worksite, host and municipality, worded once for all who suggest it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import Model, QuerySet

from polku.foundation.models import Municipality
from polku.foundation.prepared import prepared
from polku.foundation.viewer import Viewer
from polku.placements.models import Host, Opening, Worksite

# Each model with the path by which the statement reaches it, and the names of its columns.
_PARTS: tuple[tuple[type[Model], str, list[str]], ...] = tuple(
    (model, path, [field.attname for field in model._meta.concrete_fields])
    for model, path in (
        (Opening, ""),
        (Worksite, "worksite__"),
        (Host, "worksite__host__"),
        (Municipality, "worksite__municipality__"),
    )
)


def opening_whole(viewer: Viewer, opening_id: UUID) -> Opening:
    """Return an opening of the viewer's register. Raises Opening.DoesNotExist."""
    rows = _one(viewer, opening_id=opening_id)
    if not rows:
        raise Opening.DoesNotExist
    opening, worksite, host, town = _made(rows[0])
    worksite.host, worksite.municipality = host, town
    opening.worksite = worksite
    return opening


@prepared
def _one(viewer: Viewer, *, opening_id: UUID) -> QuerySet[Any, Any]:
    columns = [f"{path}{name}" for _model, path, names in _PARTS for name in names]
    rows = Opening.objects.filter(pk=opening_id, register_id=viewer.register_id)
    return rows.values_list(*columns)


def _made(row: tuple[Any, ...]) -> list[Any]:
    """Cut a row into the models of `_PARTS`."""
    made, first = [], 0
    for model, _path, names in _PARTS:
        values = row[first : first + len(names)]
        made.append(model.from_db(connection.alias, names, values))
        first += len(names)
    return made
