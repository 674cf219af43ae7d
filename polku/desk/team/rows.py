"""Lines of the Team page: a coach's caseload, and who is away."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from polku.contacts.weeks.reads import of_column
from polku.desk.addresses import address
from polku.desk.division.wording import days
from polku.teamwork.caseloads import WORKING_WEEK, Caseload
from polku.teamwork.models import Division
from polku.teamwork.rules.reads import Rule
from polku.teamwork.rules.wording import words

AWAY_AHEAD = timedelta(weeks=4)


@dataclass(frozen=True)
class CoachRow:
    """One line of the team's table, ready to show."""

    name: str
    url: str
    heads: int
    minutes: int
    hours: int
    share: int
    over: bool
    new: int
    late: int
    due: int
    overdue: int
    interpreters: int
    words: list[str]


def row(one: Caseload, rule: Rule, towns: dict[str, str]) -> CoachRow:
    """Return a coach's line; the bar is in percent of the caseload that is full by the rule."""
    full = WORKING_WEEK * rule.share // 100
    return CoachRow(
        words=words(rule, towns),
        name=one.name,
        url=f"{address('client_list')}?coach={one.user_id}",
        heads=one.heads,
        minutes=one.minutes,
        hours=round(one.minutes / 60),
        share=min(round(100 * one.minutes / full), 150) if full else 150 * bool(one.minutes),
        over=one.minutes > full,
        new=one.waiting,
        late=one.late,
        due=one.due_soon,
        overdue=one.overdue,
        interpreters=one.interpreters,
    )


@dataclass(frozen=True)
class AwayRow:
    """A worker's days away, never why, and where a cover is proposed for them."""

    user_id: UUID
    name: str
    days: str
    first_on: date
    last_on: date
    url: str


def absences(
    spans: dict[UUID, list[Any]], names: dict[UUID, str], asked: list[Division]
) -> list[AwayRow]:
    """Return who is away in the weeks to come, by day."""
    known = {(one.away_id, one.first_on): one for one in asked}
    found = []
    each = [one for user, (days_of,) in spans.items() for one in of_column(user, days_of)]
    for one in sorted(each, key=lambda one: (one.first_on, one.last_on, names[one.user_id])):
        division = known.get((one.user_id, one.first_on))
        found.append(
            AwayRow(
                user_id=one.user_id,
                name=names[one.user_id],
                days=days(one.first_on, one.last_on),
                first_on=one.first_on,
                last_on=one.last_on,
                url=address("division", division.id) if division else "",
            )
        )
    return found
