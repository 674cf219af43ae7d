"""What a division rests on: the clients of the lead's right, the coaches, who is barred.

Loaded by the planning worker; some eight statements, however many clients.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import NamedTuple
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, Subquery

from polku.clients.models import Client, LanguageSkill
from polku.clients.queries import seen
from polku.contacts.models import Appointment, Reminder
from polku.contacts.states import LIVE
from polku.contacts.weeks import reads
from polku.foundation import clock, lasting
from polku.foundation.access import in_force
from polku.foundation.models import Recusal, Relation, RoleAssignment
from polku.foundation.viewer import Viewer
from polku.rules.calendar import is_working_day
from polku.teamwork.caseloads import WORKING_WEEK, minutes_table, situation
from polku.teamwork.models import Division
from polku.teamwork.rules.reads import Rule, rules
from polku.teamwork.teams import RECEIVE

DAY = timedelta(days=1)
AHEAD = timedelta(weeks=8)
# Levels from which on coaching goes well in a language: an assumption.
WELL = (LanguageSkill.Level.B2, LanguageSkill.Level.C1, LanguageSkill.Level.C2,
        LanguageSkill.Level.NATIVE)  # fmt: skip
SERVED_IN = ("fi", "sv")
INTERVIEW, DISCUSSION, NEXT, BOOKED, REMINDER, UNMET = (
    "interview", "discussion", "next", "booked", "reminder", "unmet",
)  # fmt: skip


class Person(NamedTuple):
    """A client as the division reads one."""

    id: UUID
    born: date | None
    town: str | None
    way: str
    language: str
    service_language: str
    interpreter: bool
    ban: bool
    situation: str
    own: UUID | None
    skills: list[str]
    interviewed_on: date | None
    interview_due_on: date | None
    discussion_due_on: date | None
    next_on: date | None

    @property
    def speaks(self) -> dict[str, str]:
        """Return the languages in which the client can be coached, each with how that is known.

        Who needs an interpreter is not coached in the language of service without one.
        """
        found = {self.language: "own"}
        if not self.interpreter:
            found.setdefault(self.service_language, "service")
        for one in self.skills:
            if one not in SERVED_IN:
                found.setdefault(one, "skill")
        return found


@dataclass(frozen=True)
class Coach:
    """A worker of the team: the rule, and of a full week what is there, in minutes a week."""

    id: UUID
    rule: Rule
    target: int
    present: bool


@dataclass
class Gathered:
    """Everything of one question. `barred` holds (client, coach) with a conflict of interest."""

    division: Division
    today: date
    people: list[Person]
    coaches: list[Coach]
    barred: set[tuple[UUID, UUID]]
    here: set[UUID]
    minutes: dict[str, int]
    due: dict[UUID, list[dict[str, str]]] = field(default_factory=dict)
    covered: set[UUID] = field(default_factory=set)
    told_away: bool = False

    def takes(self, one: Person) -> int:
        """Return the minutes a week that a client is expected to take; one at least."""
        more = self.minutes["interpreter"] if one.interpreter else 0
        return max(1, self.minutes[one.situation] + more)


def gather(viewer: Viewer, division: Division, now: datetime) -> Gathered:
    """Return what a question rests on, as the lead may see it now."""
    today = clock.local(now).date()
    first = division.first_on or today
    last = division.last_on or today + AHEAD
    team, here = _roles(viewer)
    people = _people(viewer)
    owners = {one.own for one in people}
    held = rules(viewer, list(team), today)
    away = reads.team_away(viewer, list(team), first, last)
    found = Gathered(
        division=division,
        today=today,
        people=people,
        coaches=[
            _coach(
                _assumed(held[user], roles, user in owners),
                *present(_spans(away, user), first, last),
                less=division.question != Division.Question.BALANCE,
            )
            for user, roles in team.items()
        ],
        barred=_barred(viewer, list(team)),
        here=here,
        minutes=minutes_table(viewer),
    )
    if division.question == Division.Question.COVER:
        _fall_due(viewer, found, first, last)
        found.told_away = bool(_spans(away, division.away_id))
    return found


def _roles(viewer: Viewer) -> tuple[dict[UUID, set[str]], set[UUID]]:
    """Return (the team's workers with their roles, all of the register who may have clients)."""
    team: dict[UUID, set[str]] = {}
    here = set()
    rows = RoleAssignment.objects.filter(
        in_force(viewer), register_id=viewer.register_id, role__in=RECEIVE, user__is_active=True
    ).order_by("user__last_name", "user__first_name", "user_id")
    for user, team_id, role in rows.values_list("user_id", "team_id", "role"):
        here.add(user)
        if team_id == viewer.team_id:
            team.setdefault(user, set()).add(role)
    return team, here


def _assumed(rule: Rule, roles: set[str], has_clients: bool) -> Rule:
    """Let a lead who has no clients get none, until a rule says otherwise."""
    if rule.assumed and roles == {"lead"} and not has_clients:
        return Rule(rule.user_id, False, 0, rule.languages, assumed=True)
    return rule


def _people(viewer: Viewer) -> list[Person]:
    own = Relation.objects.filter(
        in_force(viewer), register_id=viewer.register_id, kind="own", client_id=OuterRef("pk")
    )
    skills = LanguageSkill.objects.filter(client_id=OuterRef("pk"), level__in=WELL)
    rows = (
        Client.objects.filter(seen(viewer, "pk"), closed_on__isnull=True)
        .annotate(
            at=situation(),
            own=Subquery(own.values("user_id")[:1]),
            skills=ArraySubquery(skills.values("language")),
        )
        .order_by("pk")
        .values_list(
            "id", "born", "municipality_id", "referral", "language", "service_language",
            "interpreter", "safety_ban", "at", "own", "skills",
            "rhythm__initial_interview_on", "rhythm__interview_due_on",
            "rhythm__discussion_due_on", "rhythm__next_on",
        )
    )  # fmt: skip
    return [Person._make(row) for row in rows]


def _barred(viewer: Viewer, team: list[UUID]) -> set[tuple[UUID, UUID]]:
    rows = Recusal.objects.filter(
        in_force(viewer), register_id=viewer.register_id, user_id__in=team
    )
    return set(rows.values_list("client_id", "user_id"))


def _spans(away: Iterable[reads.Away], user: UUID | None) -> list[tuple[date, date]]:
    return [(one.first_on, one.last_on) for one in away if one.user_id == user]


def _coach(rule: Rule, there: int, days: int, *, less: bool) -> Coach:
    """Return a worker with what is there; an absence passes, and is no ground to change coach."""
    counted = there if less else days
    target = WORKING_WEEK * rule.share * counted // (100 * days)
    return Coach(rule.user_id, rule, target, there > 0)


def present(spans: list[tuple[date, date]], first: date, last: date) -> tuple[int, int]:
    """Return (on how many working days of these somebody is there, how many there are). Pure.

    Days that are all free count as they are, so that a cover for a weekend can be asked for.
    """
    every = [first + n * DAY for n in range((last - first).days + 1)]
    days = [day for day in every if is_working_day(day)] or every
    there = [day for day in days if not any(a <= day <= b for a, b in spans)]
    return len(there), len(days)


def _fall_due(viewer: Viewer, found: Gathered, first: date, last: date) -> None:
    """Note what falls into the days of an absence, by client, and who has a cover already."""
    away = found.division.away_id
    since, until = clock.day_begins(first), clock.day_ends(last)
    ids = [one.id for one in found.people if one.own == away]
    for one in found.people:
        if one.own == away:
            found.due[one.id] = [
                {"what": what, "on": on.isoformat()}
                for what, on in (
                    (INTERVIEW, None if one.interviewed_on else one.interview_due_on),
                    (DISCUSSION, one.discussion_due_on),
                    (NEXT, one.next_on),
                )
                if on is not None and first <= on <= last
            ]
            if one.situation == "new":
                found.due[one.id].append({"what": UNMET, "on": ""})
    booked = Appointment.objects.filter(
        client_id__in=ids, worker_id=away, status__in=LIVE, starts_at__lt=until, ends_at__gt=since
    ).order_by("starts_at")
    for client, starts in booked.values_list("client_id", "starts_at"):
        on = clock.local(starts).date()
        found.due[client].append({"what": BOOKED, "on": on.isoformat()})
    notes = Reminder.objects.filter(
        client_id__in=ids, worker_id=away, done_at__isnull=True, on__range=(first, last)
    ).order_by("on")
    for client, on in notes.values_list("client_id", "on"):
        found.due[client].append({"what": REMINDER, "on": on.isoformat()})
    covers = Relation.objects.filter(
        lasting.beyond(since), register_id=viewer.register_id,
        kind="cover", client_id__in=ids, starts_at__lt=until,
    ).exclude(user_id=away)  # fmt: skip
    found.covered = set(covers.values_list("client_id", flat=True))
