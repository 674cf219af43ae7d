"""When the complementary job-search discussions (täydentävä työnhakukeskustelu) are held.

Until the end of 2025 five of them, every two weeks after the initial interview; from 2026 as the
client needs. The law of the day of the interview governs the three months that follow.
"""

from collections.abc import Mapping
from datetime import date
from typing import Any

from polku.rules.answer import Answer, answer_by
from polku.rules.calendar import add_weeks
from polku.rules.conditions import yet_to_come
from polku.rules.facts import Fact, a_date
from polku.rules.parameters import Law
from polku.rules.reason import because
from polku.rules.registry import rule

AFTER = "complementary_discussions_after"
BY_NEED = "by need"


@rule(
    "When are the complementary job-search discussions held?",
    text=(
        "After the initial interview there are further talks in the first months. Until the end "
        "of 2025 the law gave them a rhythm; since then they are held as the client needs."
    ),
    facts=(Fact("initial_interview", a_date, "the day of the initial interview"),),
    parameters=(AFTER,),
    governed_by=("initial_interview",),
)
def complementary_discussions(facts: Mapping[str, Any], on: date, law: Law) -> Answer:
    interview: date = facts["initial_interview"]
    after = law[AFTER].on(interview)
    counted = because("Counted from the initial interview on %(day)s.", day=interview)
    ahead = yet_to_come(interview, on)
    if after.value == BY_NEED:
        need = because("The law of that day sets no times: discussions are held as needed.")
        return answer_by(after, "complementary_discussions", on, BY_NEED, counted, need, *ahead)
    count, weeks = after.value["count"], after.value["weeks"]
    days = [add_weeks(interview, weeks * nth) for nth in range(1, count + 1)]
    times = because(
        "The law of that day gives %(count)s discussions, one every %(weeks)s weeks.",
        count=count,
        weeks=weeks,
    )
    return answer_by(after, "complementary_discussions", on, days, counted, times, *ahead)
