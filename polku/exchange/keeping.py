"""Files while they wait to be imported: encrypted under a key of their own, which the register's
key seals. When a run ends the key goes, and the bytes with it.
"""

from __future__ import annotations

import json
import os
from typing import Any
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from polku.exchange.models import ImportPart, ImportRun
from polku.foundation import crypto

NONCE = 12


class Gone(Exception):
    """The file is no longer kept."""


def seal_file(register: UUID, run: UUID, data: bytes) -> tuple[bytes, bytes]:
    """Return (sealed key, ciphertext) of a file's bytes."""
    key, nonce = AESGCM.generate_key(256), os.urandom(NONCE)
    cipher = nonce + AESGCM(key).encrypt(nonce, data, run.bytes)
    return crypto.seal(register, key.hex(), about=f"import {run}"), cipher


def open_file(run: ImportRun) -> bytes:
    """Return the file's bytes. Raises Gone, and crypto.Unreadable for another register's key."""
    if run.file_cipher is None or run.key_cipher is None:
        raise Gone
    key = bytes.fromhex(crypto.unseal(run.register_id, run.key_cipher, about=f"import {run.id}"))
    raw = bytes(run.file_cipher)
    try:
        return AESGCM(key).decrypt(raw[:NONCE], raw[NONCE:], run.id.bytes)
    except InvalidTag as error:
        raise crypto.Unreadable("the kept file does not open") from error


def digest_of(register: UUID, sha256: str) -> str:
    """Return the hash by which a file is known again, 32 hexadecimal digits, from its SHA-256.

    Under the register's own key: the same file in two registers is not to join its people.
    """
    return crypto.blind_index(register, f"file {sha256}").hex()


def seal_name(register: UUID, run: UUID, name: str) -> bytes:
    """Return a file's name sealed: it may be a person's."""
    return crypto.seal(register, name[:200], about=f"name {run}")


def name_of(run: ImportRun) -> str:
    """Return what the file was called."""
    return crypto.unseal(run.register_id, run.name_cipher, about=f"name {run.id}")


def seal_lines(run: ImportRun, lines: list[list[Any]]) -> bytes:
    """Return the lines of a report sealed."""
    return crypto.seal(
        run.register_id, json.dumps(lines, ensure_ascii=False), about=f"report {run.id}"
    )


def open_lines(run: ImportRun, part: ImportPart) -> list[list[Any]]:
    """Return the lines of a part of a report."""
    found: list[list[Any]] = json.loads(
        crypto.unseal(run.register_id, part.cipher, about=f"report {run.id}")
    )
    return found
