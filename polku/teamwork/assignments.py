"""Writes of the one assignment model, `foundation.Relation`, without questions of right.

`actions` ask who may and write the record; this is what they, the import and the demo share.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Literal
from uuid import UUID

from polku.clients.models import Client
from polku.foundation.models import Relation
from polku.foundation.viewer import Viewer


def end(*, client_id: UUID, kinds: tuple[str, ...], at: datetime) -> int:
    """End the relations of these kinds that are in force; return how many ended."""
    return Relation.objects.filter(
        client_id=client_id, kind__in=kinds, ends_at__isnull=True, starts_at__lte=at
    ).update(ends_at=at)


def begin(*, register_id: UUID, client_id: UUID, kind: str, at: datetime, **who: Any) -> Relation:
    """Begin a relation (`user_id=` or `team_id=`), ending an own coach or team before it."""
    if kind in ("own", "team"):
        end(client_id=client_id, kinds=(kind,), at=at)
    return Relation.objects.create(
        register_id=register_id, client_id=client_id, kind=kind, starts_at=at, **who
    )


def begin_many(
    kind: Literal["own", "team"], whose: Mapping[UUID, UUID | None], *, by: Viewer, at: datetime
) -> None:
    """End the own coach or the team of many clients, and begin the one given (None: nobody)."""
    Relation.objects.filter(client_id__in=list(whose), kind=kind, ends_at__isnull=True).update(
        ends_at=at
    )
    column = "user_id" if kind == "own" else "team_id"
    Relation.objects.bulk_create(
        Relation(
            register_id=by.register_id,
            client_id=client,
            kind=kind,
            starts_at=at,
            given_by_id=by.user_id,
            **{column: one},
        )
        for client, one in whose.items()
        if one is not None
    )


def assign_opener(client: Client, by: Viewer, at: datetime) -> None:
    """Make the worker who opens a record its own coach, and their team the responsible one."""
    if by.kind != "staff":
        return
    given = {"register_id": client.register_id, "client_id": client.id, "at": at}
    begin(**given, kind="own", user_id=by.user_id, given_by_id=by.user_id)
    if by.team_id is not None:
        begin(**given, kind="team", team_id=by.team_id, given_by_id=by.user_id)
