"""The day's line: appointments and planned contacts, the free gaps between, and what is next."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from polku.contacts.models import Kind, Purpose
from polku.contacts.queries import Booked, Standing
from polku.desk.addresses import address, client_page
from polku.desk.my_day.drawn import rows_drawn
from polku.desk.my_day.rhythm import pace_words
from polku.desk.my_day.rows import NOTHING, Act, Row
from polku.foundation import clock
from polku.web import dates, people
from polku.web.parts.words import tag

NEAR = timedelta(minutes=10)
SHORTEST_GAP = timedelta(minutes=45)
OPENS, CLOSES = 9, 16
MOST_PLANNED = 8
SOON = 14
LIVE = ("proposed", "confirmed")
Times = Collection[tuple[datetime, datetime]]
STATUTORY = ("initial", "discussion", "complementary")


@dataclass(frozen=True, slots=True)
class Line:
    """Today's rows in order, the words of the free gaps, and the rows of the next day with any."""

    rows: tuple[Row, ...]
    appointments: int
    planned: int
    rest: int
    rest_url: str
    free: str
    next_day: str
    next_rows: tuple[Row, ...]

    @property
    def drawn(self) -> SafeString:
        return rows_drawn(self.rows)

    @property
    def next_drawn(self) -> SafeString:
        return rows_drawn(self.next_rows)


def line(
    booked: list[Booked], caseload: Iterable[Standing], now: datetime, shut: Times = ()
) -> Line:
    """Return the line of the day that `now` is in. In `shut` times the worker meets nobody."""
    today = dates.day_of(now)
    rhythm = {one.client_id: one for one in caseload}
    of_today = [one for one in booked if dates.day_of(one.starts_at) == today]
    coming = next((one for one in of_today if one.ends_at > now and one.status != "missed"), None)
    rows = [_booked_row(one, rhythm.get(one.client_id), now, one is coming) for one in of_today]
    met = {one.client_id for one in of_today}
    planned = [one for one in _planned(rhythm.values(), today) if one.client_id not in met]
    rows += [_planned_row(one, today) for one in planned[:MOST_PLANNED]]
    later = [one for one in booked if dates.day_of(one.starts_at) > today and one.status in LIVE]
    next_day = dates.day_of(later[0].starts_at) if later else None
    return Line(
        rows=tuple(rows),
        appointments=len(of_today),
        planned=len(planned),
        rest=max(0, len(planned) - MOST_PLANNED),
        rest_url=f"{address('client_list')}?sort=next",
        free=free_words(of_today, now, shut),
        next_day=dates.weekday(next_day, today) if next_day else "",
        next_rows=tuple(
            _booked_row(one, rhythm.get(one.client_id), now, False)
            for one in later
            if dates.day_of(one.starts_at) == next_day
        )[:5],
    )


def _planned(caseload: Iterable[Standing], today: date) -> list[Standing]:
    due = [
        one
        for one in caseload
        if one.next_on is not None and one.next_on <= today and one.first_contact_at is not None
    ]
    return sorted(due, key=lambda one: (one.next_on or today, one.last_name))


def _booked_row(one: Booked, rhythm: Standing | None, now: datetime, coming: bool) -> Row:
    today = dates.day_of(now)
    done = one.status in ("held", "missed")
    near = not done and one.starts_at - NEAR <= now
    return Row(
        name=people.name(one),
        url=client_page(one.client_id),
        time=dates.clock_time(one.starts_at),
        tag=_tag(one),
        meta=" · ".join(filter(None, (_where(one), one.note, _before(one, rhythm, today)))),
        act=None if done else _act(one, near),
        next=coming,
        past=done,
    )


