"""Clients as the auditor knows them: by the first letters of their record's id, never by name.

The auditor answers a client who asks who has looked. They find the one record whose identity code
or number the client told them, and are shown neither of the two. Under a safety ban a client stands
in nobody's list: only who knows the code or the number finds the record.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple
from uuid import UUID

from django.db.models import Q

from polku.clients import identity
from polku.clients.finding import looks_like_identity
from polku.clients.models import Client
from polku.foundation.permissions import check
from polku.foundation.viewer import Viewer


class Numbered(NamedTuple):
    """One client that there is, and whether a safety ban holds."""

    id: UUID
    safety_ban: bool

    @property
    def number(self) -> str:
        """The first letters of the record's id."""
        return str(self.id)[:8]


def find_number(viewer: Viewer, text: str) -> UUID | None:
    """Return the client with exactly this identity code or client number, if there is one."""
    check(viewer, "foundation.access_log")
    text = text.strip()
    if not text or viewer.register_id is None:
        return None
    wanted = Q(office_number__iexact=text)
    if looks_like_identity(text):
        try:
            wanted = Q(identity_index=identity.index_of(viewer.register_id, text.upper()))
        except identity.BadIdentityCode:
            return None
    rows = Client.objects.filter(wanted, register_id=viewer.register_id)
    return rows.values_list("id", flat=True).first()


def numbers(viewer: Viewer, ids: Iterable[UUID]) -> dict[UUID, Numbered]:
    """Return {id: client} of clients of the register; the erased are absent."""
    check(viewer, "foundation.access_log")
    rows = Client.objects.filter(register_id=viewer.register_id, pk__in=set(ids))
    found = rows.values_list("id", "safety_ban")
    return {row[0]: Numbered._make(row) for row in found}
