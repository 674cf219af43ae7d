"""Keys: one data key a register, wrapped by the installation's key; ciphertext and blind indexes.

AES-256-GCM with a random nonce; the blind index is HMAC-SHA-256 under the register's own key, cut
to 16 bytes, so that equal identity codes in two registers can't be joined.

The key that seals can be changed while people work (`foundation.keys`): for that time there are
two, and both open. A process asks for the keys anew when something does not open, and before it
seals when it has not asked for FRESH_SECONDS.
"""

from __future__ import annotations

import hashlib
import hmac
import os
import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings

NONCE = 12
FRESH_SECONDS = 30.0
MOST_KNOWN = 1_000


class Unreadable(Exception):
    """The ciphertext does not open under this key: wrong key, or the bytes were changed."""


def _derive(key: bytes, label: str) -> bytes:
    return hmac.digest(key, label.encode(), "sha256")


def wrap(data_key: bytes, register: UUID) -> bytes:
    """Return a register's data key sealed under the installation's key."""
    nonce = os.urandom(NONCE)
    return nonce + AESGCM(_derive(settings.POLKU_KEY, "wrap")).encrypt(
        nonce, data_key, register.bytes
    )


def new_wrapped_key(register: UUID) -> bytes:
    """Return a fresh data key, already wrapped, to be stored in RegisterKey."""
    return wrap(os.urandom(32), register)


def open_wrapped(wrapped: bytes, register: UUID) -> bytes:
    """Return a register's data key. Raises Unreadable when POLKU_KEY is another one."""
    return _unwrap(wrapped, register)


@lru_cache(maxsize=256)
def _unwrap(wrapped: bytes, register: UUID) -> bytes:
    try:
        return AESGCM(_derive(settings.POLKU_KEY, "wrap")).decrypt(
            wrapped[:NONCE], wrapped[NONCE:], register.bytes
        )
    except InvalidTag as error:
        raise Unreadable("the register's key does not open under POLKU_KEY") from error


@dataclass(frozen=True)
class _Keys:
    """A register's keys as they were read: the first box seals, all of them open."""

    index: bytes
    boxes: tuple[AESGCM, ...]
    read_at: float


_known: dict[UUID, _Keys] = {}


def _read(register: UUID) -> _Keys:
    from polku.foundation.models import RegisterKey

    found = RegisterKey.objects.values_list("wrapped", "sealing", "sealing_before")
    wrapped, sealing, before = found.get(register_id=register)
    root = _unwrap(bytes(wrapped), register)
    data_keys = [_unwrap(bytes(one), register) for one in (sealing, before) if one is not None]
    boxes = tuple(AESGCM(_derive(key, "seal")) for key in data_keys or [root])
    keys = _Keys(_derive(root, "index"), boxes, time.monotonic())
    if len(_known) >= MOST_KNOWN:
        _known.clear()
    _known[register] = keys
    return keys


def _keys(register: UUID) -> _Keys:
    return _known.get(register) or _read(register)


def forget_keys() -> None:
    """Drop keys kept in memory (between tests)."""
    _known.clear()
    _unwrap.cache_clear()


def seal(register: UUID, text: str, *, about: str = "") -> bytes:
    """Return ciphertext of the text under the register's key, bound to `about`."""
    keys = _keys(register)
    if time.monotonic() - keys.read_at > FRESH_SECONDS:
        keys = _read(register)
    nonce = os.urandom(NONCE)
    return nonce + keys.boxes[0].encrypt(nonce, text.encode(), about.encode())


def unseal(register: UUID, cipher: bytes, *, about: str = "") -> str:
    """Return the text. Raises Unreadable for a wrong key, other `about`, or changed bytes."""
    raw = bytes(cipher)
    text = _open(_keys(register), raw, about)
    # Sealed under a key that is younger than what this process knows?
    text = text if text is not None else _open(_read(register), raw, about)
    if text is None:
        raise Unreadable("the ciphertext does not open")
    return text.decode()


def _open(keys: _Keys, raw: bytes, about: str) -> bytes | None:
    for box in keys.boxes:
        try:
            return box.decrypt(raw[:NONCE], raw[NONCE:], about.encode())
        except InvalidTag:
            continue
    return None


def reseal(register: UUID, cipher: bytes, *, about: str = "") -> bytes | None:
    """Return the text under the newest key, or None when it stands under that key already."""
    raw, keys = bytes(cipher), _keys(register)
    try:
        keys.boxes[0].decrypt(raw[:NONCE], raw[NONCE:], about.encode())
        return None
    except InvalidTag:
        return seal(register, unseal(register, raw, about=about), about=about)


def read_anew(register: UUID) -> None:
    """Ask for the register's keys anew, after they were changed here."""
    _read(register)


def blind_index(register: UUID, text: str) -> bytes:
    """Return the 16-byte index by which an equal text is found within this register only."""
    return _derive(_keys(register).index, text)[:16]


def indexer(register: UUID) -> Callable[[str], bytes]:
    """Return `blind_index` of one register for a great many texts; it asks for no more keys."""
    key = _keys(register).index
    return lambda text: _derive(key, text)[:16]


def keyed_hash(label: str, data: bytes) -> bytes:
    """Return a 32-byte HMAC under the installation's key, for audit rows, links and codes."""
    return hmac.new(_derive(settings.POLKU_KEY, label), data, hashlib.sha256).digest()
