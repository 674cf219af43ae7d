"""The dates that the law gives, counted again when the register's law has become another."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from polku.contacts.models import Rhythm
from polku.contacts.rhythm import law_date_of_discussion, law_date_of_interview
from polku.rules import Law, packaged_law

GIVES_DATES = ("initial_interview_within", "job_search_discussion_every")
AT_ONCE = 1_000


def count_again(register_id: UUID, law: Law, parameter: str) -> None:
    """Bring the dates of the register's open clients up to its law, in the same transaction.

    A register that keeps no such date of a client (a project's) goes on keeping none.
    """
    if parameter not in GIVES_DATES:
        return
    rows = Rhythm.objects.filter(register_id=register_id, client__closed_on__isnull=True)
    found = list(rows.select_related("client").select_for_update(of=("self",)))
    moved = [row for row in found if _moved(row, law)]
    Rhythm.objects.bulk_update(moved, ["interview_due_on", "discussion_due_on"], batch_size=AT_ONCE)


def _moved(row: Rhythm, law: Law) -> bool:
    """Set the row's dates; return whether one has changed."""
    before = (row.interview_due_on, row.discussion_due_on)
    registered = row.client.registered_on
    if _kept(row.interview_due_on, law_date_of_interview(registered, packaged_law())):
        row.interview_due_on = law_date_of_interview(registered, law)
    last = row.last_discussion_on or row.initial_interview_on
    if last and _kept(row.discussion_due_on, law_date_of_discussion(last, packaged_law())):
        row.discussion_due_on = law_date_of_discussion(last, law)
    return before != (row.interview_due_on, row.discussion_due_on)


def _kept(day: date | None, packaged: date | None) -> bool:
    """Whether the register keeps this date: it has one, or the packaged law has none to give."""
    return day is not None or packaged is None
