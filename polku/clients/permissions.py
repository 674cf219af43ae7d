"""Who may do what with a client."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from polku.foundation import access
from polku.foundation.permissions import permission

RELATED = _(
    "only a client with whom the worker has a relation in force, and no conflict of interest"
)

SEE = permission(
    "clients.see", _("see a client's page"), roles=("coach", "lead", "client"), condition=RELATED
)
LIST = permission(
    "clients.list", _("list and search one's clients"), roles=("coach", "lead"), condition=RELATED
)
OPEN = permission("clients.open", _("open a new client record"), roles=("coach", "lead"))
CHANGE = permission(
    "clients.change", _("change a client's facts"), roles=("coach", "lead"), condition=RELATED
)
CLOSE = permission(
    "clients.close", _("close or reopen a record"), roles=("coach", "lead"), condition=RELATED
)
BAN = permission(
    "clients.ban", _("set or end a safety ban"), roles=("coach", "lead"), condition=RELATED
)
IDENTITY = permission(
    "clients.identity", _("show an identity code"), roles=("coach", "lead"), condition=RELATED
)


def is_guardian(viewer: Any, client: Any) -> bool:
    """Return whether the worker is the client's own coach or the named cover."""
    return client is not None and access.ban_ids(viewer).filter(client_id=client.id).exists()


GUARDED = permission(
    "clients.guarded",
    _("open the guarded view of a client under a safety ban"),
    roles=("coach", "lead"),
    holds=is_guardian,
    condition=_("only the own coach and the named cover, with a purpose"),
)
