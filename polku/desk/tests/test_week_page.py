"""The week's page: what is pressed on it, and what it costs."""

from __future__ import annotations

import re
from datetime import timedelta
from uuid import uuid4

import pytest

from polku.clients.models import Client
from polku.contacts.models import Appointment, OwnWeek, TimeAway, WeekPlan
from polku.contacts.weeks import deciding
from polku.desk.tests.planning import MONDAY, at, on_friday, person, planned, rows
from polku.desk.week.shown import week
from polku.foundation import clock
from polku.foundation.models import AuditEntry, OutboxMessage, Relation
from polku.foundation.permissions import Refused

AT_MOST = 12


def mark(row):
    return f"{row.id}.{row.version}"


@pytest.fixture
def friday():
    with on_friday() as now:
        yield now


def test_the_page_opens_on_the_coming_week_with_reasons(world, browser, friday):
    aino = browser("aino")
    world.enter("lake")
    person(world, "Laki", discussion_due_on=MONDAY + timedelta(days=2), last=60)
    person(world, "Varhain", last=3)
    planned(world)
    page = aino.get("/week/").content.decode()
    assert "Viikko 51" in page or "Week 51" in page
    assert "Laki Kuvitelma" in page and "Varhain Kuvitelma" in page
    assert mark(rows(world)["Laki"]) in page


def test_before_the_first_plan_the_page_offers_one_and_a_press_asks_once(world, browser, friday):
    aino = browser("aino")
    assert "/week/plan/" in aino.get("/week/").content.decode()
    assert aino.post("/week/plan/", {"from": MONDAY.isoformat()}).status_code == 302
    world.enter_as("aino")
    assert WeekPlan.objects.get().runs
    assert 'http-equiv="refresh"' in aino.get("/week/").content.decode()
    world.enter_as("aino")
    WeekPlan.objects.update(asked_at=clock.now() - timedelta(minutes=5))
    later = aino.get("/week/").content.decode()
    assert 'http-equiv="refresh"' not in later


def test_taking_all_books_them_once_and_writes_to_the_clients(world, browser, friday):
    aino = browser("aino")
    world.enter("lake")
    for number in range(4):
        person(world, f"R{number}", last=40)
    found = [r for r in planned(world).values() if r.state == "proposed"]
    sent = {"seen": [mark(r) for r in found], "all": "1", "from": MONDAY.isoformat()}
    for _twice in range(2):
        assert aino.post("/week/take/", sent).status_code == 302
    world.enter_as("aino")
    ids = {r.client_id for r in found}
    booked = Appointment.objects.filter(client_id__in=ids)
    assert booked.count() == len(found) >= 4
    assert set(booked.values_list("status", flat=True)) == {"proposed"}
    mails = OutboxMessage.objects.filter(kind="appointment_proposed", client_id__in=ids)
    assert mails.count() == len(found)
    entries = AuditEntry.objects.filter(action="contacts.book", client__in=ids)
    assert entries.count() == len(found)


def test_some_are_taken_and_none_when_nothing_is_chosen(world, browser, friday):
    aino = browser("aino")
    world.enter("lake")
    for number in range(3):
        person(world, f"R{number}", last=40)
    found = planned(world)
    aino.post("/week/take/", {"seen": [mark(r) for r in found.values()]})
    assert not Appointment.objects.filter(client__last_name="Kuvitelma").exists()
    aino.post("/week/take/", {"take": [mark(found["R1"])], "seen": [mark(found["R2"])]})
    assert [r.client.first_names for r in _taken(world)] == ["R1"]


def _taken(world):
    return [row for row in rows(world).values() if row.state == "taken"]


def test_stale_ones_are_refused_one_by_one_and_the_others_taken(world, friday):
    viewer = world.enter_as("aino")
    names = ("Hyva", "Suljettu", "Muuttunut", "Varattu", "Asiakas", "Kotona")
    for name in names:
        person(world, name, last=40)
    found = planned(world)
    Client.objects.filter(first_names="Suljettu").update(closed_on=clock.today())
    _book(world, found["Varattu"].client, at(4, 14))
    _book(world, found["Hyva"].client, found["Asiakas"].starts_at, with_="bengt", status="held")
    other = person(world, "Este", last=1)
    _book(world, other, found["Kotona"].starts_at)
    _book(world, found["Asiakas"].client, found["Asiakas"].starts_at, with_="lahja", status="held")
    wanted = [
        (r.id, r.version - (name == "Muuttunut")) for name, r in found.items() if name in names
    ]
    done = deciding.take([*wanted, (uuid4(), 1)], by=viewer, at=clock.now())
    assert done.booked == [found["Hyva"].client_id]
    codes = sorted(code for _name, code in done.refused)
    assert codes == ["booked", "changed", "client", "gone", "gone", "worker"]
    assert not any("Suljettu" in name for name, _code in done.refused)


