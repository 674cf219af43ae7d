"""Running in, absences, assessments, the follow-on plan and outcomes, each told by somebody."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from polku.foundation import clock
from polku.foundation.meanwhile import ChangedMeanwhile
from polku.foundation.models import OutboxMessage
from polku.foundation.permissions import Refused
from polku.placements import following
from polku.placements.models import (
    Absence,
    Assessment,
    OrientationItem,
    OrientationTick,
    Outcome,
    Placement,
)
from polku.placements.running import NotInThePeriod
from polku.placements.states import NotNow
from polku.placements.tests.living import answered, as_host, begun, over, suggested

ANSWERS = {"comes": "yes", "tasks": "mostly"}


def told() -> int:
    return OutboxMessage.objects.filter(kind="client_answered", status="waiting").count()


def forget_mail() -> None:
    OutboxMessage.objects.all().delete()


def item(placement: Placement, text: str = "Työvaatteet ja pukuhuone") -> OrientationItem:
    return OrientationItem.objects.create(
        register_id=placement.register_id, worksite_id=placement.worksite_id, text=text
    )


def test_a_host_ticks_the_checklist_and_takes_a_tick_back(world: Any) -> None:
    placement = begun(world)
    line = item(placement)
    host = as_host(world, placement)
    for done in (True, True):
        following.tick(
            placement, by=host, at=clock.now(), text=line.text, done=done, on=clock.today()
        )
    assert OrientationTick.objects.get().told_by == "host"
    following.tick(placement, by=host, at=clock.now(), text=line.text, done=False, on=clock.today())
    assert OrientationTick.objects.count() == 0


def test_only_lines_of_the_checklist_are_ticked(world: Any) -> None:
    placement = begun(world)
    with pytest.raises(ValueError, match="not a line"):
        following.tick(
            placement,
            by=world.viewers["aino"],
            at=clock.now(),
            text="Something else",
            done=True,
            on=clock.today(),
        )


def absent(placement: Placement, by: Any, days_ago: int = 1, **more: Any) -> Absence:
    return following.note_absence(
        placement,
        by=by,
        at=clock.now(),
        on=clock.today() - timedelta(days=days_ago),
        **({"reason": "ill"} | more),
    )


def test_a_client_tells_an_absence_and_the_coach_hears(world: Any) -> None:
    placement = begun(world)
    forget_mail()
    absent(placement, world.enter_as("devi"))
    world.enter_as("aino")
    assert Absence.objects.get().told_by == "client"
    assert told() == 1


def test_a_day_told_twice_is_one_absence(world: Any) -> None:
    placement = begun(world)
    absent(placement, as_host(world, placement), reason="unknown")
    absent(placement, world.enter_as("devi"), reason="child_ill")
    world.enter_as("aino")
    assert (Absence.objects.get().reason, Absence.objects.get().told_by) == (
        "child_ill",
        "client",
    )


def test_an_absence_lies_within_the_period(world: Any) -> None:
    placement = begun(world)
    with pytest.raises(NotInThePeriod):
        absent(placement, world.viewers["aino"], days_ago=30)


def test_an_absence_is_taken_back_by_a_worker_alone(world: Any) -> None:
    absence = absent(begun(world), world.viewers["aino"])
    with pytest.raises(Refused):
        following.take_back_absence(absence, by=world.viewers["devi"], at=clock.now())
    following.take_back_absence(absence, by=world.viewers["aino"], at=clock.now())
    assert Absence.objects.count() == 0


def test_no_absence_before_it_begins(world: Any) -> None:
    with pytest.raises(NotNow):
        absent(suggested(world), world.viewers["aino"])


def assess(assessment: Assessment, by: Any, **more: Any) -> Assessment:
    fields = {"answers": ANSWERS, "word": "Hyvä työntekijä", "name": "Sanni"}
    return following.answer_assessment(assessment, by=by, at=clock.now(), **(fields | more))


def asked(placement: Placement, party: str) -> Assessment:
    return Assessment.objects.get(placement=placement, party=party, moment="final")


def test_an_answered_assessment_comes_to_the_coach_by_itself(world: Any) -> None:
    placement = begun(world)
    assessment = asked(placement, "host")
    forget_mail()
    kept = assess(assessment, as_host(world, placement))
    world.enter_as("aino")
    assert (kept.answers, kept.answered_by) == (ANSWERS, "Sanni")
    assert kept.delivered_at is not None
    assert told() == 1


def test_sent_twice_it_is_one_and_other_answers_are_not_lost(world: Any) -> None:
    placement = begun(world)
    assessment = asked(placement, "host")
    host = as_host(world, placement)
    once = assess(assessment, host, version=1)
    assert assess(assessment, host, version=1).version == once.version
    with pytest.raises(ChangedMeanwhile):
        assess(assessment, host, version=1, word="Jotain muuta")


def test_each_assesses_for_themselves(world: Any) -> None:
    placement = begun(world)
    theirs = asked(placement, "client")
    with pytest.raises(Refused):
        assess(theirs, as_host(world, placement), answers={})


def test_only_what_was_asked_is_answered(world: Any) -> None:
    placement = begun(world)
    for answers in ({"hurry": "yes"}, {"comes": "5"}):
        with pytest.raises(ValueError, match="not an answer"):
            assess(asked(placement, "host"), world.viewers["aino"], answers=answers)


def test_i_already_have_it(world: Any) -> None:
    placement = begun(world)
    kept = following.stop_reminding(
        asked(placement, "host"), by=world.viewers["aino"], at=clock.now()
    )
    assert kept.stopped_at is not None
    with pytest.raises(Refused):
        following.stop_reminding(asked(placement, "host"), by=world.viewers["devi"], at=clock.now())


def test_a_follow_on_plan_ends_the_waiting(world: Any) -> None:
    placement = over(world)
    kept = following.plan_follow_on(
        placement,
        by=world.viewers["aino"],
        at=clock.now(),
        kind="study",
        text="Ravintola-alan opinnot tammikuussa",
        version=placement.version,
    )
    assert (kept.turn, kept.follow_on_kind) == ("", "study")


def test_a_follow_on_plan_says_something(world: Any) -> None:
    placement = begun(world)
    for kind, text in (("study", "  "), ("somewhere", "Opinnot")):
        with pytest.raises(ValueError, match="says something"):
            following.plan_follow_on(
                placement,
                by=world.viewers["aino"],
                at=clock.now(),
                kind=kind,
                text=text,
                version=placement.version,
            )


def outcome(world: Any, placement: Placement, **more: Any) -> Outcome:
    fields = {"when": "end", "what": "study", "on": clock.today(), "told_by": "client"}
    return following.record_outcome(
        placement, by=world.viewers["aino"], at=clock.now(), **(fields | more)
    )


def test_an_outcome_is_told_by_somebody_and_may_be_told_anew(world: Any) -> None:
    placement = over(world)
    outcome(world, placement)
    outcome(world, placement, what="open_market", told_by="host")
    kept = Outcome.objects.get()
    assert (kept.what, kept.told_by) == ("open_market", "host")


def test_no_outcome_before_the_end(world: Any) -> None:
    with pytest.raises(NotNow):
        outcome(world, begun(world))
    placement = Placement.objects.exclude(state="running").first()
    assert placement is None


def test_a_client_writes_no_follow_on_plan_and_no_outcome(world: Any) -> None:
    placement = over(world)
    with pytest.raises(Refused):
        following.plan_follow_on(
            placement, by=world.viewers["devi"], at=clock.now(), kind="study", text="x", version=1
        )
    with pytest.raises(Refused):
        following.record_outcome(
            placement,
            by=world.viewers["devi"],
            at=clock.now(),
            when="end",
            what="study",
            on=clock.today(),
            told_by="client",
        )


def test_a_declined_place_is_never_followed(world: Any) -> None:
    with pytest.raises(NotNow):
        absent(answered(world, suggested(world), "no"), world.viewers["aino"])
