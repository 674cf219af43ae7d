"""The team's pages: load by coach, taking, handing over many, bulk actions."""

from datetime import timedelta

import pytest
from django.urls import reverse

from polku.clients.queries import visible
from polku.contacts.models import Rhythm
from polku.foundation import clock
from polku.foundation.models import AuditEntry, Relation
from polku.teamwork import actions
from polku.teamwork.caseloads import ASSUMED, caseloads
from polku.teamwork.models import HandOver, NotificationSetting


def _bulk(browser, world, *clients, **data):
    ids = [str(world.clients[c].id) for c in clients]
    return browser.post(reverse("team_bulk"), {"client": ids, "next": "/clients/", **data})


def test_minutes_follow_the_table_and_its_changes(world):
    lahja = world.enter_as("lahja")
    loads = {one.name.split(" ")[0]: one for one in caseloads(lahja, clock.today())}
    assert (loads["Aino"].heads, loads["Aino"].minutes) == (1, ASSUMED["new"])
    actions.set_minutes(by=lahja, at=clock.now(), minutes={"new": 90})
    loads = {one.name.split(" ")[0]: one for one in caseloads(lahja, clock.today())}
    assert loads["Aino"].minutes == 90


def test_the_team_takes_the_same_statements_for_one_and_for_many(world, django_assert_num_queries):
    lahja = world.enter_as("lahja")
    caseloads(lahja, clock.today())
    with django_assert_num_queries(3):
        caseloads(lahja, clock.today())


def test_a_lead_hands_over_many_at_once(world, sign_in):
    answer = _bulk(sign_in("lahja"), world, "devi", "stranger", sure="hand_over",
                   to=str(world.people["aino"].id), note="Kesäloma")  # fmt: skip
    assert answer.status_code == 302
    world.enter("lake")
    assert HandOver.objects.filter(to_user=world.people["aino"]).count() == 2


def test_choosing_shows_who_was_chosen_and_changes_nothing(world, sign_in):
    answer = _bulk(sign_in("lahja"), world, "devi", "stranger", what="hand_over")
    page = answer.content.decode()
    assert answer.status_code == 200 and "Koivunen" in page and "Lehtimäki" in page
    world.enter("lake")
    assert HandOver.objects.count() == 0


def test_clients_of_others_fall_out_of_the_choice(world, sign_in):
    page = _bulk(sign_in("aino"), world, "devi", "stranger", "foreign", what="hand_over")
    text = page.content.decode()
    assert "Koivunen" in text and "Lehtimäki" not in text and "Purola" not in text


def test_nothing_chosen_leads_back(world, sign_in):
    assert _bulk(sign_in("lahja"), world, what="hand_over").status_code == 302


def test_a_cover_sees_the_client_until_the_day_is_over(world, sign_in):
    until = clock.today() + timedelta(days=3)
    _bulk(sign_in("lahja"), world, "devi", sure="cover", to=str(world.people["bengt"].id),
          until=until.isoformat())  # fmt: skip
    world.enter("lake")
    cover = Relation.objects.get(kind="cover")
    assert clock.local(cover.ends_at).date() == until + timedelta(days=1)


def test_a_coach_names_no_cover(world, sign_in):
    answer = _bulk(sign_in("aino"), world, "devi", sure="cover", to=str(world.people["bengt"].id))
    assert answer.status_code == 403


def test_the_next_contact_is_planned_for_many(world, sign_in):
    day = clock.today() + timedelta(days=7)
    _bulk(sign_in("lahja"), world, "devi", "stranger", sure="plan", on=day.isoformat())
    world.enter("lake")
    assert set(Rhythm.objects.values_list("next_on", flat=True)) == {day}
    assert AuditEntry.objects.filter(action="contacts.plan_next").count() == 1


def test_taking_a_client_without_a_coach(world, sign_in):
    world.enter("lake")
    Relation.objects.filter(client=world.clients["stranger"], kind="own").update(
        ends_at=clock.now()
    )
    answer = sign_in("aino").post(reverse("client_take", args=[world.clients["stranger"].id]))
    assert answer.status_code == 302
    world.enter("lake")
    from dataclasses import replace

    aino = replace(world.viewers["aino"], at=clock.now())
    assert visible(aino).filter(pk=world.clients["stranger"].pk).exists()


def test_another_registers_client_is_not_there_to_take(world, sign_in):
    answer = sign_in("aino").post(reverse("client_take", args=[world.clients["foreign"].id]))
    assert answer.status_code == 404


@pytest.mark.parametrize(("name", "status"), [("lahja", 200), ("aino", 403), ("gus", 403)])
def test_who_sees_the_team(world, sign_in, name, status):
    assert sign_in(name).get(reverse("team")).status_code == status


def test_only_the_lead_changes_the_minutes(world, sign_in):
    minutes = {"new": 1, "active": 2, "steady": 3, "in_service": 4, "interpreter": 5}
    assert sign_in("aino").post(reverse("team_minutes"), minutes).status_code == 403
    assert sign_in("lahja").post(reverse("team_minutes"), minutes).status_code == 302
    late = sign_in("lahja").post(reverse("team_minutes"), minutes | {"new": "-5"})
    assert late.status_code == 422


def test_ones_own_messages_are_chosen(world, sign_in):
    sign_in("aino").post(reverse("settings"), {"new_client": "on"})
    world.enter("lake")
    kept = dict(NotificationSetting.objects.values_list("event", "by_email"))
    assert kept["new_client"] is True and kept["morning"] is False
