"""Texts of a sheet about clients under a safety ban: what tells where they are is left out."""

from __future__ import annotations

from typing import Any

from polku.clients import careful
from polku.clients.models import Client
from polku.clients.whereabouts import found_in
from polku.exchange.imports.wanted import Wanted

_TELLING = ("street", "town", "postal_code", "email", "phone")


def held_back(want: Wanted, client: Client | None, name: str, text: str) -> str:
    """Return the text of a column; '' with the reason where it tells an address, number or place.

    It stays in the sheet, and the report names the row. `client` is who is there already, whose
    guarded details are compared too; None for somebody new.
    """
    if not text:
        return text
    words = [want.values[one] for one in _TELLING if want.values.get(one)]
    if client is not None:
        words += careful.guarded_words(client)
    if not found_in(text, words):
        return text
    want.doubt("text_held_back", name)
    return ""


def hold_back(want: Wanted, client: Client | None) -> None:
    """Leave a telling situation out of what the row wants."""
    values: dict[str, Any] = want.values
    if values.get("situation") and not held_back(want, client, "notes", values["situation"]):
        del values["situation"]
