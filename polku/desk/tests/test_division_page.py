"""The pages of a division and the Team page around it: what is pressed, who may, what it costs."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest
from django.urls import reverse

from polku.desk.tests.dividing import away, client, divided, rows, rule
from polku.desk.tests.planning import MONDAY, on_friday
from polku.foundation import clock
from polku.foundation.models import AuditEntry, Relation, Team
from polku.teamwork.models import Division, HandOver

AT_MOST = 12
DAY = timedelta(days=1)


@pytest.fixture
def friday():
    with on_friday() as now:
        yield now


def mark(row):
    return f"{row.id}.{row.version}"


def page_of(division, browser):
    return browser.get(reverse("division", args=[division.id])).content.decode()


def do(division, browser, **data):
    return browser.post(reverse("division_do", args=[division.id]), data, follow=True)


def test_the_team_page_shows_rules_absences_and_offers_proposals(world, browser, friday):
    lahja = browser("lahja")
    world.enter("lake")
    client(world, "Uusi")
    rule(world, "aino", age_under=30, strict=True, share=60, languages=["fi", "sv"])
    away(world, "bengt", MONDAY, MONDAY + 4 * DAY)
    page = lahja.get("/team/").content.decode()
    assert "vain alle 30-vuotiaat" in page and "60 % täydestä asiakasmäärästä" in page
    assert "suomi, ruotsi" in page
    assert "ma 14.12.–pe 18.12." in page and 'value="cover"' in page and 'value="new"' in page
    assert "sairaana" not in page and "ill" not in page.split("Poissa neljän viikon")[1][:400]


def test_a_lead_asks_reads_unticks_and_accepts_with_notes(world, browser, friday):
    lahja = browser("lahja")
    world.enter("lake")
    one, _other = client(world, "Eka"), client(world, "Toka")
    answer = lahja.post("/team/divide/", {"question": "new"})
    world.enter_as("lahja")
    division = Division.objects.get()
    assert answer.url == reverse("division", args=[division.id])
    assert 'http-equiv="refresh"' in page_of(division, lahja)
    division, found = divided(world, "new")
    page = page_of(division, lahja)
    assert "Eka Kuvitelma" in page and "ei omavalmentajaa" in page
    assert "yhteinen kieli suomi" in page and 'http-equiv="refresh"' not in page
    answer = do(
        division, lahja, take=[mark(found["Eka"])], seen=[mark(row) for row in found.values()],
        note="Kaikille", **{f"note-{found['Eka'].id}": "Juuri hänelle"},
    )  # fmt: skip
    assert "1 asiakas on siirretty" in answer.content.decode()
    world.enter_as("lahja")
    assert HandOver.objects.get().note == "Juuri hänelle"
    assert HandOver.objects.get().client_id == one.id
    assert {n: row.state for n, row in rows(division).items()} == {
        "Eka": "accepted", "Toka": "proposed",
    }  # fmt: skip
    entry = AuditEntry.objects.filter(action="desk.division").latest("id")
    assert set(entry.shown) == {row.client_id for row in found.values()}


def test_who_is_unticked_is_left_when_it_is_divided_again(world, browser, friday):
    lahja = browser("lahja")
    world.enter("lake")
    client(world, "Eka")
    client(world, "Toka")
    division, found = divided(world, "new")
    to = world.people["bengt"].id
    Division.objects.update(planned_at=clock.now() - DAY)  # the clock stands still
    do(
        division, lahja, again="1", take=[mark(found["Eka"])],
        seen=[mark(row) for row in found.values()], **{f"to-{found['Eka'].id}": str(to)},
    )  # fmt: skip
    world.enter_as("lahja")
    after = rows(division)
    assert after["Toka"].state == "left" and after["Eka"].to_user_id == to
    assert Division.objects.get().runs
    assert not HandOver.objects.exists()


def test_nothing_ticked_and_nonsense_change_nothing(world, browser, friday):
    lahja = browser("lahja")
    world.enter("lake")
    client(world, "Eka")
    division, found = divided(world, "new")
    for data in ({}, {"take": "x"}, {"take": f"{found['Eka'].id}.zz"}, {"take": "1.1"}):
        assert do(division, lahja, **data).status_code == 200
    assert do(division, lahja, take=f"{found['Eka'].id}.99999999999999").status_code == 200
    bad = {"question": "cover", "away": "x", "first_on": "2026-13-45", "last_on": ""}
    assert lahja.post("/team/divide/", bad).status_code == 404
    bad["away"] = str(world.people["aino"].id)
    assert lahja.post("/team/divide/", bad).url == "/team/"
    assert lahja.post("/team/divide/", {"question": "who"}).url == "/team/"
    world.enter_as("lahja")
    assert not HandOver.objects.exists() and not Relation.objects.filter(kind="cover").exists()


def test_a_note_with_a_sign_that_the_database_does_not_take_is_kept_without_it(
    world, browser, friday
):
    lahja = browser("lahja")
    world.enter("lake")
    client(world, "Eka")
    division, found = divided(world, "new")
    one = found["Eka"]
    note = {f"note-{one.id}": "Soita\x00 ensin.", "note": "\x00"}
    assert do(division, lahja, take=mark(one), **note).status_code == 200
    world.enter_as("lahja")
    assert HandOver.objects.get().note == "Soita ensin."


@pytest.mark.parametrize("whom", ["carita", "gus", None], ids=["register", "role", "nobody"])
def test_nobody_but_a_coach_of_the_team_can_be_chosen(world, browser, friday, whom):
    lahja = browser("lahja")
    world.enter("lake")
    client(world, "Eka")
    division, found = divided(world, "new")
    one = found["Eka"]
    who = world.people[whom].id if whom else uuid4()
    ticks = {"take": mark(one), "seen": mark(one)}
    assert do(division, lahja, again="1", **ticks, **{f"to-{one.id}": str(who)}).status_code == 200
    stands = rows(division)["Eka"]
    assert (stands.to_user_id, stands.chosen) == (one.to_user_id, False)
    other = ({world.people[n].id for n in ("aino", "bengt", "lahja")} - {one.to_user_id}).pop()
    do(division, lahja, again="1", **ticks, **{f"to-{one.id}": str(other)})
    assert rows(division)["Eka"].to_user_id == other


def test_who_is_shut_out_by_a_conflict_meanwhile_is_not_chosen_for(world, browser, friday):
    lahja = browser("lahja")
    world.enter("lake")
    one = client(world, "Eka")
    division, found = divided(world, "new")
    recusal = one.recusals.create(
        register=one.register, user=world.people["lahja"], ground="other",
        starts_at=clock.now() - DAY,
    )  # fmt: skip
    do(division, lahja, again="1", seen=mark(found["Eka"]))
    assert rows(division)["Eka"].state == "proposed"
    recusal.delete()
    do(division, lahja, again="1", seen=mark(found["Eka"]))
    assert rows(division)["Eka"].state == "left"


@pytest.mark.parametrize("name", ["aino", "gus", "elli"])
def test_only_the_lead_divides(world, browser, friday, name):
    division, _found = divided(world, "balance")
    other = browser(name)
    assert other.get(reverse("division", args=[division.id])).status_code == 403
    assert other.post(reverse("division_do", args=[division.id])).status_code == 403
    assert other.post("/team/divide/", {"question": "new"}).status_code == 403
    assert other.get("/team/rules/").status_code == 403


def test_another_teams_division_is_not_there(world, browser, friday):
    lahja = browser("lahja")
    division, _found = divided(world, "balance")
    team = Team.objects.create(
        register=world.areas["lake"], organisation=world.areas["lake"].controller, name="Toinen"
    )
    Division.objects.filter(pk=division.pk).update(team=team)
    assert lahja.get(reverse("division", args=[division.id])).status_code == 404
    assert lahja.post(reverse("division_do", args=[division.id])).status_code == 404


def test_who_may_not_be_seen_by_this_lead_is_not_on_the_page(world, browser, friday):
    lahja = browser("lahja")
    world.enter("lake")
    one = client(world, "Suljettu")
    client(world, "Avoin")
    division, _found = divided(world, "new")
    assert "Suljettu" in page_of(division, lahja)
    world.enter_as("lahja")
    one.recusals.create(
        register=one.register, user=world.people["lahja"], ground="other",
        starts_at=clock.now() - DAY,
    )  # fmt: skip
    page = page_of(division, lahja)
    assert "Suljettu" not in page and "Avoin" in page


def test_the_pages_cost_the_same_for_one_and_for_many(world, browser, friday, counted):
    lahja = browser("lahja")
    world.enter("lake")
    client(world, "R0")
    rule(world, "aino", municipalities=["316"])
    away(world, "bengt", MONDAY, MONDAY)
    division, _found = divided(world, "new")
    address = reverse("division", args=[division.id])
    costs = []
    for many in (1, 25):
        for number in range(1, many):
            client(world, f"R{number}")
        divided(world, "new")
        for url in ("/team/", address, "/team/rules/"):
            lahja.get(url)
            with counted() as made:
                assert lahja.get(url).status_code == 200
            costs.append(len(made))
        world.enter("lake")
    assert costs[:3] == costs[3:]
    assert max(costs) <= AT_MOST, costs


def test_a_silent_planner_and_an_unsound_answer_are_told(world, browser, friday):
    lahja = browser("lahja")
    division, _found = divided(world, "new")
    world.enter_as("lahja")
    Division.objects.update(planned_at=None, asked_at=clock.now() - timedelta(minutes=5))
    page = page_of(division, lahja)
    assert "Suunnittelija ei vastaa" in page and 'http-equiv="refresh"' not in page
    world.enter_as("lahja")
    Division.objects.update(planned_at=clock.now(), problem="unsound")
    assert "Vastaus ei läpäissyt tarkistusta" in page_of(division, lahja)
