"""Whether a job offer (työtarjous) made on a day binds the client."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from polku.rules.answer import Answer, answer_by
from polku.rules.calendar import add_months
from polku.rules.facts import Fact, a_date, a_true_or_false
from polku.rules.parameters import Law
from polku.rules.reason import because
from polku.rules.registry import rule

AFTER = "job_offer_binding_after"


@rule(
    "Does a job offer made on this day bind the client?",
    text=(
        "In the first months after the initial interview a job offer binds nobody. After that it "
        "does, unless the client has already told of the number of applications that was agreed."
    ),
    facts=(
        Fact("initial_interview", a_date, "the day of the initial interview"),
        Fact(
            "agreed_number_reported",
            a_true_or_false,
            "whether the client had told of the agreed number of applications before the offer",
        ),
    ),
    parameters=(AFTER,),
)
def job_offer_binds(facts: Mapping[str, Any], on: date, law: Law) -> Answer:
    after = law[AFTER].on(on)
    first = add_months(facts["initial_interview"], after.value)
    late = on >= first
    reported = facts["agreed_number_reported"]
    msgid = "Offers bind from %(day)s on, %(months)s months after the initial interview."
    reasons = [because(msgid, day=first, months=after.value)]
    if late and reported:
        reasons.append(because("The agreed number of applications had been told of before."))
    if late and not reported:
        reasons.append(because("The agreed number of applications had not been told of before."))
    return answer_by(after, "job_offer_binds", on, late and not reported, *reasons)
