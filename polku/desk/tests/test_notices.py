"""Mails to workers: as they have set it, once for each thing, and naming nobody."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import IntegrityError

from polku.contacts.models import Rhythm
from polku.desk import tasks as desk_tasks
from polku.desk.my_day import telling
from polku.foundation import clock
from polku.foundation.models import OutboxMessage, Recusal, Relation, RoleAssignment
from polku.teamwork import actions, assignments, notices, taking_back
from polku.teamwork import tasks as team_tasks
from polku.teamwork.models import NotificationSetting, Told

SEVEN = datetime(2027, 3, 30, 7, tzinfo=clock.HELSINKI)  # Tuesday after summer time begins
PRIVATE = ("Devi", "Koivunen", "Stranger", "Lehtimäki", "Aino", "Bengt")


def mails(world: Any, name: str, kind: str | None = None) -> list[OutboxMessage]:
    world.enter("lake")
    found = OutboxMessage.objects.filter(user=world.people[name]).order_by("created_at")
    return list(found.filter(kind=kind) if kind else found)


def set_to(world: Any, name: str, event: str, by_email: bool) -> None:
    world.enter("lake")
    NotificationSetting.objects.update_or_create(
        register=world.areas["lake"], user=world.people[name], event=event,
        defaults={"by_email": by_email},
    )  # fmt: skip


def run(world: Any, at: datetime, register: str = "lake") -> int:
    with clock.at(at):
        return notices.tell_of_clients(world.areas[register].id, at=at)


def morning(world: Any, at: datetime = SEVEN, register: str = "lake") -> int:
    with clock.at(at):
        return telling.tell(world.areas[register].id, at=at)


@pytest.fixture(autouse=True)
def settled(world: Any) -> None:
    """What the world was made with is long past, and the clients have nothing that presses."""
    for name in ("lake", "river"):
        world.enter(name)
        Rhythm.objects.update(
            first_contact_at=SEVEN - timedelta(days=20), last_reached_at=SEVEN - timedelta(days=20),
            initial_interview_on=SEVEN.date() - timedelta(days=20), interview_due_on=None,
        )  # fmt: skip


def hand_over(world: Any, *clients: str, to: str = "bengt", by: str = "lahja") -> datetime:
    at = SEVEN - timedelta(hours=1)
    viewer = world.enter_as(by)
    actions.hand_over(
        [world.clients[c].id for c in clients or ("devi",)], by=viewer, at=at,
        to_user_id=world.people[to].id, note="Soita Deville.",
    )  # fmt: skip
    return at


def give(world: Any, name: str = "bengt", client: str = "devi", **more: Any) -> datetime:
    """Name somebody a client's own coach, as an import does."""
    at = SEVEN - timedelta(hours=1)
    world.enter("lake")
    assignments.begin(
        register_id=world.areas["lake"].id, client_id=world.clients[client].id, kind="own",
        at=at, user_id=world.people[name].id, **more,
    )  # fmt: skip
    return at


# Clients who come


def test_several_that_are_handed_over_are_one_mail_that_names_nobody(world: Any) -> None:
    at = hand_over(world, "devi", "stranger", to="lahja")
    assert run(world, at + timedelta(minutes=5)) == 0
    hand_over(world, "devi", "stranger", to="bengt")
    assert run(world, at + timedelta(minutes=10)) == 1
    (mail,) = mails(world, "bengt", "handed_over")
    assert mail.subject.startswith("2 ") and "/settings/" in mail.body
    assert not [word for word in PRIVATE if word in mail.subject + mail.body]


def test_it_is_written_in_the_workers_language(world: Any) -> None:
    world.people["bengt"].language = "sv"
    world.people["bengt"].save()
    run(world, give(world) + timedelta(minutes=10))
    (mail,) = mails(world, "bengt")
    assert mail.language == "sv" and "Hej" in mail.body and "ny klient" in mail.subject


@pytest.mark.parametrize(("event", "come"), [("handed_over", hand_over), ("new_client", give)])
@pytest.mark.parametrize("by_email", [True, False])
def test_each_setting_holds_for_its_own_event(
    world: Any, event: str, come: Any, by_email: bool
) -> None:
    set_to(world, "bengt", event, by_email)
    other = {"handed_over": "new_client", "new_client": "handed_over"}[event]
    set_to(world, "bengt", other, not by_email)
    at = come(world)
    assert run(world, at + timedelta(minutes=10)) == int(by_email)
    assert [mail.kind for mail in mails(world, "bengt")] == [event] * by_email


def test_who_takes_a_client_oneself_is_not_told(world: Any) -> None:
    at = give(world, given_by_id=world.people["bengt"].id)
    assert run(world, at + timedelta(minutes=10)) == 0


def test_the_job_run_again_tells_nothing_twice(world: Any) -> None:
    at = hand_over(world)
    assert run(world, at + timedelta(minutes=10)) == 1
    for minutes in (10, 20, 90, 600):
        assert run(world, at + timedelta(minutes=minutes)) == 0
    assert len(mails(world, "bengt")) == 1


