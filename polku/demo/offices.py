"""The demo office's rooms and interpreters: three rooms, two interpreters, and what holds them.

What is booked there is laid greedily over the visits that the diary has written.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from polku.contacts.models import Appointment, Resource, ResourceAway, ResourceBooking
from polku.contacts.states import LIVE
from polku.demo import setting
from polku.demo.household import Household
from polku.demo.meetings import POINT
from polku.foundation import clock, walls
from polku.foundation.models import Team

OPEN = [[day, "08:00", "16:00"] for day in range(5)]
MORNINGS = [[day, "09:00", "14:00"] for day in (0, 1, 2, 3)]
BEHIND, AHEAD = timedelta(days=30), timedelta(days=45)
ROOMS: tuple[dict[str, Any], ...] = (
    {"name": "Neuvotteluhuone Pihlaja", "seats": 6, "accessible": True},
    {"name": "Huone Koivu", "seats": 3, "accessible": True, "buffer_minutes": 5},
    {"name": "Huone Kuusi", "seats": 2, "note": "Ovi on kapea."},
)
INTERPRETERS: tuple[dict[str, Any], ...] = (
    {"name": "Parwana Kuvitelma", "languages": ["prs", "fa", "ku", "ar"],
     "ways": ["visit", "video", "call"], "hours": OPEN, "buffer_minutes": 30},
    {"name": "Oksana Keksitty", "languages": ["uk", "ru", "so"], "ways": ["visit", "video"],
     "hours": MORNINGS},
)  # fmt: skip


@dataclass
class _Calendar:
    """One that is laid over the diary: from when until when it is held so far."""

    row: Resource
    held: list[tuple[datetime, datetime]] = field(default_factory=list)

    def takes(self, starts: datetime, ends: datetime) -> bool:
        until = ends + timedelta(minutes=self.row.buffer_minutes)
        first, last = clock.local(starts), clock.local(ends)
        inside = any(
            day == first.weekday() and opens <= f"{first:%H:%M}" and f"{last:%H:%M}" <= shuts
            for day, opens, shuts in self.row.hours
        )
        if not inside or any(a < until and starts < b for a, b in self.held):
            return False
        self.held.append((starts, until))
        return True


def lay(house: Household, now: datetime) -> None:
    """Write the office's rooms and interpreters, and hold them for its workers' visits."""
    key = (setting.PAIJAT_HAME.slug, setting.KARKOLA.name)
    if key not in house.teams:
        return
    register_id = house.registers[setting.PAIJAT_HAME.slug]
    with walls.inside(register_id):
        team = Team.objects.get(pk=house.teams[key])
        since = clock.local(now).date() - timedelta(days=200)
        made = [
            *(_Calendar(_room(team, since, now, **one)) for one in ROOMS),
            *(_Calendar(_interpreter(team, since, now, **one)) for one in INTERPRETERS),
        ]
        # On the Friday after next the floors of the biggest room are waxed.
        friday = clock.local(now).date() + timedelta(days=11 - clock.local(now).weekday())
        _close(made[0].row, friday, now)
        workers = [worker.user_id for worker in house.staff.get(key, ())]
        _hold(register_id, workers, made, friday, now)


def _room(team: Team, since: date, now: datetime, **fields: Any) -> Resource:
    point = team.service_point or POINT.get(team.municipality_id, "")
    given = {"place": point, "hours": OPEN} | fields
    return _made(team, "room", since, now, **given)


def _interpreter(team: Team, since: date, now: datetime, **fields: Any) -> Resource:
    return _made(team, "interpreter", since, now, **fields)


def _made(team: Team, sort: str, since: date, now: datetime, **fields: Any) -> Resource:
    return Resource.objects.create(
        register_id=team.register_id, organisation_id=team.organisation_id, sort=sort,
        valid_from=since, created_at=now - timedelta(days=200), **fields,
    )  # fmt: skip


def _close(room: Resource, day: date, now: datetime) -> None:
    starts = datetime(day.year, day.month, day.day, 8, tzinfo=clock.HELSINKI)
    ResourceAway.objects.create(
        register_id=room.register_id, resource=room, starts_at=starts,
        ends_at=starts + timedelta(hours=8), reason="Lattian vahaus", told_at=now,
    )  # fmt: skip


def _hold(
    register_id: UUID, workers: list[UUID], made: list[_Calendar], closed: date, now: datetime
) -> None:
    visits = Appointment.objects.filter(
        worker_id__in=workers, starts_at__gt=now - BEHIND, starts_at__lt=now + AHEAD,
        status__in=[*LIVE, "held"], client__safety_ban=False,
    ).order_by("starts_at", "id")  # fmt: skip
    rows = []
    for nth, booked in enumerate(visits):
        rooms = [one for one in made if one.row.sort == "room"]
        turned = rooms[nth % len(rooms) :] + rooms[: nth % len(rooms)]
        if booked.kind == "visit" and clock.local(booked.starts_at).date() != closed:
            one = next((r for r in turned if r.takes(booked.starts_at, booked.ends_at)), None)
            if one is not None:
                rows.append(_held(register_id, booked, one.row))
                Appointment.objects.filter(pk=booked.pk).update(place=one.row.where)
        if booked.interpreter:
            speaks = [
                one for one in made
                if booked.language in one.row.languages and booked.kind in one.row.ways
            ]  # fmt: skip
            found = next((s for s in speaks if s.takes(booked.starts_at, booked.ends_at)), None)
            if found is not None:
                rows.append(_held(register_id, booked, found.row))
    ResourceBooking.objects.bulk_create(rows)


def _held(register_id: UUID, booked: Appointment, one: Resource) -> ResourceBooking:
    return ResourceBooking(
        register_id=register_id, resource=one, appointment=booked, sort=one.sort,
        starts_at=booked.starts_at,
        ends_at=booked.ends_at + timedelta(minutes=one.buffer_minutes),
    )  # fmt: skip
