"""A step is proposed, agreed or declined by both sides, and its turn is always named."""

from datetime import date

import pytest

from polku.foundation import clock
from polku.foundation.permissions import Refused
from polku.paths import actions, states
from polku.paths.models import Goal, Plan, PlanVersion, Step


@pytest.fixture
def step(world):
    return actions.add_step(
        world.clients["devi"], by=world.enter_as("aino"), at=clock.now(),
        theme="work", kind="work_trial", title="Keittiöapulaisen työkokeilu",
    )  # fmt: skip


def test_a_proposal_is_the_clients_turn(step):
    assert (step.state, step.turn) == ("proposed", "client")


def test_the_clients_yes_makes_it_agreed_by_both(world, step):
    devi = world.enter_as("devi")
    agreed = actions.answer(step, by=devi, at=clock.now(), answer="yes")
    assert (agreed.state, agreed.turn) == ("planned", "")
    assert (agreed.client_answer, agreed.coach_answer) == ("yes", "yes")


@pytest.mark.parametrize(("said", "state"), [("no", "declined"), ("not_now", "planned")])
def test_a_no_gives_the_turn_back_to_the_coach(world, step, said, state):
    devi = world.enter_as("devi")
    answered = actions.answer(step, by=devi, at=clock.now(), answer=said, word="Selkä ei kestä")
    assert (answered.state, answered.turn, answered.client_word) == (
        state, "coach", "Selkä ei kestä",
    )  # fmt: skip


def test_nobody_answers_for_another_client(world, step):
    foreign = world.viewers["stranger"]
    with pytest.raises(Refused):
        actions.answer(step, by=foreign, at=clock.now(), answer="yes")


def test_a_client_writes_no_steps(world):
    devi = world.enter_as("devi")
    with pytest.raises(Refused):
        actions.add_step(world.clients["devi"], by=devi, at=clock.now(), theme="work", title="Oma")


def test_changing_an_agreed_step_asks_the_client_again(world, step):
    devi, aino = world.viewers["devi"], world.viewers["aino"]
    agreed = actions.answer(step, by=devi, at=clock.now(), answer="yes")
    changed = actions.change_step(
        agreed, by=aino, at=clock.now(), version=agreed.version, title="Kahvilan työkokeilu"
    )
    assert (changed.state, changed.turn, changed.client_answer) == ("proposed", "client", "")


def test_a_change_over_another_is_refused(world, step):
    aino = world.viewers["aino"]
    actions.change_step(step, by=aino, at=clock.now(), version=1, title="Yksi")
    with pytest.raises(actions.ChangedMeanwhile) as refused:
        actions.change_step(step, by=aino, at=clock.now(), version=1, title="Kaksi")
    assert refused.value.theirs.title == "Yksi"


def test_a_done_step_can_not_be_declined(world, step):
    aino = world.viewers["aino"]
    started = actions.go_on(step, by=aino, at=clock.now(), verb="start")
    done = actions.go_on(started, by=aino, at=clock.now(), verb="finish")
    with pytest.raises(states.NotNow):
        actions.answer(done, by=world.viewers["devi"], at=clock.now(), answer="no")


def test_every_transition_leads_to_a_known_state():
    for ways in states.TRANSITIONS.values():
        assert set(ways) | set(ways.values()) <= set(Step.State)
    assert {s for ways in states.TRANSITIONS.values() for s in ways.values()} >= {
        "planned", "proposed", "now", "done", "dropped", "declined",
    }  # fmt: skip


def test_agreeing_the_plan_keeps_a_version(world, step):
    aino = world.viewers["aino"]
    actions.add_goal(
        world.clients["devi"], by=aino, at=clock.now(), theme="work", text="Työ keittiössä"
    )
    plan = actions.agree_plan(
        Plan.objects.get(), by=aino, at=clock.now(), review_on=date(2027, 2, 1)
    )
    actions.change_step(step, by=aino, at=clock.now(), version=1, title="Toinen")
    actions.agree_plan(plan, by=aino, at=clock.now())
    first, second = PlanVersion.objects.order_by("number")
    assert [v.content["steps"][0]["title"] for v in (first, second)] == [
        "Keittiöapulaisen työkokeilu", "Toinen",
    ]  # fmt: skip
    assert Goal.objects.count() == 1
