"""The record of every look and change. It is written in the transaction that it tells of.

If the entry can't be written, the change does not happen. Entries hold ids, names of fields and
reasons, never values.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from contextvars import ContextVar
from datetime import UTC, datetime
from uuid import UUID

from polku.foundation import clock, crypto, prepared
from polku.foundation.viewer import Viewer

_INSERT = """
INSERT INTO foundation_auditentry
  (register_id, at, actor_kind, actor_user, actor_client, role, action, client, shown, fields,
   reason, request, mac)
VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s::uuid[], %s::varchar[], %s, %s, %s)
"""

_written: ContextVar[int] = ContextVar("polku_audit_written", default=0)
_also: ContextVar[tuple[str, ...]] = ContextVar("polku_audit_also", default=())


def content(values: tuple[object, ...]) -> bytes:
    """Return the canonical bytes of an entry's values, which its mac is made over."""
    return json.dumps([_plain(v) for v in values], ensure_ascii=True).encode()


def _plain(value: object) -> object:
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    if isinstance(value, (list, tuple)):
        return [_plain(v) for v in value]
    return value if value is None or isinstance(value, (str, int)) else str(value)


def record(
    viewer: Viewer,
    action: str,
    *,
    client: UUID | None = None,
    shown: Iterable[UUID] = (),
    fields: Iterable[str] = (),
    reason: str = "",
) -> None:
    """Write one entry: who (viewer), whom (client, or the ids shown in a list), what, why, when.

    `action` is a verb of the trade with its room, such as `clients.page` or `teamwork.hand_over`.
    """
    values = (
        viewer.register_id,
        clock.now(),
        viewer.kind,
        viewer.user_id,
        viewer.client_id,
        viewer.role_id,
        action,
        client,
        list(shown),
        sorted({*fields, *_also.get()}),
        reason[:400],
        viewer.request_id,
    )
    with prepared.cursor() as cursor:
        cursor.execute(_INSERT, [*values, crypto.keyed_hash("audit", content(values))])
    _written.set(_written.get() + 1)


def begin_request() -> None:
    """Start counting the entries of one request."""
    _written.set(0)
    _also.set(())


def also(mark: str) -> None:
    """Let what this request writes tell this too, among its fields: one deed, one entry."""
    _also.set((*_also.get(), mark))


def written() -> int:
    """Return how many entries this request has written."""
    return _written.get()
