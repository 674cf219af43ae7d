"""What each write of a placement does alike: open what hides, lock, give the turn, keep.

A client's or a host's session reads no seats and writes no mail, so that part is done by the
software itself, inside `by_the_house`.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from uuid import UUID

from polku.clients.models import Client
from polku.foundation import walls
from polku.foundation.meanwhile import ChangedMeanwhile
from polku.foundation.permissions import check
from polku.foundation.viewer import Viewer, system
from polku.placements import states
from polku.placements.models import Placement
from polku.placements.terms import Party

PARTY_OF = {"client": Party.CLIENT, "host": Party.HOST}


def party_of(by: Viewer) -> str:
    """Return which party the viewer speaks for: themselves, else the organiser."""
    return PARTY_OF.get(by.kind, Party.ORGANISER)


@contextmanager
def within(placement: Placement, *, by: Viewer) -> Iterator[None]:
    """Show the placement's hidden rows inside the block, where a safety ban hides them.

    Raises Refused for all but the own coach and the named cover.
    """
    with _open(placement.client_id, placement.guarded, by):
        yield


@contextmanager
def within_client(client: Client, *, by: Viewer) -> Iterator[None]:
    """Do the same where there is no placement yet."""
    with _open(client.id, client.safety_ban, by):
        yield


@contextmanager
def _open(client_id: UUID, hidden: bool, by: Viewer) -> Iterator[None]:
    if not hidden:
        yield
        return
    check(by, "clients.guarded", Client(id=client_id))
    with walls.guarded_open(client_id):
        yield


@contextmanager
def by_the_house(placement: Placement) -> Iterator[Viewer]:
    """Act as the software inside the placement's register, whoever asked; yield its viewer."""
    with walls.inside(placement.register_id):
        if placement.guarded:
            with walls.guarded_open(placement.client_id):
                yield system(placement.register_id)
        else:
            yield system(placement.register_id)


def locked(placement: Placement, *, version: int | None = None) -> Placement:
    """Return the placement as it stands, locked. With `version`, ChangedMeanwhile on another."""
    stored = Placement.objects.select_for_update(of=("self",)).get(pk=placement.pk)
    if version is not None and stored.version != version:
        raise ChangedMeanwhile(stored)
    return stored


def step_to(placement: Placement, verb: str) -> None:
    """Put the placement into the state after the verb. Raises NotNow."""
    placement.state = states.after(verb, placement.state)


def give_turn(placement: Placement, whose: str, at: datetime) -> None:
    """Say whose turn it is; an empty text means nobody's."""
    if placement.turn != whose:
        placement.turn, placement.turn_since = whose, at if whose else None


def keep(placement: Placement, at: datetime) -> Placement:
    """Save the placement as its next version."""
    placement.version += 1
    placement.changed_at = at
    placement.save()
    return placement
