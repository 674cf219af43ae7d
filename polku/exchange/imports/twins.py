"""Possible doubles: a new person who may be somebody who is there, or on another row.

They are told, never joined. Only people whom the importer may see are told of.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from polku.exchange.imports import lookups
from polku.exchange.imports.errand import Errand
from polku.exchange.imports.wanted import Wanted, likeness


@dataclass(slots=True)
class Rows:
    """New people of this file that the register does not show yet, by name and by phone."""

    names: dict[int, list[tuple[str, int]]] = field(default_factory=dict)
    phones: dict[str, int] = field(default_factory=dict)


class Twins:
    """Tells of the likeliest double of each new person of a batch."""

    def __init__(
        self, errand: Errand, rows: Rows, near: lookups.Near, phones: dict[int, list[UUID]]
    ) -> None:
        self._rows, self._near, self._phones = rows, near, phones
        asked = {one.client_id for found in near.values() for one in found}
        asked.update(client for found in phones.values() for client in found)
        self._seen = lookups.visible_ids(errand, asked)

    def tell(self, want: Wanted) -> None:
        """Put the likeliest double into the row's doubts; remember the row for those to come."""
        if not (self._by_name(want) or self._by_phone(want)):
            self._among_rows(want)
        line, digits = want.row.line, want.values.get("phone_digits")
        for key in _beginnings(want):
            self._rows.names.setdefault(key, []).append((want.search, line))
        if digits:
            self._rows.phones.setdefault(digits, line)

    def _by_name(self, want: Wanted) -> bool:
        alike = [
            one
            for one in self._near.get(want.row.line, ())
            if one.client_id in self._seen and (one.begins or one.likeness >= lookups.LIKE)
        ]
        if alike:
            best = max(alike, key=lambda one: (one.begins, one.likeness))
            _say(want, best.begins, str(best.client_id))
        return bool(alike)

    def _by_phone(self, want: Wanted) -> bool:
        same = [one for one in self._phones.get(want.row.line, ()) if one in self._seen]
        if same:
            want.doubt("likely_same_phone", "phone", client=str(same[0]))
        return bool(same)

    def _among_rows(self, want: Wanted) -> None:
        others = {pair for key in _beginnings(want) for pair in self._rows.names.get(key, ())}
        beginning = " ".join(want.name_key)
        best = max(
            (
                (name.startswith(beginning), likeness(want.search, name), line)
                for name, line in others
            ),
            default=(False, 0.0, 0),
        )
        digits = want.values.get("phone_digits", "")
        if best[0] or best[1] >= lookups.LIKE:
            _say(want, best[0], f"#{best[2]}")
        elif digits in self._rows.phones:
            want.doubt("likely_same_phone", "phone", client=f"#{self._rows.phones[digits]}")


def _say(want: Wanted, same: bool, who: str) -> None:
    want.doubt("likely_same_name" if same else "likely_similar_name", client=who)


def _beginnings(want: Wanted) -> list[int]:
    """Return by what a name alike is looked for among the file's rows: never all of a day's."""
    born: date | None = want.values.get("born")
    if born is None:
        return []
    return [hash((born, place, part[:3])) for place, part in enumerate(want.name_key)]
