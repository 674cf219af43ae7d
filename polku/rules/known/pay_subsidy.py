"""How much pay subsidy (palkkatuki) an employer may get for a month.

An estimate for a talk with an employer: the authority decides, and before the work begins. Where
the known sources leave the answer open, the parts that they leave open are None.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from polku.rules.answer import Answer, answer_by
from polku.rules.conditions import Terms
from polku.rules.facts import Fact, a_true_or_false
from polku.rules.hosts import HOSTS, a_host_kind
from polku.rules.numbers import Number, Share
from polku.rules.parameters import Law
from polku.rules.reason import Reason, because
from polku.rules.registry import rule
from polku.rules.subsidy import MOST_PAY, how_much, subsidy_a_month

TERMS = "pay_subsidy_terms"


@dataclass(frozen=True, slots=True)
class Part:
    """Percent of the pay and cap in euros a month, None where the sources leave it open."""

    percent: int | None
    cap: int | None
    reasons: tuple[Reason, ...]


@rule(
    "How much pay subsidy may an employer get?",
    text=(
        "An employer may get a part of the pay back for some time. How much depends on the kind "
        "of employer, on whether work ability is reduced, and on working time."
    ),
    facts=(
        Fact("host_kind", a_host_kind, "what the employer is"),
        Fact("reduced_work_ability", a_true_or_false, "whether work ability is reduced"),
        Fact("pay_a_month", Number(0, MOST_PAY, smooth=True), "pay in euros a month"),
        Fact("share_of_full_time", Share(), "part of full working time, such as 0.65"),
    ),
    parameters=(TERMS,),
)
def pay_subsidy(facts: Mapping[str, Any], on: date, law: Law) -> Answer:
    terms = law[TERMS].on(on)
    pay: Decimal = facts["pay_a_month"]
    part = part_of_pay(
        facts["host_kind"], facts["reduced_work_ability"], facts["share_of_full_time"], terms.value
    )
    value: dict[str, Any] = {"percent": part.percent, "cap": part.cap, "subsidy_a_month": None}
    reasons = list(part.reasons)
    if part.percent is not None and part.cap is not None:
        value["subsidy_a_month"] = subsidy_a_month(pay, part.percent, part.cap)
        if part.percent:
            reasons.append(how_much(pay, part.percent, part.cap))
    elif part.percent is not None:
        reasons.append(because("The cap of that time is not known here."))
    if part.percent != 0:
        reasons.append(because("The authority decides, and before the work begins."))
    settled = None not in value.values()
    return answer_by(terms, "pay_subsidy", on, value, *reasons, settled=settled)


def part_of_pay(kind: str, reduced: bool, share: Decimal, terms: Terms) -> Part:
    """What the terms of a time give an employer of this kind."""
    if kind in terms["never"]:
        return Part(
            0,
            0,
            (because("The employer is %(host)s: no pay subsidy is granted.", host=HOSTS[kind]),),
        )
    full = terms.get("all_pay", {"employers": [], "perhaps": [], "share_at_most": 0})
    short_enough = share * 100 <= full["share_at_most"]
    if kind not in terms["employers"] or (kind in full["perhaps"] and short_enough):
        msgid = "The known sources leave open what the subsidy is when the employer is %(host)s."
        return Part(None, None, (because(msgid, host=HOSTS[kind]),))
    if kind in full["employers"]:
        said = _about_all_pay(short_enough, full["share_at_most"])
        if short_enough:
            return Part(full["percent"], full["cap"], said)
    else:
        said = ()
    if reduced:
        chosen, reason = terms["reduced_work_ability"], because("Work ability is reduced.")
    else:
        chosen, reason = terms["usual"], because("Work ability is not reduced.")
    doubts = _doubts(kind, reduced, terms)
    said = (*said, reason, *doubts, *_by_time(chosen))
    return Part(chosen.get("percent"), chosen.get("cap"), said)


def _doubts(kind: str, reduced: bool, terms: Terms) -> tuple[Reason, ...]:
    """What a proposal would change, where it has not been read whether it became law."""
    if reduced or kind not in terms.get("doubted", ()):
        return ()
    msgid = (
        "The proposal HE 120/2024 grants this employer none from 1 January 2025, unless work"
        " ability is reduced or the person is 60 or over and long unemployed; whether it became law"
        " has not been read."
    )
    return (because(msgid),)


def _about_all_pay(short_enough: bool, most: int) -> tuple[Reason, ...]:
    if not short_enough:
        msgid = "Working time is above %(most)s percent of full time, so not all pay is covered."
        return (because(msgid, most=most),)
    msgid = "Working time is at most %(most)s percent of full time, so all pay may be covered."
    enough = because(msgid, most=most)
    msgid = (
        "All pay is covered in certain situations only, such as after two years of unemployment"
        " and in work that is no business; otherwise a part is."
    )
    return enough, because(msgid)


def _by_time(chosen: Terms) -> tuple[Reason, ...]:
    """Before July 2023 the percent followed the time of unemployment, which is no fact here."""
    if "percent" in chosen:
        return ()
    under, year, two_years = chosen["by_unemployment"]
    msgid = (
        "The percent followed the time of unemployment: %(under)s under a year, %(year)s from a"
        " year and %(two_years)s from two years on."
    )
    return (because(msgid, under=under, year=year, two_years=two_years),)
