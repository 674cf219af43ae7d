"""Aino sees that a client's situation was changed last week: by whom, from what to what."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from django.urls import reverse

from polku.clients import changes, lifecycle
from polku.clients.models import Client
from polku.contacts.models import Contact
from polku.foundation import clock, walls
from polku.foundation.models import AuditEntry, Recusal, Relation
from polku.paths.models import Goal, Plan, Step


@pytest.fixture
def devi(world):
    world.enter()
    return Client.objects.get(pk=world.clients["devi"].id)


@pytest.fixture
def aino(world):
    return world.browser("aino", headers={"accept-language": "en"})


def page(browser, client, **asked):
    answer = browser.get(reverse("client_history", args=[client.id]), asked)
    assert answer.status_code == 200
    return answer.content.decode()


def change(world, client, who="aino", days=0, **values):
    with clock.at(clock.now() - timedelta(days=days)):
        viewer = replace(world.viewers[who], at=clock.now())
        walls.enter(register=viewer.register_id, by=viewer)
        fresh = Client.objects.get(pk=client.id)
        return changes.change_person(
            fresh, by=viewer, at=clock.now(), version=fresh.version, **values
        )


def test_who_changed_the_situation_last_week_from_what_to_what(world, aino, devi):
    change(world, devi, days=8, situation="Etsii töitä keittiöstä.")
    change(world, devi, who="lahja", days=7, situation="Aloitti kokeilun.")
    shown = page(aino, devi)
    assert "Lahja Esimerkki" in shown and "Etsii töitä keittiöstä." in shown
    shown = shown.split("<main")[1]
    assert shown.index("Aloitti kokeilun.") < shown.index("Aino Esimerkki</b>")
    assert "<del>" in shown and "<ins>" in shown and reverse("client_edit", args=[devi.id]) in shown


def test_codes_and_ids_stand_there_in_words(world, aino, devi):
    world.enter_as("aino")
    Client.objects.filter(pk=devi.id).update(status="03", service_language="sv")
    Relation.objects.filter(client=devi, kind="own").update(user=world.people["lahja"])
    shown = page(world.browser("lahja", headers={"accept-language": "en"}), devi)
    for word in ("unemployed", "laid off", "Finnish", "Swedish", "Lahja Esimerkki"):
        assert word in shown
    assert str(world.people["aino"].id) not in shown.split("<main")[1]


def test_steps_and_goals_lead_to_their_pages(world, aino, devi):
    world.enter_as("aino")
    own = {"register_id": devi.register_id, "client": devi}
    plan = Plan.objects.create(**own, started_on=clock.today(), changed_at=clock.now())
    goal = Goal.objects.create(**own, plan=plan, theme="work", text="Työ keittiössä")
    step = Step.objects.create(
        **own, plan=plan, goal=goal, theme="work", title="Hygieniapassi", created_at=clock.now(),
        changed_at=clock.now(),
    )  # fmt: skip
    Step.objects.filter(pk=step.pk).update(state="done")
    shown = page(aino, devi, about="plan")
    assert "Hygieniapassi" in shown and "planned" in shown and "done" in shown
    assert reverse("plan_step", args=[devi.id, step.id]) in shown
    assert "Hygieniapassi" not in page(aino, devi, about="person")
    world.enter_as("aino")
    Step.objects.filter(pk=step.pk).delete()
    shown = page(aino, devi, about="plan")
    assert "removed" in shown and reverse("plan_step", args=[devi.id, step.id]) not in shown


def test_contact_details_show_unless_a_safety_ban_guards_them(world, aino, devi):
    viewer = world.enter_as("aino")
    changes.change_details(devi, by=viewer, at=clock.now(), street="SENTINEL 2")
    assert "SENTINEL 2" in page(aino, devi)
    viewer = world.enter_as("aino")
    lifecycle.set_ban(devi, by=viewer, at=clock.now())
    shown = page(aino, devi)
    assert "SENTINEL" not in shown and "safety ban" in shown


def test_a_private_note_stays_its_writers_own(world, aino, devi):
    viewer = world.enter_as("aino")
    contact = Contact.objects.create(
        register_id=devi.register_id, client=devi, worker=world.people["aino"], at=viewer.at,
        kind="call", created_at=viewer.at, changed_at=viewer.at,
    )  # fmt: skip
    Contact.objects.filter(pk=contact.pk).update(private_note="SENTINEL", agreed="Sovittiin")
    assert "SENTINEL" in page(aino, devi)
    shown = page(world.browser("lahja", headers={"accept-language": "en"}), devi)
    assert "SENTINEL" not in shown and "Sovittiin" in shown and "not shown" in shown


def test_conflicts_of_interest_are_not_told_here(world, aino, devi):
    world.enter_as("aino")
    Recusal.objects.create(
        register_id=devi.register_id, client=devi, user=world.people["bengt"], ground="relative",
        starts_at=clock.now(),
    )  # fmt: skip
    assert "Bengt" not in page(aino, devi)


@pytest.mark.parametrize("who", ["bengt", "carita", "gus", "elli"])
def test_who_may_not_see_the_client_sees_no_history(world, devi, who):
    answer = world.browser(who).get(reverse("client_history", args=[devi.id]))
    assert answer.status_code in (403, 404)


@pytest.mark.parametrize("asked", [{"before": "x"}, {"before": "9" * 30}, {"about": "'"}, {}])
def test_bad_questions_show_the_whole_history(world, aino, devi, asked):
    change(world, devi, situation="Etsii töitä.")
    assert "Etsii töitä." in page(aino, devi, **asked)


def test_old_changes_are_a_page_away_and_statements_stay_few(
    world, aino, devi, django_assert_max_num_queries
):
    def count():
        with django_assert_max_num_queries(40) as asked:
            page(aino, devi)
        made = [q["sql"] for q in asked.captured_queries]
        return sum(not sql.startswith(("BEGIN", "COMMIT", "SAVEPOINT", "RELEASE")) for sql in made)

    change(world, devi, situation="Vaihe alussa")
    world.enter_as("aino")
    Relation.objects.filter(client=devi, kind="own").update(reason="x")
    few = count()
    for n in range(90):
        change(world, devi, situation=f"Vaihe {n}")
    # Without a worker among the values, their names are not asked for.
    assert few - 1 <= count() <= few <= 12
    shown = page(aino, devi)
    assert "Vaihe 89" in shown and "Vaihe alussa" not in shown and "Show older" in shown
    older = shown.split("before=")[1].split('"')[0]
    assert "Vaihe alussa" in page(aino, devi, before=older)


def test_a_look_at_the_history_is_on_record(world, aino, devi):
    page(aino, devi)
    world.enter()
    last = AuditEntry.objects.order_by("-id").first()
    assert (last.action, last.client) == ("clients.history", devi.id)
