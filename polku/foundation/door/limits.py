"""Guessing is slow, and nobody can lock somebody else out. See docs/decisions/0020.

Failed tries are counted in buckets over fifteen minutes. An account's bucket is shared by all
unknown devices, wherever they are; each known device has a bucket of its own, which an attacker
can't fill. A full bucket refuses nobody: it asks for password and second step at once, and tells
nothing of which was wrong, so that a try teaches nothing. What is refused outright is the second
step after five wrong codes with the right password (unknown devices only), and a flood from one
address.
"""

from __future__ import annotations

from datetime import timedelta

from polku.foundation import clock, crypto, turns
from polku.foundation.models import SignInTry
from polku.foundation.turns import Turn

WINDOW = timedelta(minutes=15)
TRIES = 5
TRIES_FROM_ADDRESS = 30
FLOOD = 200


def bucket(*parts: object) -> bytes:
    """Return the name of a bucket, which tells nothing of the account or address in it."""
    return crypto.keyed_hash("tries", "\x00".join(str(part) for part in parts).encode())


def account(email: str, device: str = "") -> bytes:
    """Return the bucket of an account: a known device's own, or that of all unknown ones."""
    return bucket("password", email.strip().lower(), device)


def code(user_id: object, device: str = "") -> bytes:
    """Return the bucket of wrong codes given with the right password."""
    return bucket("code", user_id, device)


def address(source: str) -> bytes:
    """Return the bucket of a network address."""
    return bucket("address", source)


def failures(name: bytes) -> int:
    """Return how many tries have failed in the bucket in the last fifteen minutes."""
    return SignInTry.objects.filter(bucket=name, at__gt=clock.now() - WINDOW).count()


def is_full(name: bytes, limit: int = TRIES) -> bool:
    """Return whether the bucket has had its tries."""
    return failures(name) >= limit


def failed(*names: bytes) -> None:
    """Count a failed try in each bucket."""
    now = clock.now()
    SignInTry.objects.bulk_create([SignInTry(bucket=name, at=now) for name in names])


def forget(*names: bytes) -> None:
    """Empty buckets: the owner has come in."""
    SignInTry.objects.filter(bucket__in=names).delete()


def one_at_a_time(name: bytes) -> None:
    """Let tries for one bucket wait for each other: many at once must not slip past the count."""
    turns.take(Turn.TRIES, name)


def sweep() -> int:
    """Remove tries that no longer count; return how many."""
    return SignInTry.objects.filter(at__lte=clock.now() - WINDOW).delete()[0]
