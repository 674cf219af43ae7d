"""What each write of a placement does alike: open what hides, lock, give the turn, keep.

A client's or a host's session reads no seats and writes no mail, so that part is done by the
software itself, inside `by_the_house`.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from uuid import UUID

from django.db import IntegrityError, transaction

from polku.clients.models import Client
from polku.foundation import constraints, walls
from polku.foundation.meanwhile import ChangedMeanwhile
from polku.foundation.permissions import check
from polku.foundation.viewer import Viewer, system
from polku.placements import states
from polku.placements.models import Placement
from polku.placements.terms import Party

ONE_LIVE = "one_live_placement_an_opening"
PARTY_OF = {"client": Party.CLIENT, "host": Party.HOST}


class NotInThePeriod(ValueError):
    """The day lies before the first day of the placement, or after its last one."""


class TooEarly(ValueError):
    """It can't be told or done yet; `day` is the first on which it can."""

    def __init__(self, day: date) -> None:
        super().__init__(f"not before {day}")
        self.day = day


class AlreadyThere(ValueError):
    """The client has a live placement in the same opening. `placement` is that one."""

    def __init__(self, placement: Placement) -> None:
        super().__init__("the same place is suggested already")
        self.placement = placement


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


def in_order(placement: Placement) -> None:
    """Raise NotInThePeriod where the last day would be before the first."""
    first, last = placement.starts_on, placement.ends_on
    if first is not None and last is not None and last < first:
        raise NotInThePeriod


def keep(placement: Placement, at: datetime) -> Placement:
    """Save the placement as its next version.

    Raises AlreadyThere where it comes to life again beside another one in the same opening.
    """
    placement.version += 1
    placement.changed_at = at
    try:
        with transaction.atomic():
            placement.save()
    except IntegrityError as error:
        other = live_in(placement) if constraints.broken_by(error) == ONE_LIVE else None
        if other is None:
            raise
        raise AlreadyThere(other) from error
    return placement


def live_in(placement: Placement) -> Placement | None:
    """Return another live placement of the same client in the same opening, if there is one."""
    same = Placement.objects.filter(client=placement.client_id, opening=placement.opening_id)
    return same.filter(state__in=states.LIVE).exclude(pk=placement.pk).first()
