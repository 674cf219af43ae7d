"""By when the initial interview (alkuhaastattelu) must be held.

The job search begins on the day of registration, and the law of that day governs the whole time:
who registered on 31 December 2025 is still owed an interview within 5 working days.
"""

from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from typing import Any

from polku.rules.answer import Answer, answer_by
from polku.rules.calendar import add_working_days, free_days_between
from polku.rules.conditions import yet_to_come
from polku.rules.facts import Fact, a_date
from polku.rules.parameters import Law, packaged_law
from polku.rules.reason import because
from polku.rules.registry import rule

WITHIN = "initial_interview_within"


@rule(
    "By when must the initial interview be held?",
    text=(
        "Whoever begins to look for work is met soon: the law gives a number of working days "
        "from the day on which the job search began. The law of that day holds, also when it "
        "changes meanwhile."
    ),
    facts=(Fact("registered", a_date, "the day on which the job search began"),),
    parameters=(WITHIN,),
    governed_by=("registered",),
)
def initial_interview_due(facts: Mapping[str, Any], on: date, law: Law) -> Answer:
    registered: date = facts["registered"]
    within = law[WITHIN].on(registered)
    due = add_working_days(registered, within.value)
    return answer_by(
        within,
        "initial_interview_due",
        on,
        due,
        because("The job search began on %(day)s, which is day 0.", day=registered),
        because(
            "The law of that day gives %(count)s working days, Monday to Friday.",
            count=within.value,
        ),
        *(
            because("%(day)s is not a working day: %(holiday)s.", day=day, holiday=name)
            for day, name in free_days_between(registered, due)
        ),
        *yet_to_come(registered, on),
    )


@lru_cache(maxsize=16_384)
def interview_due(registered: date, law: Law | None = None) -> date:
    """The same date alone, for whole registers; `NoValueOnDate` before 2 May 2022."""
    return add_working_days(registered, (law or packaged_law())[WITHIN].on(registered).value)
