"""Closing, reopening, death, moving away, and the safety ban: the turns of a client's record."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.db import transaction

from polku.clients import ports
from polku.clients.models import Client, ContactDetails, Episode
from polku.foundation import audit, outbox, walls
from polku.foundation.permissions import check
from polku.foundation.viewer import Viewer

# News of a death comes late; a record that was opened longer after it has a slip in the year.
A_YEAR = timedelta(days=366)


class NotPossible(ValueError):
    """The record is in a state in which this can't happen. Its text says why, in plain words."""


def _locked(client: Client) -> Client:
    return Client.objects.select_for_update(of=("self",)).get(pk=client.pk)


def _touch(client: Client, at: datetime, *fields: str) -> None:
    client.version += 1
    client.changed_at = at
    client.save(update_fields=[*fields, "version", "changed_at"])


def _end_episode(
    client: Client, by: Viewer, on: date, reason: str, outcome: str, note: str
) -> None:
    Episode.objects.filter(client=client, closed_on__isnull=True).update(
        closed_on=on, reason=reason, outcome=outcome, note=note, closed_by_id=by.user_id
    )


@transaction.atomic
def close(
    client: Client,
    *,
    by: Viewer,
    at: datetime,
    on: date,
    reason: str,
    outcome: str,
    note: str = "",
) -> Client:
    """Close the record on a day, with its reason and outcome. Raises NotPossible, Refused."""
    check(by, "clients.close", client)
    client = _locked(client)
    if client.closed_on:
        raise NotPossible("already_closed")
    if on < client.opened_on:
        raise NotPossible("closed_before_opened")
    if reason == Episode.Reason.DEATH:
        raise NotPossible("death_has_its_own_form")
    _end_episode(client, by, on, reason, outcome, note)
    client.closed_on = on
    _touch(client, at, "closed_on")
    outbox.stop_all(client_id=client.id, why="the record was closed")
    audit.record(by, "clients.close", client=client.id, fields=["closed_on"], reason=reason)
    for port in ports.closed:
        port(client, by, at)
    return client


@transaction.atomic
def record_death(client: Client, *, by: Viewer, at: datetime, on: date) -> Client:
    """Record that the client has died: the record closes and every message stops at once."""
    check(by, "clients.close", client)
    client = _locked(client)
    if client.died_on:
        raise NotPossible("already_recorded")
    if client.born is not None and on < client.born:
        raise NotPossible("died_before_born")
    if on < client.opened_on - A_YEAR:
        raise NotPossible("died_long_before")
    if client.closed_on is None:
        _end_episode(client, by, max(on, client.opened_on), "death", "unknown", "")
        client.closed_on = max(on, client.opened_on)
    client.died_on = on
    _touch(client, at, "died_on", "closed_on")
    outbox.stop_all(client_id=client.id, why="the client has died")
    audit.record(by, "clients.death", client=client.id, fields=["died_on", "closed_on"])
    for port in ports.died:
        port(client, by, at)
    return client


@transaction.atomic
def undo_death(client: Client, *, by: Viewer, at: datetime, reason: str) -> Client:
    """Say that a death was written down by mistake: the record stands as it did before.

    The period that the death ended goes on; one that was closed before stays closed. Rooms above
    put theirs back through `ports.death_undone`. What was stopped, cancelled or voided stays so:
    nothing is sent late to somebody who was thought dead. Raises NotPossible, Refused.
    """
    check(by, "clients.close", client)
    client = _locked(client)
    if client.died_on is None:
        raise NotPossible("not_dead")
    if not reason.strip():
        raise NotPossible("reason_missing")
    ended = Episode.objects.filter(client=client, reason=Episode.Reason.DEATH)
    if ended.update(closed_on=None, reason="", outcome="", note="", closed_by=None):
        client.closed_on = None
    client.died_on = None
    _touch(client, at, "died_on", "closed_on")
    audit.record(by, "clients.death_undone", client=client.id, fields=["died_on"], reason=reason)
    for port in ports.death_undone:
        port(client, by, at)
    return client


@transaction.atomic
def reopen(
    client: Client, *, by: Viewer, at: datetime, on: date, referral: str, registered_on: date
) -> Client:
    """Open a closed record again: a new episode begins, the history stays. Raises NotPossible."""
    check(by, "clients.close", client)
    client = _locked(client)
    if client.closed_on is None:
        raise NotPossible("not_closed")
    if client.died_on:
        raise NotPossible("the_client_has_died")
    if on < client.closed_on:
        raise NotPossible("reopened_before_closed")
    Episode.objects.create(
        register_id=client.register_id, client=client, opened_on=on, referral=referral
    )
    client.closed_on, client.opened_on = None, on
    client.referral, client.registered_on = referral, registered_on
    _touch(client, at, "closed_on", "opened_on", "referral", "registered_on")
    audit.record(by, "clients.reopen", client=client.id, fields=["opened_on", "registered_on"])
    for port in ports.reopened:
        port(client, by, at)
    return client


@transaction.atomic
def move(
    client: Client, *, by: Viewer, at: datetime, municipality_id: str, **address: str
) -> Client:
    """Record a move to another municipality, with the new address (fields of ContactDetails).

    Under a safety ban the municipality stays behind the guarded view.
    """
    check(by, "clients.change", client)
    client = _locked(client)
    with walls.guarded_open(client.id):
        ContactDetails.objects.filter(client=client).update(
            municipality_id=municipality_id, **address
        )
    if not client.safety_ban:
        client.municipality_id = municipality_id
    client.edited_by_hand = sorted({*client.edited_by_hand, "municipality", *address})
    _touch(client, at, "municipality", "edited_by_hand")
    audit.record(by, "clients.move", client=client.id, fields=["municipality", *address])
    return client


@transaction.atomic
def set_ban(client: Client, *, by: Viewer, at: datetime, reason: str = "") -> Client:
    """Put a safety ban (turvakielto) on: contact details go behind the guarded view at once.

    What waits to be sent is stopped, since its text was written before the ban.
    """
    check(by, "clients.ban", client)
    client = _locked(client)
    if client.safety_ban:
        raise NotPossible("ban_is_on")
    client.safety_ban = True
    client.municipality = None
    _touch(client, at, "safety_ban", "municipality")
    with walls.guarded_open(client.id):
        ContactDetails.objects.filter(client=client).update(guarded=True)
    outbox.stop_all(client_id=client.id, why="a safety ban was set")
    audit.record(by, "clients.ban_set", client=client.id, fields=["safety_ban"], reason=reason)
    for port in ports.ban_set:
        port(client, by, at)
    return client


@transaction.atomic
def end_ban(client: Client, *, by: Viewer, at: datetime, reason: str) -> Client:
    """End a safety ban: never by default, only by this act, with a reason."""
    check(by, "clients.ban", client)
    client = _locked(client)
    if not client.safety_ban:
        raise NotPossible("no_ban")
    if not reason.strip():
        raise NotPossible("reason_missing")
    with walls.guarded_open(client.id):
        details = ContactDetails.objects.get(client=client)
        details.guarded = False
        details.save(update_fields=["guarded"])
    client.safety_ban, client.municipality_id = False, details.municipality_id
    _touch(client, at, "safety_ban", "municipality")
    audit.record(by, "clients.ban_end", client=client.id, fields=["safety_ban"], reason=reason)
    return client
