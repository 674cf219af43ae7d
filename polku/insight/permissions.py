"""Who may ask what another way of working would change."""

from django.utils.translation import gettext_lazy as _

from polku.foundation.permissions import permission

ASK = permission(
    "insight.ask_what_if",
    _("ask what another way of working might change, in the register's counts"),
    roles=("lead", "manager"),
)
