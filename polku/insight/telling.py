"""An answer as the rows of a sheet: every measure, then everything that it rests on."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _

from polku.insight import assumptions, presenters
from polku.insight.measures import MEASURES
from polku.insight.models import WhatIf

Cells = list[Any]
ENDS = ("mean", "low", "high")
DIGITS = 4


def headings() -> list[tuple[str, int]]:
    """Return the columns, as (heading, width in characters)."""
    today, other = presenters.sides()
    found = [(_("What"), 60)]
    for word in (today, other, _("Difference")):
        found += [(word, 14), (_("%(what)s, from") % {"what": word}, 14),
                  (_("%(what)s, to") % {"what": word}, 14)]  # fmt: skip
    return [*found, (_("Unit"), 22), (_("Of whom, or where it comes from"), 70)]


def rows(found: WhatIf) -> Iterator[Cells]:
    """Yield the measures, the office's own numbers, and every input with its range and source."""
    answer = found.answer or {}
    for one in MEASURES:
        cells: Cells = [str(one.question)]
        for side in ("today", "other", "difference"):
            it = answer[side][one.name]
            cells += [None if it[end] is None else round(one.times * it[end], DIGITS)
                      for end in ENDS]  # fmt: skip
        yield [*cells, str(one.unit), str(one.of)]
    for what, today, other, source in presenters.own_numbers(found):
        yield [what, today, None, None, other, *[None] * 6, source]
    for told in assumptions.rows(answer["inputs"]):
        yield [told.what, told.value, *[None] * 9, f"{told.basis} · {told.range} · {told.source}"]
    honest = _(
        "Effects come from trials in Denmark and Austria; a Swiss trial was predicted and missed. "
        "A comparison under assumptions, not a forecast for anybody."
    )
    yield [honest, *[None] * 10, presenters.asked(found)]
