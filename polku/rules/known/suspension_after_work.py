"""How many days without benefit follow when a job was ended without a valid reason."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from polku.rules.answer import Answer, answer_by
from polku.rules.facts import Fact, OneOf
from polku.rules.numbers import WholeNumber
from polku.rules.parameters import Law
from polku.rules.reason import Word, because
from polku.rules.registry import rule

DAYS = "suspension_after_work_days"
ENDINGS = {
    "resigned": Word("resigned without a valid reason"),
    "own_conduct": Word("caused the end of the job"),
}


@rule(
    "How many days without benefit follow when a job was ended?",
    text=(
        "Who resigns without a valid reason, or causes the end of a job, gets no unemployment "
        "benefit for some time from its end. The time is shorter where the job would have lasted a "
        "few days only. The authority decides, and whether a reason was valid as well."
    ),
    facts=(
        Fact("ended", OneOf("ended", tuple(ENDINGS)), "how the job ended"),
        Fact(
            "days_it_would_have_lasted",
            WholeNumber(0, 20_000),
            "days that the job would still have lasted; left out where it had no end",
            False,
        ),
    ),
    parameters=(DAYS,),
)
def suspension_after_work(facts: Mapping[str, Any], on: date, law: Law) -> Answer:
    days = law[DAYS].on(on)
    ended, lasted = facts["ended"], facts["days_it_would_have_lasted"]
    how = because("The client %(how)s.", how=ENDINGS[ended])
    most = days.value["short_at_most"]
    decides = because("The authority decides; nothing follows with a valid reason.")
    if lasted is not None and lasted <= most:
        msgid = "The job would have lasted %(lasted)s days, which is at most %(most)s."
        short = because(msgid, lasted=lasted, most=most)
        value = days.value["short_job"]
        return answer_by(days, "suspension_after_work", on, value, how, short, decides)
    return answer_by(days, "suspension_after_work", on, days.value[ended], how, decides)
