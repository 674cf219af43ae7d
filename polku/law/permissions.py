"""Who may read the law's rules, and who decides a value for the register."""

from django.utils.translation import gettext_lazy as _

from polku.foundation.permissions import permission

READ = permission(
    "law.read",
    _("read the law's rules and try them"),
    roles=("coach", "lead", "coordinator", "counterpart", "manager", "auditor", "administrator"),
)
CONFIRM = permission(
    "law.confirm",
    _("confirm or change a value of the law for the register, and withdraw it"),
    roles=("administrator",),
)
