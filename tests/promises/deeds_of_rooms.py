"""What a lead does with rooms and interpreters, and what a coach books with them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import uuid4

from polku.contacts.models import Resource, ResourceAway
from polku.foundation import clock
from tests.promises.house import House

Post = tuple[str, Any]
HOURS = {f"{name}_{day}": at for day in range(7) for name, at in (("from", "06:00"),
                                                                ("until", "21:00"))}  # fmt: skip


def _room(house: House) -> Resource:
    house.world.enter()
    return Resource.objects.get(pk=house.ids["devi"]["resource_id"])


def _filled(**more: Any) -> dict[str, Any]:
    return {
        "name": "Uusi huone", "place": "Koulutie 3", "buffer_minutes": "0",
        "valid_from": clock.today().isoformat(), "submission": str(uuid4()), **HOURS, **more,
    }  # fmt: skip


def _at(path: str, **fields: str) -> Callable[[House], Post]:
    return lambda house: (f"/rooms/{_room(house).pk}/{path}/", fields)


def _added(sort: str, **more: Any) -> Callable[[House], Post]:
    return lambda house: (f"/rooms/new/{sort}/", _filled(**more))


def _changed(house: House) -> Post:
    room = _room(house)
    return f"/rooms/{room.pk}/change/", _filled(name="Sali", version=str(room.version))


def _closed(house: House) -> Post:
    return f"/rooms/{_room(house).pk}/away/", {"first_on": "2027-01-11", "reason": "Remontti"}


def _opened(house: House) -> Post:
    room = _room(house)
    closure = ResourceAway.objects.get(pk=house.ids["devi"]["closure_id"])
    return f"/rooms/{room.pk}/away/{closure.pk}/back/", {}


def _feed_ended(house: House) -> Post:
    house.ask("lahja", *_at("calendar", submission=str(uuid4()))(house))
    return _at("calendar/end")(house)


def _booked(house: House) -> Post:
    form = {
        "day": "2027-01-13", "time": "09:00", "minutes": "45", "kind": "visit",
        "purpose": "coaching", "language": "fi", "room": str(_room(house).pk), "tell": "on",
        "submission": str(uuid4()), "save": "1", "odd": "on",
    }  # fmt: skip
    return f"/clients/{house.ids['devi']['client_id']}/appointments/new/", form


ROOMS: dict[tuple[str, str], Callable[[House], Post]] = {
    ("a new room", "lahja"): _added("room"),
    ("a new interpreter", "gus"): _added("interpreter", languages=["prs"], ways=["visit"]),
    ("another name of a room", "lahja"): _changed,
    ("a room closed", "lahja"): _closed,
    ("a room open again", "lahja"): _opened,
    ("a room out of use", "lahja"): _at("close"),
    ("a room's calendar", "lahja"): _at("calendar", submission=str(uuid4())),
    ("a room's calendar ended", "lahja"): _feed_ended,
    ("a room booked", "aino"): _booked,
}
