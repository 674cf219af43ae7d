"""The history of contacts: each row one contact of somebody who is there."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from polku.clients.models import Client
from polku.contacts import rhythm as rhythms
from polku.contacts.models import Contact, Purpose, Rhythm
from polku.exchange.imports import loading, lookups, matching
from polku.exchange.imports.banned import held_back
from polku.exchange.imports.deciding import at_noon, submission
from polku.exchange.imports.errand import Coach, Errand
from polku.exchange.imports.known import Index, Known
from polku.exchange.imports.report import Outcome, Result
from polku.exchange.imports.wanted import Wanted
from polku.foundation import clock
from polku.rules import Law

PURPOSES = {
    "initial_interview": Purpose.INITIAL_INTERVIEW,
    "complementary": Purpose.COMPLEMENTARY,
    "job_search_discussion": Purpose.JOB_SEARCH_DISCUSSION,
}
LONGEST_ENTRY = 20_000


def found_people(
    errand: Errand, rows: Sequence[Wanted]
) -> tuple[list[Result], list[tuple[Wanted, Known]]]:
    """Return the rows that are refused or passed over, and the others with their people."""
    results = [Result(want.row.line, word, want.problems) for want in rows if (word := want.passed)]
    wants = [want for want in rows if not want.passed]
    index = Index(lookups.people_of(errand, wants, lookups.near(errand, wants)).values())
    pairs: list[tuple[Wanted, Known]] = []
    for want in wants:
        one = matching.find(want, index)
        if isinstance(one, Known) and not (one.client.closed_on or one.client.died_on):
            pairs.append((want, one))
            continue
        if isinstance(one, matching.Clash):
            want.refuse(one.code, **one.params)
        elif one is None:
            want.refuse("client_unknown")
        else:
            code = "client_died" if one.client.died_on else "client_closed"
            want.refuse(code, client=one.said)
        results.append(Result(want.row.line, "refused", want.problems))
    return results, pairs


def moment(want: Wanted) -> datetime:
    """Return when the row's contact took place; noon stands for a time that is not known."""
    day, at = want.row.fields["date"], want.row.fields.get("time")
    return datetime.combine(day, at, tzinfo=clock.HELSINKI) if at else at_noon(day)


def worker_of(errand: Errand, text: str) -> Coach | None:
    """Return the coach whom a cell names, or None."""
    found = errand.coaches.find(text) if text else None
    return found if isinstance(found, Coach) else None


