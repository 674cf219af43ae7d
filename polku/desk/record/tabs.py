"""The tabs over a history of changes."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from polku.web.context import NavItem


def part_tabs(chosen: str) -> list[Any]:
    """Return a tab for all and one for each part of the history."""
    words = {
        "": _("Everything"),
        "person": _("The person"),
        "contacts": _("Contacts and times"),
        "plan": _("Plan"),
        "people": _("Who works with the client"),
    }
    return [
        NavItem(word, f"?about={part}" if part else "?", part == chosen)
        for part, word in words.items()
    ]
