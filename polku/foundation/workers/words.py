"""Why something can't be done with a worker or a role, in plain words."""

from django.utils.translation import gettext_lazy as _

REASONS = {
    "own": _("You can't do this to your own account: another administrator does it."),
    "own_role": _(
        "You can't give yourself a role: another administrator does it. So nobody opens clients "
        "to themselves alone."
    ),
    "out_of_reach": _("That organisation or role is not yours to administer."),
    "elsewhere": _(
        "This person's account belongs to another organisation, where they worked first. You can "
        "end their roles here; the account is that organisation's to disable or reset."
    ),
    "has_it": _("They have this role in this team already, for that time."),
    "no_team": _("Choose a team: a coach and a lead work in one."),
    "team_of_another": _("That team belongs to another organisation."),
    "ended": _("That role has ended already."),
    "last_administrator": _(
        "This is the register's only administrator. Give someone else the role first."
    ),
    "system": _("That address belongs to the software itself."),
}
