"""Whether a jobseeker must make and publish a profile (työnhakuprofiili), and in what time."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from polku.rules.answer import Answer, answer_by
from polku.rules.parameters import Law
from polku.rules.reason import because
from polku.rules.registry import rule

TERMS = "jobseeker_profile_terms"


@rule(
    "Must a jobseeker make and publish a profile?",
    text=(
        "From September 2026 every jobseeker makes a profile on Job Market Finland and publishes "
        "it in a time that the authority sets; otherwise the authority publishes it."
    ),
    facts=(),
    parameters=(TERMS,),
)
def jobseeker_profile_duty(facts: Mapping[str, Any], on: date, law: Law) -> Answer:
    """`days` is the time that the law gives; None, since no source tells it."""
    terms = law[TERMS].on(on)
    if not terms.value["duty"]:
        reason = because("A profile is voluntary on %(day)s.", day=on)
        return answer_by(terms, "jobseeker_profile_duty", on, {"duty": False}, reason)
    reasons = (
        because("A profile is a duty on %(day)s.", day=on),
        because("How many days there are for it has not been read: the authority sets them."),
    )
    value = {"duty": True, "days": None}
    return answer_by(terms, "jobseeker_profile_duty", on, value, *reasons, settled=False)
