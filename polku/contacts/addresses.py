"""A private address at which a calendar program reads a feed: a worker's own, or a room's.

The address is the key: it is shown once, kept as a hash, made anew or ended by a person. One is in
use at a time, and one that has ended is never given again.
"""

from __future__ import annotations

import base64
import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from django.db.models import QuerySet

from polku.foundation import crypto

BEHIND, AHEAD = timedelta(days=30), timedelta(days=180)
MOST = 1_000
READ_AGAIN = timedelta(minutes=10)


def hash_of(token: str) -> bytes:
    """Return what is kept of a secret of 256 random bits."""
    return hashlib.sha256(token.encode()).digest()


@dataclass(frozen=True, slots=True)
class Addresses:
    """The addresses of one worker or one room: `rows` is the table, `whose` the row's fields.

    `purpose` tells the secrets of one kind from those of another. Whoever makes or ends one takes a
    turn for it first.
    """

    rows: Any
    whose: dict[str, Any]
    purpose: str

    def standing(self) -> QuerySet[Any]:
        """Return the address that is in use, as a set of one or none."""
        return self.rows.objects.filter(**self.whose, ended_at__isnull=True)  # type: ignore[no-any-return]

    def make(self, *, at: datetime, submission: UUID) -> tuple[str, bool]:
        """Make an address; the former one ends. Return its secret, and whether it is new.

        The same form sent twice makes one: its secret follows from the form, under the key.
        """
        token = self._secret(submission)
        made = self.rows.objects.filter(token_hash=hash_of(token)).first()
        if made is not None and made.ended_at is None:
            return token, False
        if made is not None:
            token = self._secret(uuid4())
        self.end(at)
        self.rows.objects.create(**self.whose, token_hash=hash_of(token), made_at=at)
        return token, True

    def end(self, at: datetime) -> bool:
        """End the address; return whether there was one."""
        return bool(self.standing().update(ended_at=at))

    def _secret(self, submission: UUID) -> str:
        whose = " ".join(map(str, [*self.whose.values(), submission]))
        digest = crypto.keyed_hash(self.purpose, whose.encode())
        return base64.urlsafe_b64encode(digest).rstrip(b"=").decode()


def found(rows: Any, token: str, whose: str) -> Any:
    """Return the row of an address that is in use, with `whose` it is; None for a wrong one."""
    standing = rows.objects.filter(token_hash=hash_of(token), ended_at__isnull=True)
    return standing.select_related(whose).first()


def was_read(feed: Any, at: datetime) -> bool:
    """Keep that it was read; return whether to record it: programs ask again and again."""
    if feed.read_at is not None and at - feed.read_at < READ_AGAIN:
        return False
    type(feed).objects.filter(pk=feed.pk).update(read_at=at)
    return True
