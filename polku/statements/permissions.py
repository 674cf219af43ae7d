"""Who may do what with statements on unemployment security."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from polku.foundation.permissions import permission

RELATED = _("only of a client whom the worker may see")
NEAR = _(
    "only of a client whom the worker may see; a named official from the draft on, of the "
    "municipalities for which their organisation writes statements, never under a safety ban; a "
    "client only their own"
)


def is_theirs(viewer: Any, row: Any) -> bool:
    """Return whether the row is the client's own; workers' rows are held by the queries."""
    return row is None or viewer.kind == "staff" or bool(row.client_id == viewer.client_id)


SEE = permission(
    "statements.see",
    _("see matters of unemployment security and their statements"),
    roles=("coach", "lead", "client"),
    holds=is_theirs,
    condition=NEAR,
)
WRITE = permission(
    "statements.write",
    _("begin a matter, ask the client for clarification, write the statement"),
    roles=("coach", "lead"),
    condition=RELATED,
)
ANSWER = permission(
    "statements.answer",
    _("answer a request for clarification, or write down the client's answer"),
    roles=("coach", "lead", "client"),
    holds=is_theirs,
    condition=_("only of a client whom the worker may see; a client only their own"),
)
SIGN = permission(
    "statements.sign",
    _("sign a statement, or give its draft back"),
    roles=("coach", "lead"),
    condition=_(
        "only a named official, while their organisation writes statements for the client's "
        "municipality"
    ),
)
SEND = permission(
    "statements.send",
    _("copy a signed statement and note to whom it was sent"),
    roles=("coach", "lead"),
    condition=_("the client's worker, or a named official who may sign it"),
)
OFFICIALS = permission(
    "statements.officials",
    _("name the officials who sign statements"),
    roles=("manager", "administrator"),
    condition=_("only workers of the own organisation, never oneself"),
)
