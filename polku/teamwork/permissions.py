"""Who may do what with assignments and agreements."""

from django.utils.translation import gettext_lazy as _

from polku.foundation.permissions import permission

TAKE = permission("teamwork.take", _("take a client who has no own coach"), roles=("coach", "lead"))
ASSIGN = permission(
    "teamwork.assign", _("name a client's own coach, team or cover"), roles=("lead",)
)
HAND_OVER = permission(
    "teamwork.hand_over", _("hand a client over to another coach"), roles=("coach", "lead")
)
CASELOADS = permission(
    "teamwork.caseloads", _("see the team's caseloads"), roles=("lead", "manager")
)
MINUTES = permission("teamwork.minutes", _("change the table of expected minutes"), roles=("lead",))
RECUSE = permission(
    "teamwork.recuse", _("record a conflict of interest"), roles=("coach", "lead", "administrator")
)
