"""What is proposed for a week, and why; what is omitted, and why."""

from __future__ import annotations

from datetime import date, timedelta

from polku.contacts.models import Appointment, Contact, OwnWeek, TimeAway, WeekProposal
from polku.contacts.weeks import deciding, hours
from polku.desk.tests.planning import MONDAY, at, on_friday, person, planned, rows
from polku.desk.week import asking
from polku.foundation import clock
from polku.foundation.models import Recusal
from polku.teamwork.models import Division

MINUTE = timedelta(minutes=1)


def _overlap(found):
    times = sorted((r.starts_at, r.starts_at + r.minutes * MINUTE) for r in found)
    return any(b < a for (_x, a), (b, _y) in zip(times, times[1:], strict=False))


def test_each_need_is_proposed_with_what_it_rests_on(world):
    with on_friday():
        world.enter("lake")
        person(world, "Laki", discussion_due_on=MONDAY + timedelta(days=2), last=60)
        person(world, "Lupa", next_on=MONDAY + timedelta(days=1), next_kind="call", last=20)
        person(world, "Rytmi", last=40)
        person(world, "Uusi", first_contact_at=None, last_reached_at=None,
               initial_interview_on=None)  # fmt: skip
        found = planned(world)
    needs = {name: found[name].need for name in ("Laki", "Lupa", "Rytmi", "Uusi")}
    assert needs == {"Laki": "law", "Lupa": "promised", "Rytmi": "rhythm", "Uusi": "new"}
    assert all(found[name].state == "proposed" for name in needs)
    assert clock.local(found["Laki"].starts_at).date() <= MONDAY + timedelta(days=2)
    assert clock.local(found["Lupa"].starts_at).date() == MONDAY + timedelta(days=1)
    assert (found["Lupa"].kind, found["Laki"].kind) == ("call", "visit")
    assert found["Laki"].purpose == "discussion" and found["Uusi"].purpose == "initial"
    assert not _overlap(r for r in found.values() if r.state == "proposed")


def test_nobody_is_met_outside_hours_own_time_or_beside_what_is_booked(world):
    with on_friday() as now:
        viewer = world.enter_as("aino")
        row = {"register": world.areas["lake"], "user_id": viewer.user_id}
        OwnWeek.objects.create(**row, hours=[[0, "09:00", "12:00"], [1, "09:00", "10:00"]],
                               focus=[[0, "09:00", "10:00"]], changed_at=now)  # fmt: skip
        other = person(world, "Varattu", last=1)
        Appointment.objects.create(
            register=other.register, client=other, worker_id=viewer.user_id, created_at=now,
            starts_at=at(0, 10), ends_at=at(0, 11),
        )  # fmt: skip
        for number in range(12):
            person(world, f"R{number}", last=50)
        found = planned(world)
    for one in (r for r in found.values() if r.state == "proposed"):
        begins, ends = one.starts_at, one.starts_at + one.minutes * MINUTE
        inside = (at(0, 11), at(0, 12)), (at(1, 9), at(1, 10))
        assert any(a <= begins and ends <= b for a, b in inside), begins
    assert found["Varattu"].why["why"] == "booked"
    assert any(r.why.get("why") in ("lost", "no_free_start") for r in found.values())


def test_a_clients_own_wishes_hold(world):
    with on_friday():
        world.enter("lake")
        person(world, "Aamu", last=40, day_part="morning")
        person(world, "Ilta", last=40, day_part="afternoon")
        person(world, "Poissa", last=40, away_until=MONDAY + timedelta(days=20))
        person(world, "Torstai", last=40, away_until=MONDAY + timedelta(days=2))
        person(world, "Varhain", last=5)
        found = planned(world)
    assert clock.local(found["Aamu"].starts_at).hour < 12
    assert clock.local(found["Ilta"].starts_at).hour >= 12
    assert found["Poissa"].state == "omitted" and found["Poissa"].why["why"] == "away"
    assert clock.local(found["Torstai"].starts_at).weekday() >= 3
    assert found["Varhain"].why["why"] == "no_benefit"


def test_a_hard_gap_holds_even_for_a_promise(world):
    with on_friday():
        world.enter("lake")
        person(world, "Harva", last=10, wish_pace="less", next_on=MONDAY)
        person(world, "Tihea", last=10, next_on=MONDAY)
        found = planned(world)
    gap = (
        clock.local(found["Harva"].starts_at).date() - clock.local(found["Tihea"].starts_at).date()
    )
    # Ten days on Friday the 11th: fourteen on the 15th.
    assert clock.local(found["Harva"].starts_at).date() >= MONDAY + timedelta(days=1)
    assert gap >= timedelta(days=1)


