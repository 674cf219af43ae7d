"""A round's floor in words: what was asked, what it cost all together, or why it can't be kept."""

from __future__ import annotations

from typing import Any

from django.utils import formats
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from polku.placements.models import Round

REFUSED = "floor"


def refused_as(most: int, members: int) -> str:
    """Return what a round keeps of a floor that can't be kept: see `refused`."""
    return f"{REFUSED} {most} {members}"


def refused(found: Round) -> str:
    """Return why the floor could not be kept, and the most that can be reached; '' if it was."""
    code, *numbers = found.problem.split() or [""]
    if code != REFUSED or not found.floor_group:
        return ""
    most, members = (int(one) for one in numbers)
    said = _(
        "Of the %(members)d who wait and %(group)s, at most %(most)d can get a place when every "
        "limit and everything fixed is kept. Nothing was changed. Ask for %(most)d at most, or "
        "take the floor away."
    )
    return said % {"members": members, "group": of(found.floor_group), "most": most}


def of(group: str) -> str:
    """Return who is in a group, as it follows "those who"."""
    return str(Round.Group(group).label)


def told(record: dict[str, Any]) -> list[str]:
    """Return what the last run's floor asked and what it cost, in sentences; [] without one."""
    floor = record.get("floor")
    if not floor:
        return []
    said = [
        _("At least %(heads)d of the %(members)d who wait and %(group)s: %(got)d have a proposal.")
        % {
            "heads": floor["at_least"],
            "members": floor["members"],
            "group": of(floor["group"]),
            "got": floor["got"],
        }  # fmt: skip
    ]
    if not floor["price"]:
        return [*said, _("They would have it without the floor, too: it costs nothing.")]
    said.append(_("Without the floor it would be %(n)d.") % {"n": floor["without"]})
    said.append(_cost(floor))
    said.append(_proposals(floor["proposals"]))
    return said


def _cost(floor: dict[str, Any]) -> str:
    words = _(
        "All pairs together lose %(points)d points by it (%(share)s %%), at most %(price)d of them "
        "for one more proposal in the group."
    )
    share = formats.number_format(100 * floor["points"] / max(floor["of"], 1), 1)
    return words % {"points": floor["points"], "share": share, "price": floor["price"]}


def _proposals(fewer: int) -> str:
    if fewer > 0:
        words = ngettext(
            "%(n)d person fewer has a proposal.", "%(n)d people fewer have a proposal.", fewer
        )
        return words % {"n": fewer}
    if fewer < 0:
        words = ngettext(
            "%(n)d person more has a proposal.", "%(n)d people more have a proposal.", -fewer
        )
        return words % {"n": -fewer}
    return _("As many as before have a proposal; some others wait instead.")
