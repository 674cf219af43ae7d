"""Contacts by the national register's code list of kinds of contact (yhtottotapa).

Source: Statistics Finland's metadata of the ministry's register of customers; only the codes that
a coach's contacts need are here.
"""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from polku.contacts.models import Contact, Kind, Purpose

LABELS = {
    "01": _("phone call"),
    "02": _("phone call, not reached"),
    "03": _("letter"),
    "04": _("text message"),
    "05": _("e-mail"),
    "20": _("video meeting"),
    "21": _("initial interview, visit"),
    "22": _("initial interview, video"),
    "23": _("initial interview, phone"),
    "24": _("complementary discussion, visit"),
    "25": _("complementary discussion, video"),
    "26": _("complementary discussion, phone"),
    "27": _("job-search discussion, visit"),
    "28": _("job-search discussion, video"),
    "29": _("job-search discussion, phone"),
    "31": _("client's contact, phone"),
    "32": _("client's contact, letter"),
    "33": _("client's contact, text message"),
    "34": _("client's contact, e-mail"),
    "35": _("client's contact, booked visit"),
    "36": _("client's contact, visit without booking"),
    "95": _("other"),
    "97": _("online service"),
}

# Codes of a discussion by where it was held: visit, video, phone.
_DISCUSSIONS = {
    Purpose.INITIAL_INTERVIEW: ("21", "22", "23"),
    Purpose.COMPLEMENTARY: ("24", "25", "26"),
    Purpose.JOB_SEARCH_DISCUSSION: ("27", "28", "29"),
}
_PLACE_OF = {Kind.VISIT: 0, Kind.WALK_IN: 0, Kind.VIDEO: 1, Kind.CALL: 2}
_FROM_US = {
    Kind.CALL: "01",
    Kind.LETTER: "03",
    Kind.SMS: "04",
    Kind.EMAIL: "05",
    Kind.VIDEO: "20",
    Kind.VISIT: "35",
    Kind.WALK_IN: "36",
    Kind.ONLINE: "97",
}
_FROM_CLIENT = {Kind.CALL: "31", Kind.LETTER: "32", Kind.SMS: "33", Kind.EMAIL: "34"}


def code_of(*, kind: str, purpose: str, initiative: str, reached: bool) -> str:
    """Return the register's two-digit code; "95" (other) where the list has no nearer one."""
    way = Kind(kind)
    if not reached and way in (Kind.CALL, Kind.VIDEO):
        return "02"
    if not reached and way in (Kind.VISIT, Kind.WALK_IN):
        return "95"
    if reached and purpose in _DISCUSSIONS and way in _PLACE_OF:
        return _DISCUSSIONS[Purpose(purpose)][_PLACE_OF[way]]
    if initiative == Contact.Initiative.CLIENT and way in _FROM_CLIENT:
        return _FROM_CLIENT[way]
    return _FROM_US.get(way, "95")


def said(contact: Contact) -> str:
    """Return code and label in the language now on, such as "29 job-search discussion, phone"."""
    code = _code(contact)
    return f"{code} {LABELS[code]}"


def named(contact: Contact) -> str:
    """Return the label alone, for readers who don't know the register's codes."""
    return str(LABELS[_code(contact)])


def _code(contact: Contact) -> str:
    return code_of(
        kind=contact.kind,
        purpose=contact.purpose,
        initiative=contact.initiative,
        reached=contact.reached,
    )
