"""What share of the costs of unemployment benefit the municipality bears (kuntaosuus)."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from polku.rules.answer import Answer, answer_by
from polku.rules.facts import Fact
from polku.rules.numbers import WholeNumber
from polku.rules.parameters import Law
from polku.rules.reason import Word, because
from polku.rules.registry import rule

STEPS = "municipal_share_steps"
MOST_DAYS = 20_000


@rule(
    "What percent of the benefit does the municipality pay?",
    text=(
        "The longer somebody has been on unemployment benefit, the larger the share of it that the "
        "home municipality pays. It grows in steps, by days of benefit paid."
    ),
    facts=(Fact("benefit_days", WholeNumber(0, MOST_DAYS), "days of benefit paid so far"),),
    parameters=(STEPS,),
)
def municipal_share(facts: Mapping[str, Any], on: date, law: Law) -> Answer:
    """A step holds from its day on: with steps at 100 and 200, day 199 is still the first."""
    steps = law[STEPS].on(on)
    days = facts["benefit_days"]
    reached = [step for step in steps.value if step[0] <= days]
    ahead = [step for step in steps.value if days < step[0]]
    since, percent = reached[-1]
    msgid = "%(days)s days of benefit: from %(since)s days on it is %(percent)s percent."
    reasons = [because(msgid, days=days, since=since, percent=percent)]
    if ahead:
        following, then = ahead[0]
        msgid = "From %(since)s days on it will be %(percent)s percent."
        reasons.append(because(msgid, since=following, percent=then))
    if steps.verified and steps.note:
        reasons.append(because("%(note)s", note=Word(steps.note)))
    return answer_by(steps, "municipal_share", on, percent, *reasons)
