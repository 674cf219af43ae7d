"""Times as calendars read them: the zone with its rules, one id, no client's name."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from uuid import uuid4
from zoneinfo import ZoneInfo

import icalendar
import pytest
from django.utils import translation

from polku.contacts import calendars
from polku.contacts.models import Appointment
from polku.foundation import clock


def booked(starts: datetime, **more: object) -> Appointment:
    return Appointment(
        id=uuid4(), starts_at=starts.astimezone(UTC),
        ends_at=starts.astimezone(UTC) + timedelta(minutes=45),
        kind="visit", place="Asemakatu 1; 2. krs, Kärkölä",
        **{"status": "confirmed", "version": 3, **more},
    )  # fmt: skip


def read(text: str) -> icalendar.Event:
    (found,) = icalendar.Calendar.from_ical(text).walk("VEVENT")
    return found


@pytest.mark.parametrize("month", [3, 7, 10, 12])
def test_nine_o_clock_is_nine_o_clock_on_both_sides_of_the_turn(month: int) -> None:
    for day in (26, 27, 28, 29):
        starts = datetime(2027, month, day, 9, tzinfo=clock.HELSINKI)
        text = calendars.invitation(booked(starts), at=starts, summary="Aika", place="")
        assert f"DTSTART;TZID=Europe/Helsinki:2027{month:02}{day}T090000" in text


def test_the_zones_rules_are_those_of_finland() -> None:
    """Read back by the calendar's own rules, each day of ten years has Finland's offset."""
    zone = icalendar.Calendar.from_ical(
        calendars.feed([], at=clock.now(), name="x")
    ).timezones[0].to_tz()  # fmt: skip
    finland = ZoneInfo(calendars.ZONE)
    for n in range(3653):
        noon = datetime(2026, 1, 1, 12) + timedelta(days=n)
        assert noon.replace(tzinfo=zone).utcoffset() == noon.replace(tzinfo=finland).utcoffset()


def test_commas_and_semicolons_come_back_as_they_were() -> None:
    starts = datetime(2027, 2, 3, 9, tzinfo=clock.HELSINKI)
    one = booked(starts)
    found = read(calendars.invitation(one, at=starts, summary="Aika", place=one.place))
    assert found["location"] == one.place
    assert (found["uid"], found["sequence"]) == (f"{one.id}@polku", 3)


def test_a_line_break_in_a_place_adds_no_line_of_its_own() -> None:
    starts = datetime(2027, 2, 3, 9, tzinfo=clock.HELSINKI)
    text = calendars.invitation(booked(starts), at=starts, summary="Aika", place="A\nATTACH:http:x")
    assert "\r\nATTACH" not in text


def test_a_cancelled_time_takes_itself_out() -> None:
    starts = datetime(2027, 2, 3, 9, tzinfo=clock.HELSINKI)
    text = calendars.invitation(
        booked(starts, status="cancelled"), at=starts, summary="Aika", place=""
    )
    assert "METHOD:CANCEL" in text and read(text)["status"] == "CANCELLED"


def test_a_feed_says_what_kind_and_where_but_not_with_whom() -> None:
    starts = datetime(2027, 2, 3, 9, tzinfo=clock.HELSINKI)
    with translation.override("fi"):
        found = read(calendars.feed([booked(starts, note="Devi")], at=starts, name="Polku"))
    assert found["summary"] == "Tapaaminen · Polku"
    assert "Devi" not in found.to_ical().decode()
