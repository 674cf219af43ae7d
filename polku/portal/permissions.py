"""Who may open the client's own view to the client."""

from django.utils.translation import gettext_lazy as _

from polku.foundation.permissions import permission

ACCESS = permission(
    "portal.access",
    _("make and revoke a client's personal link and codes"),
    roles=("coach", "lead"),
    condition=_("only a client whose page the worker may see"),
)
