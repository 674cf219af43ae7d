"""How much work trial (työkokeilu) a person may still have, at this host and in this task.

A trial lasts at most so many months in all and at one host; at a municipality the host's limit is
that of all, and the same task has its own. How time is counted stands in `polku.rules.trials`.
"""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from polku.rules.answer import Answer, answer_by
from polku.rules.calendar import add_months
from polku.rules.facts import Fact, a_text, a_true_or_false
from polku.rules.parameters import Law, packaged_law
from polku.rules.reason import Reason, because
from polku.rules.registry import rule
from polku.rules.trials import Limits, Trial, last_day, limits_for, some_periods

LENGTH = "work_trial_length"


@rule(
    "How many months of work trial are left?",
    text=(
        "A work trial lasts only so long: there is a limit in all, one at each host, and at a "
        "municipality one for the same task. Earlier trials, and those agreed ahead, count."
    ),
    facts=(
        Fact("host", a_text, "the host where the trial would be, as its id or name"),
        Fact("task", a_text, "the task that would be tried, as its id or name"),
        Fact("host_is_municipality", a_true_or_false, "whether that host is a municipality"),
        Fact("periods", some_periods, "the trials so far: host, task, start, end (none: goes on)"),
    ),
    parameters=(LENGTH,),
)
def work_trial_left(facts: Mapping[str, Any], on: date, law: Law) -> Answer:
    months = law[LENGTH].on(on)
    host, task, trials = facts["host"], facts["task"], facts["periods"]
    municipal = facts["host_is_municipality"]
    add_months(on, 2 * months.value["in_all"])  # the calendar must reach beyond the last day
    limits = limits_for(trials, host, task, municipal, months.value)
    in_all, at_host, in_task = limits.months_left(on)
    value = {
        "months_left_in_all": in_all,
        "months_left_at_host": at_host,
        "months_left_in_task": in_task,
        "months_left": min(in_all, at_host, in_task),
        "ends_at_latest": last_day(limits, host, task, on),
    }
    whole = not any(limit.used(on).days for limit in limits)
    reasons = [*_used(limits, municipal, on), *_counting(trials, on, whole)]
    return answer_by(months, "work_trial_left", on, value, *reasons, settled=whole)


def _used(limits: Limits, municipal: bool, on: date) -> list[Reason]:
    def said(msgid: str, which: int) -> Reason:
        months, days = limits[which].used(on)
        return because(msgid, months=months, days=days, limit=limits[which].months)

    msgid = "Used in all: %(months)s mo %(days)s d, of at most %(limit)s mo."
    reasons = [said(msgid, 0)]
    msgid = "Used at this host: %(months)s mo %(days)s d, of at most %(limit)s mo."
    reasons.append(said(msgid, 1))
    if municipal:
        msgid = "Used in this task here: %(months)s mo %(days)s d, of at most %(limit)s mo."
        reasons.append(said(msgid, 2))
        reasons.append(because("At a municipality the same task has a limit of its own."))
    return reasons


def _counting(trials: Iterable[Trial], on: date, whole: bool) -> list[Reason]:
    reasons = []
    if any(trial.end is None for trial in trials):
        reasons.append(because("A period that goes on is counted to %(day)s.", day=on))
    if any(trial.end is not None and trial.end > on for trial in trials):
        reasons.append(because("Days agreed after %(day)s count as used.", day=on))
    if not whole:
        msgid = (
            "The known sources do not say how parts of a month add up: 30 days left over after"
            " whole calendar months are counted as a month here."
        )
        reasons.append(because(msgid))
    return reasons


def trial_months_left(
    trials: Iterable[Trial],
    *,
    on: date,
    host: str,
    task: str,
    host_is_municipality: bool,
    law: Law | None = None,
) -> float:
    """The fewest months left of the three limits alone, for many persons or places at once.

    `NoValueOnDate` for a day whose law is not known.
    """
    months = (law or packaged_law())[LENGTH].on(on).value
    return min(limits_for(trials, host, task, host_is_municipality, months).months_left(on))
