"""The whole of My day, put together from the rooms' reads: eight statements, however many rows."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from polku.contacts import queries as contacts
from polku.desk.addresses import address, client_of
from polku.desk.my_day import free_ones, newcomers, rhythm, waiting
from polku.desk.my_day.drawn import rows_drawn
from polku.desk.my_day.line import Line, line
from polku.desk.my_day.matters import matter_rows
from polku.desk.my_day.rows import Maker
from polku.foundation import clock
from polku.foundation.permissions import can
from polku.foundation.viewer import Viewer
from polku.law import in_force
from polku.paths import queries as paths
from polku.placements import summaries
from polku.statements import summaries as matters
from polku.teamwork import queries as teamwork
from polku.web import dates

AT_MOST = 8
ASIDE = 5
AHEAD = timedelta(days=60)
NEWS = timedelta(days=14)
DRAFTS = timedelta(days=14)
SATURDAY = 6


@dataclass(frozen=True, slots=True)
class Shown:
    """A section with its rows drawn; empty when it has none. `rest` did not fit."""

    drawn: SafeString
    rest: int
    rest_url: str
    urls: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class MyDay:
    """The page's strings and sections. `shown` are the ids that the audit entry names.

    `counted` is how many things the summary tells of, `pressing` those and the dates by law.
    """

    heading: str
    summary: str
    line: Line
    new: Shown
    waiting: Shown
    at_risk: Shown
    outside: Shown
    free: Shown
    caseload: int
    weekend: bool
    counted: int
    pressing: int
    shown: tuple[UUID, ...]


def my_day(viewer: Viewer, *, target_days: int) -> MyDay:
    """Return My day for a worker now."""
    now = clock.now()
    today = clock.today()
    midnight = clock.day_begins(today)
    booked, shut = contacts.booked_and_shut(
        viewer, since=midnight, until=midnight + AHEAD, day=today
    )
    caseload = contacts.caseload(viewer)
    to_do, to_state = matters.to_do(viewer, today=today, drafts_since=now - DRAFTS)
    steps = paths.waiting_for_coach(viewer, news_since=now - NEWS)
    placements = summaries.waiting_for_coach(viewer, today=today)
    unread = teamwork.unread_hand_overs(viewer)
    free = teamwork.without_a_coach(viewer)

    ahead, law = next_times(booked, now), in_force.of(viewer.register_id)
    new = newcomers.newcomers(caseload, today, target_days, ahead, law)
    waits = [
        *waiting.hand_over_rows(unread, today),
        *matter_rows(to_state, today),
        *waiting.to_do_rows(to_do, booked, today),
        *waiting.placement_rows(placements, today),
        *waiting.step_rows(steps, today),
    ]
    risk = rhythm.at_risk(caseload, today, ahead, law)
    out = rhythm.outside(caseload, today, ahead)
    take = free_ones.free_rows(free, today, may_take=can(viewer, "teamwork.take"))
    todays = line(booked, caseload, now, shut)
    clients = address("client_list")
    sections = {
        "new": capped(new, AT_MOST, f"{clients}?state=new"),
        "waiting": capped(waits, AT_MOST, f"{clients}?turn=coach"),
        "at_risk": capped(risk, ASIDE, f"{clients}?state=due&sort=due"),
        "outside": capped(out, ASIDE, f"{clients}?state=outside&sort=last"),
        "free": capped(take, ASIDE, f"{clients}?coach=none"),
    }
    counted = todays.appointments + todays.planned + len(new) + len(waits) + len(out)
    urls = [row.url for row in (*todays.rows, *todays.next_rows)]
    urls += [url for section in sections.values() for url in section.urls]
    return MyDay(
        heading=dates.heading(today),
        summary=_summary(todays, len(new), len(waits), len(out)),
        line=todays,
        **sections,
        caseload=len(caseload),
        weekend=today.isoweekday() >= SATURDAY,
        counted=counted,
        pressing=counted + len(risk),
        shown=_ids(urls),
    )


def capped(makers: list[Maker], at_most: int, url: str) -> Shown:
    """Return a section of the first rows, which tells how many more there are."""
    rows = [make() for make in makers[:at_most]]
    urls = tuple(row.url for row in rows)
    return Shown(rows_drawn(rows), max(0, len(makers) - at_most), url, urls)


def next_times(booked: list[contacts.Booked], now: datetime) -> dict[object, date]:
    """Return for each client the day of the next time that is booked with the viewer."""
    found: dict[object, date] = {}
    for one in booked:
        if one.ends_at > now and one.status in contacts.LIVE:
            found.setdefault(one.client_id, dates.day_of(one.starts_at))
    return found


def _summary(todays: Line, new: int, waits: int, out: int) -> str:
    """Return one line of counts; what is none is left out."""
    met, planned = todays.appointments, todays.planned
    counts = (
        (met, ngettext("%(n)d meeting", "%(n)d meetings", met)),
        (planned, ngettext("%(n)d planned contact", "%(n)d planned contacts", planned)),
        (new, ngettext("%(n)d new", "%(n)d new", new)),
        (waits, ngettext("%(n)d waits for you", "%(n)d wait for you", waits)),
        (out, ngettext("%(n)d outside the window", "%(n)d outside their windows", out)),
    )
    said = [words % {"n": count} for count, words in counts if count]
    return " · ".join(said) or _("Nothing presses today.")


def _ids(urls: Iterable[str]) -> tuple[UUID, ...]:
    """Return the ids of the clients whose names stand on the page, each once."""
    return tuple(dict.fromkeys(filter(None, map(client_of, urls))))
