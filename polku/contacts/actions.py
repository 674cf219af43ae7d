"""Writes of contacts and reminders. Each holds the change, the rhythm and the entry together."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from uuid import UUID, uuid4

from django.db import IntegrityError, transaction

from polku.clients.models import Client
from polku.contacts import rhythm as rhythms
from polku.contacts.models import Contact, Draft, Reminder, Rhythm
from polku.foundation import audit, submissions
from polku.foundation.meanwhile import ChangedMeanwhile
from polku.foundation.permissions import check
from polku.foundation.viewer import Viewer
from polku.law import in_force

FREE_FIELDS = (
    "agreed",
    "tasks",
    "what_works",
    "scale",
    "next_small_step",
    "private_note",
    "minutes",
    "next_on",
)


@transaction.atomic
def log(
    client: Client,
    *,
    by: Viewer,
    at: datetime,
    when: datetime,
    kind: str,
    purpose: str,
    reached: bool = True,
    initiative: str = "worker",
    submission: UUID | None = None,
    next_kind: str = "",
    **fields: Any,
) -> Contact:
    """Log a contact or an attempt, and return it. `fields` are those of FREE_FIELDS.

    The same submission twice is one contact: the second call returns the first one's.
    """
    check(by, "contacts.log", client)
    contact, fresh = write_contact(
        client,
        by=by,
        at=at,
        when=when,
        kind=kind,
        purpose=purpose,
        reached=reached,
        initiative=initiative,
        submission=submission,
        next_kind=next_kind,
        **fields,
    )
    if fresh:
        audit.record(
            by, "contacts.log", client=client.id, fields=["kind", "purpose", "reached", *fields]
        )
    return contact


def write_contact(
    client: Client,
    *,
    by: Viewer,
    at: datetime,
    when: datetime,
    kind: str,
    purpose: str,
    reached: bool,
    initiative: str,
    submission: UUID | None,
    next_kind: str = "",
    **fields: Any,
) -> tuple[Contact, bool]:
    """Write a contact and move the rhythm, for an action that checks and records.

    Return the contact, and whether it is new: False for a submission that was sent before. Raises
    UsedAlready for one of another client's.
    """
    unknown = fields.keys() - set(FREE_FIELDS)
    if unknown:
        raise TypeError(f"a contact does not take {', '.join(sorted(unknown))}")
    try:
        with transaction.atomic():
            contact = Contact.objects.create(
                register_id=client.register_id,
                client=client,
                worker_id=by.user_id,
                worker_name=by.name,
                at=when,
                kind=kind,
                purpose=purpose,
                initiative=initiative,
                reached=reached,
                submission=submission,
                created_at=at,
                changed_at=at,
                **fields,
            )
    except IntegrityError as error:
        first = submission and Contact.objects.filter(submission=submission, client=client).first()
        if not first:
            submissions.refuse(error)
            raise
        return first, False
    rhythm = Rhythm.objects.select_for_update(of=("self",)).get(client=client)
    rhythms.take_in(rhythm, contact, in_force.of(client.register_id))
    rhythm.next_on, rhythm.next_kind = contact.next_on, next_kind
    rhythm.save()
    Draft.objects.filter(author_id=by.user_id, client=client, form="contact").delete()
    return contact, True


@transaction.atomic
def change(contact: Contact, *, by: Viewer, at: datetime, version: int, **fields: Any) -> Contact:
    """Correct one's own contact. Raises ChangedMeanwhile when `version` is no longer the last."""
    check(by, "contacts.change", contact)
    allowed = {*FREE_FIELDS, "at", "kind", "purpose", "initiative", "reached"}
    unknown = fields.keys() - allowed
    if unknown:
        raise TypeError(f"change() does not take {', '.join(sorted(unknown))}")
    stored = Contact.objects.select_for_update(of=("self",)).get(pk=contact.pk)
    if stored.version != version:
        raise ChangedMeanwhile(stored)
    for name, value in fields.items():
        setattr(stored, name, value)
    stored.version += 1
    stored.changed_at = at
    stored.save()
    _count_again(stored.client_id)
    if "next_on" in fields:
        _plan_as_last_agreed(stored)
    Draft.objects.filter(author_id=by.user_id, form="change", about=stored.id).delete()
    audit.record(by, "contacts.change", client=stored.client_id, fields=fields.keys())
    return stored


