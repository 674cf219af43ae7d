"""Whether the job search ends because the client did not deal with the authority in time."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from polku.rules.answer import Answer, answer_by
from polku.rules.facts import Fact
from polku.rules.numbers import WholeNumber
from polku.rules.parameters import Law
from polku.rules.reason import because
from polku.rules.registry import rule

TERMS = "job_search_lapse_terms"


@rule(
    "Does the job search end?",
    text=(
        "A job search ends when the client does not deal with the employment authority in the time "
        "that it set. Until the end of February 2026 that took repeated failures; since then one "
        "is enough."
    ),
    facts=(
        Fact(
            "failures",
            WholeNumber(0, 100),
            "how often the client failed to deal with the authority in the time that it set",
        ),
    ),
    parameters=(TERMS,),
)
def job_search_lapses(facts: Mapping[str, Any], on: date, law: Law) -> Answer:
    terms = law[TERMS].on(on)
    failures, least = facts["failures"], terms.value["failures"]
    reached = because("Failures to deal with the authority in time: %(count)s.", count=failures)
    if failures < least:
        few = because("That is under %(least)s, so the job search goes on.", least=least)
        return answer_by(terms, "job_search_lapses", on, False, reached, few)
    if terms.value["said"]:
        enough = because("That is at least %(least)s, so the job search ends.", least=least)
        return answer_by(terms, "job_search_lapses", on, True, reached, enough)
    unsaid = because("It ended after repeated failure; how often that is has not been read.")
    return answer_by(terms, "job_search_lapses", on, None, reached, unsaid, settled=False)
