"""Sessions: fifteen minutes idle, twelve hours in all, ended by the server and not by the browser.

Django's session engine (`SESSION_ENGINE`) on a table of our own. Reading a session and marking it
as used is one statement; the mark is written at most once a minute.
"""

from __future__ import annotations

import json
import secrets
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.base import SessionBase, UpdateError
from django.contrib.sessions.exceptions import SessionInterrupted
from django.contrib.sessions.middleware import SessionMiddleware as DjangosMiddleware
from django.http import HttpRequest, HttpResponse

from polku.foundation import clock, crypto, prepared, told_time
from polku.foundation.door import sealing
from polku.foundation.models import Session

IDLE = timedelta(minutes=15)
WHOLE = timedelta(hours=12)
MARK_EVERY = timedelta(minutes=1)
LOOKS_ONLY = "/session/"

_READ = """
WITH marked AS (
  UPDATE foundation_session SET used_at = %(now)s
  WHERE key_hash = %(key)s AND %(counts)s AND used_at > %(idle)s AND ends_at > %(now)s
    AND used_at <= %(stale)s)
SELECT data, used_at, ends_at FROM foundation_session
WHERE key_hash = %(key)s AND used_at > %(idle)s AND ends_at > %(now)s
"""


def hash_of(key: str) -> bytes:
    """Return what is kept of a cookie's key."""
    return crypto.keyed_hash("session", key.encode())


class SessionStore(SessionBase):
    """One session, by its key. `counts` tells whether reading it is use of it."""

    counts = True
    _session_key: str | None
    used_at: datetime | None = None
    ends_at: datetime | None = None
    _kept: str | None = None

    def load(self) -> dict[str, Any]:
        told_time.ask_if_doubtful()
        now = clock.now()
        key = hash_of(self.session_key or "")
        asked = {
            "key": key,
            "now": now,
            "idle": now - IDLE,
            "stale": now - MARK_EVERY,
            "counts": self.counts,
        }
        with prepared.cursor() as cursor:
            cursor.execute(_READ, asked)
            row = cursor.fetchone()
        if row is None:
            self._session_key = None
            return {}
        self.used_at, self.ends_at = (now if self.counts else row[1]), row[2]
        try:
            return dict(json.loads(sealing.unseal("session", bytes(row[0]), about=key)))
        except crypto.Unreadable:
            self._session_key = None
            return {}

    def exists(self, session_key: str) -> bool:
        return Session.objects.filter(key_hash=hash_of(session_key)).exists()

    def create(self) -> None:
        # 32 random bytes: no need to ask whether another session has them.
        self._session_key = secrets.token_hex(32)
        self.save(must_create=True)
        self.modified = True

    def save(self, must_create: bool = False) -> None:
        if self.session_key is None:
            return self.create()
        contents = self._get_session(no_load=must_create)
        if not must_create and self._kept == json.dumps(contents):
            return None
        key = hash_of(self.session_key)
        values = {
            "user_id": contents.get(SESSION_KEY),
            "data": sealing.seal("session", json.dumps(contents).encode(), about=key),
        }
        if must_create:
            self.used_at = now = clock.now()
            self.ends_at = now + WHOLE
            Session.objects.create(
                key_hash=key, started_at=now, used_at=now, ends_at=self.ends_at, **values
            )
        elif not Session.objects.filter(key_hash=key).update(**values):
            # Signed out in another tab meanwhile: it must not rise again.
            raise UpdateError
        return None

    def keep(self) -> None:
        """Save what the request changed, in the transaction of what it did: both, or neither.

        The session's own middleware, which saves after the commit, then finds nothing to save.
        Raises SessionInterrupted when the session was ended meanwhile.
        """
        if not self.modified or self.is_empty():
            return
        try:
            self.save()
        except UpdateError as error:
            raise SessionInterrupted("the session was ended before the request was") from error
        self._kept = json.dumps(self._get_session())

    def delete(self, session_key: str | None = None) -> None:
        key = session_key or self.session_key
        if key is not None:
            Session.objects.filter(key_hash=hash_of(key)).delete()

    @classmethod
    def clear_expired(cls) -> None:
        sweep()

    def seconds_left(self) -> int:
        """Return how long this session lasts if it is not used; 0 for none."""
        if self.session_key is None or self.used_at is None or self.ends_at is None:
            return 0
        end = min(self.used_at + IDLE, self.ends_at)
        return max(0, int((end - clock.now()).total_seconds()))


class SessionMiddleware(DjangosMiddleware):
    """Django's own, but asking how long is left does not count as use."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        super().__init__(get_response)
        self.SessionStore = SessionStore

    def process_request(self, request: HttpRequest) -> None:
        super().process_request(request)
        if request.path == LOOKS_ONLY and request.method in ("GET", "HEAD"):
            request.session.counts = False


def revoke(user_id: UUID, *, but: str | None = None) -> int:
    """End every session of a worker (but the one with this key); return how many ended."""
    theirs = Session.objects.filter(user_id=user_id)
    if but:
        theirs = theirs.exclude(key_hash=hash_of(but))
    return theirs.delete()[0]


def sweep() -> int:
    """Remove sessions that have ended; return how many. They are refused without this too."""
    now = clock.now()
    gone = Session.objects.filter(ends_at__lte=now).delete()[0]
    return gone + Session.objects.filter(used_at__lte=now - IDLE).delete()[0]
