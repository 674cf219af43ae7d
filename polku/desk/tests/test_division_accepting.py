"""Accepting what is proposed: as it was seen, each for itself, refused where something changed."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest

from polku.clients.models import Client
from polku.clients.queries import visible
from polku.desk.division import asking, deciding
from polku.desk.division.deciding import Wanted
from polku.desk.tests.dividing import away, client, divided, going, rows, run
from polku.desk.tests.planning import MONDAY, at, on_friday
from polku.foundation import clock
from polku.foundation.models import AuditEntry, Recusal, Relation, RoleAssignment
from polku.foundation.permissions import Refused
from polku.teamwork import actions, taking_back
from polku.teamwork.models import HandOver

DAY = timedelta(days=1)


def _wanted(row, to=None, note=""):
    return Wanted(row.id, row.version, to, note)


def _owner(who):
    found = Relation.objects.filter(client=who, kind="own", ends_at__isnull=True)
    return found.values_list("user__first_name", flat=True).first()


def test_accepting_hands_over_with_the_note_and_twice_is_once(world):
    with on_friday() as now:
        world.enter("lake")
        one, other = client(world, "Uusi"), client(world, "Toinen")
        division, found = divided(world, "new")
        by = world.enter_as("lahja")
        wanted = [_wanted(found["Uusi"], note="Soita aamulla"), _wanted(found["Toinen"])]
        done = deciding.accept(division, wanted, by=by, at=now)
        again = deciding.accept(division, wanted, by=by, at=now)
    assert set(done.clients) == {one.id, other.id} and not done.refused
    assert (again.clients, again.already, again.refused) == ([], 2, [])
    made = {h.client_id: h for h in HandOver.objects.all()}
    assert made[one.id].note == "Soita aamulla" and made[other.id].note == ""
    assert {h.batch for h in made.values()} == {done.batch}
    assert _owner(one) == going(found)["Uusi"]
    assert {row.state for row in rows(division).values()} == {"accepted"}
    assert AuditEntry.objects.filter(action="teamwork.hand_over").count() == 2
    assert AuditEntry.objects.filter(action="desk.divide_accept").count() == 2


def test_a_person_may_choose_another_and_a_conflict_stops_even_that(world):
    with on_friday() as now:
        world.enter("lake")
        one, shut = client(world, "Uusi"), client(world, "Sukua")
        division, found = divided(world, "new")
        by = world.enter_as("lahja")
        Recusal.objects.create(
            register=shut.register, client=shut, user=world.people["bengt"], ground="other",
            starts_at=now - DAY,
        )  # fmt: skip
        to = world.people["bengt"].id
        wanted = [_wanted(found["Uusi"], to), _wanted(found["Sukua"], to)]
        done = deciding.accept(division, wanted, by=by, at=now)
    assert done.clients == [one.id] and _owner(one) == "Bengt"
    assert done.refused == [("Sukua Kuvitelma", "conflict")] and _owner(shut) is None
    assert rows(division)["Sukua"].state == "proposed"


def _taken(world, found, now):
    actions.hand_over(
        [found["Uusi"].client_id], by=world.enter_as("lahja"), at=now,
        to_user_id=world.people["bengt"].id,
    )  # fmt: skip


def _closed(world, found, now):
    Client.objects.filter(pk=found["Uusi"].client_id).update(closed_on=now.date())


def _banned(world, found, now):
    Client.objects.filter(pk=found["Uusi"].client_id).update(safety_ban=True, municipality=None)


def _planned_anew(world, found, now):
    found["Uusi"].__class__.objects.filter(pk=found["Uusi"].pk).update(version=9)


def _left_the_team(world, found, now):
    RoleAssignment.objects.filter(user=found["Uusi"].to_user).update(ends_at=now - DAY)


@pytest.mark.parametrize(
    ("meanwhile", "code"),
    [(_taken, "moved"), (_closed, "gone"), (_banned, "gone"), (_planned_anew, "changed"),
     (_left_the_team, "no_coach")],
    ids=["taken", "closed", "banned", "anew", "left"],
)  # fmt: skip
def test_what_has_changed_is_refused_and_the_rest_goes_on(world, meanwhile, code):
    with on_friday() as now:
        world.enter("lake")
        client(world, "Uusi")
        other = client(world, "Toinen")
        division, found = divided(world, "new")
        meanwhile(world, found, now)
        by = world.enter_as("lahja")
        before = HandOver.objects.count()
        wanted = [_wanted(found["Uusi"]), _wanted(found["Toinen"], world.people["lahja"].id)]
        done = deciding.accept(division, wanted, by=by, at=now)
    assert [why for _name, why in done.refused] == [code]
    assert done.clients == [other.id]
    assert HandOver.objects.count() == before + 1


def test_nobody_elses_row_and_nobody_without_the_right(world):
    with on_friday() as now:
        world.enter("lake")
        client(world, "Uusi")
        division, found = divided(world, "new")
        by = world.enter_as("lahja")
        done = deciding.accept(division, [Wanted(uuid4(), 1, None, "")], by=by, at=now)
        assert done.refused == [("", "gone")]
        with pytest.raises(Refused):
            deciding.accept(division, [_wanted(found["Uusi"])], by=world.enter_as("aino"), at=now)
        with pytest.raises(Refused):
            asking.ask(by=world.enter_as("aino"), at=now, question="new")
    assert not HandOver.objects.exists()


def test_a_hand_over_that_is_taken_back_is_proposed_again(world):
    with on_friday() as now:
        world.enter("lake")
        one = client(world, "Uusi", coach="bengt")
        gone = RoleAssignment.objects.filter(user=world.people["bengt"])
        gone.update(ends_at=now - DAY)
        division, found = divided(world, "new")
        gone.update(ends_at=None)
        by = world.enter_as("lahja")
        done = deciding.accept(division, [_wanted(found["Uusi"])], by=by, at=now)
        taking_back.take_back(done.batch, by=by, at=now)
    row = rows(division)["Uusi"]
    assert (row.state, row.batch, row.version) == ("proposed", None, found["Uusi"].version + 2)
    assert _owner(one) == "Bengt"


def test_a_cover_holds_for_the_days_alone_and_changes_no_coach(world):
    with on_friday() as now:
        world.enter("lake")
        one = client(world, "Laki", coach="aino", rhythm={"discussion_due_on": MONDAY + DAY})
        days = {"first_on": MONDAY, "last_on": MONDAY + DAY}
        away(world, "aino", MONDAY, MONDAY + DAY)
        division, found = divided(world, "cover", away_id=world.people["aino"].id, **days)
        by = world.enter_as("lahja")
        done = deciding.accept(division, [_wanted(found["Laki"])], by=by, at=now)
        row = Relation.objects.get(client=one, kind="cover")
        # Pressed anew by somebody who saw nothing of it, in another division: covered already.
        other, again = divided(
            world, "cover", away_id=world.people["aino"].id, first_on=MONDAY + DAY,
            last_on=MONDAY + DAY,
        )  # fmt: skip
    assert done.clients == [one.id] and _owner(one) == "Aino"
    assert row.user_id == world.people["bengt"].id
    assert clock.local(row.starts_at) == at(0, 0) and clock.local(row.ends_at) == at(2, 0)
    assert "Laki" not in again
    bengt = world.viewers["bengt"]
    for moment, sees in ((at(-1, 12), False), (at(1, 12), True), (at(2, 1), False)):
        from dataclasses import replace

        assert visible(replace(bengt, at=moment)).filter(pk=one.pk).exists() is sees


def test_a_conflict_stops_a_cover_that_a_person_chose(world):
    with on_friday() as now:
        world.enter("lake")
        one = client(world, "Laki", coach="aino", rhythm={"discussion_due_on": MONDAY})
        division, found = divided(
            world, "cover", away_id=world.people["aino"].id, first_on=MONDAY, last_on=MONDAY
        )
        Recusal.objects.create(
            register=one.register, client=one, user=world.people["bengt"], ground="other",
            starts_at=now - DAY,
        )  # fmt: skip
        by = world.enter_as("lahja")
        done = deciding.accept(division, [_wanted(found["Laki"])], by=by, at=now)
        mine = deciding.accept(
            division, [_wanted(found["Laki"], world.people["aino"].id)], by=by, at=now
        )
    assert [why for _name, why in done.refused] == ["conflict"]
    assert [why for _name, why in mine.refused] == ["no_coach"]
    assert not Relation.objects.filter(kind="cover").exists()


def test_whoever_came_back_is_not_covered_for(world):
    with on_friday() as now:
        world.enter("lake")
        client(world, "Laki", coach="aino", rhythm={"discussion_due_on": MONDAY})
        days = away(world, "aino", MONDAY, MONDAY)
        division, found = divided(
            world, "cover", away_id=world.people["aino"].id, first_on=MONDAY, last_on=MONDAY
        )
        days.ended_at = now
        days.save()
        by = world.enter_as("lahja")
        done = deciding.accept(division, [_wanted(found["Laki"])], by=by, at=now)
    assert [why for _name, why in done.refused] == ["back"]
    assert not Relation.objects.filter(kind="cover").exists()


def test_again_keeps_what_was_chosen_and_leaves_who_was_unticked(world):
    with on_friday() as now:
        world.enter("lake")
        for name in ("Eka", "Toka", "Kolmas"):
            client(world, name)
        division, found = divided(world, "new")
        by = world.enter_as("lahja")
        marks = {name: (row.id, row.version) for name, row in found.items()}
        other = "bengt" if going(found)["Eka"] == "Aino" else "aino"
        count = asking.again(
            division, by=by, at=now, left={marks["Toka"]},
            chosen={marks["Eka"]: world.people[other].id, (uuid4(), 1): world.people["aino"].id},
        )  # fmt: skip
        assert count == 2
        after = run(world, division)
        assert going(after)["Eka"] == other.title() and after["Eka"].chosen
        assert after["Toka"].state == "left"
        # A press on what was seen before is not what stands now.
        done = deciding.accept(division, [_wanted(found["Eka"])], by=by, at=now)
        assert [why for _name, why in done.refused] == ["changed"]
        _division, fresh = divided(world, "new")
    assert fresh["Toka"].state == "proposed" and not fresh["Eka"].chosen


def test_questions_without_an_answer_are_refused(world):
    with on_friday() as now:
        by = world.enter_as("lahja")
        aino = world.people["aino"].id
        for wrong in (
            {"question": "who"},
            {"question": "cover", "away_id": aino},
            {"question": "cover", "away_id": aino, "first_on": MONDAY, "last_on": MONDAY - DAY},
            {"question": "cover", "away_id": aino, "first_on": MONDAY - 30 * DAY,
             "last_on": MONDAY - 20 * DAY},
        ):  # fmt: skip
            with pytest.raises(asking.NotAQuestion):
                asking.ask(by=by, at=now, **wrong)
        with pytest.raises(Refused):
            asking.ask(by=by, at=now, question="cover", away_id=world.people["carita"].id,
                       first_on=MONDAY, last_on=MONDAY)  # fmt: skip
