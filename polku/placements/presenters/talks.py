"""Talks with hosts in words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from polku.foundation import clock
from polku.placements.canvassing import Peace
from polku.placements.models import HostContact
from polku.web import dates


def warning(peace: Peace, today: date) -> list[str]:
    """Return why to ask a colleague before asking the host; empty when nothing speaks for it."""
    said = []
    if peace.next_on is not None:
        said.append(
            _("The next talk here is %(name)s's, on %(day)s.")
            % {"name": peace.next_by, "day": dates.weekday(peace.next_on, today)}
        )
    if peace.asked_on is not None:
        said.append(
            _("%(name)s talked with them %(ago)s.")
            % {"name": peace.asked_by, "ago": dates.ago(peace.asked_on, today)}
        )
    return said


@dataclass(frozen=True, slots=True)
class Talk:
    """A talk that was: when, who, how, what came of it."""

    id: UUID
    day: str
    who: str
    result: str
    reason: str
    note: str
    refused: bool


def talk_rows(found: list[HostContact], today: date) -> list[Talk]:
    """Return the talks as the page's language writes them."""
    rows = []
    for one in found:
        people = [str(one.by)]
        if one.supervisor:
            people.append(one.supervisor.name)
        how = one.get_how_display()
        rows.append(
            Talk(
                id=one.id,
                day=dates.short(clock.local(one.at).date(), today),
                who=f"{' – '.join(people)}, {how}",
                result=one.get_result_display(),
                reason=one.get_reason_display() if one.reason else "",
                note=one.note,
                refused=one.result in (HostContact.Result.REFUSES, HostContact.Result.NOT_NOW),
            )
        )
    return rows


@dataclass(frozen=True, slots=True)
class Next:
    """A talk that is to come."""

    id: UUID
    day: str
    late: bool
    worksite: str
    url: str
    town: str
    who: str
    mine: bool
    last: str
    phone: str
    log_url: str
    leave_url: str


def next_rows(found: list[HostContact], today: date, me: UUID | None) -> list[Next]:
    """Return the talks that are to come; whose they are, and what was said last."""
    rows = []
    for one in found:
        site, person = one.worksite, one.supervisor
        last = dates.ago(clock.local(one.at).date(), today)
        assert one.next_on is not None
        rows.append(
            Next(
                id=one.id,
                day=dates.weekday(one.next_on, today)
                if one.next_on.year == today.year
                else dates.weekday_and_year(one.next_on),
                late=one.next_on < today,
                worksite=", ".join(filter(None, (site.name, site.unit))),
                url=reverse("worksite_page", args=[site.id]),
                town=str(site.municipality),
                who=str(one.next_by),
                mine=one.next_by_id == me,
                last=f"{last}: {one.get_result_display()}",
                phone=(person.phone if person else "") or site.phone,
                log_url=reverse("talk_new", args=[site.id]),
                leave_url=reverse("talk_leave", args=[site.id, one.id]),
            )
        )
    return rows


def next_of(found: list[HostContact], today: date) -> str:
    """Return whose the next talk is and when, of a worksite's talks; '' for nobody's."""
    waiting = [one for one in found if one.next_on and not one.next_done_at]
    if not waiting:
        return ""
    one = min(waiting, key=lambda talk: talk.next_on or today)
    assert one.next_on is not None
    return f"{dates.weekday(one.next_on, today)}, {one.next_by}"