def _book(world, client, starts, *, with_="aino", status="confirmed"):
    return Appointment.objects.create(
        register=client.register, client=client, worker=world.people[with_], status=status,
        starts_at=starts, ends_at=starts + timedelta(minutes=15), created_at=clock.now(),
    )  # fmt: skip


def test_a_day_away_since_then_and_a_time_gone_by_are_refused(world, friday):
    viewer = world.enter_as("aino")
    for name in ("A", "B"):
        person(world, name, last=40)
    found = planned(world)
    wanted = [(r.id, r.version) for r in found.values() if r.starts_at]
    TimeAway.objects.create(
        register=world.areas["lake"], user_id=viewer.user_id, kind="ill", told_at=clock.now(),
        first_on=MONDAY, last_on=MONDAY + timedelta(days=6),
    )  # fmt: skip
    done = deciding.take(wanted, by=viewer, at=clock.now())
    assert {code for _n, code in done.refused} == {"away"} and not done.booked
    later = deciding.take(wanted, by=viewer, at=at(7, 9))
    assert {code for _n, code in later.refused} == {"past"}


def test_after_one_row_the_page_opens_at_the_next(world, browser, friday):
    aino = browser("aino")
    world.enter("lake")
    for name in ("A", "B"):
        person(world, name, last=40)
    found = [row for row in planned(world).values() if row.starts_at]
    seen = [mark(row) for row in sorted(found, key=lambda row: row.starts_at)]
    ids = [one.partition(".")[0] for one in seen]
    taken = aino.post("/week/take/", {"one": seen[0], "seen": seen, "from": MONDAY.isoformat()})
    assert taken.url.endswith(f"#p-{ids[1]}")
    left = aino.post(f"/week/{ids[-1]}/decline/", {"reason": "later", "seen": seen})
    assert left.url.endswith(f"#p-{ids[-2]}")
    odd = aino.post("/week/take/", {"one": seen[1], "seen": [seen[1], "<z>.1"]})
    assert "#" not in odd.url


def test_undo_cancels_what_the_press_booked_and_proposes_it_again(world, browser, friday):
    aino = browser("aino")
    world.enter("lake")
    person(world, "R", last=40)
    row = planned(world)["R"]
    aino.post("/week/take/", {"one": mark(row)})
    taken = rows(world)["R"]
    aino.post(f"/week/undo/{taken.batch}/")
    back = rows(world)["R"]
    assert (back.state, back.starts_at) == ("proposed", row.starts_at)
    assert Appointment.objects.get(client=row.client).status == "cancelled"
    aino.post("/week/take/", {"one": mark(back)})
    world.enter_as("aino")
    assert Appointment.objects.filter(client=row.client, status="proposed").count() == 1


def test_undo_has_its_hour_and_belongs_to_whoever_pressed(world, friday):
    viewer = world.enter_as("aino")
    person(world, "R", last=40)
    row = planned(world)["R"]
    done = deciding.take([(row.id, row.version)], by=viewer, at=clock.now())
    with pytest.raises(deciding.TooLate):
        deciding.put_back(done.batch, by=viewer, at=clock.now() + timedelta(minutes=11))
    with pytest.raises(deciding.TooLate):
        deciding.put_back(done.batch, by=world.enter_as("bengt"), at=clock.now())
    assert deciding.put_back(done.batch, by=world.enter_as("aino"), at=clock.now()) == 1


def test_nobody_decides_on_anothers_proposals(world, browser, friday):
    world.enter("lake")
    person(world, "R", last=40)
    row = planned(world)["R"]
    other = world.enter_as("bengt")
    with pytest.raises(Refused):
        deciding.decline(row, by=other, at=clock.now(), reason="later")
    done = deciding.take([(row.id, row.version)], by=other, at=clock.now())
    assert not done.booked and done.refused == [("", "gone")]
    assert browser("bengt").post(f"/week/{row.id}/decline/", {"reason": "later"}).status_code == 404
    assert browser("aino").post(f"/week/{row.id}/decline/", {"reason": "later"}).status_code == 302


