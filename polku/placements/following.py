"""How a placement goes and what came of it: running in, absences, assessments, follow-on, outcomes.

A client tells in the own view and a host by the link; what either of them tells comes to the own
coach by itself.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction

from polku.foundation import audit, clock
from polku.foundation.meanwhile import ChangedMeanwhile
from polku.foundation.permissions import Refused, check
from polku.foundation.viewer import Viewer
from polku.placements import absences, notices, questions, states, summaries
from polku.placements.models import (
    Absence,
    Assessment,
    OrientationItem,
    OrientationTick,
    Outcome,
    Placement,
)
from polku.placements.running import NotInThePeriod
from polku.placements.terms import Party
from polku.placements.writing import (
    TooEarly,
    by_the_house,
    give_turn,
    keep,
    locked,
    party_of,
    within,
)

S = Placement.State
UNDER_WAY = (S.AGREED, *states.BEGAN)


def _row(placement: Placement) -> dict[str, Any]:
    return {
        "register_id": placement.register_id,
        "client_id": placement.client_id,
        "placement": placement,
        "worksite_id": placement.worksite_id,
        "guarded": placement.guarded,
    }


def _told_by(by: Viewer, told_by: str) -> str:
    """Return who told it: a client or a host only themselves, a worker whom they heard."""
    return told_by if by.is_staff and told_by else party_of(by)


def _in(placement: Placement, verb: str, *states_: str) -> None:
    if placement.state not in states_:
        raise states.NotNow(verb, placement.state)


def _tell_coach(placement: Placement, by: Viewer, at: datetime) -> None:
    if by.kind in ("client", "host"):
        with by_the_house(placement):
            notices.tell_coach(placement, at)


@transaction.atomic
def tick(
    placement: Placement,
    *,
    by: Viewer,
    at: datetime,
    text: str,
    done: bool,
    on: date,
    told_by: str = "",
) -> Placement:
    """Tick a line of the worksite's checklist as gone through, or take the tick back.

    Raises ValueError for a line that is not on it.
    """
    check(by, "placements.tell", placement)
    with within(placement, by=by):
        stored = locked(placement)
        _in(stored, "tick", *UNDER_WAY)
        with by_the_house(stored):
            listed = OrientationItem.objects.filter(worksite_id=stored.worksite_id, text=text)
            if not listed.exists():
                raise ValueError("not a line of the checklist")
        ticks = OrientationTick.objects.filter(placement=stored, text=text)
        if not done:
            ticks.delete()
        elif not ticks.exists():
            OrientationTick.objects.create(
                **_row(stored), text=text, done_on=on, told_by=_told_by(by, told_by)
            )
    audit.record(by, "placements.tick", client=stored.client_id, fields=["orientation"])
    return stored


@transaction.atomic
def note_absence(
    placement: Placement,
    *,
    by: Viewer,
    at: datetime,
    on: date,
    reason: str,
    word: str = "",
    told_by: str = "",
) -> Absence:
    """Write down a day on which the client does not come. A day told twice is one, told anew.

    Raises NotInThePeriod, and NotKnownYet for a day of which nobody can know (`absences`).
    """
    check(by, "placements.tell", placement)
    with within(placement, by=by):
        stored = locked(placement)
        _in(stored, "note_absence", *states.BEGAN)
        assert stored.starts_on is not None and stored.ends_on is not None
        if not stored.starts_on <= on <= (stored.ended_on or stored.ends_on):
            raise NotInThePeriod
        who = _told_by(by, told_by)
        absences.known(on, reason, who, today=clock.local(at).date())
        absence, made = Absence.objects.update_or_create(
            placement=stored,
            on=on,
            defaults={
                **_row(stored),
                "reason": reason,
                "word": word[:200],
                "told_by": who,
                "told_at": at,
            },
        )
        if made:
            _tell_coach(stored, by, at)
    audit.record(by, "placements.note_absence", client=stored.client_id, fields=["on", "reason"])
    return absence


@transaction.atomic
def take_back_absence(absence: Absence, *, by: Viewer, at: datetime) -> None:
    """Take back an absence that was none."""
    check(by, "placements.suggest", absence)
    client_id = absence.client_id
    with within(absence.placement, by=by):
        Absence.objects.filter(pk=absence.pk).delete()
    audit.record(by, "placements.take_back_absence", client=client_id, fields=["on"])


@transaction.atomic
def answer_assessment(
    assessment: Assessment,
    *,
    by: Viewer,
    at: datetime,
    answers: dict[str, str],
    word: str = "",
    name: str = "",
    version: int | None = None,
) -> Assessment:
    """Answer an assessment and deliver it to the own coach, by itself.

    A worker may write down what was told by phone; `name` is who told it. Sent twice it is one;
    other answers to what is answered already raise ChangedMeanwhile.
    """
    placement = assessment.placement
    check(by, "placements.tell", placement)
    if by.kind in ("client", "host") and assessment.party != party_of(by):
        raise Refused("each assesses for themselves")
    said = questions.checked(assessment.party, assessment.moment, answers)
    with within(placement, by=by):
        stored = Assessment.objects.select_for_update(of=("self",)).get(pk=assessment.pk)
        if stored.answered_at and (stored.answers, stored.word) == (said, word[:1000]):
            return stored
        if version is not None and stored.version != version:
            raise ChangedMeanwhile(stored)
        stored.answers, stored.word = said, word[:1000]
        stored.answered_at, stored.answered_by = at, name[:120]
        stored.delivered_at = at
        stored.version += 1
        stored.save()
        _tell_coach(placement, by, at)
    audit.record(by, "placements.assess", client=stored.client_id, fields=["answers", "word"])
    return stored


@transaction.atomic
def stop_reminding(assessment: Assessment, *, by: Viewer, at: datetime) -> Assessment:
    """Say "I already have it": nobody is reminded of this assessment any more."""
    placement = assessment.placement
    check(by, "placements.tell", placement)
    if by.kind in ("client", "host") and assessment.party != party_of(by):
        raise Refused("each for themselves")
    with within(placement, by=by):
        stored = Assessment.objects.select_for_update(of=("self",)).get(pk=assessment.pk)
        if stored.stopped_at is None and stored.answered_at is None:
            stored.stopped_at = at
            stored.version += 1
            stored.save(update_fields=["stopped_at", "version"])
    audit.record(by, "placements.stop_reminding", client=stored.client_id, fields=["stopped_at"])
    return stored


@transaction.atomic
def plan_follow_on(
    placement: Placement, *, by: Viewer, at: datetime, kind: str, text: str, version: int
) -> Placement:
    """Write what comes after the last day; `kind` is one of `Outcome.What`."""
    check(by, "placements.suggest", placement)
    if kind not in Outcome.What.values or not text.strip():
        raise ValueError("a follow-on plan has a kind and says something")
    with within(placement, by=by):
        stored = locked(placement, version=version)
        _in(stored, "plan_follow_on", *UNDER_WAY)
        stored.follow_on, stored.follow_on_kind = text.strip()[:400], kind
        stored.follow_on_at = at
        if stored.state in states.OVER and stored.turn == Party.ORGANISER:
            give_turn(stored, "", at)
        keep(stored, at)
    audit.record(by, "placements.plan_follow_on", client=stored.client_id, fields=["follow_on"])
    return stored


# Whoever meets the client somewhat before three or six months are over need not wait.
OUTCOME_BEFOREHAND = timedelta(days=14)
OUTCOME_AFTER = {Outcome.When.THREE: summaries.THREE, Outcome.When.SIX: summaries.SIX}


def told_from(ended_on: date, when: str) -> date:
    """Return the first day on which an outcome can be told, and of which it can tell."""
    after = OUTCOME_AFTER.get(Outcome.When(when))
    return ended_on if after is None else ended_on + after - OUTCOME_BEFOREHAND


@transaction.atomic
def record_outcome(
    placement: Placement,
    *,
    by: Viewer,
    at: datetime,
    when: str,
    what: str,
    on: date,
    told_by: str,
    word: str = "",
) -> Outcome:
    """Write where the person is at the end, or 3 or 6 months later, and who told it.

    Told anew it replaces what was told before; the history keeps both. Raises TooEarly before its
    time (see `told_from`), and NotInThePeriod for a day that it can't be told of.
    """
    check(by, "placements.suggest", placement)
    with within(placement, by=by):
        stored = locked(placement)
        _in(stored, "record_outcome", *states.OVER)
        assert stored.ended_on is not None
        first = told_from(stored.ended_on, when)
        today = clock.local(at).date()
        if today < first:
            raise TooEarly(first)
        if not first <= on <= today:
            raise NotInThePeriod
        outcome, _made = Outcome.objects.update_or_create(
            placement=stored,
            when=when,
            defaults={
                **_row(stored),
                "what": what,
                "on": on,
                "told_by": told_by,
                "word": word[:300],
                "recorded_at": at,
                "recorded_by_id": by.user_id,
            },
        )
    audit.record(by, "placements.record_outcome", client=stored.client_id, fields=["what", "on"])
    return outcome
