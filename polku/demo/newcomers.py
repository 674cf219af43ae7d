"""Clients who have just come, with the clock of the initial interview running."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from polku.demo import meetings
from polku.demo.casebook import Caseload, Life, Sketch, begin
from polku.demo.diary import on_working_day, working_days_ago
from polku.demo.records import write_record
from polku.demo.timeline import Event
from polku.rules.calendar import add_working_days, is_working_day

How = Literal["untouched", "attempted", "reached"]


@dataclass(frozen=True, slots=True)
class Newcomer:
    """Who registered so many working days ago, and how far the coach has come."""

    days_ago: int
    how: How
    own_coach: bool = True
    interview_in: int = 0


NEWCOMERS = (
    Newcomer(1, "untouched"),
    Newcomer(6, "attempted"),
    Newcomer(3, "reached", interview_in=2),
    Newcomer(9, "reached", interview_in=1),
    Newcomer(2, "untouched", own_coach=False),
    Newcomer(0, "untouched"),
    Newcomer(4, "attempted"),
    Newcomer(5, "reached", interview_in=3),
    Newcomer(1, "untouched", own_coach=False),
)


def arrive(case: Caseload, newcomer: Newcomer, sketch: Sketch) -> Life:
    """Write a newcomer with what the coach has done so far."""
    registered = working_days_ago(case.today, newcomer.days_ago)
    life = begin(case, sketch, registered=registered)
    write_record(life)
    events: list[Event] = []
    if newcomer.how == "attempted":
        events = [
            Event(working_days_ago(case.today, ago), "no_answer", "practical", reached=False)
            for ago in (newcomer.days_ago - 1, newcomer.days_ago - 3)
        ]
    elif newcomer.how == "reached":
        day = add_working_days(registered, 1)
        events = [Event(day, "first_call", "practical")]
    life.contacts = meetings.hold(life.meeting, tuple(events))
    life.rhythm = meetings.rhythm_of(life.meeting, (14, 35), registered, life.contacts)
    if newcomer.how == "reached":
        _book_interview(life, newcomer)
    elif newcomer.how == "attempted":
        life.rhythm.next_on = on_working_day(case.today)
        life.rhythm.next_kind = "call"
    return life


def _book_interview(life: Life, newcomer: Newcomer) -> None:
    case = life.case
    ahead = newcomer.interview_in - (not is_working_day(case.today))
    day = add_working_days(on_working_day(case.today), max(0, ahead))
    minutes = 90 if life.meeting.listener.interpreter else 60
    at = case.diary.take_from(day, minutes)
    if at is None or life.rhythm is None:
        return
    meetings.book(life.meeting, at, minutes, kind="visit", purpose="initial", status="confirmed")
    life.rhythm.next_on, life.rhythm.next_kind = at.date(), "visit"
