"""Ciphertext under the installation's key, for what belongs to no register: sessions, TOTP keys."""

from __future__ import annotations

import os

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from polku.foundation import crypto

NONCE = 12


def seal(label: str, data: bytes, *, about: bytes = b"") -> bytes:
    """Return ciphertext bound to `label` (what for) and `about` (which row)."""
    nonce = os.urandom(NONCE)
    return nonce + AESGCM(_key(label)).encrypt(nonce, data, about)


def unseal(label: str, sealed: bytes, *, about: bytes = b"") -> bytes:
    """Return the data. Raises crypto.Unreadable for another key, row or label."""
    try:
        return AESGCM(_key(label)).decrypt(sealed[:NONCE], sealed[NONCE:], about)
    except InvalidTag as error:
        raise crypto.Unreadable("the ciphertext does not open") from error


def _key(label: str) -> bytes:
    return crypto.keyed_hash(f"seal-{label}", b"")
