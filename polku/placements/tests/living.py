"""Placements for tests, brought to a state by the real actions."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from polku.foundation import clock, walls
from polku.placements import agreeing, answering, running, suggesting
from polku.placements.models import Placement
from polku.placements.tests.places import make_opening, make_supervisor

STATES = Placement.State


def monday() -> date:
    """Return the next Monday, never today."""
    today = clock.today()
    return today + timedelta(days=7 - today.weekday())


def suggested(world: Any, *, opening: Any = None, by: str = "aino", **more: Any) -> Placement:
    """Suggest a place to Devi, from next Monday on for eight weeks."""
    viewer = world.enter_as(by)
    start = more.pop("starts_on", monday())
    fields = {
        "kind": "work_trial",
        "starts_on": start,
        "ends_on": start + timedelta(days=56),
        "reasons": ["You have wanted to work in a kitchen."],
    }
    return suggesting.suggest(
        more.pop("client", world.clients["devi"]),
        opening or make_opening(world),
        by=viewer,
        at=more.pop("at", clock.now()),
        **(fields | more),
    )


def answered(world: Any, placement: Placement, answer: str = "yes", **more: Any) -> Placement:
    """Answer as Devi in her own session, and go back to Aino's."""
    devi = world.enter_as("devi")
    try:
        return answering.answer(placement, by=devi, at=clock.now(), answer=answer, **more)
    finally:
        world.enter_as("aino")


def with_terms(world: Any, placement: Placement, **terms: Any) -> Placement:
    """Write the terms of an accepted placement."""
    supervisor = make_supervisor(placement.worksite)
    fields = {
        "hours_a_day": Decimal(5),
        "days_a_week": 4,
        "times": "klo 8–13",
        "supervisor_id": supervisor.id,
        "known_as": "Devi K.",
    }
    return agreeing.write_terms(
        placement,
        by=world.viewers["aino"],
        at=clock.now(),
        version=placement.version,
        **(fields | terms),
    )


def sign(world: Any, placement: Placement, *parties: str) -> Placement:
    """Sign for the parties named, else all three: the client herself, the others on paper."""
    for party in parties or ("client", "host", "organiser"):
        by, how = world.enter_as("aino"), "paper"
        if party == "client":
            by, how = world.enter_as("devi"), "own_view"
        placement = agreeing.sign(
            placement,
            by=by,
            at=clock.now(),
            party=party,
            how=how,
            name=party,
            terms=agreeing.terms_hash(placement),
        )
    world.enter_as("aino")
    return placement


def agreed(world: Any, **more: Any) -> Placement:
    """Bring a placement to be agreed by all."""
    placement = answered(world, suggested(world, **more))
    placement.refresh_from_db()
    return sign(world, with_terms(world, placement))


def begun(world: Any, **more: Any) -> Placement:
    """Bring a placement under way."""
    more.setdefault("starts_on", clock.today() - timedelta(days=14))
    placement = agreed(world, **more)
    return running.start(placement, by=world.viewers["aino"], at=clock.now())


def over(world: Any, **more: Any) -> Placement:
    """Bring a placement to its end, a week ago."""
    today = clock.today()
    more.setdefault("starts_on", today - timedelta(days=63))
    placement = begun(world, ends_on=today - timedelta(days=7), **more)
    return running.end(placement, by=world.viewers["aino"], at=clock.now())


def as_host(world: Any, placement: Placement) -> Any:
    """Name the session of whoever came by the placement's link, and return its viewer."""
    from polku.foundation.viewer import Viewer

    host = Viewer(
        kind="host",
        register_id=placement.register_id,
        host_id=placement.worksite_id,
        placement_id=placement.id,
        name="Sanni Esihenkilö",
    )
    walls.enter(register=host.register_id, host=host.host_id, by=host)
    return host
