"""When: the next time, the rhythm, the law's dates with their reasons, and what is remembered."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from polku.clients.person import Person, moment
from polku.contacts.models import Kind, Purpose
from polku.contacts.queries import LIVE, Around
from polku.desk.addresses import address, dates_by_law
from polku.desk.my_day.drawn import why_drawn
from polku.desk.my_day.newcomers import law_clock, own_target
from polku.desk.my_day.next_try import NextTry, next_try
from polku.desk.my_day.rhythm import pace_words, wish_words
from polku.desk.my_day.rows import NOTHING
from polku.desk.reasons import of_discussion, of_interview
from polku.rules import Law
from polku.web import dates
from polku.web.parts.drawn import window
from polku.web.parts.words import clock as clock_part
from polku.web.parts.words import tag

MONTHS_OF_LAW = 90
WARN = 14


@dataclass(frozen=True, slots=True)
class Booked:
    """A time that lies ahead."""

    when: str
    what: str
    status: SafeString


@dataclass(frozen=True, slots=True)
class LawDate:
    """A date of the law: what, by when, its clock, and why. `beside` is our own target."""

    what: str
    day: str
    clock: SafeString
    why: SafeString
    beside: str = ""


@dataclass(frozen=True, slots=True)
class Timing:
    """What the page says of time."""

    next: str
    booked: tuple[Booked, ...]
    law: LawDate | None
    rhythm: str
    band: SafeString
    planned: str
    tried: NextTry | None
    reminders: tuple[tuple[str, str, str], ...]
    draft: str
    offer_url: str = ""


def timing(
    person: Person,
    around: Around | None,
    now: datetime,
    target_days: int,
    tries: Sequence[str] = (),
    *,
    law: Law,
) -> Timing:
    """Return the page's times; an open record without a rhythm shows none.

    `tries` are the kinds of the tries since the client was last reached, newest first; `law` is
    that of the register.
    """
    today = dates.day_of(now)
    if around is None:
        return Timing("", (), None, "", NOTHING, "", None, (), "")
    ahead = [
        one for one in around.appointments if one["status"] in LIVE and moment(one["ends_at"]) > now
    ]
    booked = tuple(_booked(one, person, today) for one in ahead)
    is_open = person.closed_on is None
    return Timing(
        next=booked[0].when if booked else "",
        booked=booked,
        law=_law(person, around, today, target_days, law) if is_open else None,
        rhythm=_rhythm_words(around, today) if is_open else "",
        band=_band(around, today) if is_open else NOTHING,
        planned=_planned(around, today) if is_open else "",
        tried=next_try(tries, around.last_attempt_at, around.attempts) if is_open else None,
        reminders=tuple(
            (one["id"], dates.weekday(date.fromisoformat(one["on"]), today), one["text"])
            for one in around.reminders
        ),
        draft=dates.ago(dates.day_of(around.draft_saved_at), today)
        if around.draft_saved_at
        else "",
        offer_url=address("offer_page", person.id, around.offer_id) if around.offer_id else "",
    )


def _booked(one: dict, person: Person, today: date) -> Booked:
    starts = moment(one["starts_at"])
    kind = str(Kind(one["kind"]).label)
    if one["purpose"] not in ("coaching", "practical"):
        kind = f"{Purpose(one['purpose']).label}, {kind}"
    place = one["place"] or (
        _("place behind the guarded view") if person.safety_ban and one["kind"] == "visit" else ""
    )
    words = [kind, place, one["worker"]]
    if one["interpreter"]:
        words.append(_("interpreter"))
    return Booked(
        when=_("%(day)s at %(time)s")
        % {"day": dates.weekday(dates.day_of(starts), today), "time": dates.clock_time(starts)},
        what=", ".join(filter(None, words)),
        status=tag(_("proposed, not confirmed"), "warn")
        if one["status"] == "proposed"
        else NOTHING,
    )


def _law(person: Person, around: Around, today: date, target_days: int, law: Law) -> LawDate | None:
    language, page = get_language() or "fi", dates_by_law(person.id)
    if around.initial_interview_on is None and around.interview_due_on is not None:
        beside = ""
        if around.first_contact_at is None:
            beside = own_target(person.opened_on, target_days, today)
        return LawDate(
            _("initial interview"),
            dates.weekday(around.interview_due_on, today),
            law_clock(around.interview_due_on, person.registered_on, today),
            why_drawn(of_interview(person.registered_on, law, language), page),
            beside,
        )
    if around.discussion_due_on is None:
        return None
    why = NOTHING
    if around.initial_interview_on or around.last_discussion_on:
        why = why_drawn(
            of_discussion(around.initial_interview_on, around.last_discussion_on, law, language),
            page,
        )
    return LawDate(
        _("job-search discussion"),
        dates.weekday(around.discussion_due_on, today),
        clock_part((around.discussion_due_on - today).days, total=MONTHS_OF_LAW, warn=WARN),
        why,
    )


def _rhythm_words(around: Around, today: date) -> str:
    words = [around.wish, pace_words(around.pace), wish_words(around.low, around.high)]
    if around.last_reached_at is not None:
        ago = dates.ago(dates.day_of(around.last_reached_at), today)
        words.append(_("last met %(ago)s") % {"ago": ago})
    return ", ".join(filter(None, words))


def _band(around: Around, today: date) -> SafeString:
    if around.last_reached_at is None:
        return NOTHING
    days = (today - dates.day_of(around.last_reached_at)).days
    return window(days, around.low, around.high)


def _planned(around: Around, today: date) -> str:
    if around.next_on is None:
        return ""
    kind = str(Kind(around.next_kind).label) if around.next_kind else ""
    return ", ".join(filter(None, (dates.weekday(around.next_on, today), kind)))
