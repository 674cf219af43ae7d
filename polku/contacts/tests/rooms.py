"""Rooms and interpreters for tests: kept by the small world's lead, booked by Aino."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import uuid4

from django.db import connection
from django.test.utils import CaptureQueriesContext

from polku.contacts import booking, rhythm, times
from polku.contacts.models import Appointment, Resource
from polku.contacts.resources import keeping
from polku.foundation import clock

USUAL = [[day, "08:00", "16:00"] for day in range(5)]


def day(ahead: int = 9) -> date:
    return rhythm.next_working_day(clock.today() + timedelta(days=ahead))


def nine(on: date | None = None, at: time = time(9)) -> datetime:
    return times.moment(on or day(), at)


def keep(world: Any, name: str = "Halli", sort: str = "room", **more: Any) -> Resource:
    """Add a room or an interpreter as the lead does."""
    given: dict[str, Any] = {"hours": USUAL, "valid_from": clock.today()}
    if sort == "room":
        given |= {"place": "Koulutie 1, Kärkölä"}
    else:
        given |= {"languages": ["prs"], "ways": ["visit", "video"]}
    return keeping.add(
        by=world.enter_as("lahja"), at=clock.now(), sort=sort, submission=uuid4(), name=name,
        **given | more,
    )  # fmt: skip


def in_english(world: Any, name: str) -> Any:
    """Return a worker's browser whose pages are in English."""
    return world.browser(name, HTTP_ACCEPT_LANGUAGE="en")


def statements(browser: Any, path: str) -> list[str]:
    """Return what the page asks the database, the transaction's own words aside."""
    browser.get(path)
    with CaptureQueriesContext(connection) as asked:
        assert browser.get(path).status_code == 200
    own = ("BEGIN", "COMMIT", "SAVEPOINT", "RELEASE")
    return [q["sql"] for q in asked if not q["sql"].startswith(own)]


def book(world: Any, *held: Resource, name: str = "devi", **more: Any) -> Appointment:
    """Book nine o'clock for a client of Aino's, with these held."""
    by = world.enter_as(more.pop("by", "aino"))
    starts = more.pop("starts", nine())
    given = {"kind": "visit", "place": "Kunnantalo", "tell": False} | more
    return booking.book(
        world.clients[name], by=by, at=clock.now(), worker_id=by.user_id, starts_at=starts,
        ends_at=starts + timedelta(minutes=given.pop("minutes", 45)),
        resources=[one.id for one in held], **given,
    )  # fmt: skip
