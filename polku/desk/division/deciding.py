"""Accepting what is proposed: each for itself, by the actions that hand over everywhere.

What has changed since it was proposed is refused with the reason, and nothing of it is written.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import NamedTuple
from uuid import UUID, uuid4

from django.db import transaction
from django.db.models import F

from polku.clients.models import Client
from polku.clients.queries import visible
from polku.contacts.weeks import reads
from polku.foundation import audit, clock, lasting
from polku.foundation.models import Relation
from polku.foundation.permissions import Refused, check
from polku.foundation.viewer import Viewer
from polku.teamwork import actions
from polku.teamwork.models import Division, DivisionProposal
from polku.teamwork.queries import coaches_of_team

State, Question = DivisionProposal.State, Division.Question
AT_MOST = 500
# Why one of those that were pressed is not accepted.
GONE, CHANGED, MOVED, COVERED, BACK, CONFLICT, NO_COACH = (
    "gone", "changed", "moved", "covered", "back", "conflict", "no_coach",
)  # fmt: skip


class Wanted(NamedTuple):
    """One that is accepted: as it was seen, with the coach whom the person chose and the note."""

    id: UUID
    version: int
    to: UUID | None
    note: str


@dataclass
class Accepted:
    """What came of a press. `refused` holds (name, code); the name is empty for the unseen."""

    batch: UUID
    clients: list[UUID] = field(default_factory=list)
    already: int = 0
    refused: list[tuple[str, str]] = field(default_factory=list)


class _Not(Exception):
    """Not to be done, with a code of this module."""


@transaction.atomic
def accept(division: Division, wanted: Iterable[Wanted], *, by: Viewer, at: datetime) -> Accepted:
    """Hand over, or name covers, as accepted; say what came of it.

    Each in a transaction of its own inside this one: a refusal leaves the others. Pressed twice is
    done once. Raises Refused.
    """
    check(by, "teamwork.divide")
    done = Accepted(uuid4())
    seen = {one.id: one for one in list(wanted)[:AT_MOST]}
    rows = list(
        DivisionProposal.objects.select_for_update(of=("self",))
        .filter(division=division, pk__in=list(seen))
        .order_by("client_id")
    )
    done.refused += [("", GONE)] * (len(seen) - len(rows))
    open_ = visible(by).filter(pk__in=[r.client_id for r in rows], closed_on__isnull=True)
    clients = {one.id: one for one in open_}
    team = set(dict(coaches_of_team(by)))
    back = _is_back(division, by)
    for row in rows:
        one, client = seen[row.id], clients.get(row.client_id)
        if row.state == State.ACCEPTED and row.version == one.version + 1:
            done.already += 1
            continue
        try:
            with transaction.atomic():
                _accept(division, row, one, client, team, back, by, at, done)
        except _Not as why:
            done.refused.append((client.name if client else "", str(why)))
    # Whom each of the actions above was about stands in its own entry.
    audit.record(by, "desk.divide_accept", reason=division.question)
    return done


def _accept(
    division: Division,
    row: DivisionProposal,
    one: Wanted,
    client: Client | None,
    team: set[UUID],
    back: bool,
    by: Viewer,
    at: datetime,
    done: Accepted,
) -> None:
    to = one.to or row.to_user_id
    if client is None:
        raise _Not(GONE)
    if row.state != State.PROPOSED or row.version != one.version:
        raise _Not(CHANGED)
    if to not in team:
        raise _Not(NO_COACH)
    Client.objects.select_for_update(of=("self",)).get(pk=client.pk)
    _still(division, row, back)
    try:
        if division.question == Question.COVER:
            _cover(division, client.id, to, by, at)
        else:
            actions.hand_over(
                [client.id], by=by, at=at, to_user_id=to, note=one.note, batch=done.batch
            )
    except actions.NotATarget as error:
        raise _Not(CONFLICT if "conflict" in str(error) else NO_COACH) from error
    except Refused as error:
        raise _Not(GONE) from error
    row.state, row.to_user_id, row.batch = State.ACCEPTED, to, done.batch
    row.settled_at, row.settled_by_id, row.version = at, by.user_id, row.version + 1
    row.save(update_fields=["state", "to_user", "batch", "settled_at", "settled_by", "version"])
    done.clients.append(client.id)


def _still(division: Division, row: DivisionProposal, back: bool) -> None:
    """Raise _Not where the client is not in the hands any more in which the run found them."""
    own = (
        Relation.objects.filter(client_id=row.client_id, kind="own", ends_at__isnull=True)
        .values_list("user_id", flat=True)
        .first()
    )
    if own != row.from_user_id:
        raise _Not(MOVED)
    if back:
        raise _Not(BACK)
    if division.question == Question.COVER and _covered(division, row):
        raise _Not(COVERED)


def _covered(division: Division, row: DivisionProposal) -> bool:
    since, until = days_of(division)
    return (
        Relation.objects.filter(
            lasting.beyond(since), client_id=row.client_id,
            kind="cover", starts_at__lt=until,
        )
        .exclude(user_id=division.away_id)
        .exclude(ends_at=F("starts_at"))
        .exists()
    )  # fmt: skip


def _cover(division: Division, client_id: UUID, to: UUID, by: Viewer, at: datetime) -> None:
    since, until = days_of(division)
    if to == division.away_id:
        raise _Not(NO_COACH)
    actions.name_cover([client_id], by=by, at=at, user_id=to, since=since, until=until)


def days_of(division: Division) -> tuple[datetime, datetime]:
    """Return from when until when somebody is covered for."""
    assert division.first_on is not None and division.last_on is not None
    return clock.day_begins(division.first_on), clock.day_ends(division.last_on)


def _is_back(division: Division, by: Viewer) -> bool:
    """Return whether days away that were written down when it was asked have been taken back."""
    if not division.record.get("told") or division.away_id is None:
        return False
    assert division.first_on is not None and division.last_on is not None
    return not reads.team_away(by, [division.away_id], division.first_on, division.last_on)
