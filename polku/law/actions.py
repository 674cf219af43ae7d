"""Deciding a value of the law for a register: confirm or change it, withdraw it, undo that."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction

from polku.foundation import audit
from polku.foundation.models import Register, User
from polku.foundation.permissions import check
from polku.foundation.viewer import Viewer
from polku.law import in_force, ports, queries
from polku.law.models import KeptValue
from polku.rules import Law, packaged_law, with_overrides

UNDO_WITHIN = timedelta(minutes=10)


class TooLate(ValueError):
    """A withdrawal can't be undone any more: too long ago, or somebody else's."""


@dataclass(frozen=True, slots=True)
class Decided:
    """A value as it is to hold: what `in_force.as_override` needs besides who and when."""

    parameter: str
    value: Any
    valid_from: date
    valid_to: date | None
    source: str
    url: str = ""
    note: str = ""


@transaction.atomic
def decide(decided: Decided, *, by: Viewer, at: datetime) -> KeptValue:
    """Keep a value that is confirmed or changed; from now on the register goes by it.

    Raises Refused, and OverrideRefused with a sentence for what can't be laid over the law. The
    same value, in force and latest, is kept once.
    """
    check(by, "law.confirm")
    _one_by_one(by)
    made = as_row(decided, by=by, at=at)
    latest = next(iter(queries.kept(by, decided.parameter)), None)
    if latest is not None and latest.withdrawn_at is None and _same(latest, made):
        return latest
    with_overrides(packaged_law(), [in_force.as_override(made)], date.max)
    made.save(force_insert=True)
    _tell(by, decided.parameter)
    audit.record(by, "law.decide", fields=["value"], reason=decided.parameter)
    return made


@transaction.atomic
def withdraw(value_id: UUID, *, by: Viewer, at: datetime) -> KeptValue:
    """Let a value hold no more; it stays in the history. Raises KeptValue.DoesNotExist, Refused."""
    check(by, "law.confirm")
    _one_by_one(by)
    found = queries.get(by, value_id)
    if found.withdrawn_at is not None:
        return found
    found.withdrawn_at, found.withdrawn_by_id = at, by.user_id
    return _changed(found, by, "law.withdraw")


@transaction.atomic
def undo_withdrawal(value_id: UUID, *, by: Viewer, at: datetime) -> KeptValue:
    """Let a value hold again, soon after the same administrator withdrew it. Raises TooLate."""
    check(by, "law.confirm")
    _one_by_one(by)
    found = queries.get(by, value_id)
    if found.withdrawn_at is None:
        return found
    if found.withdrawn_by_id != by.user_id or at - found.withdrawn_at > UNDO_WITHIN:
        raise TooLate
    found.withdrawn_at = found.withdrawn_by_id = None
    return _changed(found, by, "law.undo_withdrawal")


def as_row(decided: Decided, *, by: Viewer, at: datetime) -> KeptValue:
    """Return what would be kept, not saved."""
    row = KeptValue(
        register_id=by.register_id,
        parameter=decided.parameter,
        value=decided.value,
        valid_from=decided.valid_from,
        valid_to=decided.valid_to,
        source=decided.source.strip(),
        url=decided.url,
        note=decided.note.strip(),
        decided_at=at,
    )
    row.decided_by = User.objects.get(pk=by.user_id)
    return row


def law_with(decided: Decided, *, by: Viewer, at: datetime) -> Law:
    """Return the register's law as it would be, with nothing kept. Raises OverrideRefused."""
    row = as_row(decided, by=by, at=at)
    with_overrides(packaged_law(), [in_force.as_override(row)], date.max)
    return in_force.laid_over([*reversed(queries.kept(by)), row])


def _same(one: KeptValue, other: KeptValue) -> bool:
    names = ("value", "valid_from", "valid_to", "source", "url", "note")
    return all(getattr(one, name) == getattr(other, name) for name in names)


def _changed(value: KeptValue, by: Viewer, action: str) -> KeptValue:
    value.save(update_fields=["withdrawn_at", "withdrawn_by"])
    _tell(by, value.parameter)
    audit.record(by, action, fields=["withdrawn_at"], reason=value.parameter)
    return value


def _one_by_one(by: Viewer) -> None:
    """Two decisions at once would each leave the other out of what they tell.

    Rows of the register may be added meanwhile: they only need it to go on existing.
    """
    Register.objects.select_for_update(of=("self",), no_key=True).get(pk=by.register_id)


def _tell(by: Viewer, parameter: str) -> None:
    assert by.register_id is not None
    law = in_force.renew(by.register_id)
    for told in ports.changed:
        told(by.register_id, law, parameter)
