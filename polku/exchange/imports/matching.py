"""Which person a row is about. Pure: the register's people come in, one of them or none goes out.

By identity code; else by the office's own client number; else by name, date of birth and phone or
e-mail together. Two candidates are never chosen between.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from polku.clients import names
from polku.exchange.imports.known import Index, Known
from polku.exchange.imports.wanted import Wanted, likeness

ALIKE = 0.3
# In whose column a clash is to be looked for; others are about the row as a whole.
HEADED = {
    "number_of_another": "client_number",
    "birth_differs": "birth_date",
    "name_differs": "last_name",
}


@dataclass(frozen=True, slots=True)
class Clash:
    """Why a row can't be about anybody for sure."""

    code: str
    params: dict[str, Any]


def find(want: Wanted, index: Index) -> Known | Clash | None:
    """Return the one person whom the row is about, None for nobody yet, or the clash."""
    by_code = index.by_identity.get(want.identity) if want.identity else None
    number = want.values.get("office_number", "")
    by_number = index.by_number.get(number) if number else None
    if by_code and by_number and by_code is not by_number:
        return _two(by_code, by_number)
    if by_code:
        return _sound(want, by_code)
    if by_number:
        if want.identity and by_number.identity:
            return _clash("number_of_another", by_number)
        return _sound(want, by_number)
    return _by_name(want, index)


def _by_name(want: Wanted, index: Index) -> Known | Clash | None:
    born = want.values.get("born")
    if born is None or not all(want.name_key):
        return None
    same = [one for one in index.by_name.get((want.name_key, born), ()) if _may_be(want, one)]
    if any(not one.visible or one.details is None for one in same):
        # Whether the phone agrees can't be told without telling it; a second record, unguarded,
        # would be worse than a refusal.
        return Clash("not_yours", {})
    digits, email = want.values.get("phone_digits", ""), want.values.get("email", "").lower()
    found = [
        one
        for one in same
        if (digits and one.reach[0] == digits) or (email and one.reach[1] == email)
    ]
    if len(found) > 1:
        return _two(found[0], found[1])
    return found[0] if found else None


def _may_be(want: Wanted, one: Known) -> bool:
    """Two people may share all but their codes: those of another code or number are others."""
    number = want.values.get("office_number", "")
    return not (
        (want.identity and one.identity and one.identity != want.identity)
        or (number and one.client.office_number and one.client.office_number != number)
    )


def _sound(want: Wanted, one: Known) -> Known | Clash:
    """The code or number found somebody: is it the person whom the rest of the row describes?"""
    if not one.visible:
        return Clash("not_yours", {})
    born = want.values.get("born")
    if born and one.client.born and one.client.born != born:
        return _clash("birth_differs", one)
    last, first = want.values.get("last_name", ""), want.values.get("first_names", "")
    if last and first and not _alike(names.fold(f"{last} {first}"), one.client.search_name):
        return _clash("name_differs", one)
    return one


def _alike(one: str, other: str) -> bool:
    return bool(set(one.split()) & set(other.split())) or likeness(one, other) >= ALIKE


def _two(one: Known, other: Known) -> Clash:
    if not one.visible and not other.visible:
        return Clash("not_yours", {})
    return Clash("two_candidates", {"client": one.said, "other": other.said})


def _clash(code: str, one: Known) -> Clash:
    return Clash(code, {"client": one.said}) if one.visible else Clash("not_yours", {})
