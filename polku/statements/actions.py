"""Writes of a matter up to the draft: begin, ask, answer, time out, withdraw. People decide."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from django.db import IntegrityError, transaction

from polku.clients.models import Client
from polku.foundation import audit, clock, walls
from polku.foundation.permissions import check
from polku.foundation.viewer import Viewer
from polku.paths import notices as to_coaches
from polku.statements import notices, states
from polku.statements.models import Clarification, Matter
from polku.statements.writing import keep, locked, step

How = Clarification.How


class Closed(ValueError):
    """The record is closed, or the client has died: nobody is asked anything."""


class Used(ValueError):
    """The form has been sent already, for another client."""


class TooEarly(ValueError):
    """The day by which to answer is not over; `day` is that day."""

    def __init__(self, day: date) -> None:
        super().__init__(f"not before {day} is over")
        self.day = day


@transaction.atomic
def begin(
    client: Client,
    *,
    by: Viewer,
    at: datetime,
    about: str,
    happened_on: date,
    submission: UUID,
    title: str = "",
    due_on: date | None = None,
) -> Matter:
    """Begin a matter. Sent twice is once. Raises Closed, Used, and ValueError for a day to come."""
    check(by, "statements.write", client)
    if client.closed_on:
        raise Closed
    if happened_on > clock.local(at).date():
        raise ValueError("it has not happened yet")
    given = {"register_id": client.register_id, "submission": submission}
    made = Matter.objects.filter(**given, client=client).first()
    if made:
        return made
    try:
        with transaction.atomic():
            made = Matter.objects.create(
                **given,
                client=client,
                about=about,
                title=title,
                happened_on=happened_on,
                due_on=due_on,
                turn_since=at,
                opened_at=at,
                opened_by_id=by.user_id,
                changed_at=at,
            )
    except IntegrityError:
        first = Matter.objects.filter(**given, client=client).first()
        if first is None:
            raise Used from None
        return first
    audit.record(by, "statements.begin", client=client.id, fields=["about", "happened_on"])
    return made


@transaction.atomic
def set_due(
    matter: Matter, *, by: Viewer, at: datetime, version: int, due_on: date | None
) -> Matter:
    """Set the day by which the matter should be ready, as a person has decided."""
    check(by, "statements.write", matter)
    stored = locked(matter, version=version)
    if stored.state in states.OVER:
        raise states.NotNow("set_due", stored.state)
    if stored.due_on != due_on:
        stored.due_on = due_on
        keep(stored, at)
        audit.record(by, "statements.set_due", client=stored.client_id, fields=["due_on"])
    return stored


@transaction.atomic
def ask(
    matter: Matter, *, by: Viewer, at: datetime, version: int, question: str, due_on: date
) -> Matter:
    """Ask the client for clarification, by a day. The same question sent twice is once.

    Raises Closed, NotNow, ChangedMeanwhile, and ValueError for a day gone by.
    """
    check(by, "statements.write", matter)
    stored = locked(matter)
    standing = open_question(stored)
    if standing and (standing.question, standing.due_on) == (question, due_on):
        return stored
    stored = locked(matter, version=version)
    if stored.client.closed_on:
        raise Closed
    if due_on < clock.local(at).date():
        raise ValueError("the day to answer by is over")
    step(stored, "ask", at)
    Clarification.objects.create(
        register_id=stored.register_id,
        client_id=stored.client_id,
        matter=stored,
        question=question,
        due_on=due_on,
        asked_at=at,
        asked_by_id=by.user_id,
    )
    notices.tell_client(stored, by=by, at=at, what=notices.ASKED)
    audit.record(by, "statements.ask", client=stored.client_id, fields=["question", "due_on"])
    return stored


def open_question(matter: Matter) -> Clarification | None:
    """Return the question that waits for its answer."""
    rows = Clarification.objects.filter(matter=matter, answered_at__isnull=True)
    return rows.filter(lapsed_at__isnull=True).order_by("-asked_at").first()


def unanswered(matter: Matter) -> Clarification | None:
    """Return the last question without an answer, also one that nobody answered in time."""
    last = Clarification.objects.filter(matter=matter).order_by("-asked_at").first()
    return last if last and last.answered_at is None else None


@transaction.atomic
def answer(
    matter: Matter, *, by: Viewer, at: datetime, answer: str, how: str, question_id: UUID
) -> Matter:
    """Keep the client's answer: their own, or what they said and a worker typed in.

    It is kept as long as nothing is signed, also after the day; `question_id` is the question that
    was read. The same answer twice is once. Raises NotNow.
    """
    check(by, "statements.answer", matter)
    own = by.kind == "client"
    if own != (how == How.OWN_VIEW):
        raise ValueError("how a client answers is their own view, and nobody else's")
    stored = locked(matter)
    waiting = unanswered(stored)
    if waiting is None or waiting.pk != question_id:
        same = Clarification.objects.filter(pk=question_id, matter=stored, answer=answer)
        if same.exists():
            return stored
        raise states.NotNow("answer", stored.state)
    states.after("answer", stored.state)
    waiting.answer, waiting.how, waiting.answered_at = answer, how, at
    waiting.written_by_id = None if own else by.user_id
    waiting.save(update_fields=["answer", "how", "answered_at", "written_by"])
    # A draft that was written without the answer is the coach's to look at again.
    step(stored, "answer", at, turn=Matter.Turn.COACH)
    if own:
        to_coaches.tell_coach(register_id=stored.register_id, client_id=stored.client_id, at=at)
    with walls.inside(stored.register_id):
        notices.stop_about(stored, "answered")
    audit.record(by, "statements.answer", client=stored.client_id, fields=["answer", "state"])
    return stored


@transaction.atomic
def time_out(matter: Matter, *, by: Viewer, at: datetime, version: int) -> Matter:
    """Write down that no answer came by the day: a person says so, never a clock.

    Raises TooEarly, NotNow, ChangedMeanwhile.
    """
    check(by, "statements.write", matter)
    stored = locked(matter, version=version)
    states.after("time_out", stored.state)
    waiting = open_question(stored)
    assert waiting is not None
    if waiting.due_on >= clock.local(at).date():
        raise TooEarly(waiting.due_on)
    waiting.lapsed_at = at
    waiting.save(update_fields=["lapsed_at"])
    step(stored, "time_out", at)
    audit.record(by, "statements.time_out", client=stored.client_id, fields=["state"])
    return stored


@transaction.atomic
def withdraw(matter: Matter, *, by: Viewer, at: datetime, version: int, reason: str) -> Matter:
    """End the matter without a statement, with the reason. Raises NotNow, ChangedMeanwhile."""
    check(by, "statements.write", matter)
    stored = locked(matter, version=version)
    states.after("withdraw", stored.state)
    waiting = open_question(stored)
    if waiting:
        waiting.lapsed_at = at
        waiting.save(update_fields=["lapsed_at"])
    step(stored, "withdraw", at, word=reason)
    notices.stop_about(stored, "withdrawn")
    audit.record(by, "statements.withdraw", client=stored.client_id, fields=["state"])
    return stored


@transaction.atomic
def take_up(matter: Matter, *, by: Viewer, at: datetime, version: int) -> Matter:
    """Take a withdrawn matter up again. Raises Closed, NotNow, ChangedMeanwhile."""
    check(by, "statements.write", matter)
    stored = locked(matter, version=version)
    if stored.client.closed_on:
        raise Closed
    step(stored, "take_up", at)
    audit.record(by, "statements.take_up", client=stored.client_id, fields=["state"])
    return stored
