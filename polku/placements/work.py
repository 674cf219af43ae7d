"""Kinds of work in the trade's own words, with their codes of ISCO-08 (Ammattiluokitus 2010).

A short list of what placements are really about, not the whole classification; other codes may be
written too. Names are ours, in plain words; codes are ISCO's four-digit unit groups.
"""

from __future__ import annotations

from typing import NamedTuple

from django.utils.translation import gettext_lazy as _


class Work(NamedTuple):
    """One kind of work: its ISCO-08 code and its name."""

    code: str
    name: object


WORKS: tuple[Work, ...] = (
    Work("9412", _("kitchen assistance")),
    Work("5120", _("cooking")),
    Work("5131", _("waiting at tables")),
    Work("5246", _("café and counter service")),
    Work("7512", _("baking")),
    Work("9112", _("cleaning")),
    Work("5151", _("housekeeping")),
    Work("9121", _("laundry and ironing")),
    Work("5153", _("property maintenance")),
    Work("9214", _("park and garden work")),
    Work("6113", _("gardening and growing")),
    Work("9215", _("forest work")),
    Work("9211", _("farm work")),
    Work("9212", _("looking after animals")),
    Work("5311", _("child care")),
    Work("5312", _("assisting at school")),
    Work("5321", _("assisting in care")),
    Work("5322", _("assisting at home")),
    Work("5223", _("shop work")),
    Work("9334", _("shelf filling")),
    Work("4321", _("warehouse work")),
    Work("9333", _("loading and unloading")),
    Work("9321", _("packing")),
    Work("9329", _("assisting in a factory")),
    Work("9612", _("sorting and recycling")),
    Work("9313", _("assisting on a building site")),
    Work("7115", _("carpentry")),
    Work("7131", _("painting")),
    Work("7522", _("woodwork and furniture")),
    Work("7212", _("welding")),
    Work("7223", _("machining metal")),
    Work("7231", _("car repair")),
    Work("7234", _("bicycle repair")),
    Work("7421", _("repairing electronics")),
    Work("7531", _("sewing and mending")),
    Work("8322", _("driving a car or van")),
    Work("8332", _("driving a lorry")),
    Work("8344", _("driving a forklift")),
    Work("4110", _("office work")),
    Work("4132", _("entering data")),
    Work("4226", _("reception")),
    Work("4411", _("library work")),
    Work("4412", _("carrying post")),
    Work("3512", _("helping with computers")),
    Work("3423", _("guiding sports and free time")),
    Work("3412", _("assisting in social work")),
    Work("5414", _("guarding")),
    Work("5141", _("hairdressing")),
)
BY_CODE: dict[str, Work] = {one.code: one for one in WORKS}


def name(code: str) -> str:
    """Return the name of a kind of work; a code without one of ours is told as itself."""
    found = BY_CODE.get(code)
    return str(found.name) if found else code


def nearness(one: str, other: str) -> int:
    """Return how many leading digits two codes share (0 to 4): 4 is the same unit group."""
    shared = 0
    for a, b in zip(one, other, strict=False):
        if a != b:
            break
        shared += 1
    return shared
