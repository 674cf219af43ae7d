"""Identity codes: checked, sealed under the register's key, found by its blind index."""

from __future__ import annotations

from uuid import UUID

from stdnum.exceptions import ValidationError
from stdnum.fi import hetu

from polku.clients.models import Client
from polku.foundation import crypto


class BadIdentityCode(ValueError):
    """The text is no identity code: wrong form, wrong check character, or a date that is not."""


def compact(code: str) -> str:
    """Return the code in its one written form. Raises BadIdentityCode.

    Artificial codes (individual number 900 to 999) pass: they are the only ones in demo and tests.
    """
    try:
        return str(hetu.validate(code, allow_temporary=True))
    except ValidationError as error:
        raise BadIdentityCode(str(error)) from error


def give(client: Client, code: str) -> None:
    """Seal the code into the (unsaved) client, with its index. Raises BadIdentityCode."""
    plain = compact(code)
    keep(client, plain, crypto.blind_index(client.register_id, plain))


def keep(client: Client, plain: str, index: bytes) -> None:
    """Seal a code that was found sound, in its one written form, beside its blind index."""
    client.identity_cipher = crypto.seal(client.register_id, plain, about=str(client.id))
    client.identity_index = index


def read(client: Client) -> str | None:
    """Return the client's identity code, or None. Showing it is a look of its own: audit it."""
    if client.identity_cipher is None:
        return None
    return crypto.unseal(client.register_id, client.identity_cipher, about=str(client.id))


def index_of(register: UUID, code: str) -> bytes:
    """Return the blind index to look for. Raises BadIdentityCode."""
    return crypto.blind_index(register, compact(code))
