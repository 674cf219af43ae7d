"""Who may do what with accounts and roles."""

from django.utils.translation import gettext_lazy as _

from polku.foundation.models import RoleAssignment
from polku.foundation.permissions import permission

EVERYONE = tuple(RoleAssignment.Role.values)
OWN_ORGANISATION = _(
    "only workers of the administrator's own organisation, or of the whole register if the "
    "organisation is its controller; gives no access to clients"
)

MANAGE = permission(
    "staff.manage",
    _("invite workers, give and end roles, reset a second step, disable an account"),
    roles=("administrator",),
    condition=OWN_ORGANISATION,
)
WHO_MAY = permission("staff.who_may", _("see the table of roles and rights"), roles=EVERYONE)
ACCOUNT = permission(
    "staff.account", _("change one's own password and second step"), roles=EVERYONE
)
ACCESS_LOG = permission(
    "foundation.access_log",
    _("search the access log: who looked at whose data, and which fields were changed"),
    roles=("auditor",),
    condition=_(
        "never what was written; clients by number, and under a safety ban only who was asked "
        "for by code or number; each look at the log is logged"
    ),
)
