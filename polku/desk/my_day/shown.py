"""The whole of My day, put together from the rooms' reads: seven statements, however many rows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from polku.contacts import queries as contacts
from polku.desk import dates
from polku.desk.addresses import address
from polku.desk.my_day import free_ones, newcomers, rhythm, waiting
from polku.desk.my_day.line import Line, line
from polku.desk.my_day.rows import Row, Section, capped
from polku.foundation import clock
from polku.foundation.permissions import can
from polku.foundation.viewer import Viewer
from polku.paths import queries as paths
from polku.teamwork import queries as teamwork

AT_MOST = 8
ASIDE = 5
AHEAD = timedelta(days=60)
NEWS = timedelta(days=14)
DRAFTS = timedelta(days=14)
SATURDAY = 6


@dataclass(frozen=True, slots=True)
class MyDay:
    """The page's strings and sections. `shown` are the ids that the audit entry names."""

    heading: str
    summary: str
    line: Line
    new: Section
    waiting: Section
    at_risk: Section
    outside: Section
    free: Section
    caseload: int
    weekend: bool
    shown: tuple[UUID, ...]


def my_day(viewer: Viewer, *, target_days: int) -> MyDay:
    """Return My day for a worker now."""
    now = clock.now()
    today = clock.today()
    midnight = datetime.combine(today, time(), tzinfo=clock.HELSINKI)
    booked = contacts.booked(viewer, since=midnight, until=midnight + AHEAD)
    caseload = contacts.caseload(viewer)
    to_do = contacts.to_do(viewer, until=today, drafts_since=now - DRAFTS)
    steps = paths.waiting_for_coach(viewer, news_since=now - NEWS)
    unread = teamwork.unread_hand_overs(viewer)
    free = teamwork.without_a_coach(viewer)

    ahead = next_times(booked, now)
    new = newcomers.newcomers(caseload, today, target_days, ahead)
    waits = [
        *waiting.hand_over_rows(unread, today),
        *waiting.to_do_rows(to_do, today),
        *waiting.step_rows(steps, today),
    ]
    risk = rhythm.at_risk(caseload, today, ahead)
    out = rhythm.outside(caseload, today, ahead)
    take = free_ones.free_rows(free, today, may_take=can(viewer, "teamwork.take"))
    todays = line(booked, caseload, now)
    everybody = (booked, to_do, steps, unread, free, caseload)
    clients = address("client_list")
    return MyDay(
        heading=dates.heading(today),
        summary=_summary(todays, new, waits, out),
        line=todays,
        new=capped(new, AT_MOST, f"{clients}?state=new"),
        waiting=capped(waits, AT_MOST, f"{clients}?turn=coach"),
        at_risk=capped(risk, ASIDE, f"{clients}?state=due&sort=due"),
        outside=capped(out, ASIDE, f"{clients}?state=outside&sort=last"),
        free=capped(take, ASIDE, f"{clients}?coach=none"),
        caseload=len(caseload),
        weekend=today.isoweekday() >= SATURDAY,
        shown=_ids(everybody, (todays.rows, todays.next_rows, new, waits, risk, out, take)),
    )


def next_times(booked: list[contacts.Booked], now: datetime) -> dict[object, date]:
    """Return for each client the day of the next time that is booked with the viewer."""
    found: dict[object, date] = {}
    for one in booked:
        if one.ends_at > now and one.status in contacts.LIVE:
            found.setdefault(one.client_id, dates.day_of(one.starts_at))
    return found


def _summary(todays: Line, new: list[Row], waits: list[Row], out: list[Row]) -> str:
    """Return one line of counts; what is none is left out."""
    counts = (
        (todays.appointments, ngettext("%(n)d meeting", "%(n)d meetings", todays.appointments)),
        (
            todays.planned,
            ngettext("%(n)d planned contact", "%(n)d planned contacts", todays.planned),
        ),
        (len(new), ngettext("%(n)d new", "%(n)d new", len(new))),
        (len(waits), ngettext("%(n)d waits for you", "%(n)d wait for you", len(waits))),
        (
            len(out),
            ngettext("%(n)d outside the window", "%(n)d outside their windows", len(out)),
        ),
    )
    said = [words % {"n": count} for count, words in counts if count]
    return " · ".join(said) or _("Nothing presses today.")


def _ids(groups: tuple, sections: tuple) -> tuple[UUID, ...]:
    """Return the ids of the clients whose names stand on the page, each once."""
    on_page = {row.url for rows in sections for row in rows[:AT_MOST]}
    on_page |= {row.url for row in sections[0]}
    addresses = {url.split("#")[0].rstrip("/").rsplit("/", 1)[-1] for url in on_page}
    ids = dict.fromkeys(one.client_id for group in groups for one in group)
    return tuple(one for one in ids if str(one) in addresses)
