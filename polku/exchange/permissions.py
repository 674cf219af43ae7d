"""Who may bring people in from files."""

from django.utils.translation import gettext_lazy as _

from polku.foundation.permissions import permission

IMPORT = permission(
    "exchange.import_clients",
    _("import people, contacts and appointments from a spreadsheet"),
    roles=("lead",),
    condition=_("into the own register; of people there already, only those whom the worker sees"),
)
