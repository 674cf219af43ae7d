"""Who may do what with assignments and agreements."""

from django.utils.translation import gettext_lazy as _

from polku.foundation.permissions import permission
from polku.foundation.viewer import Viewer

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
RULES = permission(
    "teamwork.rules", _("say which clients each coach of the team takes"), roles=("lead",)
)
DIVIDE = permission(
    "teamwork.divide", _("have clients divided among the team's coaches"), roles=("lead",)
)
RECUSE = permission(
    "teamwork.recuse", _("record a conflict of interest"), roles=("coach", "lead", "administrator")
)
RECUSALS = permission(
    "teamwork.recusals",
    _("see workers' conflicts of interest, and end one with a reason"),
    roles=("lead", "administrator"),
    condition=_(
        "a lead those of the team, an administrator those of the organisation's workers, without "
        "the clients' names; never one's own"
    ),
)
BULK = permission(
    "teamwork.bulk", _("do something to several clients at once"), roles=("coach", "lead")
)
OWN_SETTINGS = permission(
    "teamwork.own_settings",
    _("choose which messages about one's clients come by e-mail"),
    roles=("coach", "lead"),
)
SEE_AGREEMENTS = permission(
    "teamwork.see_agreements",
    _("see the agreements between organisations"),
    roles=("coach", "lead", "coordinator", "manager", "administrator"),
)


def _decides_for(viewer: Viewer, municipality_id: str | None) -> bool:
    """Whether the worker's organisation decides what is agreed for a municipality."""
    if municipality_id is None:
        return True
    role = next((one for one in viewer.roles if one.id == viewer.role_id), None)
    if role is None:
        return False
    if role.organisation_id == role.register.controller_id:
        return True
    return bool(role.organisation.municipality_id == municipality_id)


AGREE = permission(
    "teamwork.agree",
    _("write down and end agreements between organisations"),
    roles=("administrator", "manager"),
    holds=_decides_for,
    condition=_("only for the own municipality; the register's controller for every one"),
)
