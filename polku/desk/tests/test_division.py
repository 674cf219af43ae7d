"""Who might coach whom: rules, languages, conflicts, absence; and why nobody can."""

from __future__ import annotations

from datetime import timedelta

import pytest

from polku.clients.models import Client, LanguageSkill
from polku.contacts.models import Appointment, Reminder
from polku.desk.division import gathering, posing, running
from polku.desk.tests.dividing import away, client, divided, going, rule, run
from polku.desk.tests.planning import FRIDAY, MONDAY, at, on_friday
from polku.foundation import clock
from polku.foundation.models import Recusal, Relation, RoleAssignment
from polku.planning.balance.problem import Balance
from polku.teamwork.models import Division, DivisionProposal

DAY = timedelta(days=1)


def test_new_clients_go_by_age_where_the_rules_say_so(world):
    with on_friday():
        world.enter("lake")
        for number in range(3):
            client(world, f"Nuori{number}", age=22)
            client(world, f"Vanha{number}", age=50)
        rule(world, "aino", age_under=30, strict=True)
        rule(world, "bengt", age_from=30)
        _division, found = divided(world, "new")
    coaches = going(found)
    assert {n: who for n, who in coaches.items() if n.startswith("Nuori")} == {
        f"Nuori{n}": "Aino" for n in range(3)
    }
    assert {who for n, who in coaches.items() if n.startswith("Vanha")} == {"Bengt"}
    young, old = found["Nuori0"].why, found["Vanha0"].why
    assert (young["need"], young["met"], young["in"]) == ("none", ["age"], ["fi", "own"])
    assert old["cant"][str(world.people["aino"].id)] == "age"
    # Nobody who has a coach is asked about, and a lead without clients gets none.
    assert "Devi" not in found and "Lahja" not in coaches.values()


def test_a_wish_gives_way_where_somebody_would_drown_and_a_strict_rule_does_not(world):
    with on_friday():
        world.enter("lake")
        for number in range(40):
            client(world, f"N{number:02}", age=22, rhythm={"first_contact_at": None})
        rule(world, "aino", age_under=30)
        rule(world, "bengt", age_from=30)
        _division, found = divided(world, "new")
        wish = list(going(found).values())
        rule(world, "bengt", age_from=30, strict=True, version=1)
        _division, found = divided(world, "new")
        strict = set(going(found).values())
    assert 0 < wish.count("Bengt") < wish.count("Aino")
    assert strict == {"Aino"}


def test_who_is_of_somebodys_rule_goes_there_though_others_take_anybody(world):
    with on_friday():
        world.enter("lake")
        for number in range(4):
            client(world, f"Nuori{number}", age=22)
        rule(world, "bengt", age_under=30, strict=True)
        _division, found = divided(world, "new")
    assert set(going(found).values()) == {"Bengt"}
    assert all(row.why["met"] == ["age"] for row in found.values())


def test_languages_are_hard_and_an_interpreter_is_told(world):
    with on_friday():
        world.enter("lake")
        client(world, "Svea", language="sv", service_language="sv")
        client(world, "Hodan", language="so", interpreter=True)
        client(world, "Amina", language="so", interpreter=True)
        skilled = client(world, "Omar", language="ar", interpreter=True)
        LanguageSkill.objects.create(
            register=skilled.register, client=skilled, language="en", level="C1",
            told_on=clock.today(),
        )  # fmt: skip
        rule(world, "bengt", languages=["fi", "en"])
        _division, found = divided(world, "new")
        assert found["Svea"].state == "impossible"
        assert set(found["Svea"].why["cant"].values()) == {"language", "no_room"}
        assert found["Hodan"].why["in"] == ["so", "interpreter"]
        assert found["Omar"].why["in"] == ["en", "skill"]
        assert going(found)["Omar"] == "Bengt"
        rule(world, "bengt", languages=["fi", "en", "sv", "so"], version=1)
        _division, found = divided(world, "new")
    assert going(found)["Svea"] == going(found)["Hodan"] == going(found)["Amina"] == "Bengt"
    assert found["Hodan"].why["in"] == ["so", "own"]


def test_who_is_shut_out_gets_nobody_and_whoever_has_such_a_coach_needs_another(world):
    with on_friday() as now:
        world.enter("lake")
        new, theirs = client(world, "Uusi"), client(world, "Sukua", coach="aino")
        for who, coach in ((new, "bengt"), (theirs, "aino")):
            Recusal.objects.create(
                register=who.register, client=who, user=world.people[coach], ground="relative",
                starts_at=now - DAY,
            )  # fmt: skip
        _division, found = divided(world, "new")
    assert going(found) == {"Uusi": "Aino", "Sukua": "Bengt"}
    assert found["Sukua"].why["need"] == "shut_out"
    assert "relative" not in str(found["Sukua"].why) + str(found["Uusi"].why)


