"""Coming times that a hand-over left with the former coach: the next one has something else then.

The next coach settles them: whoever moves one makes it the present coach's, and the former coach
needs no way back to the client for it. Until then each stands in My day of both.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet

from polku.contacts.models import Appointment
from polku.contacts.states import LIVE
from polku.foundation.models import Relation
from polku.teamwork.models import HandOver


def left_behind(at: datetime) -> QuerySet[Appointment]:
    """Return the coming times whose worker has handed the client over, in no order."""
    given = HandOver.objects.filter(
        client=OuterRef("client"), from_user=OuterRef("worker"), taken_back_at__isnull=True
    )
    back = Relation.objects.filter(
        client=OuterRef("client"), kind="own", user=OuterRef("worker"), ends_at__isnull=True
    )
    return Appointment.objects.filter(
        Exists(given), ~Exists(back), starts_at__gt=at, status__in=LIVE
    )


def stayed(client_ids: Iterable[UUID], at: datetime) -> list[Appointment]:
    """Return the coming times of these clients that stayed with a former coach, in order."""
    found = left_behind(at).filter(client_id__in=list(client_ids))
    return list(found.select_related("client", "worker").order_by("starts_at", "id"))
