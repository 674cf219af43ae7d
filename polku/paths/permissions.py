"""Who may do what with a plan."""

from django.utils.translation import gettext_lazy as _

from polku.foundation.permissions import permission

RELATED = _("only of a client whom the worker may see; a client only of their own plan")

SEE = permission(
    "paths.see", _("see a plan and its path"), roles=("coach", "lead", "client"), condition=RELATED
)
WRITE = permission(
    "paths.write", _("write goals and steps"), roles=("coach", "lead"), condition=RELATED
)
ANSWER = permission(
    "paths.answer",
    _("agree to, put off or decline a step"),
    roles=("coach", "lead", "client"),
    holds=lambda viewer, step: (
        step is None or viewer.kind == "staff" or step.client_id == viewer.client_id
    ),
    condition=RELATED,
)
AGREE = permission(
    "paths.agree_plan", _("agree the plan as a whole"), roles=("coach", "lead"), condition=RELATED
)