def _count_again(client_id: UUID) -> None:
    """Work out the rhythm anew from the contacts of the open episode."""
    client = Client.objects.get(pk=client_id)
    rhythm = Rhythm.objects.select_for_update(of=("self",)).get(client_id=client_id)
    next_on, next_kind = rhythm.next_on, rhythm.next_kind
    rhythm.first_contact_at = rhythm.last_reached_at = rhythm.last_attempt_at = None
    rhythm.initial_interview_on = rhythm.last_discussion_on = rhythm.discussion_due_on = None
    rhythm.attempts, law = 0, in_force.of(client.register_id)
    for contact in Contact.objects.filter(
        client_id=client_id, at__date__gte=client.opened_on
    ).order_by("at"):
        rhythms.take_in(rhythm, contact, law)
    rhythm.next_on, rhythm.next_kind = next_on, next_kind
    rhythm.save()


def _plan_as_last_agreed(contact: Contact) -> None:
    """Let the rhythm follow a corrected next date, if no later contact has set another."""
    later = Contact.objects.filter(client_id=contact.client_id, at__gt=contact.at)
    if not later.exists():
        Rhythm.objects.filter(client_id=contact.client_id).update(next_on=contact.next_on)


@transaction.atomic
def plan_next(
    client: Client, *, by: Viewer, at: datetime, on: date | None, kind: str = ""
) -> Rhythm:
    """Set or clear the date of the next planned contact."""
    check(by, "contacts.log", client)
    rhythm = Rhythm.objects.select_for_update(of=("self",)).get(client=client)
    rhythm.next_on, rhythm.next_kind = on, kind if on else ""
    rhythm.save(update_fields=["next_on", "next_kind"])
    audit.record(by, "contacts.plan_next", client=client.id, fields=["next_on", "next_kind"])
    return rhythm


@transaction.atomic
def set_window(
    client: Client,
    *,
    by: Viewer,
    at: datetime,
    low: int,
    high: int,
    wish: str = "",
    day_part: str | None = None,
    away_until: date | None = None,
) -> Rhythm:
    """Set how often the client wants to be met: not sooner than `low`, not later than `high` days.

    With `day_part` (a value of Rhythm.DayPart or "") also when it suits, and until when the client
    can't be met. Raises ValueError when the window's sides are the wrong way round.
    """
    check(by, "contacts.log", client)
    if not 0 < low <= high <= 400:
        raise ValueError("the window needs 1 to 400 days, the shorter first")
    rhythm = Rhythm.objects.select_for_update(of=("self",)).get(client=client)
    rhythm.window_min_days, rhythm.window_max_days, rhythm.wish = low, high, wish
    fields = ["window_min_days", "window_max_days", "wish"]
    if day_part is not None:
        rhythm.day_part, rhythm.away_until = day_part, away_until
        fields += ["day_part", "away_until"]
    rhythm.save(update_fields=fields)
    audit.record(by, "contacts.set_window", client=client.id, fields=["window", *fields[2:]])
    return rhythm


@transaction.atomic
def remind(
    client: Client,
    *,
    by: Viewer,
    at: datetime,
    on: date,
    text: str,
    submission: UUID | None = None,
) -> Reminder:
    """Make a reminder for oneself about a client, on a day. The same submission twice is one."""
    check(by, "contacts.remind", client)
    try:
        with transaction.atomic():
            reminder = write_reminder(client, by=by, at=at, on=on, text=text, id=submission)
    except IntegrityError as error:
        first = Reminder.objects.filter(pk=submission, client=client).first()
        if first is None:
            submissions.refuse(error)
            raise
        return first
    audit.record(by, "contacts.remind", client=client.id)
    return reminder


def write_reminder(
    client: Client, *, by: Viewer, at: datetime, on: date, text: str, id: UUID | None = None
) -> Reminder:
    """Write a reminder, for an action that checks and records."""
    return Reminder.objects.create(
        id=id or uuid4(),
        register_id=client.register_id,
        client=client,
        worker_id=by.user_id,
        on=on,
        text=text,
        created_at=at,
    )


@transaction.atomic
def finish_reminder(reminder: Reminder, *, by: Viewer, at: datetime, done: bool = True) -> Reminder:
    """Mark a reminder done, or undo that."""
    check(by, "contacts.remind", reminder)
    reminder.done_at, reminder.done_by_id = (at, by.user_id) if done else (None, None)
    reminder.save(update_fields=["done_at", "done_by"])
    audit.record(by, "contacts.finish_reminder", client=reminder.client_id, fields=["done_at"])
    return reminder
