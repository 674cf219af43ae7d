"""Words that stand nowhere else, one for each text of each client, to find where it went."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from django.db import models

from polku.clients.names import search_name
from polku.foundation.protection import protection_of
from tests.promises.house import AREA, House

# Nine letters: a word of a text that is cut short still fits, and no other word is like it.
_FOUND = re.compile(r"Zq([a-z]{3})([a-z]{3})x")


@dataclass(frozen=True)
class Sentinel:
    """Whose text it is, and of which field of which model, with its protection class."""

    client: str
    label: str
    field: str
    kind: str


class Sentinels:
    """Plants a word for each client and field, and tells the fields of the words in a text."""

    def __init__(self, house: House) -> None:
        self.known: dict[str, Sentinel] = {}
        self._words: dict[Sentinel, str] = {}
        house.plant(self.word)
        self._search_keys(house)

    def word(self, client: str, row: models.Model, field: models.Field) -> str:
        """Return the word of this client's field."""
        kind = protection_of(type(row))[field.name]
        sentinel = Sentinel(client, row._meta.label, field.name, kind)
        if sentinel not in self._words:
            number = len(self._words)
            letters = "".join(chr(97 + number // 26**n % 26) for n in range(3))
            word = f"Zq{client[:3]}{letters}x"
            self._words[sentinel] = word
            self.known[word] = sentinel
        return self._words[sentinel]

    def of(self, label: str, field: str, client: str = "devi") -> str:
        """Return the word that stands in a field of a client."""
        return next(
            w
            for w, s in self.known.items()
            if (s.label, s.field, s.client) == (label, field, client)
        )

    def within(self, text: str) -> set[Sentinel]:
        """Return what stands in a text, however it is written there."""
        plain = re.sub(r"zq([a-z]{6})x", r"Zq\1x", text, flags=re.IGNORECASE)
        return {self.known[m[0]] for m in _FOUND.finditer(plain) if m[0] in self.known}

    def _search_keys(self, house: House) -> None:
        """Let the people be found by their planted names, as they would have been by their own."""
        from polku.clients.models import Client

        for name, client in house.world.clients.items():
            house.world.enter(AREA[name])
            row = Client.objects.get(pk=client.pk)
            key = search_name(row.last_name, row.first_names, row.call_name)
            Client.objects.filter(pk=row.pk).update(search_name=key)


def said(answer: Any) -> str:
    """Return the title of a page, which browsers keep in their history."""
    found = re.search(r"<title>(.*?)</title>", answer.content.decode(errors="replace"), re.S)
    return found[1] if found else ""


__all__ = ["Sentinel", "Sentinels", "said"]
