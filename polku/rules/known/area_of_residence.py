"""Which area a home municipality belongs to: a municipal trial, or since 2025 an employment area.

Areas are dated, never fixed: what was one trial may be two areas today.
"""

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

from polku.rules.answer import Answer, answer_by
from polku.rules.facts import Fact, Unreadable
from polku.rules.parameters import Law
from polku.rules.reason import because
from polku.rules.registry import rule

AREAS = "areas_of_residence"
CODE = re.compile(r"[0-9]{3}")


def a_municipality(value: object) -> str:
    """The three-digit code of a municipality, as text."""
    if isinstance(value, str) and CODE.fullmatch(value):
        return value
    raise Unreadable("The fact %(fact)s must be the three-digit code of a municipality, as text.")


@rule(
    "Which area does the home municipality belong to?",
    text=(
        "Where somebody lives decides who serves them. Until the end of 2024 some municipalities "
        "took part in trials; since then each belongs to an employment area, alone or with others."
    ),
    facts=(Fact("home_municipality", a_municipality, "three-digit code of the municipality"),),
    parameters=(AREAS,),
)
def area_of_residence(facts: Mapping[str, Any], on: date, law: Law) -> Answer:
    areas = law[AREAS].on(on)
    home = facts["home_municipality"]
    code = area_with(home, areas.value)
    if code is None:
        msgid = "The sources that are known here name no area for the municipality %(code)s."
        reason = because(msgid, code=home)
        return answer_by(areas, "area_of_residence", on, None, reason, settled=False)
    area = areas.value[code]
    value = {"area": code, "name_fi": area["fi"], "name_sv": area["sv"]}
    msgid = "The municipality %(code)s belongs to %(area)s."
    reasons = [because(msgid, code=home, area=both_names(area))]
    sure = home in area["members"]
    if not sure:
        msgid = "No source names this municipality itself: it is inferred from the region."
        reasons.append(because(msgid))
    return answer_by(areas, "area_of_residence", on, value, *reasons, settled=sure)


def area_with(home: str, areas: Mapping[str, Any]) -> str | None:
    """The code of the area that has this municipality, surely or by inference."""
    for code, area in areas.items():
        if home in area["members"] or home in area["inferred"]:
            return code
    return None


def both_names(area: Mapping[str, Any]) -> str:
    """In Finnish and in Swedish, once where they are the same."""
    return " / ".join(dict.fromkeys((area["fi"], area["sv"])))
