"""A register's sealing key, changed while people work; and whether the keys open what is there.

Each room says which of its columns are sealed (`sealed`). A change of key goes in steps, each
committed, so that it can be broken off and taken up again: a new key is added, beside which the
old one still opens; every process learns of it within `crypto.FRESH_SECONDS`; row after row is
sealed anew; and only when nothing stands under the old key any more, and no transaction is left
that could have sealed under it, it goes.

The key of the blind index stays: the index of a conflict of interest that was foreseen is kept
without the code itself, so it could not be worked out anew.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import OperationalError, connection, models
from django.db.models import Q

from polku.foundation import audit, crypto, walls
from polku.foundation.models import Register, RegisterKey
from polku.foundation.viewer import Viewer, system

BATCH = 500
# Between asking for a key and writing what was sealed with it lies at most a moment.
MARGIN_SECONDS = 5.0
PATIENCE_SECONDS = 600.0
TRIES = 5
WRONG_KEY = (
    "POLKU_KEY does not open the keys that are kept in this database. Give the key under which "
    "they were made; nothing was changed."
)


class WrongKey(RuntimeError):
    """POLKU_KEY is not the one under which this database's keys were made."""


class NotNow(RuntimeError):
    """The change of key can't be ended yet; its text says why. Run again, it goes on."""


@dataclass(frozen=True)
class Sealed:
    """A column of sealed text; `about` returns what a row's ciphertext is bound to."""

    model: type[models.Model]
    column: str
    about: Callable[[Any], str]


_sealed: list[Sealed] = []


def sealed(model: type[models.Model], column: str, about: Callable[[Any], str]) -> None:
    """Tell of a column that is sealed under the register's key (a port, called at start)."""
    _sealed.append(Sealed(model, column, about))


def all_sealed() -> list[Sealed]:
    """Return every sealed column that a room has told of."""
    return list(_sealed)


def check_installation() -> None:
    """Raise WrongKey unless POLKU_KEY opens the keys of this database's registers."""
    for register, wrapped in RegisterKey.objects.values_list("register_id", "wrapped"):
        try:
            crypto.open_wrapped(bytes(wrapped), register)
        except crypto.Unreadable as error:
            raise WrongKey(WRONG_KEY) from error


def count_readable(register: UUID) -> tuple[int, int]:
    """Return (how many sealed values open, how many do not) in a register."""
    good = bad = 0
    for one in _sealed:
        for rows in _batches(register, one, lock=False):
            for row in rows:
                try:
                    crypto.unseal(register, getattr(row, one.column), about=one.about(row))
                    good += 1
                except crypto.Unreadable:
                    bad += 1
    return good, bad


def rotate(register: Register, *, by: Viewer | None = None, wait: float | None = None) -> int:
    """Change the register's sealing key and return how many values were sealed anew.

    Raises NotNow when something stops the last step: a value that opens under no key, or a
    transaction that does not end. `wait` is for how long other processes may know the old key.
    """
    by = by or system(register.id, name="polku keys rotate")
    _begin(register.id, by)
    time.sleep(crypto.FRESH_SECONDS + MARGIN_SECONDS if wait is None else wait)
    horizon = _transaction_now()
    done = _pass(register.id, by)
    _wait_for_older(horizon)
    while more := _pass(register.id, by):
        done += more
    _end(register.id, by, done)
    return done


def _begin(register: UUID, by: Viewer) -> None:
    with walls.inside(register, by=by):
        row = RegisterKey.objects.select_for_update().get(register_id=register)
        # One that was broken off goes on with the key that it has begun.
        if row.sealing_before is None:
            row.sealing_before = row.sealing or row.wrapped
            row.sealing = crypto.new_wrapped_key(register)
            row.save(update_fields=["sealing", "sealing_before"])
            audit.record(by, "foundation.key_begin")
    crypto.read_anew(register)


def _end(register: UUID, by: Viewer, done: int) -> None:
    with walls.inside(register, by=by):
        RegisterKey.objects.filter(register_id=register).update(sealing_before=None)
        audit.record(by, "foundation.key_change", reason=f"{done} values sealed anew")
    crypto.read_anew(register)


def _transaction_now() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_current_xact_id()::text::bigint")
        return int(cursor.fetchone()[0])


def _wait_for_older(horizon: int) -> None:
    """Wait until every transaction that ran at the horizon has ended."""
    until = time.monotonic() + PATIENCE_SECONDS
    while True:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_snapshot_xmin(pg_current_snapshot())::text::bigint")
            if int(cursor.fetchone()[0]) > horizon:
                return
        if time.monotonic() > until:
            raise NotNow(
                "A transaction that began before the new key has not ended. Both keys stay for "
                "now; run the command again later."
            )
        time.sleep(0.2)


def _pass(register: UUID, by: Viewer) -> int:
    return sum(_reseal(register, one, by) for one in _sealed)


def _reseal(register: UUID, one: Sealed, by: Viewer) -> int:
    done, after = 0, None
    while True:
        count, after = _one_batch(register, one, by, after)
        done += count
        if after is None:
            return done


def _one_batch(register: UUID, one: Sealed, by: Viewer, after: Any) -> tuple[int, Any]:
    for left in reversed(range(TRIES)):
        try:
            with walls.inside(register, by=by):
                rows = _rows(register, one, after, lock=True)
                fresh = [(row.pk, new) for row in rows if (new := _anew(register, one, row))]
                if fresh:
                    _write(one, fresh)
            return len(fresh), rows[-1].pk if len(rows) == BATCH else None
        except OperationalError:
            # Two that wait for each other: one of them is sent back, and tries again.
            if not left:
                raise
    raise AssertionError("unreachable")


def _anew(register: UUID, one: Sealed, row: Any) -> bytes | None:
    try:
        return crypto.reseal(register, getattr(row, one.column), about=one.about(row))
    except crypto.Unreadable as error:
        raise NotNow(
            f"A value in {one.model._meta.db_table} opens under neither key (row {row.pk}). Both "
            "keys stay; restore that row, then run the command again."
        ) from error


def _write(one: Sealed, fresh: list[tuple[Any, bytes]]) -> None:
    table, column = one.model._meta.db_table, one.column
    with connection.cursor() as cursor:
        cursor.execute(
            f'UPDATE "{table}" t SET "{column}" = new.cipher FROM '
            "(SELECT unnest(%s::uuid[]) AS id, unnest(%s::bytea[]) AS cipher) new "
            "WHERE t.id = new.id",
            [[pk for pk, _cipher in fresh], [cipher for _pk, cipher in fresh]],
        )


def _rows(register: UUID, one: Sealed, after: Any, *, lock: bool) -> list[Any]:
    found = one.model._default_manager.filter(  # type: ignore[attr-defined]
        ~Q(**{f"{one.column}__isnull": True}), register_id=register
    ).order_by("pk")
    if after is not None:
        found = found.filter(pk__gt=after)
    if lock:
        found = found.select_for_update(of=("self",))
    return list(found[:BATCH])


def _batches(register: UUID, one: Sealed, *, lock: bool) -> Iterator[list[Any]]:
    after = None
    while True:
        with walls.inside(register):
            rows = _rows(register, one, after, lock=lock)
        yield rows
        if len(rows) < BATCH:
            return
        after = rows[-1].pk