def test_a_week_of_absence_makes_the_law_of_the_next_one_pressing(world):
    with on_friday() as now:
        viewer = world.enter_as("aino")
        due = MONDAY + timedelta(days=9)
        person(world, "Ensi", discussion_due_on=due, last=20, next_on=None)
        before = planned(world)["Ensi"].need
        TimeAway.objects.create(
            register=world.areas["lake"], user_id=viewer.user_id, kind="holiday", told_at=now,
            first_on=MONDAY + timedelta(days=7), last_on=MONDAY + timedelta(days=11),
        )  # fmt: skip
        after = planned(world)["Ensi"].need
    assert (before, after) == ("rhythm", "law")


def test_falling_ill_keeps_the_rest_and_moves_nothing_booked(world):
    with on_friday():
        viewer = world.enter_as("aino")
        for number in range(20):
            person(world, f"R{number}", last=30 + number)
        before = planned(world)
        first = min((r for r in before.values() if r.starts_at), key=lambda r: r.starts_at)
        deciding.take([(first.id, first.version)], by=viewer, at=clock.now())
        booked = Appointment.objects.get(client=first.client)
        asking.hours.go_away(by=viewer, at=clock.now(), first_on=MONDAY, last_on=MONDAY, kind="ill")
        after = planned(world)
        kept = moved = 0
        for name, row in before.items():
            if row.starts_at is None or row.id == first.id:
                continue
            if clock.local(row.starts_at).date() == MONDAY:
                then = after[name].starts_at
                assert then is None or clock.local(then).date() != MONDAY
            elif after[name].starts_at == row.starts_at:
                kept += 1
                assert after[name].version == row.version
            else:
                moved += 1
        assert kept and moved <= kept // 10
        again = Appointment.objects.get(pk=booked.pk)
    assert (again.starts_at, again.status) == (booked.starts_at, booked.status)
    assert after[first.client.first_names].state == "taken"


def test_a_calendar_of_zero_hours_omits_everybody_with_a_reason(world):
    with on_friday() as now:
        viewer = world.enter_as("aino")
        OwnWeek.objects.create(register=world.areas["lake"], user_id=viewer.user_id, changed_at=now)
        person(world, "Laki", discussion_due_on=MONDAY, last=60)
        person(world, "Rytmi", last=40)
        found = planned(world)
    assert {r.state for r in found.values()} == {"omitted"}
    assert all(r.why["why"] for r in found.values())


def test_overlapping_absences_close_their_days_once():
    spans = [(MONDAY, MONDAY + timedelta(days=2)), (MONDAY + timedelta(days=1), MONDAY),
             (MONDAY + timedelta(days=2), MONDAY + timedelta(days=3))]  # fmt: skip
    assert hours.closed_days(MONDAY, spans) == {0, 1, 2, 3}
    assert hours.closed_days(MONDAY, []) == set()


def test_a_holiday_closes_its_day_and_the_29th_of_february_is_a_day():
    christmas = date(2026, 12, 21)
    assert hours.closed_days(christmas, []) == {3, 4}
    leap = date(2028, 2, 28)
    assert hours.start_of(leap, 1, 12).date() == date(2028, 2, 29)
    assert hours.closed_days(leap, [(date(2028, 2, 29), date(2028, 2, 29))]) == {1}


def test_the_turned_clock_moves_no_slot():
    spring, autumn = date(2026, 3, 23), date(2026, 10, 19)
    for monday in (spring, autumn):
        for day in range(7):
            begins = hours.start_of(monday, day, 12)
            assert clock.local(begins).hour == 9
            found = hours.slots_of(monday, begins, begins + timedelta(minutes=45))
            assert found == [hours.Stretch(day, 12, 15)]
    # From before the skipped hour to after it, and through the repeated one: nights are outside.
    night = at(6, 2, monday=spring), at(6, 6, 30, monday=spring)
    assert hours.slots_of(spring, *night) == [hours.Stretch(6, 0, 2)]
    late = at(5, 20, monday=autumn), at(6, 7, monday=autumn)
    assert hours.slots_of(autumn, *late) == [hours.Stretch(5, 56, 60), hours.Stretch(6, 0, 4)]


