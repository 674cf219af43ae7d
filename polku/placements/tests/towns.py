"""Towns for rounds: what is open in them, and who waits there."""

from __future__ import annotations

from typing import Any

from polku.placements.tests.places import make_opening, make_worksite
from polku.placements.tests.rounds import more_people, waits


def openings(world: Any, **opened: dict[str, Any]) -> None:
    """Make an opening of each name, at a worksite of its own; they become `world.openings`.

    `at` holds what the worksite is; anything else is the opening's.
    """
    world.enter()
    world.openings = {}
    for title, fields in opened.items():
        at = {"name": f"{title}s", **fields.pop("at", {})}
        made = make_opening(world, worksite=make_worksite(world, **at), title=title, **fields)
        world.openings[title] = made


def three_for_two(world: Any) -> Any:
    """Three who wait, and two openings of one seat: a kitchen and a library."""
    openings(world, Kitchen={"demands": ["lifting_20"]}, Library={"work_code": "4411"})
    more_people(world, "Ines", "Otso")
    # Devi can do it, too: between two who fit alike, the smaller id would decide.
    devi = world.clients["devi"]
    waits(world, devi, wishes=("4411",), skills=("4411",), limits=["lifting_10"])
    waits(world, world.clients["ines"], wishes=("9412",))
    waits(world, world.clients["otso"], wishes=("4411",))
    return world


def two_and_a_far_kitchen(world: Any) -> Any:
    """Two who wait, one library that both could have, and a kitchen that is too far for them."""
    far = {"lat": 61.2, "lon": 25.9}
    openings(world, Library={"work_code": "4411"}, Kitchen={"seats": 2, "at": far})
    more_people(world, "Ines")
    near = {"lat": 60.87, "lon": 25.28, "starts_from": "Järvelä", "mode": "bus",
            "minutes_at_most": 30}  # fmt: skip
    waits(world, world.clients["devi"], wishes=("4411",), **near)
    waits(world, world.clients["ines"], **near)
    return world


def two_for_two(world: Any) -> Any:
    """Devi and Ines wait; a kitchen and a library, one seat each."""
    openings(world, Kitchen={}, Library={"work_code": "4411"})
    more_people(world, "Ines")
    waits(world, world.clients["devi"], wishes=("4411",))
    waits(world, world.clients["ines"], wishes=("9412",))
    return world
