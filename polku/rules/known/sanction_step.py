"""What follows a neglected duty: the step that a jobseeker has come to.

Polku shows the step and prepares; whether there was an acceptable reason, and what follows, is for
the authority to decide. Neglects are looked at over some months from the first one; the first after
that begins anew.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from polku.rules.answer import Answer, answer_by
from polku.rules.calendar import add_months
from polku.rules.facts import Fact, Unreadable, a_date
from polku.rules.parameters import Dated, Law
from polku.rules.reason import Reason, Word, because
from polku.rules.registry import rule

STEPS = "sanction_steps"
MOST_NEGLECTS = 100
KINDS = {
    "reminder": Word("a reminder"),
    "benefit_suspension": Word("a time without benefit"),
    "work_requirement": Word("a requirement to be in work or in a service"),
}


def some_days(value: object) -> tuple[date, ...]:
    """A list of one day or more, in order of time."""
    if not isinstance(value, list | tuple) or not 1 <= len(value) <= MOST_NEGLECTS:
        msgid = "The fact %(fact)s must be a list of 1 to %(most)s days, the present one included."
        raise Unreadable(msgid, most=MOST_NEGLECTS)
    return tuple(sorted(map(a_date, value)))


@rule(
    "Which step follows from a neglected duty?",
    text=(
        "Who neglects a duty of a jobseeker without an acceptable reason meets steps that grow: at "
        "first a reminder or some days without benefit, in the end a time in work or in a service "
        "before benefit is paid again. The authority decides."
    ),
    facts=(
        Fact(
            "neglects",
            some_days,
            "days of neglect without an acceptable reason, this one too",
            False,
        ),
    ),
    parameters=(STEPS,),
)
def sanction_step(facts: Mapping[str, Any], on: date, law: Law) -> Answer:
    steps = law[STEPS].on(on)
    if facts["neglects"] is None:
        return _each_step(steps, on)
    days: tuple[date, ...] = facts["neglects"]
    if days[-1] > on:
        return _ahead(steps, days, on)
    counted = in_time(days, steps.value["months"])
    value, said = step_of(len(counted), steps.value["steps"])
    doubts = _doubts(days, counted, steps)
    settled = not doubts and value["kind"] is not None
    reasons = [_counting(counted, steps.value["months"]), said, *doubts]
    reasons.append(because("The authority decides; nothing follows with an acceptable reason."))
    return answer_by(steps, "sanction_step", on, value, *reasons, settled=settled)


def in_time(days: Sequence[date], months: int) -> list[date]:
    """The neglects that are looked at together with the last one, it included."""
    counted: list[date] = []
    for day in days:
        if counted and day > add_months(counted[0], months):
            counted = []
        counted.append(day)
    return counted


def step_of(nth: int, steps: Sequence[Mapping[str, Any]]) -> tuple[dict[str, Any], Reason]:
    if nth > len(steps):
        msgid = "The known sources name %(count)s steps, not what follows after them."
        return {"step": nth, "kind": None}, because(msgid, count=len(steps))
    step = dict(steps[nth - 1])
    kind = KINDS[step["kind"]]
    if step.get("weeks"):
        said = because(
            "Step %(nth)s: %(kind)s, %(count)s weeks.", **_said(nth, kind, step["weeks"])
        )
    elif step.get("days"):
        said = because("Step %(nth)s: %(kind)s, %(count)s days.", **_said(nth, kind, step["days"]))
    else:
        said = because("Step %(nth)s: %(kind)s.", nth=nth, kind=kind)
    return {"step": nth, **step}, said


def _said(nth: int, kind: Word, count: int) -> dict[str, Any]:
    return {"nth": nth, "kind": kind, "count": count}


def _counting(counted: Sequence[date], months: int) -> Reason:
    msgid = "Neglects within %(months)s months from the first, on %(first)s: %(count)s."
    return because(msgid, months=months, first=counted[0], count=len(counted))


def _doubts(days: Sequence[date], counted: Sequence[date], steps: Dated) -> list[Reason]:
    """What the known sources leave open about the count, with what would follow otherwise."""
    doubts = []
    months, table = steps.value["months"], steps.value["steps"]
    if any(day == add_months(counted[0], months) for day in counted[1:]):
        msgid = "Whether the last day of the time still belongs to it has not been read."
        doubts.append(because(msgid))
    if len(set(counted)) < len(counted):
        doubts.append(because("Whether two neglects of one day count twice has not been read."))
    later = [day for day in counted if day >= steps.valid_from]
    if not later:
        msgid = "The last neglect came before the law of the day asked about, of %(day)s."
        doubts.append(because(msgid, day=steps.valid_from))
    elif len(later) < len(counted):
        _, said = step_of(len(in_time(later, months)), table)
        msgid = (
            "Whether neglects before %(day)s, when this law began, count has not been read. If they"
            " do not: %(said)s"
        )
        doubts.append(because(msgid, day=steps.valid_from, said=said))
    return doubts


def _each_step(steps: Dated, on: date) -> Answer:
    """Without the days: what follows from the first neglect, the second and so on."""
    table = steps.value["steps"]
    reasons = [because("The fact %(fact)s is not given.", fact="neglects")]
    for nth in range(1, len(table) + 1):
        _, said = step_of(nth, table)
        msgid = "If it is number %(nth)s within %(months)s months from the first: %(said)s"
        reasons.append(because(msgid, nth=nth, months=steps.value["months"], said=said))
    answer = answer_by(steps, "sanction_step", on, None, *reasons, settled=False)
    return replace(answer, missing=("neglects",))


def _ahead(steps: Dated, days: Sequence[date], on: date) -> Answer:
    """Contradictory: a neglect that has not yet been. Says what follows without it, and with it."""
    msgid = "The neglect of %(day)s is after the day asked about, %(on)s: one of the two is wrong."
    reasons = [because(msgid, day=days[-1], on=on)]
    months, table = steps.value["months"], steps.value["steps"]
    been = [day for day in days if day <= on]
    if been:
        _, said = step_of(len(in_time(been, months)), table)
        reasons.append(because("If only those up to %(on)s count: %(said)s", on=on, said=said))
    _, said = step_of(len(in_time(days, months)), table)
    reasons.append(because("If all count, by this law: %(said)s", said=said))
    return answer_by(steps, "sanction_step", on, None, *reasons, settled=False)
