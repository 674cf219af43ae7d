"""The rows of a week's list: a booked time, a proposal, or a client without one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.utils.translation import gettext as _

from polku.contacts.models import Appointment, Kind, WeekProposal
from polku.contacts.queries import Booked
from polku.contacts.weeks.reads import Proposed
from polku.desk.addresses import address, client_page
from polku.desk.week import wording
from polku.web import dates, people

State, Need = WeekProposal.State, WeekProposal.Need


@dataclass(frozen=True, slots=True)
class Line:
    """One row of the list: a booked time, a proposal, or a client without one."""

    what: str
    id: UUID
    client_id: UUID
    name: str
    url: str
    time: str = ""
    how: str = ""
    why: tuple[str, ...] = ()
    law: bool = False
    mark: str = ""
    stale: str = ""
    help: tuple[str, ...] = ()
    may_phone: bool = False
    phone: bool = False
    raised: str = ""
    book_url: str = ""
    late: bool = False
    may_raise: bool = False
    when: str = ""
    declined: str = ""


def alarms(row: Proposed) -> bool:
    """Return whether a date of the law goes by that this plan does not meet."""
    return row.need == Need.LAW and row.why.get("why") != "booked"


def _stale(row: Proposed, closed: set[int], met: set[UUID], now: datetime) -> str:
    """Return why a proposal can't be taken any more; "" while it can."""
    assert row.starts_at is not None
    code = ""
    if row.starts_at <= now:
        code = "past"
    elif row.client_id in met:
        code = "booked"
    elif row.mine_then:
        code = "worker"
    elif row.theirs_then:
        code = "client"
    elif (dates.day_of(row.starts_at) - row.monday).days in closed:
        code = "away"
    return wording.REFUSED[code]() if code else ""


def proposal(row: Proposed, closed: set[int], met: set[UUID], now: datetime, today: date) -> Line:
    assert row.starts_at is not None
    return Line(
        what="proposed",
        id=row.id,
        client_id=row.client_id,
        name=people.name(row),
        url=client_page(row.client_id),
        time=dates.clock_time(row.starts_at),
        how=wording.how(row),
        why=tuple(wording.why(row, today)),
        law=row.need == Need.LAW,
        mark=f"{row.id}.{row.version}",
        stale=_stale(row, closed, met, now),
        may_phone=row.kind != "call" and not row.phone,
        phone=row.phone,
        book_url=f"{address('appointment_new', row.client_id)}?on={dates.day_of(row.starts_at)}",
    )


def booked_time(one: Booked) -> Line:
    waits = one.status == Appointment.Status.PROPOSED
    return Line(
        what="waits" if waits else "booked",
        id=one.id,
        client_id=one.client_id,
        name=people.name(one),
        url=address("appointment_page", one.client_id, one.id),
        time=dates.clock_time(one.starts_at),
        how=_place(one),
        when=wording.moment_words(one.starts_at),
    )


def _place(one: Booked) -> str:
    if one.kind == "visit" and one.place:
        return one.place
    return str(Kind(one.kind).label)


def omitted(row: Proposed, today: date) -> Line:
    raised = ""
    if row.settled_at is not None:
        raised = _("the lead has seen to it")
    elif row.raised_at is not None:
        raised = _("the lead has been told %(day)s") % {
            "day": dates.weekday(dates.day_of(row.raised_at), today)
        }
    return Line(
        what="omitted",
        id=row.id,
        client_id=row.client_id,
        name=people.name(row),
        url=client_page(row.client_id),
        why=(wording.omitted(row, today),),
        law=row.need == Need.LAW,
        help=tuple(wording.would_help(row, today)) if alarms(row) else (),
        may_phone=bool(row.kind) and row.kind != "call" and not row.phone,
        phone=row.phone,
        raised=raised,
        late=row.why.get("why") == "late",
        may_raise=not raised and not row.banned,
        book_url=address("appointment_new", row.client_id),
    )


def declined(row: Proposed) -> Line:
    reason = WeekProposal.Declined(row.declined).label if row.declined else ""
    return Line(
        what="declined",
        id=row.id,
        client_id=row.client_id,
        name=people.name(row),
        url=client_page(row.client_id),
        why=(str(reason),),
    )
