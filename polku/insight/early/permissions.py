"""Who may read how it went for others, and who may hide it."""

from django.utils.translation import gettext_lazy as _

from polku.foundation.permissions import permission

OUTLOOK = permission(
    "insight.outlook",
    _("read how it went for others in a client's situation"),
    roles=("coach", "lead", "client"),
    condition=_("only beside a client whom the worker may see; a client beside themselves"),
)
HIDE = permission(
    "insight.hide_outlook",
    _("choose not to be shown how it went for others"),
    roles=("client",),
    holds=lambda viewer, client_id: client_id is None or viewer.client_id == client_id,
    condition=_("only for oneself"),
)
MADE = permission(
    "insight.early_signs",
    _("read how early signs are made and how often they are wrong, in the register's counts"),
    roles=("coach", "lead", "manager", "auditor"),
)
