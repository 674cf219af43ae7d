"""Who has looked at a client's data, in plain words: by day and person."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from polku.foundation import access_log
from polku.foundation.models import RoleAssignment
from polku.portal.own.reads import Look
from polku.web import dates


@dataclass(frozen=True, slots=True)
class DidLine:
    """One kind of thing that a person did on a day."""

    did: str
    when: str
    why: str


@dataclass(frozen=True, slots=True)
class LookPerson:
    """One person's doings on one day, latest first."""

    who: str
    lines: tuple[DidLine, ...]


@dataclass(frozen=True, slots=True)
class LookDay:
    """One day, newest first."""

    day: str
    people: tuple[LookPerson, ...]


def did(action: str, *, listed: bool = False) -> str:
    """Return in plain words what was done; what has no words of its own is told by its room.

    `listed` says that the client was one among others: in a list, a search, a day's view.
    """
    if listed:
        return _did_in_a_list(action)
    exact = {
        "clients.page": _("read your data"),
        "clients.law": _("looked at your dates by law"),
        "clients.guarded_view": _("read your protected contact details"),
        "clients.identity": _("read your identity code"),
        "clients.open": _("opened your record"),
        "clients.access_log": _("checked who has looked at your data"),
        "clients.code_refused": _("tried to open another record with your identity code"),
        "clients.code_known": _("gave your identity code in a form"),
        "access_log.client": _("checked who has looked at your data"),
        "clients.history": _("looked at what has been changed in your data"),
        "clients.contacts": _("read what you had talked about"),
        "contacts.page": _("read what you had talked about"),
        "contacts.log": _("wrote down a contact with you"),
        "contacts.change": _("corrected a contact with you"),
        "contacts.book": _("booked a time for you"),
        "contacts.appointment": _("looked at your time"),
        "contacts.offer": _("offered you times to choose from"),
        "contacts.offer_chosen": _("booked the time that was chosen by the link"),
        "contacts.offer_opened": _("showed the offered times by the link"),
        "contacts.letter": _("made a letter to you"),
        "contacts.set_window": _("wrote down how often you want to be met"),
        "paths.session": _("read your plan"),
        "paths.step_form": _("read your plan"),
        "paths.goal_form": _("read your plan"),
        "paths.print": _("printed your plan"),
        "paths.versions": _("read earlier versions of your plan"),
        "paths.agree_plan": _("kept the plan that you agreed"),
        "paths.answer_in_the_room": _("wrote down what you answered"),
        "placements.list": _("read about your workplaces"),
        "placements.page": _("read about your workplaces"),
        "placements.suggest": _("suggested a workplace to you"),
        "placements.print": _("printed your agreement"),
        "placements.round_client": _("looked at which place would suit you"),
        "placements.round_send": _("suggested a workplace to you"),
        "placements.round_fix": _("looked at which place would suit you"),
        "placements.round_loosen": _("looked at which place would suit you"),
        "placements.round_move": _("looked at which place would suit you"),
        "placements.round_refuse": _("wrote down that a place would not suit you"),
        "desk.division": _("looked at who might be your coach or stand in"),
        "statements.page": _("read about your unemployment security"),
        "statements.of_client": _("read about your unemployment security"),
        "statements.begin": _("began a matter of your unemployment security"),
        "statements.ask": _("asked you about your unemployment security"),
        "statements.answer": _("wrote down what you answered"),
        "statements.sign": _("signed a statement about you"),
        "statements.sent": _("noted that a statement about you was sent"),
        "statements.print": _("printed a statement about you"),
        "teamwork.take": _("became your coach"),
        "teamwork.hand_over": _("handed your matters to another coach"),
        "teamwork.name_cover": _("named a stand-in for your coach"),
        "portal.letter_make": _("made you a way into this page"),
        "portal.link_make": _("made you a way into this page"),
        "portal.codes_make": _("made you a way into this page"),
        "portal.letter": _("made you a way into this page"),
        "portal.access_page": _("looked at how you come into this page"),
        "portal.code_mail": _("sent you a code"),
        "portal.code_wrong": _("noticed a wrong code on your link"),
    }
    if action in exact:
        return exact[action]
    return {
        "clients": _("worked on your data"),
        "contacts": _("worked on your contacts and times"),
        "paths": _("worked on your plan"),
        "placements": _("worked on your workplaces"),
        "statements": _("worked on your unemployment security"),
        "teamwork": _("arranged who works with you"),
        "portal": _("arranged how you come into this page"),
    }.get(action.partition(".")[0], _("worked on your data"))


def _did_in_a_list(action: str) -> str:
    exact = {
        "desk.search": _("found your name in a search"),
        "desk.my_day": _("saw your name in their own day"),
        "teamwork.hand_over": _("handed your matters to another coach"),
        "placements.round": _("saw your name when places were looked for"),
        "placements.round_send_page": _("saw your name when places were looked for"),
    }
    if action in exact:
        return exact[action]
    if action.startswith("exchange."):
        return _("brought in data in which you were")
    if action.startswith("access_log."):
        return _("checked who has looked at data")
    return _("saw your name in a list")


def who(look: Look | access_log.Look) -> str:
    """Return name and role; the software by its own name."""
    if look.kind == "system" and not look.name:
        return _("Polku itself, without a person")
    if look.kind == "host":
        return _("the workplace, by its own link")
    name = look.name or _("a worker whose name is no longer known")
    if look.role in RoleAssignment.Role.values:
        return f"{name}, {RoleAssignment.Role(look.role).label}"
    return name


def days(looks: Iterable[access_log.Look], today: date) -> list[LookDay]:
    """Return the looks by day and person; the same thing on a day is one line."""
    return [
        LookDay(
            day=day_word(day, today),
            people=tuple(
                LookPerson(
                    who(one.by),
                    tuple(
                        DidLine(did(look.action, listed=look.listed), _when(at), look.reason)
                        for look, at in one.did
                    ),
                )
                for one in people
            ),
        )
        for day, people in access_log.by_day(looks, same=_same)
    ]


def _same(look: access_log.Look) -> str:
    return did(look.action, listed=look.listed)


def day_word(day: date, today: date) -> str:
    """Return the day, today and yesterday by their names."""
    away = (today - day).days
    if away == 0:
        return _("Today")
    if away == 1:
        return _("Yesterday")
    return str(capfirst(dates.whole_weekday(day, today)))


def _when(found: tuple[datetime, ...]) -> str:
    last = dates.clock_time(found[0])
    if len(found) == 1:
        return _("at %(time)s") % {"time": last}
    times = ngettext("%(n)d time", "%(n)d times", len(found)) % {"n": len(found)}
    return _("%(times)s, last at %(time)s") % {"times": times, "time": last}


def last_look(looks: list[Look], today: date) -> str:
    """Return in one sentence who looked last; '' when nobody has."""
    if not looks:
        return ""
    look = looks[0]
    return _("Last: %(who)s %(did)s. %(day)s at %(time)s.") % {
        "who": who(look),
        "did": did(look.action),
        "day": day_word(dates.day_of(look.at), today),
        "time": dates.clock_time(look.at),
    }
