"""Reads of clients. What comes back is already scoped to the viewer."""

from __future__ import annotations

from collections.abc import Collection
from functools import reduce
from operator import or_
from typing import Any
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.db import connection
from django.db.models import BooleanField, Exists, F, Func, OuterRef, Q, QuerySet

from polku.clients.models import Client
from polku.foundation import access
from polku.foundation.models import Municipality
from polku.foundation.prepared import prepared
from polku.foundation.viewer import Viewer


def visible(viewer: Viewer, *, only: UUID | None = None) -> QuerySet[Client]:
    """Return the clients whom the viewer may see: the only way to a client.

    A worker needs a relation in force; under a safety ban only the own coach and the named cover
    count, and for everybody else the person does not exist. Conflict of interest shuts out always.
    A client sees themselves. The software itself sees the register. With `only` the question is
    about one client: the same answer, found without reading the whole caseload.
    """
    return Client.objects.filter(seen(viewer, "pk", only=only))


def mine(viewer: Viewer) -> QuerySet[Client]:
    """Return the clients whose own coach or cover the viewer is: the viewer's own caseload."""
    return Client.objects.filter(seen(viewer, "pk", own=True))


def get(viewer: Viewer, client_id: UUID) -> Client:
    """Return one visible client. Raises Client.DoesNotExist, foreign and absent alike."""
    rows = _one(viewer, client_id=client_id)
    if not rows:
        raise Client.DoesNotExist
    own = len(_CLIENT)
    client = Client.from_db(connection.alias, _CLIENT, rows[0][:own])
    if client.municipality_id is not None:
        client.municipality = Municipality.from_db(connection.alias, _TOWN, rows[0][own:])
    return client


_CLIENT = [field.attname for field in Client._meta.concrete_fields]
_TOWN = [field.attname for field in Municipality._meta.concrete_fields]


@prepared
def _one(viewer: Viewer, *, client_id: UUID) -> QuerySet[Any, Any]:
    # Almost every page begins with this: wording it anew each time would cost more than all else.
    towns = [f"municipality__{name}" for name in _TOWN]
    return visible(viewer, only=client_id).values_list(*_CLIENT, *towns)


def open_ones(viewer: Viewer) -> QuerySet[Client]:
    """Return the visible clients whose record is open."""
    return visible(viewer).filter(closed_on__isnull=True)


def without_coach(viewer: Viewer) -> QuerySet[Client]:
    """Return the visible clients of the viewer's team who have no own coach."""
    return Client.objects.filter(
        seen(viewer, "pk", within=[access.unowned_ids(viewer)]), closed_on__isnull=True
    )


def of_towns(viewer: Viewer, codes: Collection[str]) -> QuerySet[Client]:
    """Return the open clients of municipalities whose whole task the viewer's organisation does.

    No relation is asked for: the caller has checked the right that stands in its place. A safety
    ban shuts out whoever asks, the software too; conflict of interest shuts out its worker.
    """
    return Client.objects.filter(within_towns(viewer, codes, "pk"))


def countable(viewer: Viewer) -> QuerySet[Client]:
    """Return the clients of the register for counts alone, open and closed.

    No relation is asked for: the caller has checked the right that stands in its place, shows no
    row and covers small numbers. Whoever is under a safety ban is no number either.
    """
    return Client.objects.filter(register_id=viewer.register_id, safety_ban=False)


def within_towns(viewer: Viewer, codes: Collection[str], path: str = "client") -> Q:
    """Return the condition behind `of_towns`, for rows that reach their client by `path`."""
    prefix = "" if path == "pk" else f"{path}__"
    return open_to_task(viewer, path) & Q(**{f"{prefix}municipality_id__in": list(codes)})


def open_to_task(viewer: Viewer, path: str = "client") -> Q:
    """Return the condition that a client is open to whoever does a task for their municipality.

    The caller adds which municipality that is.
    """
    prefix = "" if path == "pk" else f"{path}__"
    condition = Q(
        **{
            f"{prefix}register_id": viewer.register_id,
            f"{prefix}closed_on__isnull": True,
            f"{prefix}safety_ban": False,
        }
    )
    if viewer.kind == "system":
        return condition
    return condition & ~_among(path, access.recused_ids(viewer), keys=True)


def seen(
    viewer: Viewer,
    path: str = "client",
    *,
    only: UUID | None = None,
    own: bool = False,
    within: list[QuerySet] | None = None,
    few: bool = False,
    one_each: bool = False,
) -> Q:
    """Return the condition behind `visible`, for rows that reach their client by `path`.

    `own` leaves only the viewer's own caseload, `within` only those of these relations; `only`
    asks about one client. `few` says that other conditions leave few rows, so that asking about
    each is cheaper than finding everybody first; `one_each` that a client has one such row. What is
    shut out is so in every form.
    """
    prefix = "" if path == "pk" else f"{path}__"
    condition = Q(**{f"{prefix}register_id": viewer.register_id})
    if only is not None:
        condition &= Q(**{path: only})
    if viewer.kind == "system":
        return condition
    if viewer.kind == "client":
        return condition & Q(**{path: viewer.client_id})

    def among(*sets: QuerySet) -> Q:
        if few:
            return reduce(or_, (Q(Exists(ids.filter(client_id=OuterRef(path)))) for ids in sets))
        first, *others = (ids if only is None else ids.filter(client_id=only) for ids in sets)
        ids = first.union(*others, all=True) if others else first
        return Q(_among(path, ids, keys=one_each or path == "pk"))

    guards = access.ban_ids(viewer)
    not_shut_out = ~among(access.recused_ids(viewer))
    if own:
        # The own coach and the cover are whom a safety ban lets through.
        return condition & among(guards) & not_shut_out
    return (
        condition
        & among(*(within or access.related_ids(viewer)))
        & (Q(**{f"{prefix}safety_ban": False}) | among(guards))
        & not_shut_out
    )


def _among(path: str, ids: QuerySet, *, keys: bool) -> Func:
    # Through an array the ids are found once and the rows by their keys. Left as it is, the
    # planner, which can't see through the walls' policies, takes the sub-select for one row and
    # asks it again for every client. Against rows of which a client has many, an array would be
    # gone through for each, so there it is unfolded and hashed.
    template, joiner = ("(%(expressions)s))", " = ANY(")
    if not keys:
        template, joiner = ("(%(expressions)s)))", " IN (SELECT UNNEST(")
    return Func(
        F(path),
        ArraySubquery(ids),
        template=template,
        arg_joiner=joiner,
        output_field=BooleanField(),
    )
