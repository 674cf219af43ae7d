"""Writes of imports by the page: taking a file in, choosing columns, starting, forgetting."""

from __future__ import annotations

import hashlib
from datetime import date, datetime, timedelta
from uuid import uuid4

from django.db import IntegrityError, transaction

from polku.exchange import keeping
from polku.exchange.models import ImportPart, ImportRun
from polku.exchange.offered import permission_of
from polku.foundation import audit
from polku.foundation.permissions import check
from polku.foundation.viewer import Viewer

FILE_BYTES = 20_000_000
FILE_HOURS = 24
REPORT_DAYS = 14


class AlreadyRunning(Exception):
    """The same file is being imported now. `first` is that import, if it is the viewer's."""

    def __init__(self, first: ImportRun | None) -> None:
        super().__init__("the same file is being imported")
        self.first = first


class NotNow(ValueError):
    """The import is in a state in which this can't happen: running, or its file is gone."""


def running(by: Viewer, digest: str) -> ImportRun | None:
    """Return the import of the same file that waits or runs, whoever began it."""
    return ImportRun.objects.filter(
        register_id=by.register_id, digest=digest, state__in=("waiting", "running")
    ).first()


@transaction.atomic
def take_in(*, by: Viewer, at: datetime, name: str, data: bytes, kind: str) -> ImportRun:
    """Keep a file, encrypted, for at most a day, and return its import. Raises AlreadyRunning."""
    check(by, permission_of(kind))
    assert by.register_id is not None
    digest = keeping.digest_of(by.register_id, hashlib.sha256(data).hexdigest())
    first = running(by, digest)
    if first is not None:
        raise AlreadyRunning(first if first.user_id == by.user_id else None)
    run_id = uuid4()
    key, cipher = keeping.seal_file(by.register_id, run_id, data)
    run = ImportRun.objects.create(
        id=run_id,
        register_id=by.register_id,
        user_id=by.user_id,
        role_id=by.role_id,
        name_cipher=keeping.seal_name(by.register_id, run_id, name),
        digest=digest,
        size=len(data),
        key_cipher=key,
        file_cipher=cipher,
        kind=kind,
        created_at=at,
        changed_at=at,
    )
    audit.record(by, "exchange.upload", reason=f"import {run.id} of file {digest[:16]}")
    return run


def _locked(run: ImportRun) -> ImportRun:
    return ImportRun.objects.select_for_update(of=("self",)).get(pk=run.pk)


@transaction.atomic
def choose_columns(
    run: ImportRun,
    *,
    by: Viewer,
    at: datetime,
    kind: str,
    mapping: dict[str, str | None],
    registered_on: date | None = None,
) -> ImportRun:
    """Say what the sheet holds and what its columns are (letter -> field, or None).

    `registered_on` is the day of registering of those whose row tells none.
    """
    run = _locked(run)
    check(by, permission_of(run.kind))
    check(by, permission_of(kind))
    if run.is_busy or run.file_cipher is None:
        raise NotNow
    run.kind, run.mapping, run.state, run.changed_at = kind, mapping, "uploaded", at
    run.counts, run.problem, run.registered_on = {}, {}, registered_on
    run.save(
        update_fields=[
            "kind", "mapping", "state", "changed_at", "counts", "problem", "registered_on",
        ]
    )  # fmt: skip
    ImportPart.objects.filter(run=run).delete()
    audit.record(
        by, "exchange.columns", fields=["mapping", "registered_on"], reason=f"import {run.id}"
    )
    return run


@transaction.atomic
def start(run: ImportRun, *, by: Viewer, at: datetime, dry: bool) -> ImportRun:
    """Put the import, or a dry run of it, into the queue. Raises AlreadyRunning, NotNow."""
    from polku.exchange.tasks import import_file

    run = _locked(run)
    check(by, permission_of(run.kind))
    if run.is_busy:
        raise AlreadyRunning(run)
    if run.file_cipher is None:
        raise NotNow
    run.state, run.dry, run.changed_at = "waiting", dry, at
    run.rows_done = run.line_done = run.total = 0
    run.counts, run.problem, run.ended_at = {}, {}, None
    try:
        with transaction.atomic():
            run.save()
    except IntegrityError as error:
        raise AlreadyRunning(None) from error
    ImportPart.objects.filter(run=run).delete()
    import_file.defer(register_id=str(run.register_id), run_id=str(run.id))
    verb = "exchange.check" if dry else "exchange.import"
    audit.record(by, verb, reason=f"import {run.id} of file {run.digest[:16]}")
    return run


@transaction.atomic
def forget(run: ImportRun, *, by: Viewer, at: datetime) -> None:
    """Remove a file and its report. What was imported stays. Raises NotNow while it runs."""
    run = _locked(run)
    check(by, permission_of(run.kind))
    if run.is_busy:
        raise NotNow
    audit.record(by, "exchange.forget", reason=f"import {run.id} of file {run.digest[:16]}")
    run.delete()


def sweep(at: datetime) -> int:
    """Remove files older than a day and reports older than two weeks; return how many runs."""
    old = ImportRun.objects.filter(created_at__lt=at - timedelta(hours=FILE_HOURS)).exclude(
        state__in=("waiting", "running")
    )
    stale = old.filter(file_cipher__isnull=False).update(file_cipher=None, key_cipher=None)
    gone, _ = ImportRun.objects.filter(created_at__lt=at - timedelta(days=REPORT_DAYS)).delete()
    return stale + gone
