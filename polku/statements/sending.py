"""What becomes of a signed version: copied into the national register, and noted as sent.

Polku sends nothing itself: a person does, and writes here to whom, how and when.
"""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from polku.clients.models import Client
from polku.foundation import audit, clock
from polku.foundation.permissions import check
from polku.foundation.viewer import Viewer
from polku.statements import notices, officials, states
from polku.statements.models import Matter, Sending, Statement
from polku.statements.writing import locked, step


def check_sending(by: Viewer, client: Client, *, near: bool, at: datetime) -> None:
    """Raise Refused unless the viewer is the client's worker, or may sign for the client."""
    check(by, "statements.send")
    if not near:
        officials.check_signing(by, client, at=at)


@transaction.atomic
def mark_copied(
    statement: Statement, *, by: Viewer, at: datetime, near: bool, copied: bool = True
) -> Statement:
    """Mark the text as copied into the national register, or take that back."""
    check_sending(by, statement.matter.client, near=near, at=at)
    stored = Statement.objects.select_for_update(of=("self",)).get(pk=statement.pk)
    if stored.signed_at is None:
        raise states.NotNow("copy", Matter.State.DRAFTED)
    stored.copied_at = at if copied else None
    stored.copied_by_id = by.user_id if copied else None
    stored.save(update_fields=["copied_at", "copied_by"])
    verb = "statements.copied" if copied else "statements.not_copied"
    audit.record(by, verb, client=stored.client_id, fields=["copied_at"])
    return stored


@transaction.atomic
def note_sent(
    statement: Statement,
    *,
    by: Viewer,
    at: datetime,
    near: bool,
    to: str,
    how: str,
    on: date,
    fund: str = "",
) -> Sending:
    """Note to whom the last signed version was sent, how and when. Twice is once.

    The client is told that there is something new to read. Raises NotNow, and ValueError for a day
    before the signature or to come.
    """
    matter = locked(statement.matter)
    check_sending(by, matter.client, near=near, at=at)
    if statement.signed_at is None:
        raise states.NotNow("send", matter.state)
    if not dates_fit(statement, on, at):
        raise ValueError("it can't have been sent on that day")
    key = {"statement": statement, "to": to, "fund": fund, "how": how, "on": on}
    standing = Sending.objects.filter(**key).first()
    if standing:
        return standing
    step(matter, "send", at)
    made = Sending.objects.create(
        register_id=matter.register_id,
        client_id=matter.client_id,
        matter=matter,
        noted_at=at,
        noted_by_id=by.user_id,
        **key,
    )
    first = Sending.objects.filter(statement=statement).count() == 1
    if first and not matter.client.closed_on:
        notices.tell_client(matter, by=by, at=at, what=notices.TOLD)
    fields = ["to", "fund", "how", "on", "state"]
    audit.record(by, "statements.sent", client=matter.client_id, fields=fields)
    return made


def dates_fit(statement: Statement, on: date, at: datetime) -> bool:
    """Return whether a statement can have been sent on a day: signed then, and not to come."""
    assert statement.signed_at is not None
    return clock.local(statement.signed_at).date() <= on <= clock.local(at).date()
