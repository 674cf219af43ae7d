"""Who may ask what another way of working would change."""

from django.utils.translation import gettext_lazy as _

from polku.foundation.permissions import permission
from polku.insight.early import permissions as early

__all__ = ["ASK", "early"]

ASK = permission(
    "insight.ask_what_if",
    _("ask what another way of working might change, in the register's counts"),
    roles=("lead", "manager"),
)