def test_whoever_no_longer_works_here_leaves_clients_who_need_a_coach(world):
    with on_friday() as now:
        world.enter("lake")
        client(world, "Jaanyt", coach="bengt")
        RoleAssignment.objects.filter(user=world.people["bengt"]).update(ends_at=now - DAY)
        _division, found = divided(world, "new")
    assert going(found)["Jaanyt"] == "Aino"
    assert found["Jaanyt"].why["need"] == "gone"


def test_a_safety_ban_is_nobodys_row(world):
    with on_friday():
        world.enter("lake")
        client(world, "Turva", rhythm={"ban": True})
        mine = client(world, "Omani", coach="lahja")
        Client.objects.filter(pk=mine.pk).update(safety_ban=True, municipality=None)
        _division, found = divided(world, "new")
        assert "Turva" not in found
        _division, found = divided(world, "balance")
        assert not set(found) & {"Turva", "Omani"}
        _division, found = divided(
            world, "cover", away_id=world.people["lahja"].id, first_on=MONDAY, last_on=MONDAY,
            everybody=True,
        )  # fmt: skip
    # The lead's own: named by hand.
    assert (found["Omani"].state, found["Omani"].why) == ("impossible", {"need": "ban"})


def test_cover_is_proposed_for_what_falls_into_the_days(world):
    with on_friday() as now:
        world.enter("lake")
        aino = world.people["aino"]
        law = client(world, "Laki", coach="aino", rhythm={"discussion_due_on": MONDAY + DAY})
        booked, note = client(world, "Aika", coach="aino"), client(world, "Muistutus", coach="aino")
        own = {"register": law.register, "worker": aino, "created_at": now}
        Appointment.objects.create(**own, client=booked, starts_at=at(2, 10), ends_at=at(2, 11))
        Reminder.objects.create(**own, client=note, on=MONDAY, text="Soita")
        client(world, "Hiljainen", coach="aino")
        has = client(world, "Katettu", coach="aino", rhythm={"next_on": MONDAY})
        Relation.objects.create(
            register=law.register, client=has, kind="cover", user=world.people["bengt"],
            starts_at=now, ends_at=at(4, 12),
        )  # fmt: skip
        days = {"away_id": aino.id, "first_on": MONDAY, "last_on": MONDAY + 4 * DAY}
        away(world, "aino", MONDAY, MONDAY + 4 * DAY)
        division, found = divided(world, "cover", **days)
        assert set(going(found).values()) == {"Bengt"}
        assert set(found) == {"Devi", "Laki", "Aika", "Muistutus"}
        assert found["Laki"].why["due"] == [
            {"what": "discussion", "on": (MONDAY + DAY).isoformat()}
        ]
        assert [one["what"] for one in found["Aika"].why["due"]] == ["booked"]
        assert [one["what"] for one in found["Muistutus"].why["due"]] == ["reminder"]
        assert (division.record["quiet"], division.record["covered"]) == (1, 1)
        _division, found = divided(world, "cover", **days, everybody=True)
    assert "Hiljainen" in found and found["Hiljainen"].why["due"] == []


def test_in_a_cover_a_strict_age_is_a_wish(world):
    with on_friday():
        world.enter("lake")
        client(world, "Vanha", coach="aino", age=50, rhythm={"next_on": MONDAY})
        rule(world, "bengt", age_under=30, strict=True)
        days = {"away_id": world.people["aino"].id, "first_on": MONDAY, "last_on": MONDAY}
        _division, found = divided(world, "cover", **days)
    assert going(found)["Vanha"] == "Bengt" and found["Vanha"].why["missed"] == ["age"]


def test_nobody_covers_who_is_away_then(world):
    with on_friday():
        world.enter("lake")
        away(world, "bengt", MONDAY, MONDAY + 4 * DAY)
        client(world, "Laki", coach="aino", rhythm={"discussion_due_on": MONDAY})
        _division, found = divided(
            world, "cover", away_id=world.people["aino"].id, first_on=MONDAY, last_on=MONDAY
        )
    assert found["Laki"].state == "impossible"
    assert found["Laki"].why["cant"][str(world.people["bengt"].id)] == "away"


def _crowd(world, many=80):
    for number in range(many):
        client(world, f"A{number:02}", coach="aino", rhythm={"window_max_days": 14})


def test_balance_moves_few_and_only_from_the_fuller(world):
    with on_friday():
        world.enter("lake")
        _crowd(world)
        client(world, "B00", coach="bengt")
        division, found = divided(world, "balance")
        loads = division.record["loads"]
        aino, bengt = (loads[str(world.people[who].id)] for who in ("aino", "bengt"))
        # Almost in balance is left alone.
        Relation.objects.filter(kind="own", client__first_names__in=list(found)).update(
            user=world.people["bengt"]
        )
        _division, again = divided(world, "balance")
    assert set(going(found).values()) == {"Bengt"}
    assert {row.why["need"] for row in found.values()} == {"full"}
    assert 5 < len(found) < 40
    moved = sum(row.minutes for row in found.values())
    assert aino[1] - moved >= bengt[1] + moved - 60
    assert again == {}


