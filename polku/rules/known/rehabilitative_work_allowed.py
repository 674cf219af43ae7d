"""Whether rehabilitative work (kuntouttava työtoiminta) may be arranged like this."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from polku.rules.answer import Answer, answer_by
from polku.rules.conditions import Condition, Terms, days_fit, host_may, hours_fit
from polku.rules.facts import Fact
from polku.rules.hosts import a_host_kind
from polku.rules.numbers import Number, WholeNumber, tidy
from polku.rules.parameters import Law
from polku.rules.reason import Reason, because
from polku.rules.registry import rule

TERMS = "rehabilitative_work_terms"


@rule(
    "May rehabilitative work be arranged like this?",
    text=(
        "Rehabilitative work is a social service for those who cannot take part in employment "
        "services. The law says who may arrange it, for how many hours and days, and for how "
        "long."
    ),
    facts=(
        Fact("host_kind", a_host_kind, "what the host is"),
        Fact("hours_a_day", Number(0, 24), "hours on a day of work"),
        Fact("days_a_week", WholeNumber(0, 7), "days of work in a week"),
        Fact("months", Number(0, 1200), "length of the period in months"),
    ),
    parameters=(TERMS,),
)
def rehabilitative_work_allowed(facts: Mapping[str, Any], on: date, law: Law) -> Answer:
    terms = law[TERMS].on(on)
    hours, days, months = facts["hours_a_day"], facts["days_a_week"], facts["months"]
    conditions = (
        host_may(facts["host_kind"], terms.value),
        hours_fit(hours, terms.value),
        days_fit(days, terms.value),
        week_fits(tidy(hours * days), terms.value),
        months_fit(months, terms.value),
    )
    allowed = all(condition.holds for condition in conditions)
    reasons = [condition.reason for condition in conditions]
    if allowed:
        reasons += _besides(facts["host_kind"], months, terms.value)
    return answer_by(terms, "rehabilitative_work_allowed", on, allowed, *reasons)


def week_fits(hours: Decimal, terms: Terms) -> Condition:
    most = terms["week_hours_at_most"]
    if hours <= most:
        msgid = "%(given)s hours a week is within the %(most)s that the law allows."
    else:
        msgid = "%(given)s hours a week is more than the %(most)s that the law allows."
    return Condition(hours <= most, because(msgid, given=hours, most=most))


def months_fit(months: Decimal, terms: Terms) -> Condition:
    least, most = terms["months_at_least"], terms["months_at_most"]
    if least <= months <= most:
        msgid = "A period of %(given)s months is within the %(least)s to %(most)s of the law."
    else:
        msgid = "A period of %(given)s months is outside the %(least)s to %(most)s of the law."
    return Condition(least <= months <= most, because(msgid, given=months, least=least, most=most))


def _besides(kind: str, months: Decimal, terms: Terms) -> list[Reason]:
    """What a coach must know besides the yes; none of it can be read from these facts."""
    reasons = []
    if kind == "workshop":
        reasons.append(because("A workshop may arrange this unless a company runs it."))
    if months == terms["months_at_most"]:
        msgid = "At %(months)s months the activation plan must be reviewed."
        reasons.append(because(msgid, months=months))
    msgid = (
        "Not looked at here: this is only for those who cannot take part in employment services."
    )
    return [*reasons, because(msgid)]
