"""One client's life in the register, from coming in until today."""

from __future__ import annotations

from polku.demo import meetings, routine
from polku.demo.casebook import Caseload, Life, Sketch, begin
from polku.demo.laying import lay_path
from polku.demo.plans import write_plan
from polku.demo.records import write_record

# The odds of whose turn it is with a step under way.
TURNS: dict[str, float] = {"": 67, "client": 18, "coach": 4, "counterpart": 7, "host": 4}


def live(case: Caseload, sketch: Sketch) -> Life:
    """Write a client with all that has happened; only the rhythm's row is left to the caseload."""
    life = begin(case, sketch)
    if life.line is None:
        raise ValueError("newcomers are written by newcomers.arrive")
    if sketch.died:
        life.row["died_on"] = life.closed_on
    write_record(life)
    life.contacts = meetings.hold(life.meeting, life.line.events)
    life.rhythm = meetings.rhythm_of(
        life.meeting,
        life.line.window,
        life.registered_on,
        life.contacts,
        wish=_wish(life),
    )
    if life.closed_on is None:
        meetings.plan_next(life.meeting, life.rhythm, life.line.standing)
    else:
        life.rhythm.interview_due_on = life.rhythm.discussion_due_on = None
    _plan(life)
    return life


def _wish(life: Life) -> str:
    if life.sketch.wish is not None:
        return life.sketch.wish
    wish = life.chance.choice(routine.WISHES)
    return wish if life.chance.yes(0.45) and life.meeting.listener.fits(wish) else ""


def _plan(life: Life) -> None:
    """Write the plan made in the initial interview and agreed anew in most discussions since."""
    interview = next((c for c in life.contacts if c["purpose"] == "initial"), None)
    if interview is None or life.line is None:
        return
    agreed = {interview["at"]} | {
        c["at"] for c in life.contacts if c["purpose"] == "discussion" and life.chance.yes(0.75)
    }
    path = lay_path(
        life.chance,
        life.line,
        life.meeting.listener.goals,
        interview["at"].date(),
        life.case.today,
        ended=life.closed_on,
        to=life.meeting.listener,
    )
    life.steps = write_plan(
        life.case.rows,
        life.chance,
        life.id,
        path,
        agreed=sorted(agreed),
        now=life.case.now,
        closed=life.closed_on,
        turns=TURNS,
    )