def test_an_absence_is_no_ground_to_change_coach(world):
    with on_friday():
        world.enter("lake")
        _crowd(world, 20)
        away(world, "aino", FRIDAY.date(), FRIDAY.date() + 60 * DAY)
        _division, found = divided(world, "balance")
    assert found == {}


def test_a_strict_age_proposes_who_has_outgrown_it_and_no_clients_empties(world):
    with on_friday():
        world.enter("lake")
        client(world, "Nuori", coach="aino", age=22)
        client(world, "Kasvanut", coach="aino", age=30)
        rule(world, "aino", age_under=30, strict=True)
        _division, found = divided(world, "balance")
        assert going(found)["Kasvanut"] == "Bengt" and "Nuori" not in found
        assert found["Kasvanut"].why["need"] == "age"
        rule(world, "aino", share=0, version=1)
        _division, found = divided(world, "balance")
    assert {"Nuori", "Kasvanut", "Devi"} <= set(going(found))
    assert found["Nuori"].why["need"] == "no_room"


def test_an_answer_that_fails_its_check_is_not_written(world, monkeypatch):
    with on_friday():
        world.enter("lake")
        client(world, "Uusi")
        division, found = divided(world, "new")
        before = {row.id: row.version for row in found.values()}
        whole = running.solving.solve

        def nobody(problem):
            good = whole(problem)
            return Balance(good.coach * 0 - 1, good.cost, good.bound, good.moved)

        monkeypatch.setattr(running.solving, "solve", nobody)
        Division.objects.filter(pk=division.pk).update(planned_at=None)
        assert running.run(division.register_id, division.id) == "unsound"
        world.enter_as("lahja")
        division.refresh_from_db()
        assert division.problem == "unsound"
        assert {r.id: r.version for r in DivisionProposal.objects.all()} == before


def test_an_answer_to_an_older_question_is_thrown_away(world, monkeypatch):
    with on_friday():
        world.enter("lake")
        client(world, "Uusi")
        division, _found = divided(world, "new")
        whole, times = running.solving.solve, []

        def meanwhile(problem):
            times.append(1)
            world.enter_as("lahja")
            Division.objects.filter(pk=division.pk).update(
                asked_at=clock.now() + len(times) * timedelta(seconds=1), planned_at=None
            )
            return whole(problem)

        monkeypatch.setattr(running.solving, "solve", meanwhile)
        Division.objects.filter(pk=division.pk).update(planned_at=None)
        assert running.run(division.register_id, division.id) == "busy"
    assert len(times) == running.TRIES


def test_the_same_answer_again_keeps_versions(world):
    with on_friday():
        world.enter("lake")
        client(world, "Uusi")
        division, found = divided(world, "new")
        again = run(world, division)
    assert (again["Uusi"].id, again["Uusi"].version) == (found["Uusi"].id, found["Uusi"].version)


def test_the_job_asks_the_same_statements_of_one_and_of_many(world, counted):
    with on_friday() as now:
        viewer = world.enter_as("lahja")
        division = Division(question="new", register_id=viewer.register_id)
        client(world, "Uusi")
        with counted() as few:
            gathering.gather(viewer, division, now)
        _crowd(world, 30)
        with counted() as many:
            found = gathering.gather(viewer, division, now)
    assert len(found.people) > 30
    assert len(few) == len(many) <= 10


@pytest.mark.parametrize(
    ("spans", "there"),
    [([], 5), ([(0, 4)], 0), ([(1, 2)], 3), ([(3, 3), (3, 6)], 3), ([(5, 6)], 5)],
    ids=["all", "none", "two", "overlap", "weekend"],
)
def test_presence_counts_working_days_once(spans, there):
    monday = MONDAY + timedelta(weeks=4)  # a week without a public holiday
    days = [(monday + a * DAY, monday + b * DAY) for a, b in spans]
    assert gathering.present(days, monday, monday + 6 * DAY) == (there, 5)
    assert gathering.present([], monday + 5 * DAY, monday + 6 * DAY) == (2, 2)


def test_the_codes_of_pages_and_of_the_job_are_the_same():
    from polku.desk.division import wording

    codes = {posing.CONFLICT, posing.NO_NEW, posing.NO_ROOM, posing.AWAY}
    assert codes < set(wording.CANT) and posing.LANGUAGE in wording.SHORT
    needs = {posing.NONE, posing.SHUT_OUT, posing.GONE, posing.FULL, posing.BAN, posing.CONFLICT}
    assert needs < set(wording.NEEDS)
    due = {gathering.INTERVIEW, gathering.DISCUSSION, gathering.NEXT, gathering.BOOKED,
           gathering.REMINDER, gathering.UNMET}  # fmt: skip
    assert due == set(wording.DUE)
