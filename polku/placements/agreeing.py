"""What is agreed on a placement: its terms, who has signed them, and how they change.

A signature stands for the terms as they stood, by a hash over them. Whoever accepts other terms
signs anew, so that a change never passes as agreed.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction

from polku.foundation import audit
from polku.foundation.meanwhile import ChangedMeanwhile
from polku.foundation.permissions import Refused, check
from polku.foundation.viewer import Viewer
from polku.placements import absences, asking, legal, notices, ports, seats, states, stepping
from polku.placements.models import Placement, SeatUse, Signature, TermsChange
from polku.placements.terms import Party
from polku.placements.writing import (
    by_the_house,
    give_turn,
    in_order,
    keep,
    locked,
    party_of,
    step_to,
    within,
)

S = Placement.State

TERMS = (
    "starts_on",
    "ends_on",
    "hours_a_day",
    "days_a_week",
    "times",
    "tasks",
    "supervisor_id",
    "pay_a_month",
    "known_as",
    "direct",
)
# What a change of each kind may touch.
CHANGES: dict[str, tuple[str, ...]] = {
    TermsChange.What.EXTENSION: ("ends_on",),
    TermsChange.What.HOURS: ("hours_a_day", "days_a_week", "times", "pay_a_month"),
    TermsChange.What.TASKS: ("tasks",),
    TermsChange.What.SUPERVISOR: ("supervisor_id",),
}
NEEDED = ("starts_on", "ends_on", "hours_a_day", "days_a_week", "known_as")
# How each kind of viewer signs, and for whom.
OWN_WAY = {"client": Signature.How.OWN_VIEW, "host": Signature.How.LINK}


class TermsMissing(ValueError):
    """An agreement lacks what it needs before anybody signs. `fields` are their names."""

    def __init__(self, fields: list[str]) -> None:
        super().__init__(f"missing: {', '.join(fields)}")
        self.fields = fields


def terms_hash(placement: Placement) -> str:
    """Return the hash over what the parties sign: 64 hexadecimal digits."""
    said = {name: _plain(getattr(placement, name)) for name in (*TERMS, "kind", "title", "place")}
    return hashlib.sha256(json.dumps(said, sort_keys=True).encode()).hexdigest()


def _plain(value: Any) -> Any:
    if value is None or isinstance(value, bool | int):
        return value
    if hasattr(value, "normalize"):
        return f"{value:.2f}"
    return str(value)


def signatures(placement: Placement) -> list[Signature]:
    """Return the signatures of the terms as they stand now, by party."""
    return list(
        Signature.objects.filter(placement=placement, terms=terms_hash(placement)).order_by("at")
    )


def unsigned(placement: Placement) -> list[str]:
    """Return the parties who have not signed the terms as they stand, the client first."""
    signed = {one.party for one in signatures(placement)}
    return [party for party in Party.values if party not in signed]


def missing(placement: Placement) -> list[str]:
    """Return the terms that an agreement needs and this one lacks."""
    return [name for name in NEEDED if getattr(placement, name) in (None, "")]


def _only(terms: dict[str, Any], allowed: tuple[str, ...]) -> None:
    unknown = terms.keys() - set(allowed)
    if unknown:
        raise TypeError(f"not a term of it: {', '.join(sorted(unknown))}")


@transaction.atomic
def write_terms(
    placement: Placement,
    *,
    by: Viewer,
    at: datetime,
    version: int,
    despite: str = "",
    **terms: Any,
) -> Placement:
    """Write what is to be agreed; `terms` are those of TERMS.

    Other terms than were signed need signatures anew. `despite` is the written ground for passing
    what the law stops. Raises NotNow, ChangedMeanwhile, Stopped, and NoSeat where the seat is
    another's on some of the days.
    """
    check(by, "placements.suggest", placement)
    _only(terms, TERMS)
    with within(placement, by=by):
        stored = locked(placement, version=version)
        if stored.state not in (S.ACCEPTED, S.AGREED):
            raise states.NotNow("write_terms", stored.state)
        before, was = terms_hash(stored), _said(stored, terms)
        put(stored, terms)
        in_order(stored)
        reason = _lawful(stored, despite)
        _move_seat(stored)
        if stored.state == S.AGREED and terms_hash(stored) != before:
            _reopen(stored)
        _note_what_changed(stored, by, at, was, _said(stored, terms))
        _next_to_sign(stored, at)
        keep(stored, at)
        if stored.turn == Party.CLIENT and not missing(stored):
            notices.tell_client(stored, by=by, at=at, what="sign")
    audit.record(
        by, "placements.write_terms", client=stored.client_id, fields=terms.keys(), reason=reason
    )
    return stored


def _said(placement: Placement, names: Iterable[str]) -> dict[str, Any]:
    """Return terms as a change keeps them; a supervisor by name too."""
    said = {name: _plain(getattr(placement, name)) for name in names}
    if "supervisor_id" in said:
        said["supervisor"] = placement.supervisor.name if placement.supervisor else ""
    return said


def _note_what_changed(
    placement: Placement, by: Viewer, at: datetime, was: dict[str, Any], becomes: dict[str, Any]
) -> None:
    """Keep what changes for those who have signed other terms already."""
    changed = [name for name in becomes if was[name] != becomes[name]]
    if changed and Signature.objects.filter(placement=placement).exists():
        old, new = ({name: said[name] for name in changed} for said in (was, becomes))
        write_change(placement, by, at, TermsChange.What.TERMS, Party.ORGANISER, "", old, new)


def _lawful(placement: Placement, despite: str) -> str:
    """Return the ground on which what the law stops was passed. Raises Stopped without one."""
    if placement.starts_on is None:
        return ""
    wanted = legal.of_placement(placement)
    passed = legal.check(placement.client_id, wanted, despite=despite, besides=placement)
    return despite if passed else ""


def put(placement: Placement, terms: dict[str, Any]) -> None:
    """Set terms as the database will tell them, so that their hash stays the same."""
    for name, value in terms.items():
        setattr(placement, name, Placement._meta.get_field(name).to_python(value))


def _move_seat(placement: Placement) -> None:
    use = SeatUse.objects.filter(pk=placement.use_id, over_at__isnull=True).first()
    if use is None or placement.starts_on is None:
        return
    if (use.starts_on, use.ends_on) != (placement.starts_on, placement.last_day):
        seats.move(use, starts_on=placement.starts_on, ends_on=placement.last_day)


def reopen_unsigned(placement: Placement) -> None:
    """Open an agreement again where its terms, as they stand now, are not signed by all."""
    if unsigned(placement):
        _reopen(placement)


def _reopen(placement: Placement) -> None:
    step_to(placement, "reopen")
    if placement.guarded:
        return
    SeatUse.objects.filter(pk=placement.use_id).update(how=SeatUse.How.PROMISED)


def _next_to_sign(placement: Placement, at: datetime) -> None:
    """Give the turn to the first who has not signed; to the organiser while terms are missing."""
    waiting = [Party.ORGANISER] if missing(placement) else unsigned(placement)
    give_turn(placement, waiting[0] if waiting else "", at)


@transaction.atomic
def sign(
    placement: Placement,
    *,
    by: Viewer,
    at: datetime,
    party: str,
    how: str,
    name: str,
    terms: str,
) -> Placement:
    """Sign the terms as a party. When all three have, the placement is agreed and the seat taken.

    `terms` is the hash of what was read; when other terms stand now, ChangedMeanwhile. A client
    signs in the own view, a host by the link, a worker for whoever signed on paper or in the room.
    Signed twice is once. Raises NotNow, TermsMissing, NoSeat.
    """
    check(by, "placements.sign", placement)
    _who_may(by, party, how)
    with within(placement, by=by):
        stored = locked(placement)
        states.after("agree", stored.state)
        if terms_hash(stored) != terms:
            raise ChangedMeanwhile(stored)
        lacks = missing(stored)
        if lacks:
            raise TermsMissing(lacks)
        fresh = _write_signature(stored, party, how, name, at)
        if fresh:
            _after_signing(stored, by, at)
    if fresh:
        audit.record(by, "placements.sign", client=stored.client_id, fields=["signature", party])
    return stored


def _who_may(by: Viewer, party: str, how: str) -> None:
    if by.kind in OWN_WAY:
        fits = party == party_of(by) and how == OWN_WAY[by.kind]
    else:
        fits = how in (Signature.How.ROOM, Signature.How.PAPER, Signature.How.DESK)
    if not fits:
        raise Refused("nobody signs for another from there")


def _write_signature(placement: Placement, party: str, how: str, name: str, at: datetime) -> bool:
    try:
        with transaction.atomic():
            Signature.objects.create(
                register_id=placement.register_id,
                client_id=placement.client_id,
                placement=placement,
                worksite_id=placement.worksite_id,
                guarded=placement.guarded,
                party=party,
                how=how,
                name=name[:120],
                at=at,
                terms=terms_hash(placement),
            )
    except IntegrityError:
        return False
    return True


def _after_signing(placement: Placement, by: Viewer, at: datetime) -> None:
    with by_the_house(placement) as house:
        was, whose = placement.state, placement.turn
        if not unsigned(placement):
            step_to(placement, "agree")
            _take_seat(placement, at)
        _next_to_sign(placement, at)
        keep(placement, at)
        if placement.state != was:
            stepping.follow(placement, by=house, at=at)
            ports.tell_host(placement, "agreed", at)
        elif placement.turn == Party.HOST != whose:
            # Told once, however the others sign after each other.
            ports.tell_host(placement, "sign", at)
        if by.kind in OWN_WAY:
            notices.tell_coach(placement, at)


def _take_seat(placement: Placement, at: datetime) -> None:
    use = SeatUse.objects.filter(pk=placement.use_id, over_at__isnull=True).first()
    if use is None:
        assert placement.opening is not None and placement.starts_on is not None
        use = seats.hold(
            placement.opening, at=at, starts_on=placement.starts_on, ends_on=placement.ends_on
        )
        placement.use = use
    seats.keep(use, guarded=placement.guarded)


@transaction.atomic
def change(
    placement: Placement,
    *,
    by: Viewer,
    at: datetime,
    what: str,
    initiative: str,
    version: int,
    reason: str = "",
    despite: str = "",
    **terms: Any,
) -> Placement:
    """Change what is agreed while it runs: an extension, hours, tasks, or the supervisor.

    It holds from now on and waits for the signatures of all. An extension moves the seat's last
    day; raises NoSeat when the seat is promised to another by then: the workplace decides whether
    it takes both. Nothing is written in that case.
    """
    check(by, "placements.suggest", placement)
    _only(terms, CHANGES[what])
    with within(placement, by=by):
        stored = locked(placement, version=version)
        if stored.state != S.RUNNING or (stored.ends_early and "ends_on" in terms):
            # What was told to end early goes on first, and is extended then.
            raise states.NotNow("change", stored.state)
        was = _said(stored, terms)
        put(stored, terms)
        in_order(stored)
        becomes = _said(stored, terms)
        if was == becomes:
            return stored
        if missing(stored):
            raise TermsMissing(missing(stored))
        ground = _lawful(stored, despite)
        _move_seat(stored)
        write_change(stored, by, at, what, initiative, reason, was, becomes)
        _next_to_sign(stored, at)
        keep(stored, at)
        with by_the_house(stored) as house:
            absences.settle(stored)
            asking.plan(stored)
            stepping.follow(stored, by=house, at=at)
            notices.tell_client(stored, by=house, at=at, what="changed")
            ports.tell_host(stored, "changed", at)
    audit.record(
        by, "placements.change", client=stored.client_id, fields=terms.keys(), reason=ground
    )
    return stored


def write_change(
    placement: Placement,
    by: Viewer,
    at: datetime,
    what: str,
    initiative: str,
    reason: str,
    was: dict[str, Any],
    becomes: dict[str, Any],
) -> None:
    TermsChange.objects.create(
        register_id=placement.register_id,
        client_id=placement.client_id,
        placement=placement,
        worksite_id=placement.worksite_id,
        guarded=placement.guarded,
        what=what,
        initiative=initiative,
        reason=reason[:300],
        was=was,
        becomes=becomes,
        at=at,
        by_id=by.user_id,
    )