def test_control_without_the_note_of_what_was_told_it_goes_out_again(
    world: Any, monkeypatch: Any
) -> None:
    at = hand_over(world)
    monkeypatch.setattr(notices, "told", lambda *args: None)
    for minutes in (10, 20):
        assert run(world, at + timedelta(minutes=minutes)) == 1


def test_a_job_killed_between_two_workers_goes_on_with_the_second(
    world: Any, monkeypatch: Any
) -> None:
    hand_over(world, "devi", to="bengt")
    at = hand_over(world, "stranger", to="aino")
    write, seen = notices.outbox.write, []

    def killed(**message: Any) -> Any:
        seen.append(message["user_id"])
        if len(seen) == 2:
            raise KeyboardInterrupt
        return write(**message)

    monkeypatch.setattr(notices.outbox, "write", killed)
    with pytest.raises(KeyboardInterrupt):
        run(world, at + timedelta(minutes=10))
    world.enter("lake")
    assert OutboxMessage.objects.count() == Told.objects.count() == 1
    monkeypatch.setattr(notices.outbox, "write", write)
    assert run(world, at + timedelta(minutes=20)) == 1
    world.enter("lake")
    assert sorted(m.user_id for m in OutboxMessage.objects.all()) == sorted(seen)


def test_what_was_told_is_kept_for_a_month_only_but_dates_go_on(world: Any) -> None:
    press(world)
    assert morning(world) == 1
    at = hand_over(world)
    assert run(world, at + timedelta(minutes=10)) == 1
    for days, kept in ((29, ["deadline", "handed_over", "morning"]), (31, ["deadline"])):
        run(world, at + timedelta(days=days))
        world.enter("lake")
        assert sorted(Told.objects.values_list("event", flat=True)) == kept


def test_two_queues_at_once_the_database_lets_one_tell(world: Any) -> None:
    at = hand_over(world)
    run(world, at + timedelta(minutes=10))
    world.enter("lake")
    row = Told.objects.get()
    with pytest.raises(IntegrityError):
        notices.told(row.register_id, row.user_id, row.event, [(row.about, None)], at)


def test_more_within_the_hour_waits_and_is_told_together(world: Any) -> None:
    at = hand_over(world, "devi")
    assert run(world, at + timedelta(minutes=10)) == 1
    hand_over(world, "stranger", to="aino")
    hand_over(world, "stranger", to="bengt")
    assert run(world, at + timedelta(minutes=30)) == 0
    assert run(world, at + timedelta(minutes=71)) == 1
    assert [mail.subject[:2] == "2 " for mail in mails(world, "bengt")] == [False, False]


def test_what_is_taken_back_is_told_to_nobody(world: Any) -> None:
    at = hand_over(world)
    by = world.enter_as("lahja")
    from polku.teamwork.models import HandOver

    taking_back.take_back(HandOver.objects.get().batch, by=by, at=at + timedelta(minutes=5))
    assert run(world, at + timedelta(minutes=30)) == 0


def test_an_ended_role_an_inactive_account_and_a_conflict_get_none(world: Any) -> None:
    at = give(world)
    moment = at + timedelta(minutes=10)
    roles = RoleAssignment.objects.filter(user=world.people["bengt"])
    roles.update(ends_at=at)
    assert run(world, moment) == 0
    roles.update(ends_at=None)
    world.people["bengt"].is_active = False
    world.people["bengt"].save()
    assert run(world, moment) == 0
    world.people["bengt"].is_active = True
    world.people["bengt"].save()
    world.enter("lake")
    shut = Recusal.objects.create(
        register=world.areas["lake"], client=world.clients["devi"], user=world.people["bengt"],
        ground="relative", starts_at=at,
    )  # fmt: skip
    assert run(world, moment) == 0
    world.enter("lake")
    shut.delete()
    assert run(world, moment) == 1


def test_another_registers_job_writes_nothing_here(world: Any) -> None:
    at = hand_over(world)
    assert run(world, at + timedelta(minutes=10), "river") == 0
    assert mails(world, "bengt") == []


def test_the_jobs_go_through_every_register(world: Any) -> None:
    at = give(world)
    world.enter("river")
    Relation.objects.filter(kind="own").update(starts_at=at)
    with clock.at(at + timedelta(minutes=10)):
        assert team_tasks.tell_of_clients(0) == 2
    press(world)
    world.enter("river")
    Rhythm.objects.update(discussion_due_on=SEVEN.date() + timedelta(days=3))
    with clock.at(SEVEN):
        assert desk_tasks.tell_of_my_day(0) == 2
    with clock.at(SEVEN + timedelta(hours=5)):
        assert desk_tasks.tell_of_my_day(0) == 0


# The morning, and dates by law


def press(world: Any, *, days: int = 14) -> None:
    """Let Devi's discussion by law be due in so many days; Aino is the coach."""
    world.enter("lake")
    Rhythm.objects.filter(client=world.clients["devi"]).update(
        discussion_due_on=SEVEN.date() + timedelta(days=days)
    )


