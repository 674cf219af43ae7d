"""Whether a work trial (työkokeilu) may be arranged at such a host with such hours."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from polku.rules.answer import Answer, answer_by
from polku.rules.conditions import days_fit, host_may, hours_fit
from polku.rules.facts import Fact
from polku.rules.hosts import a_host_kind
from polku.rules.numbers import Number, WholeNumber
from polku.rules.parameters import Law
from polku.rules.reason import because
from polku.rules.registry import rule

TERMS = "work_trial_terms"


@rule(
    "May a work trial be arranged like this?",
    text=(
        "A work trial needs a host that the law lets arrange it, and hours and days within "
        "limits. It is no employment, and no pay is paid."
    ),
    facts=(
        Fact("host_kind", a_host_kind, "what the host is"),
        Fact("hours_a_day", Number(0, 24), "hours on a day of work"),
        Fact("days_a_week", WholeNumber(0, 7), "days of work in a week"),
    ),
    parameters=(TERMS,),
)
def work_trial_allowed(facts: Mapping[str, Any], on: date, law: Law) -> Answer:
    terms = law[TERMS].on(on)
    conditions = (
        host_may(facts["host_kind"], terms.value),
        hours_fit(facts["hours_a_day"], terms.value),
        days_fit(facts["days_a_week"], terms.value),
    )
    allowed = all(condition.holds for condition in conditions)
    reasons = [condition.reason for condition in conditions]
    if allowed:
        msgid = (
            "Not looked at here: competition may not be distorted, and the host must first have"
            " offered work to those whom it has dismissed, laid off or employs part-time."
        )
        reasons.append(because(msgid))
    return answer_by(terms, "work_trial_allowed", on, allowed, *reasons)
