"""The client's way in: a personal link and a single-use code beside it.

`sign_in_client` begins a client's session; `client_viewer` says at each request whose it is, and
ends it when the link is revoked, or the record closed.
"""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import connection
from django.http import HttpRequest

from polku.foundation import walls
from polku.foundation.viewer import Viewer

KEY = "client"

_STANDS = """
SELECT c.call_name, c.first_names, c.last_name FROM clients_client c
WHERE c.id = %(client)s AND c.register_id = %(register)s
  AND c.closed_on IS NULL AND c.died_on IS NULL
  AND (%(without)s OR EXISTS (SELECT 1 FROM portal_accesslink l
    WHERE l.token_hash = %(link)s AND l.client = c.id AND l.revoked_at IS NULL))
"""


def sign_in_client(
    request: HttpRequest, register_id: UUID, client_id: UUID, *, link: bytes = b""
) -> None:
    """Begin a fresh session of the client's own. `link` is the hash of the link they came by.

    Without a link (the demo's one-click sign-in) the session stands in a demo only.
    """
    request.session.flush()
    request.session[KEY] = {
        "register": str(register_id),
        "client": str(client_id),
        "link": link.hex(),
    }


def client_viewer(request: Any) -> Viewer | None:
    """Return the client whose session this is, while the link stands and the record is open."""
    kept = request.session.get(KEY)
    if kept is None:
        return None
    register, client = UUID(kept["register"]), UUID(kept["client"])
    name = standing(register, client, bytes.fromhex(kept["link"]))
    if name is None:
        walls.enter(register=None)
        request.session.flush()
        return None
    return Viewer(
        kind="client",
        register_id=register,
        client_id=client,
        name=name,
        request_id=getattr(request, "id", ""),
    )


def standing(register: UUID, client: UUID, link: bytes) -> str | None:
    """Return the client's name while they may come in, else None. Names the register."""
    walls.enter(register=register, client=client)
    asked = {
        "client": client,
        "register": register,
        "link": link,
        "without": settings.DEMO and not link,
    }
    with connection.cursor() as cursor:
        cursor.execute(_STANDS, asked)
        row = cursor.fetchone()
    if row is None:
        return None
    call_name, first_names, last_name = row
    return f"{call_name or first_names.split(' ')[0]} {last_name}".strip()
