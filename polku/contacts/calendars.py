"""Times as calendars read them (RFC 5545): beside an invitation, and in a worker's own feed.

Written with the zone and its rules, as Outlook wants it, so that nine o'clock stays nine when the
clocks are turned. No client's name is in them: a calendar is seen by others.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from uuid import UUID

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from icalendar import Calendar, Component, Event, vDuration, vText

from polku.clients import languages
from polku.contacts.models import Appointment, ResourceBooking
from polku.foundation import clock

PRODUCT = "-//Polku//Polku//FI"
ZONE = "Europe/Helsinki"
# The European Union's rule, in force in Finland since 1996: the last Sundays of March and October.
_ZONE_OF_FINLAND = Component.from_ical(
    f"""BEGIN:VTIMEZONE
TZID:{ZONE}
BEGIN:STANDARD
DTSTART:19701025T040000
RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU
TZNAME:EET
TZOFFSETFROM:+0300
TZOFFSETTO:+0200
END:STANDARD
BEGIN:DAYLIGHT
DTSTART:19700329T030000
RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU
TZNAME:EEST
TZOFFSETFROM:+0200
TZOFFSETTO:+0300
END:DAYLIGHT
END:VTIMEZONE
"""
)
STATUS = {
    "proposed": ("TENTATIVE", "TENTATIVE"),
    "confirmed": ("CONFIRMED", "BUSY"),
    "held": ("CONFIRMED", "BUSY"),
    "cancelled": ("CANCELLED", "FREE"),
}


def invitation(booked: Appointment, *, at: datetime, summary: str, place: str) -> str:
    """Return one time for the client's calendar; a cancelled one takes itself out of it."""
    gone = booked.status == Appointment.Status.CANCELLED
    return _drawn([event(booked, at=at, summary=summary, place=place)], gone=gone)


def feed(found: Iterable[Appointment], *, at: datetime, name: str) -> str:
    """Return a worker's times: what kind, when and where, and with whom to no one."""
    events = [
        event(one, at=at, summary=f"{capfirst(one.get_kind_display())} · Polku", place=one.place)
        for one in found
    ]
    return _drawn(events, name=name)


def feed_of_a_resource(found: Iterable[ResourceBooking], *, at: datetime, name: str) -> str:
    """Return what holds a room or an interpreter: from when until when, and no more than that.

    An interpreter also reads how, in which language and where; where is empty under a safety ban.
    """
    return _drawn([_held(one, at) for one in found], name=name)


def _held(one: ResourceBooking, at: datetime) -> Event:
    booked, summary, place = one.appointment, _("Booked"), ""
    if one.sort == "interpreter":
        how, language = booked.get_kind_display(), languages.name_of(booked.language)
        summary, place = f"{_('Booked')} · {how}, {language}", booked.place
    return event(booked, at=at, summary=summary, place=place, mark=one.id)


def event(
    booked: Appointment, *, at: datetime, summary: str, place: str, mark: UUID | None = None
) -> Event:
    """Return a time under an id of its own; a later version stands in the earlier one's place."""
    status, shown = STATUS[booked.status]
    made = Event()
    made.add("uid", f"{mark or booked.id}@polku")
    made.add("sequence", booked.version)
    made.add("dtstamp", at)
    made.add("dtstart", _stamp(booked.starts_at))
    made.add("dtend", _stamp(booked.ends_at))
    made.add("summary", summary)
    if place:
        made.add("location", place)
    made.add("status", status)
    made.add("class", "PRIVATE")
    made.add("x-microsoft-cdo-busystatus", vText(shown))
    return made


def _stamp(moment: datetime) -> datetime:
    """Return Helsinki's time, and UTC for the later of two: a zone's time means the first of them
    (RFC 5545, 3.3.5).
    """
    local = clock.local(moment)
    return moment.astimezone(clock.UTC) if local.fold else local


def _drawn(events: list[Event], *, gone: bool = False, name: str = "") -> str:
    made = Calendar()
    made.add("prodid", PRODUCT)
    made.add("version", "2.0")
    made.add("method", "CANCEL" if gone else "PUBLISH")
    if name:
        made.add("x-wr-calname", vText(name))
        made.add("refresh-interval", vDuration(timedelta(hours=1)), {"VALUE": "DURATION"})
    made.add_component(_ZONE_OF_FINLAND)
    for one in events:
        made.add_component(one)
    return str(made.to_ical().decode())


def summary_for(banned: bool) -> str:
    """Return what stands in the client's own calendar; under a safety ban nothing tells of us."""
    return _("A time that I have agreed") if banned else _("A time with my coach")
