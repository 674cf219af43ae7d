"""Is somebody whose record is about to be opened known already? Asked among visible clients alone.

Whoever may not see the other record is told nothing: then the answer is the same as if there were
none (decision 0046). Under a safety ban a phone number finds nobody, as in the search.
"""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.db.models import Q

from polku.clients import names
from polku.clients.models import Client
from polku.clients.queries import visible
from polku.foundation.viewer import Viewer

SHORTEST_PHONE = 7
AT_MOST = 10


def likely_same(
    viewer: Viewer,
    *,
    last_name: str,
    first_names: str,
    born: date | None,
    phone_digits: str,
    identity_code: str = "",
) -> list[Client]:
    """Return the visible clients who may be the same person, by name.

    The same name with the same date of birth, or where one of the two is not known; or the same
    phone number. Where both have an identity code, the code alone decides, and is not asked here.
    """
    wanted = Q(sort_key__startswith=names.sort_key(last_name, ""))
    if born is not None:
        wanted |= Q(born=born)
    by_phone = Q(details__phone_digits=phone_digits)
    if len(phone_digits) >= SHORTEST_PHONE:
        wanted |= by_phone
    found = visible(viewer).filter(wanted).select_related("municipality").order_by("sort_key")
    if identity_code:
        found = found.filter(identity_index__isnull=True)
    phones = _with_phone(viewer, by_phone) if len(phone_digits) >= SHORTEST_PHONE else set()
    alike = [
        one for one in found if one.id in phones or _named_alike(one, last_name, first_names, born)
    ]
    return alike[:AT_MOST]


def _with_phone(viewer: Viewer, by_phone: Q) -> set[UUID]:
    return set(visible(viewer).filter(by_phone).values_list("id", flat=True))


def _named_alike(one: Client, last_name: str, first_names: str, born: date | None) -> bool:
    if born is not None and one.born is not None and born != one.born:
        return False
    if names.fold(one.last_name) != names.fold(last_name):
        return False
    called = set(names.fold(f"{one.first_names} {one.call_name}").split())
    return bool(called & set(names.fold(first_names).split()))
