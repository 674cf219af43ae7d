"""A checklist to begin with for a new worksite: what somebody hears and sees in their first days.

The worksite's own people change it as they like; it is a start, so that the page is never empty.
"""

from __future__ import annotations

from django.utils.translation import gettext as _


def first_days() -> list[str]:
    """Return the lines of the checklist, in the language that is on."""
    return [
        _("Who is who, and whom to ask"),
        _("Where to change, eat and leave one's things"),
        _("Working hours and breaks"),
        _("How to tell when one can't come"),
        _("Safety: exits, first aid, machines that are not for one's use yet"),
        _("The tasks, shown one at a time"),
        _("What is confidential here"),
    ]