class History:
    """Takes batches of rows of a history of contacts."""

    def __init__(self, errand: Errand) -> None:
        self.errand = errand
        self.shown: set[UUID] = set()
        self.fields: set[str] = set()
        self._marks: set[bytes] = set()

    def recall(self, rows: Sequence[Wanted]) -> None:
        """Nothing is to be remembered: the database knows each contact again."""

    def take(self, rows: Sequence[Wanted], writing: Callable[[], None]) -> list[Result]:
        """Return what came of each row, in order."""
        results, pairs = found_people(self.errand, rows)
        self.shown = {one.id for _, one in pairs}
        made: list[tuple[Wanted, Contact | None]] = []
        for want, one in pairs:
            made.append((want, self._contact(want, one)))
        there = _there([contact for _, contact in made if contact])
        fresh: dict[UUID, Contact] = {}
        for want, contact in made:
            outcome: Outcome = "refused"
            if contact is not None:
                outcome = self._outcome(want, contact, there, fresh)
            results.append(Result(want.row.line, outcome, want.problems))
        self.fields = {"contacts"} if fresh else set()
        writing()
        if fresh and not self.errand.dry:
            loading.insert(list(fresh.values()))
            recount({contact.client_id for contact in fresh.values()}, self.errand.law)
        return sorted(results, key=lambda result: result.line)

    def _outcome(
        self,
        want: Wanted,
        contact: Contact,
        there: dict[tuple[UUID, datetime, str], list[Contact]],
        fresh: dict[UUID, Contact],
    ) -> Outcome:
        mark = contact.submission
        assert mark is not None
        if mark in fresh or mark.bytes in self._marks:
            return "unchanged"
        timed = "time" in want.row.fields
        same = there.get((contact.client_id, contact.at, contact.kind), [])
        if any(old.submission == mark or old.agreed == contact.agreed for old in same):
            return "unchanged"
        if same and timed:
            want.doubt("contact_differs", "entry")
            return "unchanged"
        fresh[mark] = contact
        if self.errand.dry:
            self._marks.add(mark.bytes)
        return "created"

    def _contact(self, want: Wanted, one: Known) -> Contact | None:
        said = want.row.fields
        at = moment(want)
        if at > self.errand.at:
            want.refuse("contact_to_come", "date")
            return None
        mode = said.get("mode")
        if mode is None:
            want.doubt("mode_missing", "mode")
            mode = "call"
        attempt = mode == "call_attempt"
        worker = worker_of(self.errand, said.get("author", ""))
        occasion = said.get("occasion", "")
        words = _words(said, occasion)
        if one.client.safety_ban:
            words = held_back(want, one.client, "entry", words)
        kind = "call" if attempt else mode
        return Contact(
            register_id=self.errand.register.id,
            client_id=one.id,
            worker_id=worker.user_id if worker else None,
            worker_name=worker.name if worker else said.get("author", self.errand.origin)[:160],
            at=at,
            minutes=said.get("duration"),
            kind=kind,
            purpose=PURPOSES.get(occasion, Purpose.COACHING),
            reached=not attempt,
            agreed=words,
            next_on=said.get("next_contact"),
            submission=submission(one.id, at.isoformat(), kind, attempt, words),
            created_at=self.errand.at,
            changed_at=self.errand.at,
        )


def _words(said: dict[str, Any], occasion: str) -> str:
    parts = [said.get("subject", "") if not occasion else "", said.get("entry", "")]
    return "\n".join(part for part in parts if part)[:LONGEST_ENTRY]


def _there(contacts: Sequence[Contact]) -> dict[tuple[UUID, datetime, str], list[Contact]]:
    """Return the contacts that are in the register at these moments, by client, moment and kind."""
    found: dict[tuple[UUID, datetime, str], list[Contact]] = {}
    held: Iterable[Contact] = Contact.objects.filter(
        client_id__in={c.client_id for c in contacts}, at__in={c.at for c in contacts}
    ).only("client_id", "at", "kind", "submission", "agreed")
    for contact in held:
        found.setdefault((contact.client_id, contact.at, contact.kind), []).append(contact)
    return found


def recount(client_ids: Iterable[UUID], law: Law) -> None:
    """Work out rhythms anew from the contacts of the open episode: history comes in any order."""
    ids = list(client_ids)
    opened = dict(Client.objects.filter(pk__in=ids).values_list("pk", "opened_on"))
    found = {
        rhythm.client_id: rhythm
        for rhythm in Rhythm.objects.select_for_update(of=("self",)).filter(client_id__in=ids)
    }
    for rhythm in found.values():
        rhythm.first_contact_at = rhythm.last_reached_at = rhythm.last_attempt_at = None
        rhythm.initial_interview_on = rhythm.last_discussion_on = rhythm.discussion_due_on = None
        rhythm.attempts = 0
    last: dict[UUID, Contact] = {}
    for contact in Contact.objects.filter(client_id__in=ids).order_by("at"):
        if clock.local(contact.at).date() >= opened[contact.client_id]:
            rhythms.take_in(found[contact.client_id], contact, law)
            last[contact.client_id] = contact
    today = clock.today()
    for client, contact in last.items():
        rhythm = found[client]
        if rhythm.next_on is None and contact.next_on and contact.next_on >= today:
            rhythm.next_on = contact.next_on
    loading.renew(list(found.values()))
