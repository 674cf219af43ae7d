"""A length or a day that nobody means breaks no page of booking."""

from __future__ import annotations

from typing import Any

import pytest

from polku.contacts import times
from polku.contacts.tests.rooms import book, in_english, keep, nine
from polku.contacts.tests.test_appointments import new, one, sent

LENGTHS = ["\u00b2", "9" * 23, "-1", "0", "1e9", "4\u0665"]


@pytest.mark.parametrize("minutes", LENGTHS)
def test_no_length_of_a_time_breaks_a_page(world: Any, minutes: str) -> None:
    room, browser = keep(world), in_english(world, "aino")
    booked = book(world)
    for path in (new(world), f"{one(booked)}move/"):
        for more in ({}, {"look": "1"}, {"pick": f"{nine().date()}T09:00"}):
            form = sent(minutes=minutes, room=room.id, version="1", **more)
            assert browser.post(path, form).status_code == 200
    free = f"/clients/{booked.client_id}/free-times/"
    assert browser.get(free, {"on": nine().date(), "minutes": minutes}).status_code == 200


def test_the_last_day_of_the_calendar_is_answered(world: Any) -> None:
    room, browser = keep(world), in_english(world, "aino")
    booked = book(world)
    for path in (new(world), f"{one(booked)}move/"):
        form = sent(day="2100-12-31", time="03:30", room=room.id, version="1", odd="on")
        assert browser.post(path, form).status_code == 200


def test_a_length_is_told_by_digits_alone() -> None:
    assert [times.length_of(one) for one in ("45", "480", 30)] == [45, 480, 30]
    assert [times.length_of(one) for one in ("481", "0", "-5", "\u00b2", "", None)] == [None] * 6
