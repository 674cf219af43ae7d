"""The people of a batch into the tables, with what a record opened by hand gets too.

The same shapes as `clients.actions.open_client` and its ports make; a test holds the two together.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import timedelta
from typing import Any

from psycopg import sql

from polku.clients import identity, lifecycle
from polku.clients.models import Client, Episode, StatusPeriod
from polku.exchange.imports import loading
from polku.exchange.imports.errand import Errand
from polku.exchange.imports.known import DETAILS, Known
from polku.foundation import walls
from polku.foundation.models import Relation

_RHYTHM = {"next_on", "contacts"}
_NOT_OF_CLIENT = {*DETAILS, *_RHYTHM, "own", "team", "safety_ban"}


def write(errand: Errand, people: Sequence[Known], codes: dict[Any, str]) -> None:
    """Write new and changed people. `codes`: identity codes by client id, sealed here."""
    new = [one for one in people if one.new]
    there = [one for one in people if not one.new and one.changed]
    for one in people:
        if one.id in codes and one.identity is not None:
            identity.keep(one.client, codes[one.id], one.identity)
    _open(errand, new)
    _change(errand, there)
    _bind(errand, people)
    loading.insert([contact for one in people for contact in one.contacts])
    for one in people:
        if one.ban:
            lifecycle.set_ban(one.client, by=errand.by, at=errand.at, reason=errand.reason)


def _open(errand: Errand, new: Sequence[Known]) -> None:
    loading.insert([one.client for one in new])
    # Every record begins with an episode and a status, which say nothing that it does not say.
    of_each = {"register_id": errand.register.id, "client_id": sql.SQL("id")}
    episode = {name: sql.SQL(name) for name in ("opened_on", "referral")}
    began = sql.SQL("coalesce(unemployed_since, registered_on)")
    status = {"status": sql.SQL("status"), "starts_on": began, "recorded_by_id": errand.by.user_id}
    if new:
        loading.insert_of(Episode, Client, of_each | episode)
        loading.insert_of(StatusPeriod, Client, of_each | status)
    loading.insert([one.details for one in new if one.details is not None])
    loading.insert([one.rhythm for one in new if one.rhythm is not None])


def _change(errand: Errand, there: Sequence[Known]) -> None:
    clients = [one for one in there if one.changed - _NOT_OF_CLIENT]
    for one in there:
        if one.changed - _RHYTHM - {"own", "team", "safety_ban"}:
            one.client.version += 1
            one.client.changed_at = errand.at
            if one not in clients:
                clients.append(one)
    loading.renew([one.client for one in clients])
    touched = [one for one in there if one.changed & {*DETAILS, "municipality"}]
    loading.renew([one.details for one in touched if one.details and not one.details.guarded])
    for one in touched:
        if one.details is not None and one.details.guarded:
            with walls.guarded_open(one.id):
                one.details.save()
    loading.renew([one.rhythm for one in there if one.rhythm and one.changed & _RHYTHM])
    for one in there:
        if "status" in one.changed:
            _begin_status(errand, one.client)


def _begin_status(errand: Errand, client: Client) -> None:
    """Begin the new status today; one that began today is put right instead."""
    present = StatusPeriod.objects.filter(client=client, ends_on__isnull=True).first()
    if present is not None and present.starts_on >= errand.today:
        present.status = client.status
        present.save(update_fields=["status"])
        return
    if present is not None:
        present.ends_on = errand.today - timedelta(days=1)
        present.save(update_fields=["ends_on"])
    StatusPeriod.objects.create(
        register_id=client.register_id,
        client=client,
        status=client.status,
        starts_on=errand.today,
        recorded_by_id=errand.by.user_id,
    )


def _bind(errand: Errand, people: Iterable[Known]) -> None:
    """Name own coaches and teams for those who have none: nobody's is taken away."""
    given = {
        "register_id": errand.register.id,
        "starts_at": errand.at,
        "given_by_id": errand.by.user_id,
    }
    ties: list[dict[str, Any]] = []
    for one in people:
        if one.own is not None:
            ties.append({**given, "client_id": one.id, "kind": "own", "user_id": one.own})
        if one.team is not None:
            ties.append({**given, "client_id": one.id, "kind": "team", "team_id": one.team})
    loading.insert_values(Relation, ties)