def test_who_may_not_be_seen_is_not_proposed(world):
    with on_friday() as now:
        viewer = world.enter_as("aino")
        shut = person(world, "Suljettu", last=40)
        person(world, "Vieras", coach="lahja", last=40)
        person(world, "Oma", last=40)
        Recusal.objects.create(
            register=shut.register, client=shut, user_id=viewer.user_id, ground="other",
            starts_at=now - timedelta(days=1),
        )  # fmt: skip
        found = planned(world)
    assert "Oma" in found and "Suljettu" not in found and "Vieras" not in found


def test_a_decline_is_remembered_when_the_week_is_planned_anew(world):
    with on_friday():
        viewer = world.enter_as("aino")
        person(world, "Rytmi", last=40)
        row = planned(world)["Rytmi"]
        deciding.decline(row, by=viewer, at=clock.now(), reason="later")
        assert planned(world)["Rytmi"].state == "declined"
        deciding.allow(rows(world)["Rytmi"], by=viewer, at=clock.now())
        assert planned(world)["Rytmi"].state == "proposed"


def test_a_call_instead_of_a_meeting_is_short_and_needs_no_place(world):
    with on_friday():
        viewer = world.enter_as("aino")
        person(world, "Laki", discussion_due_on=MONDAY, last=60)
        row = planned(world)["Laki"]
        assert (row.kind, row.minutes) == ("visit", 45)
        deciding.by_phone(row, by=viewer, at=clock.now(), phone=True)
        row = planned(world)["Laki"]
    assert (row.kind, row.minutes) == ("call", 30)


def test_the_night_plans_for_whoever_has_clients(world):
    from polku.desk.week import nightly

    with on_friday() as now:
        world.enter("lake")
        person(world, "Rytmi", last=40)
        viewer = world.enter_as("aino")
        for days in (400, 20):
            TimeAway.objects.create(
                register=world.areas["lake"], user_id=viewer.user_id, kind="ill", told_at=now,
                first_on=MONDAY - timedelta(days=days), last_on=MONDAY - timedelta(days=days),
            )  # fmt: skip
        WeekProposal.objects.create(
            register=world.areas["lake"], user_id=viewer.user_id, need="rhythm", minutes=15,
            client=world.clients["devi"], monday=MONDAY - timedelta(weeks=20), state="omitted",
        )  # fmt: skip
        own = {"register": world.areas["lake"], "team": world.teams["lake"],
               "asked_by_id": viewer.user_id}  # fmt: skip
        Division.objects.create(**own, question="new", asked_at=now - timedelta(weeks=9))
        Division.objects.create(**own, question="balance", asked_at=now - timedelta(weeks=7))
        count = nightly.plan(world.areas["lake"].id, at=now)
        world.enter_as("aino")
        assert TimeAway.objects.get().first_on == MONDAY - timedelta(days=20)
        assert not WeekProposal.objects.filter(monday__lt=MONDAY - timedelta(weeks=9)).exists()
        assert Division.objects.get().question == "balance"
        assert WeekProposal.objects.filter(client__first_names="Rytmi", monday=MONDAY).exists()
        assert count >= 2


def test_a_time_that_is_booked_too_late_for_the_law_is_an_alarm_and_no_second_time(world):
    with on_friday() as now:
        viewer = world.enter_as("aino")
        late = person(world, "Laki", discussion_due_on=MONDAY + timedelta(days=1), last=60)
        soon = person(world, "Ajoissa", discussion_due_on=MONDAY + timedelta(days=4), last=60)
        for client in (late, soon):
            Appointment.objects.create(
                register=client.register, client=client, worker_id=viewer.user_id,
                starts_at=at(3, 9 + (client == soon)), ends_at=at(3, 9 + (client == soon), 45),
                created_at=now,
            )  # fmt: skip
        found = planned(world)
    assert (found["Laki"].why["why"], found["Laki"].need) == ("late", "law")
    assert (found["Ajoissa"].why["why"], found["Ajoissa"].need) == ("booked", "rhythm")


def test_kind_and_length_are_learned_from_the_workers_own_past(world):
    def coached(client, **more):
        Contact.objects.create(
            register=client.register, client=client, worker=world.people["aino"],
            purpose="coaching", created_at=clock.now(), changed_at=clock.now(), **more,
        )  # fmt: skip

    with on_friday() as now:
        world.enter("lake")
        client = person(world, "Rytmi", last=40)
        before = planned(world)["Rytmi"]
        for n in range(6):
            coached(client, kind="video", minutes=50, at=now - timedelta(days=41 + n))
        for n in range(3):
            coached(client, kind="call", minutes=10, at=now - timedelta(days=41 + n))
        after = planned(world)["Rytmi"]
    assert (before.kind, before.minutes) == ("call", 30)
    assert (after.kind, after.minutes) == ("video", 60)
