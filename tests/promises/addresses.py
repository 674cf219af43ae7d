"""Every address of the house, and how to fill the ids in it, for the tests made from the list.

A page that is added later is met by these tests by itself; a new kind of id in an address has to
be told here, or the tests fail and say so.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver

from tests.promises import (
    rows_of_clients,
    rows_of_offices,
    rows_of_places,
    rows_of_statements,
)
from tests.promises.rows_of_places import Make

_PLACE = re.compile(r"<(?:(\w+):)?(\w+)>")


@dataclass(frozen=True)
class Address:
    """One address: its route as in the URL list, its name, and the names of its ids."""

    route: str
    name: str
    places: tuple[str, ...]

    def filled(self, ids: dict[str, Any]) -> str:
        """Return the address with these ids. Raises KeyError for an id nobody has told of."""
        return "/" + _PLACE.sub(lambda m: str(ids[m[2]]), self.route)


def _walk(patterns: list[Any], before: str, space: str) -> Iterator[Address]:
    for pattern in patterns:
        route = before + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            inner = f"{space}{pattern.namespace}:" if pattern.namespace else space
            yield from _walk(pattern.url_patterns, route, inner)
        elif isinstance(pattern, URLPattern):
            places = tuple(m[1] for m in _PLACE.findall(route))
            yield Address(route, f"{space}{pattern.name}", places)


def addresses() -> list[Address]:
    """Return every address, by route."""
    found = _walk(get_resolver().url_patterns, "", "")
    return sorted(found, key=lambda one: (one.route, one.name))


# What hangs on a client: made for each client of the test's world.
OF_A_CLIENT: dict[str, Make] = {
    "client_id": lambda client, worker: client.id,
    **rows_of_clients.OF_A_CLIENT,
    **rows_of_places.OF_A_CLIENT,
    **rows_of_offices.OF_A_CLIENT,
    **rows_of_statements.OF_A_CLIENT,
}


# What belongs to a register as a whole: its workers may see it, nobody else.
OF_A_REGISTER: dict[str, Make] = {
    "register_id": lambda client, worker: client.register_id,
    **rows_of_places.OF_A_REGISTER,
    **rows_of_offices.OF_A_REGISTER,
    **rows_of_statements.OF_A_REGISTER,
}
# What hangs on a worker: only an administrator's pages have these.
OF_A_WORKER = ("user_id", "role_id", "agreement_id", "value_id", "run_id", "official_id")
# Words and keys that name nobody.
WORDS = {
    "status": "cancelled",
    "key": "coaching",
    "language": "fi",
    "turn": "status",
    "kind": "not_found",
    "sort": "room",
    "token": "x" * 43,
    "choice_token": "x" * 32,
    "verb": "start",
    "what": "done",
    "moment": "final",
    "rule": "initial_interview_due",
    "parameter": "work_trial_length",
    "act": "decline",
    "number": "1",
}


def untold() -> list[str]:
    """Return the ids in addresses that nobody has told the tests how to fill."""
    told = {*OF_A_CLIENT, *OF_A_REGISTER, *OF_A_WORKER, *WORDS}
    return sorted({place for one in addresses() for place in one.places} - told)
