"""By when the next job-search discussion (työnhakukeskustelu) must be held.

Counted from the initial interview or from the last discussion, whichever is later. That same day
decides which law is followed: who was a client before the present model came into it at the first
discussion held under it (HE 167/2021), so an interview of 2021 does not leave later ones without
a rule.
"""

from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from typing import Any

from polku.rules.answer import Answer, answer_by
from polku.rules.calendar import add_months, is_working_day
from polku.rules.conditions import yet_to_come
from polku.rules.errors import MissingFact
from polku.rules.facts import Fact, a_date
from polku.rules.parameters import Law, packaged_law
from polku.rules.reason import Reason, because
from polku.rules.registry import rule

EVERY = "job_search_discussion_every"


@rule(
    "By when must the next job-search discussion be held?",
    text=(
        "Client and coach talk through the job search and the plan at set intervals, counted "
        "from the initial interview or from the last such discussion, whichever is later."
    ),
    facts=(
        Fact("last_discussion", a_date, "the day of the last job-search discussion", False),
        Fact("initial_interview", a_date, "the day of the initial interview", False),
    ),
    parameters=(EVERY,),
    governed_by=("last_discussion", "initial_interview"),
)
def job_search_discussion_due(facts: Mapping[str, Any], on: date, law: Law) -> Answer:
    last, interview = facts["last_discussion"], facts["initial_interview"]
    if last is None and interview is None:
        raise MissingFact("job_search_discussion_due", "last_discussion", "initial_interview")
    from_interview = last is None or (interview is not None and interview > last)
    start: date = interview if from_interview else last
    every = law[EVERY].on(start)
    due = add_months(start, every.value)
    return answer_by(
        every,
        "job_search_discussion_due",
        on,
        due,
        because("Counted from the initial interview on %(day)s.", day=start)
        if from_interview
        else because("Counted from the last job-search discussion on %(day)s.", day=start),
        because(
            "The law of that day asks for a discussion every %(count)s months.", count=every.value
        ),
        *_about_the_day(start, due),
        *yet_to_come(start, on),
    )


def _about_the_day(start: date, due: date) -> list[Reason]:
    """What a coach who books the meeting would want to be told; none of it moves the date."""
    reasons = []
    if due.day != start.day:
        msgid = "That month has no day %(day)s, so its last day counts."
        reasons.append(because(msgid, day=start.day))
    if not is_working_day(due):
        msgid = "%(due)s is not a working day; the last one before it is %(day)s."
        reasons.append(because(msgid, due=due, day=_last_working_day_before(due)))
    return reasons


def _last_working_day_before(day: date) -> date:
    while not is_working_day(day):
        day = date.fromordinal(day.toordinal() - 1)
    return day


@lru_cache(maxsize=16_384)
def discussion_due(last: date, law: Law | None = None) -> date:
    """The same date alone, from the last discussion or the interview; for whole registers.

    `NoValueOnDate` before 2 May 2022.
    """
    return add_months(last, (law or packaged_law())[EVERY].on(last).value)
