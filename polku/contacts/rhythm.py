"""The rhythm of contact: a client's own window, and the clocks of the law beside it.

A window of 14 to 42 days says: not sooner than two weeks, not later than six. The next date is
suggested inside it, on a working day, and never after the law's next date.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Literal

from django.db.models import F

from polku.clients.models import Client
from polku.contacts.models import Contact, Purpose, Rhythm
from polku.foundation import clock
from polku.foundation.viewer import Viewer
from polku.law import in_force
from polku.rules import Law, NoValueOnDate, discussion_due, interview_due
from polku.rules.calendar import add_working_days, is_working_day

Side = Literal["early", "inside", "late", "never"]
DATES = ("next_on", "next_kind", "interview_due_on", "discussion_due_on")


@dataclass(frozen=True)
class Standing:
    """Where a client is in the window: days since last reached, and on which side of it."""

    days: int | None
    low: int
    high: int
    side: Side


def law_date_of_interview(registered_on: date, law: Law) -> date | None:
    """Return the law's last day for the initial interview; None where no rule is known."""
    try:
        return interview_due(registered_on, law)
    except NoValueOnDate:
        return None


def last_day_of(purpose: str, row: Rhythm) -> date | None:
    """Return the law's last day for a time of this purpose; None where the law names none."""
    if purpose == Purpose.INITIAL_INTERVIEW:
        return row.interview_due_on if row.initial_interview_on is None else None
    return row.discussion_due_on if purpose == Purpose.JOB_SEARCH_DISCUSSION else None


def law_date_of_discussion(last: date, law: Law) -> date | None:
    """Return the law's last day for the next job-search discussion; None where none is known."""
    try:
        return discussion_due(last, law)
    except NoValueOnDate:
        return None


def begin(client: Client, by: Viewer, at: datetime) -> None:
    """Start a new client's rhythm, with the law's date for the initial interview where known."""
    law = in_force.of(client.register_id)
    Rhythm.objects.create(
        register_id=client.register_id,
        client=client,
        interview_due_on=law_date_of_interview(client.registered_on, law),
    )


def begin_again(client: Client, by: Viewer, at: datetime) -> None:
    """Start the clocks anew for a reopened client; the window that suited them stays."""
    law = in_force.of(client.register_id)
    Rhythm.objects.filter(client=client).update(
        first_contact_at=None,
        attempts=0,
        next_on=None,
        next_kind="",
        initial_interview_on=None,
        last_discussion_on=None,
        discussion_due_on=None,
        interview_due_on=law_date_of_interview(client.registered_on, law),
    )


def stop(client: Client, by: Viewer, at: datetime) -> None:
    """Stop the clocks of a closed client."""
    Rhythm.objects.filter(client=client).update(
        next_on=None, next_kind="", interview_due_on=None, discussion_due_on=None
    )


def stop_for_death(client: Client, by: Viewer, at: datetime) -> None:
    """Stop the clocks of a client who has died, and keep the next date: it may be a mistake."""
    Rhythm.objects.filter(client=client).update(
        taken_next_on=F("next_on"), taken_next_kind=F("next_kind")
    )
    stop(client, by, at)


def go_on(client: Client, by: Viewer, at: datetime) -> None:
    """Start the clocks where they stood, after a death that was none.

    The law's dates follow from what they followed from before; the next date, however it was
    planned, is the one that the death took away.
    """
    if client.closed_on is not None:
        return
    row, law = Rhythm.objects.get(client=client), in_force.of(client.register_id)
    row.next_on, row.next_kind = row.taken_next_on, row.taken_next_kind
    row.taken_next_on, row.taken_next_kind = None, ""
    last = row.last_discussion_on or row.initial_interview_on
    row.discussion_due_on = law_date_of_discussion(last, law) if last else None
    row.interview_due_on = law_date_of_interview(client.registered_on, law)
    row.save(update_fields=[*DATES, "taken_next_on", "taken_next_kind"])


def standing(rhythm: Rhythm, today: date) -> Standing:
    """Return where the client is in the window today. `early` only counts what lies ahead:

    a contact planned sooner than the client wishes.
    """
    low, high = rhythm.window_min_days, rhythm.window_max_days
    if rhythm.last_reached_at is None:
        return Standing(None, low, high, "never")
    last = clock.local(rhythm.last_reached_at).date()
    days = (today - last).days
    if days > high:
        return Standing(days, low, high, "late")
    if rhythm.next_on is not None and today <= rhythm.next_on < last + timedelta(days=low):
        return Standing(days, low, high, "early")
    return Standing(days, low, high, "inside")


def next_working_day(day: date) -> date:
    """Return the day itself when it is a working day, else the next one."""
    return day if is_working_day(day) else add_working_days(day, 1)


def suggest_next(rhythm: Rhythm, *, reached: bool, on: date) -> date:
    """Return a date for the next contact after one on `on`.

    After an attempt: the next working day, so that the clock is not lost. Otherwise two thirds
    into the window, but not after the law's date.
    """
    if not reached:
        return add_working_days(on, 1)
    low, high = rhythm.window_min_days, rhythm.window_max_days
    day = next_working_day(on + timedelta(days=low + (high - low) * 2 // 3))
    if rhythm.discussion_due_on is not None and on < rhythm.discussion_due_on < day:
        day = rhythm.discussion_due_on
        while not is_working_day(day):
            day -= timedelta(days=1)
    return max(day, add_working_days(on, 1))


def take_in(rhythm: Rhythm, contact: Contact, law: Law) -> None:
    """Bring a contact into the rhythm (not saved). An attempt is counted and stops no clock.

    `law` is that of the register (`polku.law.in_force.of`).
    """
    if not contact.reached:
        rhythm.attempts += 1
        rhythm.last_attempt_at = max(filter(None, (rhythm.last_attempt_at, contact.at)))
        return
    day = clock.local(contact.at).date()
    rhythm.attempts = 0
    rhythm.first_contact_at = min(filter(None, (rhythm.first_contact_at, contact.at)))
    rhythm.last_reached_at = max(filter(None, (rhythm.last_reached_at, contact.at)))
    if contact.purpose == Purpose.INITIAL_INTERVIEW:
        rhythm.initial_interview_on = min(filter(None, (rhythm.initial_interview_on, day)))
    if contact.purpose == Purpose.JOB_SEARCH_DISCUSSION:
        rhythm.last_discussion_on = max(filter(None, (rhythm.last_discussion_on, day)))
    last = rhythm.last_discussion_on or rhythm.initial_interview_on
    if last is not None:
        rhythm.discussion_due_on = law_date_of_discussion(last, law)
