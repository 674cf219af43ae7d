"""Rounds for tests: who waits, a round worked out, and its pairs by the client's first name."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import uuid4

from polku.clients import actions as clients
from polku.foundation import clock
from polku.foundation.viewer import system
from polku.placements.fitting import stock
from polku.placements.models import Round, RoundPair, Search, SearchWord
from polku.placements.round import deciding, solving
from polku.placements.tests.acting import make_coordinator
from polku.placements.tests.living import monday
from polku.teamwork import assignments


def waits(
    world: Any, client: Any, *, wishes: tuple[str, ...] = (), skills: tuple[str, ...] = (),
    **search: Any,
) -> Any:  # fmt: skip
    """Let a client wait for a place."""
    row = {"register": client.register, "client": client}
    Search.objects.create(**row, waiting_since=clock.today(), changed_at=clock.now(), **search)
    for kind, codes in (("wish", wishes), ("skill", skills)):
        for code in codes:
            SearchWord.objects.create(**row, kind=kind, work_code=code, told_on=clock.today())
    return client


def more_people(world: Any, *names: str, area: str = "lake", town: str = "316") -> list[Any]:
    """Open the records of more clients, in Bengt's hands."""
    register, now = world.areas[area], clock.now()
    found = []
    for name in names:
        client = clients.open_client(
            by=system(register.id), at=now, last_name="Testinen", first_names=name,
            registered_on=clock.today(), opened_on=clock.today(), municipality_id=town,
            details={"email": f"{name.lower()}@example.org"},
        )  # fmt: skip
        assignments.begin(
            register_id=register.id, client_id=client.id, kind="own",
            user_id=world.people["bengt"].id, at=now - timedelta(days=9),
        )  # fmt: skip
        world.clients[name.lower()] = client
        found.append(client)
    return found


def coordinator(world: Any) -> Any:
    """Return the coordinator's viewer, made the first time."""
    if "konsta" not in world.viewers:
        stock.forget()
        make_coordinator(world)
    return world.viewers["konsta"]


def begun(world: Any, *, name: str = "Testikierros", run: bool = True) -> Round:
    """Begin a round for the lake's town, from next Monday on, and work it out."""
    by = coordinator(world)
    world.enter_as("konsta")
    made = deciding.begin(
        by=by, at=clock.now(), name=name, towns=["316"],
        starts_on=monday(), ends_on=monday() + timedelta(days=56), submission=uuid4(),
    )  # fmt: skip
    return worked_out(made) if run else made


def worked_out(found: Round) -> Round:
    """Do the job's work, and return the round as it stands."""
    stock.forget()
    assert solving.run(found.register_id, found.id) in ("solved", "done")
    return Round.objects.get(pk=found.pk)


def pair_of(found: Round, client: Any) -> RoundPair:
    """Return the client's pair as it stands."""
    return RoundPair.objects.select_related("opening", "client", "round").get(
        round=found, client=client
    )


def placed(found: Round) -> dict[str, str]:
    """Return {first name: title of the opening, or ""}."""
    rows = RoundPair.objects.filter(round=found).select_related("client", "opening")
    return {row.client.first_names: row.opening.title if row.opening else "" for row in rows}