def _act(one: Booked, near: bool) -> Act:
    if one.status == "proposed" and not near:
        confirm = address("appointment_status", one.client_id, one.id, "confirmed")
        if confirm:
            return Act(_("Confirm"), confirm, post=True)
    if near:
        log = address("contact_new", one.client_id)
        if log:
            return Act(_("Log a contact"), f"{log}?appointment={one.id}", main=True, panel=True)
    return Act(_("Before the meeting"), f"{client_page(one.client_id)}#since")


def _tag(one: Booked) -> SafeString:
    if one.status == "missed":
        return tag(_("did not take place"), "late")
    if one.status == "held":
        return tag(_("held"), "ok")
    if one.status == "proposed":
        return tag(_("proposed, not confirmed"), "warn")
    if one.interpreter:
        return tag(
            _("%(language)s, with an interpreter") % {"language": people.language(one.language)},
            "study",
            "globe",
        )
    if one.purpose in STATUTORY:
        return tag(Purpose(one.purpose).label, "now")
    return NOTHING


def _where(one: Booked) -> str:
    if one.kind == "visit":
        return one.place or (_("place behind the guarded view") if one.banned else _("meeting"))
    return str(Kind(one.kind).label)


def _before(one: Booked, rhythm: Standing | None, today: date) -> str:
    if rhythm is None or one.status in ("held", "missed"):
        return ""
    due = rhythm.discussion_due_on
    if one.purpose == "discussion" and due is not None and (due - today).days <= SOON:
        return _("due %(day)s") % {"day": dates.weekday(due, today)}
    if rhythm.last_reached_at is None:
        return _("first time together")
    days = (today - dates.day_of(rhythm.last_reached_at)).days
    return _("last met %(ago)s") % {"ago": dates.ago(today - timedelta(days=days), today)}


def _planned_row(one: Standing, today: date) -> Row:
    late = (today - (one.next_on or today)).days
    kind = str(Kind(one.next_kind).label) if one.next_kind else _("contact")
    log = address("contact_new", one.client_id)
    words = [_("planned: %(what)s") % {"what": kind}]
    words += filter(None, (one.wish, pace_words(one.pace)))
    if one.last_reached_at is not None:
        words.append(
            _("last met %(ago)s") % {"ago": dates.ago(dates.day_of(one.last_reached_at), today)}
        )
    return Row(
        name=people.name(one),
        url=client_page(one.client_id),
        time="",
        tag=tag(
            _("was planned %(day)s") % {"day": dates.short(one.next_on or today, today)}, "warn"
        )
        if late
        else NOTHING,
        meta=" · ".join(words),
        act=Act(_("Log a contact"), log, panel=True) if log else None,
    )


def gaps(
    booked: Iterable[Booked], now: datetime, shut: Times = ()
) -> list[tuple[datetime, datetime]]:
    """Return the free stretches left of the working day, from 9 to 16, 45 minutes or longer."""
    local = clock.local(now)
    start = max(local, local.replace(hour=OPENS, minute=0, second=0, microsecond=0))
    end = local.replace(hour=CLOSES, minute=0, second=0, microsecond=0)
    taken = [(one.starts_at, one.ends_at) for one in booked if one.status != "missed"]
    found = []
    for begins, ends in sorted([*taken, *shut, (end, end)]):
        until = min(begins, end)
        if until - start >= SHORTEST_GAP:
            found.append((start, until))
        start = max(start, ends)
    return found


def free_words(booked: list[Booked], now: datetime, shut: Times = ()) -> str:
    """Return `free 13.00–14.30`, at most two stretches; '' when nothing is booked."""
    if not booked:
        return ""
    free = gaps(booked, now, shut)[:2]
    if not free:
        return ""
    words = ", ".join(f"{_rounded(a)}–{dates.clock_time(b)}" for a, b in free)
    return _("free %(times)s") % {"times": words}


def _rounded(moment: datetime) -> str:
    past = timedelta(
        minutes=moment.minute % 15, seconds=moment.second, microseconds=moment.microsecond
    )
    return dates.clock_time(moment if not past else moment - past + timedelta(minutes=15))