def test_what_no_plan_meets_is_raised_and_the_lead_settles_it(world, browser, friday):
    aino, lahja = browser("aino"), browser("lahja")
    viewer = world.enter_as("aino")
    TimeAway.objects.create(
        register=world.areas["lake"], user_id=viewer.user_id, kind="holiday",
        told_at=clock.now(), first_on=MONDAY, last_on=MONDAY + timedelta(days=4),
    )  # fmt: skip
    person(world, "Laki", discussion_due_on=MONDAY + timedelta(days=2), last=60)
    row = planned(world)["Laki"]
    assert (row.state, row.need) == ("omitted", "law")
    assert f"/week/{row.id}/raise/" in aino.get("/week/").content.decode()
    for _twice in range(2):
        aino.post(f"/week/{row.id}/raise/")
    world.enter_as("aino")
    assert AuditEntry.objects.filter(action="contacts.week_raise").count() == 1
    page = lahja.get("/team/").content.decode()
    assert f"/team/raised/{row.id}/" in page and "holiday" not in page
    assert aino.post(f"/team/raised/{row.id}/").status_code == 403
    assert lahja.post(f"/team/raised/{row.id}/").status_code == 302
    assert f"/team/raised/{row.id}/" not in lahja.get("/team/").content.decode()
    assert f"/week/{row.id}/raise/" not in aino.get("/week/").content.decode()


def test_the_page_takes_the_same_statements_at_one_and_at_two_hundred(
    world, browser, counted, friday
):
    aino = browser("aino")

    def measured():
        aino.get("/week/")
        with counted() as found:
            assert aino.get("/week/").status_code == 200
        return found

    world.enter("lake")
    person(world, "R0", last=40)
    planned(world)
    few = measured()
    world.enter("lake")
    for number in range(1, 200):
        person(world, f"R{number}", last=20 + number % 40)
    planned(world)
    many = measured()
    assert len(few) == len(many) <= AT_MOST, few


def test_a_look_is_one_entry_that_names_whom_the_page_shows(world, browser, friday):
    aino = browser("aino")
    world.enter("lake")
    person(world, "R", last=40)
    row = planned(world)["R"]
    before = AuditEntry.objects.count()
    aino.get("/week/")
    world.enter_as("aino")
    assert AuditEntry.objects.count() == before + 1
    assert row.client_id in AuditEntry.objects.get(action="desk.week").shown


def test_hours_and_days_away_are_kept_and_the_week_is_asked_anew(world, browser, friday):
    aino = browser("aino")
    world.enter("lake")
    person(world, "R", last=40)
    planned(world)
    fields = {"from_0": "08:30", "until_0": "12:00", "own_from_0": "09:00", "own_until_0": "09:30"}
    wrong = aino.post("/week/hours/", {"notes": "15", "from_0": "12:00", "until_0": "08:10"})
    assert wrong.status_code == 422
    assert aino.post("/week/hours/", {"notes": "15", **fields}).status_code == 302
    away = {"first_on": MONDAY.isoformat(), "last_on": "", "kind": "ill"}
    for _twice in range(2):
        assert aino.post("/week/away/", away).status_code == 302
    world.enter_as("aino")
    assert TimeAway.objects.count() == 1
    told = TimeAway.objects.get()
    assert (told.first_on, told.last_on) == (MONDAY, MONDAY)
    assert aino.post(f"/week/away/{told.id}/back/").status_code == 302
    assert browser("bengt").post(f"/week/away/{told.id}/back/").status_code == 404
    assert aino.post("/week/away/", {**away, "last_on": "2026-12-01"}).status_code == 422


def test_a_booked_time_on_a_day_away_stays_and_is_told_of(world, browser, friday):
    aino = browser("aino")
    world.enter("lake")
    met = person(world, "Varattu", last=5)
    _book(world, met, at(0, 10))
    aino.post("/week/away/", {"first_on": MONDAY.isoformat(), "kind": "ill"})
    page = aino.get("/week/").content.decode()
    world.enter_as("aino")
    assert Appointment.objects.get(client=met).starts_at == at(0, 10)
    assert page.count("Varattu Kuvitelma") >= 3


def test_my_day_calls_neither_own_time_nor_a_day_away_free(world, browser):
    with clock.at(at(0, 8)):
        aino = browser("aino")
        world.enter("lake")
        _book(world, person(world, "Varattu", last=5), at(0, 10))
        OwnWeek.objects.create(
            register=world.areas["lake"], user=world.people["aino"], changed_at=clock.now(),
            hours=[[0, "09:00", "15:30"]], focus=[[0, "12:00", "13:00"]],
        )  # fmt: skip
        free = r"10[.:]15–12[.:]00"
        assert re.search(free, aino.get("/").content.decode())
        aino.post("/week/away/", {"first_on": MONDAY.isoformat(), "kind": "ill"})
        assert not re.search(free, aino.get("/").content.decode())


