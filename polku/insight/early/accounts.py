"""How early signs were made and how often they were wrong, ready for the page that tells it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from polku.insight.early import keeping, situations, words
from polku.insight.early.models import EarlySigns
from polku.insight.numbers import shown
from polku.planning.signs.looking_back import ALL, FEWEST_LATER, Check, LookedBack
from polku.planning.signs.telling import FEWEST_COMPLETE, FEWEST_ENDS, FEWEST_PEOPLE, Refused

LANGUAGES = {
    situations.FINNISH: gettext_lazy("Finnish as mother tongue"),
    situations.SWEDISH: gettext_lazy("Swedish as mother tongue"),
    situations.OTHER_LANGUAGE: gettext_lazy("another mother tongue"),
}
GROUPS = (
    (ALL, {0: gettext_lazy("everybody")}),
    (situations.AGE_GROUP, words.AGES),
    (situations.LANGUAGE_GROUP, LANGUAGES),
)


@dataclass(frozen=True)
class Line:
    """One group: how often it was wrong. Without checks only the name stands."""

    group: str
    checks: int = 0
    outside: int = 0
    beyond: int = 0
    people: str = ""
    told: str = ""
    here: int = 0


def account(kept: EarlySigns) -> dict[str, Any]:
    """Return everything that the page shows."""
    back = keeping.looked_back(kept.told)
    return {
        "kept": kept,
        "lines": lines(back),
        "details": [detail(one) for one in back.checks if one.kind == ALL],
        "told_nothing": kept.told["told_nothing"],
        "speaks": speaks(kept),
        "fewest": {"people": FEWEST_PEOPLE, "ends": FEWEST_ENDS, "complete": FEWEST_COMPLETE,
                   "later": FEWEST_LATER},
    }  # fmt: skip


def lines(back: LookedBack) -> list[Line]:
    """Return the groups in a fixed order; those with too few to tell stand there too."""
    found = []
    for kind, names in GROUPS:
        for code, name in names.items():
            one = back.of(kind, code)
            if one is None:
                found.append(Line(str(name)))
                continue
            told = f"{one.told[0]}–{one.told[1]}"
            found.append(Line(str(name), one.checks, one.outside, one.beyond, shown(one.people),
                              told, one.here))  # fmt: skip
    return found


def detail(one: Check) -> dict[str, Any]:
    """Return one comparison of everybody."""
    return {
        "day": date.fromordinal(one.day),
        "of": f"{words.HERE_FOR[one.landmark]}; {str(words.AHEAD[one.horizon]).lower()}",
        "people": shown(one.people), "told": f"{one.told[0]}–{one.told[1]}", "here": one.here,
        "chance": f"{one.chance[0]}–{one.chance[1]}",
        "word": _("beyond luck") if one.beyond else _("outside") if one.outside else _("inside"),
    }  # fmt: skip


def speaks(kept: EarlySigns) -> list[dict[str, Any]]:
    """Return by landmark and horizon how many situations are told of, of how many there were."""
    many: Counter[tuple[int, int]] = Counter()
    told: Counter[tuple[int, int]] = Counter()
    for (mark, ahead, _codes), one in keeping.fitted(kept.told).cells.items():
        many[mark, ahead] += 1
        told[mark, ahead] += not isinstance(one, Refused)
    return [
        {"of": str(words.HERE_FOR[mark]), "ahead": str(words.AHEAD[ahead]).lower(),
         "told": told[mark, ahead], "many": many[mark, ahead]}
        for mark, ahead in sorted(many)
    ]  # fmt: skip
