"""Taking a hand-over back: by whoever made it, within ten minutes, while nobody has touched it."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import F

from polku.clients.models import Client
from polku.foundation import audit, lasting
from polku.foundation.models import AuditEntry, Recusal, Relation
from polku.foundation.permissions import check
from polku.foundation.viewer import Viewer
from polku.teamwork import actions, assignments, ports
from polku.teamwork.models import DivisionProposal, HandOver

WITHIN = timedelta(minutes=10)


class TooLate(ValueError):
    """Ten minutes are over, or somebody has opened or changed one of the clients meanwhile."""


@transaction.atomic
def take_back(batch: UUID, *, by: Viewer, at: datetime) -> list[HandOver]:
    """Take a whole hand-over back and return it. Nothing is erased: the assignments go on.

    Raises HandOver.DoesNotExist for what is not the viewer's own doing, TooLate, Refused.
    """
    check(by, "teamwork.hand_over")
    handed = list(
        HandOver.objects.filter(
            batch=batch, by_id=by.user_id, register_id=by.register_id, taken_back_at__isnull=True
        ).order_by("client_id")
    )
    if not handed:
        raise HandOver.DoesNotExist
    ids = [one.client_id for one in handed]
    list(Client.objects.select_for_update(of=("self",)).filter(pk__in=ids).order_by("pk"))
    if at - handed[0].at > WITHIN or _touched(handed, ids, by) or not _as_it_was(handed, by, at):
        raise TooLate
    owners = {one.client_id: one.from_user_id for one in handed}
    assignments.begin_many("own", owners, by=by, at=at)
    former = {one.client_id: one.from_team_id for one in handed if one.from_team_id is not None}
    assignments.begin_many("team", former, by=by, at=at)
    for one in handed:
        one.taken_back_at = at
    HandOver.objects.bulk_update(handed, ["taken_back_at"])
    DivisionProposal.objects.filter(batch=batch, state=DivisionProposal.State.ACCEPTED).update(
        state=DivisionProposal.State.PROPOSED, batch=None, version=F("version") + 1
    )
    for port in ports.taken_back:
        port(handed, by, at)
    audit.record(by, "teamwork.take_back", shown=sorted(ids), fields=["own"])
    return handed


def _touched(handed: list[HandOver], ids: list[UUID], by: Viewer) -> bool:
    """Return whether a note is read, or anybody else has opened or changed one of the clients."""
    if any(one.read_at is not None for one in handed):
        return True
    return (
        AuditEntry.objects.filter(
            register_id=by.register_id, client__in=ids, at__gt=handed[0].at, actor_kind="staff"
        )
        .exclude(actor_user=by.user_id)
        .exists()
    )


def _as_it_was(handed: list[HandOver], by: Viewer, at: datetime) -> bool:
    """Return whether the receiver still has each client, and each former coach may have it back."""
    owners = dict(
        Relation.objects.filter(
            client_id__in=[one.client_id for one in handed], kind="own", ends_at__isnull=True
        ).values_list("client_id", "user_id")
    )
    if any(owners.get(one.client_id) != one.to_user_id for one in handed):
        return False
    givers = {one.from_user_id for one in handed if one.from_user_id is not None}
    if not all(actions.can_receive(by, who, at) for who in givers):
        return False
    pairs = {(one.client_id, one.from_user_id) for one in handed}
    shut_out = Recusal.objects.filter(
        lasting.beyond(at),
        client_id__in=[client for client, _who in pairs],
    )
    return not pairs & set(shut_out.values_list("client_id", "user_id"))
