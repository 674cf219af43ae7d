"""The nouns of contact, one file a theme."""

from polku.contacts.models.appointment import Appointment
from polku.contacts.models.calendar import CalendarFeed
from polku.contacts.models.contact import Contact, Kind, Purpose
from polku.contacts.models.offer import TimeOffer
from polku.contacts.models.resource import (
    Resource,
    ResourceAway,
    ResourceBooking,
    ResourceFeed,
)
from polku.contacts.models.rhythm import Rhythm
from polku.contacts.models.weeks import OwnWeek, TimeAway, WeekPlan, WeekProposal
from polku.contacts.models.writing import CopyTemplate, Draft, Reminder

__all__ = [
    "Appointment",
    "CalendarFeed",
    "Contact",
    "CopyTemplate",
    "Draft",
    "Kind",
    "OwnWeek",
    "Purpose",
    "Reminder",
    "Resource",
    "ResourceAway",
    "ResourceBooking",
    "ResourceFeed",
    "Rhythm",
    "TimeAway",
    "TimeOffer",
    "WeekPlan",
    "WeekProposal",
]