@pytest.mark.parametrize(
    ("day", "dates", "kinds"),
    [
        (True, True, ["morning"]),
        (True, False, ["morning"]),
        (False, True, ["deadline"]),
        (False, False, []),
    ],
)
def test_who_wants_both_gets_one_mail(world: Any, day: bool, dates: bool, kinds: list[str]) -> None:
    set_to(world, "aino", "morning", day)
    set_to(world, "aino", "deadline", dates)
    press(world)
    assert morning(world) == len(kinds)
    assert [mail.kind for mail in mails(world, "aino")] == kinds
    for mail in mails(world, "aino"):
        assert not [word for word in PRIVATE if word in mail.subject + mail.body]
        assert "1 lakisääteinen" in mail.body


def test_nothing_in_my_day_is_no_mail(world: Any) -> None:
    assert morning(world) == 0
    press(world, days=15)
    assert morning(world) == 0


def test_a_date_is_told_of_once_and_a_new_one_again(world: Any) -> None:
    set_to(world, "aino", "morning", False)
    press(world)
    assert morning(world) == 1
    assert morning(world, SEVEN + timedelta(days=1)) == 0
    press(world, days=10)
    assert morning(world, SEVEN + timedelta(minutes=20)) == 0
    assert morning(world, SEVEN + timedelta(days=1)) == 1
    assert len(mails(world, "aino")) == 2


def test_a_new_client_is_near_when_the_clock_of_my_day_warns(world: Any) -> None:
    set_to(world, "aino", "morning", False)
    world.enter("lake")
    new = Rhythm.objects.filter(client=world.clients["devi"])
    new.update(
        first_contact_at=None, last_reached_at=None, initial_interview_on=None,
        interview_due_on=datetime(2027, 4, 5).date(),
    )  # fmt: skip
    assert morning(world) == 0  # four working days: Wed, Thu, Fri, Mon
    assert morning(world, SEVEN + timedelta(days=1)) == 1


def test_a_morning_run_again_tells_nothing_twice(world: Any) -> None:
    press(world)
    assert morning(world) == 1
    assert morning(world, SEVEN + timedelta(minutes=10)) == 0
    assert morning(world, SEVEN + timedelta(days=1)) == 1


def test_control_without_the_note_the_morning_comes_again(world: Any, monkeypatch: Any) -> None:
    press(world)
    monkeypatch.setattr(notices, "told", lambda *args: None)
    assert morning(world) == 1
    assert morning(world, SEVEN + timedelta(minutes=10)) == 1


@pytest.mark.parametrize(
    ("moment", "written"),
    [
        (datetime(2027, 3, 30, 6, 50), 0),
        (datetime(2027, 3, 30, 7, 0), 1),
        (datetime(2027, 3, 30, 9, 50), 1),
        (datetime(2027, 3, 30, 10, 0), 0),
        (datetime(2027, 3, 28, 7, 0), 0),  # Sunday
        (datetime(2027, 3, 26, 7, 0), 0),  # Good Friday
        (datetime(2027, 10, 29, 7, 0), 1),  # Friday in summer time
        (datetime(2027, 11, 1, 7, 0), 1),  # Monday in winter time
    ],
)
def test_mornings_of_working_days_by_the_clock_in_helsinki(
    world: Any, moment: datetime, written: int
) -> None:
    press(world)
    assert morning(world, moment.replace(tzinfo=clock.HELSINKI)) >= written
    assert bool(mails(world, "aino")) is bool(written)


def test_by_utc_seven_is_five_in_winter_and_four_in_summer() -> None:
    for day, hour in ((datetime(2027, 10, 29), 4), (datetime(2027, 11, 1), 5)):
        utc = day.replace(hour=hour, tzinfo=clock.ZoneInfo("UTC"))
        assert telling.is_morning(utc) and not telling.is_morning(utc - timedelta(minutes=10))


def test_no_morning_for_an_ended_role_or_an_inactive_account(world: Any) -> None:
    press(world)
    roles = RoleAssignment.objects.filter(user=world.people["aino"])
    roles.update(ends_at=SEVEN - timedelta(days=1))
    assert morning(world) == 0
    roles.update(ends_at=None)
    world.people["aino"].is_active = False
    world.people["aino"].save()
    assert morning(world) == 0
    world.people["aino"].is_active = True
    world.people["aino"].save()
    assert morning(world) == 1


def test_one_register_at_a_time(world: Any) -> None:
    press(world)
    assert morning(world, register="river") == 0
    assert mails(world, "aino") == []


def test_roles_are_one_a_worker(world: Any) -> None:
    world.enter("lake")
    lake = world.areas["lake"]
    RoleAssignment.objects.create(
        user=world.people["aino"], organisation=lake.controller, register=lake,
        team=world.teams["lake"], role="lead", starts_at=SEVEN - timedelta(days=3),
    )  # fmt: skip
    workers = [role.user_id for role in notices.roles(lake.id, SEVEN)]
    assert len(workers) == len(set(workers)) == 3
