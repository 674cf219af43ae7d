"""Whether an activation plan (aktivointisuunnitelma) must be drawn up.

It needs an employment plan and one of several signs of long unemployment; the signs differ for the
young. When the plan must be ready after that has not been read.
"""

from collections.abc import Mapping
from datetime import date
from typing import Any

from polku.rules.answer import Answer, answer_by
from polku.rules.conditions import Condition, Terms
from polku.rules.facts import Fact, a_true_or_false
from polku.rules.numbers import WholeNumber
from polku.rules.parameters import Law
from polku.rules.reason import Reason, because, message
from polku.rules.registry import rule

TERMS = "activation_plan_terms"


@rule(
    "Must an activation plan be drawn up?",
    text=(
        "When unemployment has gone on for long, the employment authority and the wellbeing "
        "services county draw up an activation plan together with the client. It comes sooner for "
        "those under 25, and only where there is an employment plan."
    ),
    facts=(
        Fact("age", WholeNumber(0, 130), "age in whole years"),
        Fact(
            "support_days_in_12_months",
            WholeNumber(0, 366),
            "days of labour market support in the last 12 calendar months",
        ),
        Fact(
            "benefit_days_used",
            WholeNumber(0, 10_000),
            "days used of the time for which unemployment allowance is paid",
        ),
        Fact(
            "assistance_months",
            WholeNumber(0, 600),
            "months in which social assistance because of unemployment was the main income",
        ),
        Fact("has_employment_plan", a_true_or_false, "whether there is an employment plan"),
    ),
    parameters=(TERMS,),
)
def activation_plan_due(facts: Mapping[str, Any], on: date, law: Law) -> Answer:
    terms = law[TERMS].on(on)
    young = facts["age"] < terms.value["age_from"]
    plan = has_plan(facts["has_employment_plan"])
    signs = signs_of_young(facts, terms.value) if young else signs_of_others(facts, terms.value)
    met = any(sign.holds for sign in signs)
    msgid = (
        "Aged %(age)s, which is under %(least)s."
        if young
        else "Aged %(age)s, which is at least %(least)s."
    )
    reasons = [because(msgid, age=facts["age"], least=terms.value["age_from"]), plan.reason]
    reasons += [sign.reason for sign in signs if sign.holds is met]
    due = plan.holds and met
    open_ = plan.holds and not young and not due and _enough(facts, terms.value)
    reasons += _besides(due, open_, terms.value)
    return answer_by(terms, "activation_plan_due", on, due, *reasons, settled=not open_)


def has_plan(has: bool) -> Condition:
    if has:
        return Condition(True, because("There is an employment plan."))
    return Condition(False, because("There is no employment plan, which must come first."))


def signs_of_young(facts: Mapping[str, Any], terms: Terms) -> list[Condition]:
    support, used = facts["support_days_in_12_months"], facts["benefit_days_used"]
    return [
        at_least(support, terms["support_days"], SUPPORT),
        at_least(used, terms["benefit_days"], ALLOWANCE),
        at_least(facts["assistance_months"], terms["assistance_months_under"], ASSISTANCE),
    ]


def signs_of_others(facts: Mapping[str, Any], terms: Terms) -> list[Condition]:
    """Here days of support count only after the days of allowance."""
    support = at_least(facts["support_days_in_12_months"], terms["support_days"], SUPPORT)
    used = at_least(facts["benefit_days_used"], terms["benefit_days"], ALLOWANCE)
    both = because("%(one)s %(other)s", one=used.reason, other=support.reason)
    return [
        Condition(support.holds and used.holds, both),
        at_least(facts["assistance_months"], terms["assistance_months_from"], ASSISTANCE),
    ]


SUPPORT = message("Days of labour market support in 12 months: %(given)s, with %(least)s needed.")
ALLOWANCE = message("Days of unemployment allowance used: %(given)s, with %(least)s needed.")
ASSISTANCE = message("Months on social assistance: %(given)s, with %(least)s needed.")


def at_least(given: int, least: int, msgid: str) -> Condition:
    return Condition(given >= least, because(msgid, given=given, least=least))


def _enough(facts: Mapping[str, Any], terms: Terms) -> bool:
    return bool(facts["support_days_in_12_months"] >= terms["support_days"])


def _besides(due: bool, open_: bool, terms: Terms) -> list[Reason]:
    if open_:
        msgid = (
            "Whether %(days)s days of labour market support are enough without the days of"
            " allowance before them has not been read in the law."
        )
        return [because(msgid, days=terms["benefit_days"])]
    if due:
        return [because("By when the plan must be ready has not been read.")]
    return []
