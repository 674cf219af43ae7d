"""New clients and the clock that runs until the first contact: the law's and our own."""

from __future__ import annotations

from datetime import date
from functools import lru_cache, partial
from uuid import UUID

from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from polku.clients.models import Client
from polku.contacts.queries import Standing
from polku.desk.addresses import address, client_page, dates_by_law
from polku.desk.my_day.next_try import NextTry, next_try
from polku.desk.my_day.rows import Act, Maker, Row
from polku.desk.reasons import of_interview
from polku.rules import Law
from polku.rules.calendar import add_working_days, working_days_between
from polku.web import dates, people
from polku.web.parts.words import clock as clock_part

FAR = date.max
WARN = 3


def newcomers(
    caseload: list[Standing],
    today: date,
    target_days: int,
    booked: dict[object, date],
    law: Law,
) -> list[Maker]:
    """Return the clients who have not been reached yet, soonest date of the law first."""
    new = [one for one in caseload if one.first_contact_at is None]
    new.sort(key=lambda one: (one.interview_due_on or FAR, one.registered_on, one.last_name))
    return [partial(_row, one, today, target_days, booked.get(one.client_id), law) for one in new]


def pressing(
    caseload: list[Standing], today: date, booked: dict[object, date]
) -> list[tuple[UUID, date]]:
    """Return (client, date) of those not reached yet whose clock warns and who have no time."""
    return [
        (one.client_id, one.interview_due_on)
        for one in caseload
        if one.first_contact_at is None
        and one.interview_due_on is not None
        and working_days_between(today, one.interview_due_on) <= WARN
        and booked.get(one.client_id, FAR) > one.interview_due_on
    ]


def _row(one: Standing, today: date, target_days: int, booked: date | None, law: Law) -> Row:
    tried = next_try(one.tries or (), one.last_attempt_at, one.attempts)
    words = [_came(one, today), people.age(one.born, today)]
    if one.interpreter:
        words.append(
            _("%(language)s, with an interpreter") % {"language": people.language(one.language)}
        )
    words.append(own_target(one.opened_on, target_days, today))
    if tried:
        words.append(tried.tried)
    if booked:
        words.append(_("a time is booked for %(day)s") % {"day": dates.weekday(booked, today)})
    log = address("contact_new", one.client_id)
    return Row(
        name=people.name(one),
        url=client_page(one.client_id),
        meta=" · ".join(filter(None, words)),
        mark=law_clock(one.interview_due_on, one.registered_on, today),
        hint=_hint(tried),
        act=Act(_("Log a contact"), log, main=one.attempts == 0, panel=True) if log else None,
        why=of_interview(one.registered_on, law, get_language() or "fi"),
        why_url=dates_by_law(one.client_id),
    )


def _came(one: Standing, today: date) -> str:
    since = dates.ago(one.registered_on, today)
    if one.referral == Client.Referral.REGISTERED:
        return _("registered %(ago)s") % {"ago": since}
    return f"{Client.Referral(one.referral).label}, {since}"


def law_clock(due: date | None, registered: date, today: date) -> SafeString:
    """Return the law's clock for the initial interview, in working days left."""
    if due is None:
        return SafeString("")
    total = max(1, working_days_between(registered, due))
    return clock_part(working_days_between(today, due), total=total, unit="workdays", warn=WARN)


def _hint(tried: NextTry | None) -> str:
    """Say what to try next, and why."""
    if not tried:
        return ""
    return _("Next: %(what)s – %(why)s") % {"what": tried.suggestion, "why": tried.because}


@lru_cache(maxsize=2_000)
def _target_day(opened: date, target_days: int) -> date:
    return add_working_days(opened, target_days)


def own_target(opened: date, target_days: int, today: date) -> str:
    """Return our own target for the first contact in words, told apart from the law."""
    day = _target_day(opened, target_days)
    if day < today:
        return _("our own target was %(day)s") % {"day": dates.weekday(day, today)}
    if day == today:
        return _("our own target is today")
    return _("our own target: %(day)s") % {"day": dates.weekday(day, today)}
