"""Conflict of interest (esteellisyys): a worker is shut out from a client by name, at once.

A worker tells of a relative by identity code, whether or not the person is a client: the answer is
the same, so that nobody learns by it who is. What was told of somebody who becomes a client later
shuts out from the first moment.
"""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet

from polku.clients import identity, queries
from polku.clients.models import Client
from polku.foundation import audit, lasting
from polku.foundation.models import ForeseenRecusal, Recusal, Relation, RoleAssignment, User
from polku.foundation.permissions import check
from polku.foundation.viewer import Viewer
from polku.foundation.workers import queries as house

SHORTEST_REASON = 10


class ReasonMissing(ValueError):
    """A conflict of interest was to be ended without saying why."""


class NotYours(ValueError):
    """Nobody ends a conflict of interest of their own."""


class UnknownWorker(LookupError):
    """The worker is not one whom the viewer may shut out."""


@transaction.atomic
def declare_by_code(
    *, by: Viewer, at: datetime, identity_code: str, ground: str, user_id: UUID | None = None
) -> None:
    """Shut a worker (the viewer, if none is named) out from whoever has this identity code.

    Says nothing of whether there is such a client. Raises Refused, BadIdentityCode, UnknownWorker.
    """
    check(by, "teamwork.recuse")
    worker = user_id or by.user_id
    if worker != by.user_id and not workers(by).filter(pk=worker).exists():
        raise UnknownWorker
    index = identity.index_of(_register(by), identity_code)
    ForeseenRecusal.objects.get_or_create(
        register_id=by.register_id,
        identity_index=index,
        user_id=worker,
        defaults={"ground": ground, "created_at": at},
    )
    client = Client.objects.filter(register_id=by.register_id, identity_index=index).first()
    if client is not None:
        _shut_out(client, worker, ground, by.user_id, at)
    audit.record(
        by,
        "teamwork.recuse",
        client=client.id if client else None,
        shown=[worker] if worker else [],
        reason=ground,
    )


@transaction.atomic
def declare_for_client(*, by: Viewer, at: datetime, client_id: UUID, ground: str) -> None:
    """Shut the viewer out from a client whose page they have open.

    Raises Client.DoesNotExist, Refused.
    """
    check(by, "teamwork.recuse")
    client = queries.get(by, client_id)
    _shut_out(client, by.user_id, ground, by.user_id, at)
    audit.record(by, "teamwork.recuse", client=client.id, reason=ground)


@transaction.atomic
def end(*, by: Viewer, at: datetime, recusal_id: UUID, reason: str) -> None:
    """End a conflict of interest, with a reason that stays on record.

    Raises Recusal.DoesNotExist, Refused, ReasonMissing, NotYours.
    """
    check(by, "teamwork.recusals")
    recusal = standing(by).select_for_update(of=("self",)).get(pk=recusal_id)
    if recusal.user_id == by.user_id:
        raise NotYours
    if len(reason.strip()) < SHORTEST_REASON:
        raise ReasonMissing
    recusal.ends_at = at
    recusal.save(update_fields=["ends_at"])
    index = (
        Client.objects.filter(pk=recusal.client_id).values_list("identity_index", flat=True).first()
    )
    if index is not None:
        ForeseenRecusal.objects.filter(
            register_id=by.register_id, user_id=recusal.user_id, identity_index=bytes(index)
        ).delete()
    audit.record(
        by,
        "teamwork.recusal_end",
        client=recusal.client_id,
        shown=[recusal.user_id],
        fields=["ends_at"],
        reason=reason.strip(),
    )


def standing(viewer: Viewer) -> QuerySet[Recusal]:
    """Return the conflicts in force of the workers whom a lead or an administrator looks after."""
    return Recusal.objects.filter(
        lasting.beyond(viewer.at),
        register_id=viewer.register_id,
        user_id__in=workers(viewer).values("pk"),
    ).select_related("user")


def mine(viewer: Viewer) -> list[tuple[datetime, str]]:
    """Return (when, ground) of what the worker has told, without telling who is a client."""
    told = ForeseenRecusal.objects.filter(register_id=viewer.register_id, user_id=viewer.user_id)
    found = [(row.created_at, str(row.get_ground_display())) for row in told]
    codes = told.values_list("identity_index", flat=True)
    rest = (
        Recusal.objects.filter(register_id=viewer.register_id, user_id=viewer.user_id)
        .filter(lasting.beyond(viewer.at))
        .exclude(client__identity_index__in=[bytes(c) for c in codes])
    )
    found += [(row.starts_at, str(row.get_ground_display())) for row in rest]
    return sorted(found, reverse=True)


def workers(viewer: Viewer) -> QuerySet[User]:
    """Return whose conflicts the viewer minds: a lead the team's, an administrator the house's."""
    if viewer.has_role("administrator"):
        return house.people(viewer)
    if viewer.has_role("lead") and viewer.team_id is not None:
        here = RoleAssignment.objects.filter(register_id=viewer.register_id, team_id=viewer.team_id)
        return User.objects.filter(pk__in=here.valid(viewer.at).values("user_id"))
    return User.objects.filter(pk=viewer.user_id)


def still_own_coach(viewer: Viewer, recusals: list[Recusal]) -> set[UUID]:
    """Return the ids of those conflicts whose worker is still named as the client's own coach."""
    owned = set(
        Relation.objects.filter(
            lasting.beyond(viewer.at),
            register_id=viewer.register_id,
            kind="own",
            client_id__in=[r.client_id for r in recusals],
        ).values_list("client_id", "user_id")
    )
    return {r.id for r in recusals if (r.client_id, r.user_id) in owned}


def _shut_out(
    client: Client, worker: UUID | None, ground: str, declared_by: UUID | None, at: datetime
) -> None:
    stands = Recusal.objects.filter(lasting.beyond(at), client=client)
    if stands.filter(user_id=worker).exists():
        return
    Recusal.objects.create(
        register_id=client.register_id,
        client=client,
        user_id=worker,
        ground=ground,
        starts_at=at,
        declared_by_id=declared_by,
    )


def _register(by: Viewer) -> UUID:
    assert by.register_id is not None
    return by.register_id
