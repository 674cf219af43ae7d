"""Whether an employer may get the employment subsidy for those aged 55 or over, and how much."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from polku.rules.answer import Answer, answer_by
from polku.rules.conditions import Condition, Terms
from polku.rules.facts import Fact
from polku.rules.numbers import Number, WholeNumber
from polku.rules.parameters import Law
from polku.rules.reason import because
from polku.rules.registry import rule
from polku.rules.subsidy import MOST_PAY, how_much, subsidy_a_month

TERMS = "employment_subsidy_55_terms"


@rule(
    "May an employer get the employment subsidy for those aged 55 or over?",
    text=(
        "For a person of 55 or over who has been without work for long, an employer may get a "
        "subsidy of its own kind."
    ),
    facts=(
        Fact("age", WholeNumber(0, 130), "age in whole years"),
        Fact(
            "unemployed_months_of_28",
            Number(0, 28),
            "months of unemployment in the last 28 months",
        ),
        Fact("hours_a_week", Number(0, 168), "hours of work in a week"),
        Fact("pay_a_month", Number(0, MOST_PAY, smooth=True), "pay in euros a month"),
    ),
    parameters=(TERMS,),
)
def employment_subsidy_55(facts: Mapping[str, Any], on: date, law: Law) -> Answer:
    """Not allowed: the subsidy is 0, while percent, cap and months stay those of the law."""
    terms = law[TERMS].on(on)
    percent, cap = terms.value["percent"], terms.value["cap"]
    conditions = (
        old_enough(facts["age"], terms.value),
        unemployed_enough(facts["unemployed_months_of_28"], terms.value),
        hours_enough(facts["hours_a_week"], terms.value),
    )
    allowed = all(condition.holds for condition in conditions)
    pay: Decimal = facts["pay_a_month"]
    value = {
        "allowed": allowed,
        "percent": percent,
        "cap": cap,
        "subsidy_a_month": subsidy_a_month(pay, percent, cap) if allowed else 0.0,
        "months_at_most": terms.value["months_at_most"],
    }
    reasons = [condition.reason for condition in conditions]
    if allowed:
        msgid = "For at most %(months)s months, and no longer than the employment lasts."
        reasons.append(how_much(pay, percent, cap))
        reasons.append(because(msgid, months=terms.value["months_at_most"]))
        reasons.append(because("The authority decides, and before the work begins."))
    return answer_by(terms, "employment_subsidy_55", on, value, *reasons)


def old_enough(age: int, terms: Terms) -> Condition:
    least = terms["age_at_least"]
    if age >= least:
        msgid = "Aged %(age)s, which is at least %(least)s."
    else:
        msgid = "Aged %(age)s, which is under %(least)s."
    return Condition(age >= least, because(msgid, age=age, least=least))


def unemployed_enough(months: Decimal, terms: Terms) -> Condition:
    least = terms["unemployed_at_least"]
    if months >= least:
        msgid = "Unemployed for %(months)s of the last 28 months, which is at least %(least)s."
    else:
        msgid = "Unemployed for %(months)s of the last 28 months, which is under %(least)s."
    return Condition(months >= least, because(msgid, months=months, least=least))


def hours_enough(hours: Decimal, terms: Terms) -> Condition:
    least = terms["hours_at_least"]
    if hours >= least:
        msgid = "%(hours)s hours a week is at least %(least)s."
    else:
        msgid = (
            "%(hours)s hours a week is under %(least)s; where a full week is under 37.5 hours, 65"
            " percent of it is enough."
        )
    return Condition(hours >= least, because(msgid, hours=hours, least=least))
