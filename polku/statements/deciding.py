"""The statement itself: written, signed by an official, noted as sent, corrected by a new version.

What is signed never changes. The signature stands for the words, the facts, the legal basis and
the client's answers as they were read, by a hash over them.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import transaction

from polku.contacts.copying import language_for
from polku.contacts.models import Rhythm
from polku.foundation import audit
from polku.foundation.meanwhile import ChangedMeanwhile
from polku.foundation.models import Organisation
from polku.foundation.permissions import check
from polku.foundation.viewer import Viewer
from polku.statements import by_law, facts, officials, queries, states
from polku.statements.models import Clarification, Matter, Sending, Statement
from polku.statements.writing import locked, step


class NotYet(ValueError):
    """A statement lacks what it needs before anybody signs. `fields` are their names."""

    def __init__(self, fields: list[str]) -> None:
        super().__init__(f"missing: {', '.join(fields)}")
        self.fields = fields


def seal_of(statement: Statement, asked: Iterable[Clarification]) -> str:
    """Return the hash over what is signed: 64 hexadecimal digits."""
    heard = [
        [str(one.pk), one.question, one.due_on.isoformat(), one.answer, bool(one.lapsed_at)]
        for one in asked
    ]
    said = [statement.number, statement.language, statement.text, statement.basis]
    parts = [*said, statement.facts, statement.because, heard]
    return hashlib.sha256(json.dumps(parts, sort_keys=True).encode()).hexdigest()


def draft_of(matter: Matter) -> Statement | None:
    """Return the version that is not signed."""
    return Statement.objects.filter(matter=matter, signed_at__isnull=True).first()


@transaction.atomic
def write(
    matter: Matter,
    *,
    by: Viewer,
    at: datetime,
    version: int,
    text: str,
    basis: str,
    keys: Iterable[str],
    because: str = "",
) -> Statement:
    """Write the draft: the ticked facts, the words and the legal basis; it then waits for a name.

    Raises NotNow, ChangedMeanwhile. The facts are read anew here, never taken from the form.
    """
    check(by, "statements.write", matter)
    stored = locked(matter, version=version)
    states.after("write", stored.state)
    draft = draft_of(stored) or _begin(stored, by, at)
    draft.text, draft.basis = text, basis
    draft.because = because if draft.number > 1 else ""
    draft.facts = facts.chosen(stored.client, stored, keys, draft.facts, draft.language)
    draft.written_at, draft.written_by_id = at, by.user_id
    draft.save()
    step(stored, "write", at)
    fields = ["text", "basis", "facts", "state"]
    audit.record(by, "statements.write", client=stored.client_id, fields=fields)
    return draft


def _begin(matter: Matter, by: Viewer, at: datetime) -> Statement:
    last = Statement.objects.filter(matter=matter).order_by("-number").first()
    return Statement.objects.create(
        register_id=matter.register_id,
        client_id=matter.client_id,
        matter=matter,
        number=last.number + 1 if last else 1,
        language=language_for(matter.client.service_language),
        text=last.text if last else "",
        basis=last.basis if last else "",
        facts=last.facts if last else [],
        written_at=at,
        written_by_id=by.user_id,
    )


def missing(draft: Statement) -> list[str]:
    """Return what a draft needs before it is signed and lacks."""
    needed = ["text", "basis", *(["because"] if draft.number > 1 else [])]
    return [name for name in needed if not getattr(draft, name).strip()]


@transaction.atomic
def sign(matter: Matter, *, by: Viewer, at: datetime, seal: str) -> Statement:
    """Sign the draft as an official. `seal` is the hash of what was read. Twice is once.

    Raises Refused, NotNow, NotYet, and ChangedMeanwhile where something else stands now.
    """
    stored = locked(matter)
    officials.check_signing(by, stored.client, at=at)
    same = Statement.objects.filter(matter=stored, seal=seal, signed_by_id=by.user_id).first()
    if same and stored.state not in states.TO_SIGN:
        return same
    states.after("sign", stored.state)
    draft = draft_of(stored)
    if draft is None or stored.turn != Matter.Turn.OFFICIAL:
        raise states.NotNow("sign", stored.state)
    if missing(draft):
        raise NotYet(missing(draft))
    if seal_of(draft, _asked(stored)) != seal:
        raise ChangedMeanwhile(stored)
    draft.law = [one.kept() for one in said_by_law(stored)]
    draft.seal, draft.signed_at, draft.signed_by_id = seal, at, by.user_id
    draft.signer, draft.office = by.name[:160], _office(by)
    draft.save()
    step(stored, "sign", at)
    fields = ["signature", "state"]
    audit.record(by, "statements.sign", client=stored.client_id, fields=fields)
    return draft


def _asked(matter: Matter) -> list[Clarification]:
    return list(Clarification.objects.filter(matter=matter).order_by("asked_at"))


def said_by_law(matter: Matter) -> list[by_law.Said]:
    """Return what the rules say of the matter: two statements where a rule needs them."""
    if matter.about not in by_law.RULES:
        return []
    days, interview = [], None
    if matter.about in by_law.NEGLECTS:
        days = queries.known_days(matter.client_id, by_law.NEGLECTS, but=matter.pk)
    if matter.about == Matter.About.OFFER:
        rows = Rhythm.objects.filter(client_id=matter.client_id)
        interview = rows.values_list("initial_interview_on", flat=True).first()
    return by_law.of(matter, days=days, interview=interview)


def _office(by: Viewer) -> str:
    rows = Organisation.objects.filter(pk=by.organisation_id)
    return str(rows.values_list("name", flat=True).first() or "")[:160]


@transaction.atomic
def give_back(matter: Matter, *, by: Viewer, at: datetime, version: int, word: str) -> Matter:
    """Give the draft back to the coach, with a word on what it lacks."""
    stored = locked(matter, version=version)
    officials.check_signing(by, stored.client, at=at)
    step(stored, "give_back", at, word=word, turn=Matter.Turn.COACH)
    audit.record(by, "statements.give_back", client=stored.client_id, fields=["turn", "word"])
    return stored


@transaction.atomic
def correct(matter: Matter, *, by: Viewer, at: datetime, version: int, because: str) -> Statement:
    """Begin a new version of what is signed; the old one is kept. Raises NotNow."""
    check(by, "statements.write", matter)
    stored = locked(matter)
    standing = draft_of(stored)
    if stored.state == Matter.State.CORRECTING and standing and standing.because == because:
        return standing
    stored = locked(matter, version=version)
    step(stored, "correct", at, turn=Matter.Turn.COACH)
    draft = _begin(stored, by, at)
    draft.because = because
    draft.save(update_fields=["because"])
    audit.record(by, "statements.correct", client=stored.client_id, fields=["state"])
    return draft


@transaction.atomic
def drop(matter: Matter, *, by: Viewer, at: datetime, version: int) -> Matter:
    """Drop a correction that was begun: what is signed stands. Raises NotNow, ChangedMeanwhile."""
    check(by, "statements.write", matter)
    stored = locked(matter, version=version)
    step(stored, "drop", at)
    draft = draft_of(stored)
    if draft:
        draft.delete()
    last: Any = Statement.objects.filter(matter=stored).order_by("-number").first()
    if last and Sending.objects.filter(statement=last).exists():
        step(stored, "send", at)
    audit.record(by, "statements.drop", client=stored.client_id, fields=["state"])
    return stored
