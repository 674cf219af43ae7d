"""What an unemployment benefit is called on a day: names are dated, like everything in the law."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from polku.rules.answer import Answer, answer_by
from polku.rules.facts import Fact, OneOf
from polku.rules.parameters import Law
from polku.rules.reason import because
from polku.rules.registry import rule

NAMES = "benefit_names_of_time"
BENEFITS = (
    "labour_market_support",
    "basic_allowance",
    "earnings_related_allowance",
    "general_support",
)


@rule(
    "What is the benefit called?",
    text=(
        "From May 2026 general support takes the place of labour market support and basic "
        "allowance. On papers and screens each day has the names of its time."
    ),
    facts=(Fact("benefit", OneOf("benefit", BENEFITS), "the benefit by the name of any time"),),
    parameters=(NAMES,),
)
def benefit_name(facts: Mapping[str, Any], on: date, law: Law) -> Answer:
    names = law[NAMES].on(on)
    asked = facts["benefit"]
    benefit = names.value["instead"].get(asked, asked)
    if benefit not in names.value["names"]:
        reason = because("There was no benefit of that name on %(day)s.", day=on)
        return answer_by(names, "benefit_name", on, {"benefit": None}, reason)
    value = {"benefit": benefit, **names.value["names"][benefit]}
    if benefit == asked:
        reason = because("The benefit has this name on %(day)s.", day=on)
    else:
        reason = because("On %(day)s another benefit stands in its place.", day=on)
    return answer_by(names, "benefit_name", on, value, reason)
