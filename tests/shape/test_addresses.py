"""Each address leads to its own page, in whatever order the rooms are asked."""

import re
from collections.abc import Iterator
from typing import Any

from django.urls import URLPattern, get_resolver, path, resolve
from django.urls.resolvers import URLResolver

SAMPLES = {"uuid": "0b8c9f6e-6f0c-4a64-9d4e-0f4a3f1b7c55", "int": "7", "path": "a/b"}


def addresses(resolver: Any, before: str = "") -> Iterator[tuple[str, URLPattern]]:
    for one in resolver.url_patterns:
        route = before + str(one.pattern)
        if isinstance(one, URLResolver):
            yield from addresses(one, route)
        else:
            yield route, one


def sample(route: str) -> str:
    return "/" + re.sub(r"<(?:(\w+):)?\w+>", lambda m: SAMPLES.get(m[1], "2026-11-30"), route)


def elsewhere(resolver: Any) -> list[str]:
    """Return the routes whose address another pattern takes."""
    urlconf = resolver.urlconf_name
    return [
        route
        for route, one in addresses(resolver)
        if resolve(sample(route), urlconf).func is not one.callback
    ]


def test_no_room_takes_anothers_address() -> None:
    assert len(list(addresses(get_resolver()))) > 200
    assert elsewhere(get_resolver()) == []


def test_an_address_that_is_taken_is_seen() -> None:
    def first(request: Any) -> None: ...
    def second(request: Any) -> None: ...

    taken = (path("clients/<str:name>/", first), path("clients/new/", second))
    assert elsewhere(get_resolver(taken)) == ["clients/new/"]
