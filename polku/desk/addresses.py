"""Where buttons lead. A page that no room has yet gives an empty address, and no button."""

from __future__ import annotations

from functools import lru_cache
from uuid import UUID

from django.urls import NoReverseMatch, reverse

_STANDS_IN = UUID(int=0)
_PLACE = str(_STANDS_IN)


@lru_cache(maxsize=256)
def _pattern(name: str, places: int) -> str:
    for args in ([_STANDS_IN] * places, [_PLACE] * places):
        try:
            return reverse(name, args=args)
        except NoReverseMatch:
            continue
    return ""


def address(name: str, *ids: UUID | str) -> str:
    """Return the address of a named page about these ids, or '' when there is none.

    Reversed once for each name: a list of fifty rows needs some hundred addresses.
    """
    found = _pattern(name, len(ids))
    for one in ids:
        found = found.replace(_PLACE, str(one), 1)
    return found


def client_page(client_id: UUID | str) -> str:
    """Return the address of a client's page."""
    return address("client_page", client_id)


def dates_by_law(client_id: UUID | str) -> str:
    """Return the address of the page that explains a client's dates by law."""
    return address("client_law", client_id)


def client_of(url: str) -> UUID | None:
    """Return whose client's page an address leads to, or None when it leads elsewhere."""
    before, _id, after = _pattern("client_page", 1).partition(_PLACE)
    place, _sign, _part = url.partition("#")
    if not (place.startswith(before) and place.endswith(after)):
        return None
    try:
        return UUID(place[len(before) : len(place) - len(after)])
    except ValueError:
        return None
