"""How many work opportunities a jobseeker applies for in a month (työnhakuvelvollisuus)."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from polku.rules.answer import Answer, answer_by
from polku.rules.errors import BadFact
from polku.rules.facts import Fact
from polku.rules.numbers import WholeNumber
from polku.rules.parameters import Law
from polku.rules.reason import because
from polku.rules.registry import rule

DEFAULT = "job_applications_default"


@rule(
    "How many work opportunities must be applied for in a month?",
    text=(
        "A jobseeker applies for a number of work opportunities each month. Coach and client may "
        "agree on fewer, or none, by the client's situation and work ability."
    ),
    facts=(
        Fact(
            "reduced_by_need",
            WholeNumber(0, 31),
            "the number agreed by the client's need, where one was",
            False,
        ),
    ),
    parameters=(DEFAULT,),
)
def job_applications_a_month(facts: Mapping[str, Any], on: date, law: Law) -> Answer:
    default = law[DEFAULT].on(on)
    agreed = facts["reduced_by_need"]
    usual = because("Usually it is %(count)s in a month.", count=default.value)
    if agreed is None:
        return answer_by(default, "job_applications_a_month", on, default.value, usual)
    if agreed > default.value:
        msgid = "The fact %(fact)s must be a whole number from %(least)s to %(most)s."
        raise BadFact("reduced_by_need", msgid, least=0, most=default.value)
    reduced = because("Agreed by the client's situation and work ability: %(count)s.", count=agreed)
    return answer_by(default, "job_applications_a_month", on, agreed, usual, reduced)
