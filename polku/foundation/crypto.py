"""Keys: one data key a register, wrapped by the installation's key; ciphertext and blind indexes.

AES-256-GCM with a random nonce; the blind index is HMAC-SHA-256 under the register's own key, cut
to 16 bytes, so that equal identity codes in two registers can't be joined.
"""

from __future__ import annotations

import hashlib
import hmac
import os
from functools import lru_cache
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings

NONCE = 12


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


@lru_cache(maxsize=256)
def _unwrap(wrapped: bytes, register: UUID) -> bytes:
    try:
        return AESGCM(_derive(settings.POLKU_KEY, "wrap")).decrypt(
            wrapped[:NONCE], wrapped[NONCE:], register.bytes
        )
    except InvalidTag as error:
        raise Unreadable("the register's key does not open under POLKU_KEY") from error


@lru_cache(maxsize=256)
def _data_key(register: UUID) -> bytes:
    from polku.foundation.models import RegisterKey

    wrapped = RegisterKey.objects.values_list("wrapped", flat=True).get(register_id=register)
    return _unwrap(bytes(wrapped), register)


@lru_cache(maxsize=256)
def _box(register: UUID) -> AESGCM:
    return AESGCM(_derive(_data_key(register), "seal"))


@lru_cache(maxsize=256)
def _index_key(register: UUID) -> bytes:
    return _derive(_data_key(register), "index")


def forget_keys() -> None:
    """Drop keys kept in memory (after a rotation, and between tests)."""
    for kept in (_data_key, _unwrap, _box, _index_key):
        kept.cache_clear()


def seal(register: UUID, text: str, *, about: str = "") -> bytes:
    """Return ciphertext of the text under the register's key, bound to `about`."""
    nonce = os.urandom(NONCE)
    return nonce + _box(register).encrypt(nonce, text.encode(), about.encode())


def unseal(register: UUID, cipher: bytes, *, about: str = "") -> str:
    """Return the text. Raises Unreadable for a wrong key, other `about`, or changed bytes."""
    raw = bytes(cipher)
    try:
        return _box(register).decrypt(raw[:NONCE], raw[NONCE:], about.encode()).decode()
    except InvalidTag as error:
        raise Unreadable("the ciphertext does not open") from error


def blind_index(register: UUID, text: str) -> bytes:
    """Return the 16-byte index by which an equal text is found within this register only."""
    return _derive(_index_key(register), text)[:16]


def keyed_hash(label: str, data: bytes) -> bytes:
    """Return a 32-byte HMAC under the installation's key, for audit rows, links and codes."""
    return hmac.new(_derive(settings.POLKU_KEY, label), data, hashlib.sha256).digest()
