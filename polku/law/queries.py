"""Reads of what was confirmed or changed."""

from __future__ import annotations

from uuid import UUID

from polku.foundation.viewer import Viewer
from polku.law.models import KeptValue


def kept(viewer: Viewer, *parameters: str) -> list[KeptValue]:
    """Return all that was ever decided of these parameters (of all, without any), latest first."""
    rows = KeptValue.objects.filter(register_id=viewer.register_id)
    if parameters:
        rows = rows.filter(parameter__in=parameters)
    return list(rows.select_related("decided_by", "withdrawn_by").order_by("-decided_at", "-id"))


def get(viewer: Viewer, value_id: UUID) -> KeptValue:
    """Return one value. Raises KeptValue.DoesNotExist, foreign and absent alike."""
    return KeptValue.objects.select_related("decided_by").get(
        pk=value_id, register_id=viewer.register_id
    )