def test_a_time_that_is_over_is_not_told_of_on_a_day_away(world, browser, friday):
    aino = browser("aino")
    world.enter("lake")
    _book(world, person(world, "Varattu", last=5), at(0, 10))
    aino.post("/week/away/", {"first_on": MONDAY.isoformat(), "kind": "ill"})
    for hour, told in ((9, 1), (14, 0)):
        with clock.at(at(0, hour)):
            assert len(week(world.enter_as("aino"), MONDAY, clock.now()).in_absence) == told


def test_a_client_under_a_safety_ban_is_not_raised_to_who_does_not_see_them(world, browser, friday):
    aino, lahja = browser("aino"), browser("lahja")
    world.enter("lake")
    person(world, "Turva", ban=True, discussion_due_on=MONDAY, away_until=MONDAY, last=60)
    person(world, "Avoin", discussion_due_on=MONDAY, away_until=MONDAY, last=60)
    found = planned(world)
    page = aino.get("/week/").content.decode()
    assert "Turva Kuvitelma" in page and f"/week/{found['Turva'].id}/raise/" not in page
    assert f"/week/{found['Avoin'].id}/raise/" in page
    for name in ("Turva", "Avoin"):
        aino.post(f"/week/{found[name].id}/raise/")
    assert rows(world)["Turva"].raised_at is None and rows(world)["Avoin"].raised_at
    team = lahja.get("/team/").content.decode()
    assert "Turva" not in team and "Avoin" in team


def test_the_place_of_a_banned_clients_meeting_goes_behind_the_guarded_view(world, friday):
    viewer = world.enter_as("aino")
    world.teams["lake"].service_point = "Rantakatu 1"
    world.teams["lake"].save()
    person(world, "Turva", ban=True, discussion_due_on=MONDAY + timedelta(days=2), last=60)
    person(world, "Avoin", discussion_due_on=MONDAY + timedelta(days=2), last=60)
    found = planned(world)
    deciding.take([(r.id, r.version) for r in found.values()], by=viewer, at=clock.now())
    place = dict(Appointment.objects.values_list("client__first_names", "place"))
    assert (place["Turva"], place["Avoin"]) == ("", "Rantakatu 1")


def test_what_an_earlier_week_proposes_is_not_proposed_twice(world, friday):
    world.enter("lake")
    person(world, "R", last=40)
    planned(world)
    later = planned(world, monday=MONDAY + timedelta(days=7))
    assert later["R"].why["why"] == "before"
    deciding.decline(rows(world)["R"], by=world.enter_as("aino"), at=clock.now(), reason="later")
    assert planned(world, monday=MONDAY + timedelta(days=7))["R"].state == "proposed"


@pytest.mark.parametrize("gone", ["handed over", "closed"])
def test_an_undo_leaves_alone_who_is_not_ones_own_any_more(world, browser, friday, gone):
    """Within the ten minutes a client may go to another coach: their time is no longer one's."""
    aino = browser("aino")
    world.enter("lake")
    for number in range(2):
        person(world, f"R{number}", last=40)
    found = [r for r in planned(world).values() if r.state == "proposed"]
    aino.post("/week/take/", {"seen": [mark(r) for r in found], "all": "1"})
    left, back = (rows(world)[name] for name in ("R0", "R1"))
    world.enter("lake")
    if gone == "handed over":
        own = Relation.objects.filter(client=left.client_id, kind="own")
        own.update(ends_at=clock.now())
    else:
        Client.objects.filter(pk=left.client_id).update(closed_on=clock.today())
    aino.post(f"/week/undo/{left.batch}/")
    world.enter("lake")
    status = dict(Appointment.objects.values_list("pk", "status"))
    assert status[left.appointment_id] == "proposed"
    assert status[back.appointment_id] == "cancelled"


def test_what_lies_outside_the_own_hours_is_not_called_booked(world, browser):
    with clock.at(at(0, 8)):
        aino = browser("aino")
        world.enter("lake")
        OwnWeek.objects.create(
            register=world.areas["lake"], user=world.people["aino"], changed_at=clock.now(),
            hours=[[0, "09:00", "15:30"]],
        )  # fmt: skip
        client = person(world, "Vapaa", last=5)
        page = aino.get(f"/clients/{client.id}/appointments/new/").content.decode()
        assert "<span>ei vapaa</span>" in page and "<span>varattu</span>" not in page
