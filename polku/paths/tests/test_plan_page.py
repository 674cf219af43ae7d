"""At one screen coach and client add goals and steps, answer, arrange, agree, and take back."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.urls import reverse

from polku.foundation import clock
from polku.foundation.models import AuditEntry
from polku.paths import actions
from polku.paths.models import Goal, Plan, PlanVersion, Step

STEP = {"theme": "work", "title": "Keittiöapulaisen työkokeilu", "kind": "work_trial"}


@pytest.fixture
def devi(world):
    return world.clients["devi"]


@pytest.fixture
def step(world, devi):
    return actions.add_step(devi, by=world.enter_as("aino"), at=clock.now(), **STEP)


@pytest.fixture
def aino(sign_in):
    return sign_in("aino")


def post(browser: Any, name: str, *ids: Any, **data: Any) -> Any:
    return browser.post(reverse(name, args=ids), data)


def said(browser: Any, client_id: Any) -> str:
    return browser.get(reverse("client_plan", args=[client_id])).content.decode()


def test_a_new_client_is_asked_for_a_goal_first(aino, devi):
    page = said(aino, devi.id)
    assert reverse("plan_goal_new", args=[devi.id]) in page
    assert "pp-figure" not in page


def test_a_goal_stands_in_the_plan_with_room_for_its_first_step(world, aino, devi):
    answer = post(aino, "plan_goal_new", devi.id, theme="work", text="Työ keittiössä")
    world.enter()
    goal = Goal.objects.get()
    assert answer["Location"].endswith(f"#goal-{goal.id}")
    page = said(aino, devi.id)
    assert "Työ keittiössä" in page and f"quick-{goal.id}" in page


def test_a_step_in_one_line_serves_its_goal_and_asks_the_client(world, aino, devi):
    by = world.enter_as("aino")
    goal = actions.add_goal(devi, by=by, at=clock.now(), theme="health", text="Jaksaa paremmin")
    post(aino, "plan_step_quick", devi.id, title="Uimahalli", theme="health", goal=goal.id)
    world.enter()
    step = Step.objects.get()
    assert (step.goal_id, step.state, step.turn) == (goal.id, "proposed", "client")


def test_a_line_without_words_adds_nothing_and_says_so(world, aino, devi):
    post(aino, "plan_step_quick", devi.id, title=" ", theme="work")
    assert 'class="toast warn"' in said(aino, devi.id)
    world.enter()
    assert not Step.objects.exists()


@pytest.mark.parametrize(
    ("do", "state", "answer"),
    [("yes", "planned", "yes"), ("not_now", "planned", "not_now"), ("no", "declined", "no")],
)
def test_what_the_client_says_in_the_room_is_written_down(
    world, aino, devi, step, do, state, answer
):
    post(aino, "plan_step_do", devi.id, step.id, do=do, word="  Selkä  ei kestä ")
    world.enter()
    step.refresh_from_db()
    assert (step.state, step.client_answer, step.client_word) == (state, answer, "Selkä ei kestä")


@pytest.mark.parametrize("do", ["yes", "no", "start", "drop", "coach_no", "turn"])
def test_every_change_of_a_step_can_be_taken_back(world, aino, devi, step, do):
    world.enter()
    fields = ("state", "turn", "client_answer", "coach_answer", "starts_on", "ends_on")
    before = Step.objects.values_list(*fields).get(pk=step.id)
    post(aino, "plan_step_do", devi.id, step.id, do=do, turn="host")
    world.enter()
    assert Step.objects.values_list(*fields).get(pk=step.id) != before
    post(aino, "plan_undo", devi.id)
    world.enter()
    assert Step.objects.values_list(*fields).get(pk=step.id) == before


def test_what_the_client_answered_meanwhile_is_not_taken_back(world, aino, devi, step):
    post(aino, "plan_step_do", devi.id, step.id, do="coach_no")
    actions.answer(step, by=world.enter_as("devi"), at=clock.now(), answer="yes")
    post(aino, "plan_undo", devi.id)
    world.enter()
    step.refresh_from_db()
    assert step.client_answer == "yes"


def test_a_new_step_and_a_new_goal_are_taken_away_by_undo(world, aino, devi):
    post(aino, "plan_step_new", devi.id, **STEP, propose="on")
    post(aino, "plan_undo", devi.id)
    post(aino, "plan_goal_new", devi.id, theme="work", text="Työ")
    post(aino, "plan_undo", devi.id)
    world.enter()
    assert not Step.objects.exists() and not Goal.objects.exists()
    assert (
        'class="toast warn"'
        in post(aino, "plan_undo", devi.id)
        .client.get(reverse("client_plan", args=[devi.id]))
        .content.decode()
    )


def test_undo_works_only_where_the_change_was_made(world, sign_in, devi, step):
    aino = sign_in("aino")
    post(aino, "plan_step_do", devi.id, step.id, do="no")
    assert post(aino, "plan_undo", world.clients["stranger"].id).status_code == 404
    post(sign_in("lahja"), "plan_undo", devi.id)
    world.enter()
    step.refresh_from_db()
    assert step.client_answer == "no"


def test_changing_over_anothers_change_shows_both_and_keeps_ones_own(world, aino, devi, step):
    by = world.enter_as("lahja")
    actions.change_step(step, by=by, at=clock.now(), version=1, title="Kahvilan työkokeilu")
    answer = post(
        aino, "plan_step", devi.id, step.id, **STEP | {"title": "Ruokalan kokeilu"}, version=1
    )
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Kahvilan työkokeilu" in page and 'value="Ruokalan kokeilu"' in page
    again = post(
        aino, "plan_step", devi.id, step.id, **STEP | {"title": "Ruokalan kokeilu"}, version=2
    )
    assert again.status_code == 302
    world.enter()
    step.refresh_from_db()
    assert step.title == "Ruokalan kokeilu"


def test_an_alternative_joins_the_fork_of_the_step_beside_it(world, aino, devi, step):
    post(
        aino, "plan_step_new", devi.id, theme="learning", title="Osatutkinto", kind="study",
        instead=step.id,
    )  # fmt: skip
    world.enter()
    one, other = Step.objects.order_by("position")
    assert one.fork and one.fork == other.fork
    assert "Osatutkinto" in said(aino, devi.id)


def test_the_order_changes_by_buttons_and_no_answer_with_it(world, aino, devi, step):
    by = world.enter_as("aino")
    second = actions.add_step(devi, by=by, at=clock.now(), theme="work", title="CV")
    post(aino, "plan_step_do", devi.id, second.id, do="up")
    world.enter()
    ordered = Step.objects.order_by("position").values_list("title", "version", "turn")
    assert list(ordered) == [("CV", 1, "client"), (STEP["title"], 1, "client")]


def test_a_pattern_is_worded_in_the_clients_language_of_service(world, sign_in, devi):
    world.enter()
    type(devi).objects.filter(pk=devi.id).update(service_language="sv")
    aino = sign_in("aino")
    address = reverse("plan_step_new", args=[devi.id])
    page = aino.get(address + "?pattern=work-trial").content.decode()
    assert 'value="Arbetsprövning"' in page


def test_agreeing_keeps_a_version_and_the_next_shows_what_changed(world, aino, devi, step):
    post(aino, "plan_agree", devi.id, review_on="2027-03-01")
    post(aino, "plan_step_do", devi.id, step.id, do="yes")
    world.enter()
    assert Plan.objects.get().review_on == date(2027, 3, 1)
    page = said(aino, devi.id)
    assert 'class="changes"' in page
    post(aino, "plan_agree", devi.id, review_on="")
    world.enter()
    assert PlanVersion.objects.count() == 2
    versions = aino.get(reverse("plan_versions", args=[devi.id])).content.decode()
    assert versions.count('class="changes"') == 2
    post(aino, "plan_undo", devi.id)
    world.enter()
    assert PlanVersion.objects.count() == 1
    assert Plan.objects.get().review_on == date(2027, 3, 1)


def test_nothing_is_written_to_a_closed_record(world, sign_in, devi, step):
    world.enter()
    type(devi).objects.filter(pk=devi.id).update(closed_on=clock.today())
    aino = sign_in("aino")
    post(aino, "plan_step_do", devi.id, step.id, do="no")
    post(aino, "plan_goal_new", devi.id, theme="work", text="Työ")
    world.enter()
    step.refresh_from_db()
    assert step.client_answer == "" and not Goal.objects.exists()


PAGES = ("client_plan", "plan_versions", "plan_goal_new", "plan_step_new")


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize(
    ("who", "status"), [("aino", 200), ("lahja", 200), ("bengt", 404), ("carita", 404),
                        ("elli", 403), ("gus", 403)]
)  # fmt: skip
def test_only_who_has_to_do_with_the_client_sees_the_plan(
    world, sign_in, devi, step, name, who, status
):
    assert sign_in(who).get(reverse(name, args=[devi.id])).status_code == status


@pytest.mark.parametrize("who", ["bengt", "carita", "elli"])
def test_nobody_else_writes_to_the_plan(world, sign_in, devi, step, who):
    browser = sign_in(who)
    for answer in (
        post(browser, "plan_step_do", devi.id, step.id, do="yes"),
        post(browser, "plan_agree", devi.id),
        post(browser, "plan_goal_new", devi.id, theme="work", text="Työ"),
        post(browser, "plan_step_quick", devi.id, theme="work", title="Työ"),
    ):
        assert answer.status_code in (403, 404)
    world.enter()
    step.refresh_from_db()
    assert (step.version, Step.objects.count(), Goal.objects.count()) == (1, 1, 0)


def test_a_step_of_another_client_is_not_found_under_ones_own(world, sign_in, devi):
    stranger = world.clients["stranger"]
    other = actions.add_step(stranger, by=world.enter_as("bengt"), at=clock.now(), **STEP)
    aino = sign_in("aino")
    assert post(aino, "plan_step_do", devi.id, other.id, do="yes").status_code == 404
    assert aino.get(reverse("plan_step", args=[devi.id, other.id])).status_code == 404


def test_each_look_and_each_change_leaves_one_entry(world, aino, devi, step):
    world.enter()
    seen = AuditEntry.objects.count()
    for n, ask in enumerate(
        (
            lambda: aino.get(reverse("client_plan", args=[devi.id])),
            lambda: aino.get(reverse("plan_step", args=[devi.id, step.id])),
            lambda: post(aino, "plan_step_do", devi.id, step.id, do="yes"),
            lambda: post(aino, "plan_undo", devi.id),
            lambda: post(aino, "plan_agree", devi.id),
            lambda: post(aino, "plan_step_new", devi.id, **STEP, instead=step.id),
        ),
        1,
    ):
        assert ask().status_code in (200, 302)
        world.enter()
        assert AuditEntry.objects.count() == seen + n


def test_the_page_takes_the_same_few_statements_for_one_step_and_for_forty(
    world, aino, devi, step, django_assert_max_num_queries
):
    def count() -> int:
        with django_assert_max_num_queries(40) as asked:
            said(aino, devi.id)
        kept = [q["sql"] for q in asked.captured_queries]
        return len([q for q in kept if not str(q).startswith(("SAVEPOINT", "RELEASE", "BEGIN"))])

    few = count()
    by = world.enter_as("aino")
    for n in range(40):
        actions.add_step(devi, by=by, at=clock.now(), theme="work", title=f"Askel {n}")
    assert count() == few <= 12
