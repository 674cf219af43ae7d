"""Who is outside their window of contact, and whose date by law is near."""

from __future__ import annotations

from datetime import date, timedelta
from functools import partial

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from polku.contacts.models import Rhythm
from polku.contacts.queries import Standing
from polku.desk.addresses import address, client_page, dates_by_law
from polku.desk.my_day.rows import Act, Maker, Row
from polku.desk.reasons import of_discussion, of_interview
from polku.rules import Law
from polku.web import dates, people
from polku.web.parts.drawn import window
from polku.web.parts.words import clock

SOON = 14
WARN = 5


def silent_days(one: Standing, today: date) -> int | None:
    """Return days since the client was last reached; None before the first time."""
    if one.last_reached_at is None:
        return None
    return (today - dates.day_of(one.last_reached_at)).days


def planned_too_soon(one: Standing, today: date) -> int | None:
    """Return how many days after the last contact the next comes, when that is too soon."""
    if one.last_reached_at is None or one.next_on is None or one.next_on < today:
        return None
    if (one.next_on - today).days >= one.low:
        # Most are far ahead: the day of the last contact need not be worked out.
        return None
    days = (one.next_on - dates.day_of(one.last_reached_at)).days
    return days if days < one.low else None


def outside(caseload: list[Standing], today: date, booked: dict[object, date]) -> list[Maker]:
    """Return those who have been silent too long, longest over first, then those met too often.

    Who has a time ahead comes after those who have none: for them something is already done.
    """
    late, early = [], []
    for one in caseload:
        days = silent_days(one, today)
        if days is None or one.first_contact_at is None:
            continue
        if days > one.high:
            ahead = booked.get(one.client_id) or (
                one.next_on if one.next_on and one.next_on >= today else None
            )
            late.append((ahead is not None, one.high - days, one, days, ahead))
        elif (soon := planned_too_soon(one, today)) is not None:
            early.append((soon - one.low, one, soon))
    late.sort(key=lambda row: (row[0], row[1], row[2].last_name))
    early.sort(key=lambda row: (row[0], row[1].last_name))
    makers: list[Maker] = [partial(_late, one, days, ahead, today) for *_, one, days, ahead in late]
    return makers + [partial(_early, one, soon, today) for _sooner, one, soon in early]


def wish_words(low: int, high: int) -> str:
    """Return how often the client wants to be met."""
    return _("wishes every %(low)d–%(high)d days") % {"low": low, "high": high}


def pace_words(pace: str) -> str:
    """Return what the client has asked for in the own view; '' when it is good as it is."""
    said = {
        Rhythm.Pace.MORE: _("asks to meet more often"),
        Rhythm.Pace.LESS: _("asks to meet less often"),
    }
    return said.get(Rhythm.Pace(pace), "") if pace else ""


def _late(one: Standing, days: int, ahead: date | None, today: date) -> Row:
    words = [wish_words(one.low, one.high), _("%(n)d days gone") % {"n": days}]
    if asked := pace_words(one.pace):
        words.insert(1, asked)
    if ahead:
        words.append(_("next %(day)s") % {"day": dates.weekday(ahead, today)})
    log = address("contact_new", one.client_id)
    return Row(
        name=people.name(one),
        url=client_page(one.client_id),
        meta=", ".join(words),
        mark=window(days, one.low, one.high),
        act=Act(_("Get in touch"), log, panel=True) if log and not ahead else None,
    )


def _early(one: Standing, days: int, today: date) -> Row:
    assert one.next_on is not None
    return Row(
        name=people.name(one),
        url=f"{client_page(one.client_id)}#rhythm",
        meta=_("%(wish)s, next already %(day)s, %(n)d days after the last")
        % {
            "wish": wish_words(one.low, one.high),
            "day": dates.weekday(one.next_on, today),
            "n": days,
        },
        mark=window(days, one.low, one.high),
    )


def risks(
    caseload: list[Standing], today: date, booked: dict[object, date]
) -> list[tuple[date, Standing, bool, date | None]]:
    """Return whose interview or discussion by law is due within two weeks or is over, by date.

    Each as (date, client, whether it is the interview, the time that is booked too late). A time
    that is booked on or before the last day takes the row away.
    """
    limit = today + timedelta(days=SOON)
    found = []
    for one in caseload:
        due, interview = due_date(one)
        if due is None or due > limit or one.first_contact_at is None:
            continue
        time = booked.get(one.client_id)
        if time is not None and time <= due:
            continue
        found.append((due, one, interview, time))
    return sorted(found, key=lambda row: (row[0], row[1].last_name))


def at_risk(
    caseload: list[Standing], today: date, booked: dict[object, date], law: Law
) -> list[Maker]:
    """Return a row for each of `risks`."""
    found = risks(caseload, today, booked)
    return [
        partial(_risk, one, due, interview, time, today, law) for due, one, interview, time in found
    ]


def due_date(one: Standing) -> tuple[date | None, bool]:
    """Return the law's next date and whether it is that of the initial interview."""
    if one.initial_interview_on is None and one.interview_due_on is not None:
        return one.interview_due_on, True
    return one.discussion_due_on, False


def _risk(
    one: Standing, due: date, interview: bool, time: date | None, today: date, law: Law
) -> Row:
    what = _("initial interview") if interview else _("job-search discussion")
    words = [what, _("by %(day)s") % {"day": dates.weekday(due, today)}]
    if time:
        words.append(_("booked only for %(day)s") % {"day": dates.weekday(time, today)})
    book = address("appointment_new", one.client_id)
    language = get_language() or "fi"
    if interview:
        reasons = of_interview(one.registered_on, law, language)
    elif one.initial_interview_on or one.last_discussion_on:
        reasons = of_discussion(one.initial_interview_on, one.last_discussion_on, law, language)
    else:
        reasons = None
    return Row(
        name=people.name(one),
        url=client_page(one.client_id),
        meta=", ".join(words),
        mark=clock((due - today).days, total=SOON, warn=WARN),
        act=Act(_("Book a time"), book, panel=True) if book else None,
        why=reasons,
        why_url=dates_by_law(one.client_id),
    )
