"""The law of a register: the packaged one with what was confirmed or changed there.

Every page asks it, so it costs no statement: the register's `law_mark`, which is another one after
each change, is read together with the worker's role, and each process keeps the law by its mark. A
mark is never used twice, not even after a transaction that was rolled back, so nothing has to be
told to other processes.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date
from uuid import UUID, uuid4

from polku.foundation import clock, walls
from polku.foundation.models import Register
from polku.law.models import KeptValue
from polku.rules import Law, Override, OverrideRefused, packaged_law, with_overrides

MOST = 64
Marks = dict[UUID, UUID | None]

_noted: ContextVar[Marks | None] = ContextVar("polku_law_marks", default=None)
_laws: dict[UUID, Law] = {}


class ValuesHidden(RuntimeError):
    """A register has a mark, but none of its values can be read: nothing is kept of that."""


@contextmanager
def noting(marks: Marks) -> Iterator[None]:
    """Let each register's mark be read once inside the block; `marks` are known already."""
    token = _noted.set({**(_noted.get() or {}), **marks})
    try:
        yield
    finally:
        _noted.reset(token)


def of(register_id: UUID | None) -> Law:
    """Return the law as the register knows it now.

    Without a statement in a worker's request; elsewhere one asks for the mark, so whoever asks for
    many rows asks once and passes the law on.
    """
    mark = _mark_of(register_id) if register_id else None
    if register_id is None or mark is None:
        return packaged_law()
    law = _laws.get(mark)
    if law is None:
        law = _read(register_id)
        if len(_laws) >= MOST:
            _laws.clear()
        _laws[mark] = law
    return law


def renew(register_id: UUID) -> Law:
    """Give the register another mark, in this transaction, and return its law as it is now."""
    mark = uuid4()
    Register.objects.filter(pk=register_id).update(law_mark=mark)
    noted = _noted.get()
    if noted is not None:
        noted[register_id] = mark
    return _read(register_id)


def laid_over(values: Iterable[KeptValue]) -> Law:
    """Return the packaged law with these values over it, the later decided last.

    A value that a newer version of Polku can't read any more is left out; `still_fits` tells so.
    """
    fitting = [as_override(one) for one in values if one.withdrawn_at is None and still_fits(one)]
    return with_overrides(packaged_law(), fitting, date.max)


def still_fits(value: KeptValue) -> bool:
    """Whether the value can be laid over the law that is packaged now."""
    try:
        with_overrides(packaged_law(), [as_override(value)], date.max)
    except OverrideRefused:
        return False
    return True


def as_override(value: KeptValue) -> Override:
    """Return the value as the kernel takes it; `decided_by` must be loaded."""
    withdrawn = value.withdrawn_at
    return Override(
        parameter=value.parameter,
        value=value.value,
        valid_from=value.valid_from,
        valid_to=value.valid_to,
        source=value.source,
        by=str(value.decided_by),
        decided_on=clock.local(value.decided_at).date(),
        url=value.url,
        note=value.note,
        withdrawn_on=clock.local(withdrawn).date() if withdrawn else None,
    )


def _mark_of(register_id: UUID) -> UUID | None:
    noted = _noted.get()
    if noted is not None and register_id in noted:
        return noted[register_id]
    found = Register.objects.filter(pk=register_id).values_list("law_mark", flat=True).first()
    if noted is not None:
        noted[register_id] = found
    return found


def _read(register_id: UUID) -> Law:
    # A client's or a host's own session sees none of these rows: the law is the register's.
    with walls.inside(register_id):
        rows = list(KeptValue.objects.filter(register_id=register_id).select_related("decided_by"))
    if not rows:
        raise ValuesHidden(f"no value of the law can be read in register {register_id}")
    return laid_over(rows)
