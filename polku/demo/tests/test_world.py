"""The small world stands as a coach would expect it, and as the database demands."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from polku.clients import identity
from polku.clients.models import Client, ContactDetails, Episode, GuardedText
from polku.clients.queries import visible
from polku.contacts import copying
from polku.contacts import rhythm as rhythms
from polku.contacts.models import Appointment, Contact, Rhythm
from polku.demo import cast, setting
from polku.demo.tests.conftest import TUESDAY
from polku.demo.tests.forbidden import forbidden
from polku.foundation import clock, walls
from polku.foundation.models import OutboxMessage, Recusal, Register, Relation
from polku.foundation.viewer import Viewer, for_role
from polku.paths.models import Plan, PlanVersion, Step
from polku.rules import packaged_law
from polku.rules.calendar import is_working_day

pytestmark = pytest.mark.usefixtures("built")


@contextmanager
def inside(slug: str) -> Iterator[Register]:
    register = Register.objects.get(slug=slug)
    with walls.inside(register.id):
        yield register


def coach(area: str = "316", nth: int = 0) -> Viewer:
    return for_role(cast.worker("coach", area, nth))


def every_register() -> list[str]:
    return [plan.slug for plan in setting.REGISTERS]


def test_karkola_has_two_hundred_and_fifty_clients_divided_by_age() -> None:
    with inside("paijat-hame"):
        sizes, ages = [], []
        for nth in range(3):
            mine = Relation.objects.filter(
                user_id=coach("316", nth).user_id,
                kind="own",
                ends_at=None,
                client__closed_on=None,
            ).select_related("client")
            sizes.append(len(mine))
            ages.append([r.client.age_on(TUESDAY.date()) for r in mine])
        unowned = Client.objects.filter(closed_on=None, municipality_id="316").exclude(
            relations__kind="own"
        )
        assert (sum(sizes), unowned.count()) == (250, 6)  # and those who wait to be divided
    assert min(ages[0]) >= 30
    assert max(ages[1]) <= 29
    assert min(ages[2]) >= 30


def test_each_coach_has_about_the_caseload_that_is_told() -> None:
    for plan in setting.REGISTERS:
        with inside(plan.slug):
            owners = Counter(
                Relation.objects.filter(
                    kind="own", ends_at=None, client__closed_on=None
                ).values_list("user__last_name", flat=True)
            )
        for team in plan.teams:
            for worker in team.workers:
                told = worker.clients
                assert abs(owners[worker.last_name] - told) <= 3, (plan.slug, worker, owners)


def test_about_a_hundred_of_three_hundred_are_of_punkalaidun() -> None:
    with inside("lantinen-pirkanmaa"):
        towns = Counter(
            Client.objects.filter(closed_on=None).values_list("municipality", flat=True)
        )
        shared = Relation.objects.filter(kind="shared", ends_at=None)
        assert 75 <= towns["619"] <= 125
        assert sum(towns.values()) == 300
        assert 4 <= shared.count() <= 14
        assert {r.client.municipality_id for r in shared} == {"619"}


def test_every_identity_code_is_artificial_and_opens() -> None:
    for slug in every_register():
        with inside(slug):
            for client in Client.objects.all():
                code = identity.read(client)
                assert code is not None
                assert 900 <= int(code[7:10]) <= 999
                assert identity.compact(code) == code
                assert client.identity_index == identity.index_of(client.register_id, code)


def test_nobody_carries_the_name_of_a_real_person() -> None:
    for slug in every_register():
        with inside(slug):
            people = Client.objects.values_list("call_name", "last_name")
            assert not forbidden(people)


def test_numbers_and_addresses_lead_nowhere() -> None:
    for slug in every_register():
        with inside(slug):
            for phone, email in ContactDetails.objects.values_list("phone_digits", "email"):
                assert phone.startswith("35840000")
                assert email == "" or email.endswith(".example")


def test_the_rhythm_is_what_the_contacts_make_of_it() -> None:
    names = [
        "first_contact_at",
        "last_reached_at",
        "last_attempt_at",
        "attempts",
        "initial_interview_on",
        "last_discussion_on",
        "discussion_due_on",
    ]
    with inside("lahti"):
        contacts = defaultdict(list)
        for contact in Contact.objects.order_by("at"):
            contacts[contact.client_id].append(contact)
        found = Rhythm.objects.filter(client__closed_on=None).select_related("client")
        for rhythm in found:
            again = Rhythm()
            for contact in contacts[rhythm.client_id]:
                rhythms.take_in(again, contact, packaged_law())
            assert [getattr(again, n) for n in names] == [getattr(rhythm, n) for n in names]
            due = rhythms.law_date_of_interview(rhythm.client.registered_on, packaged_law())
            assert rhythm.interview_due_on == due
        assert len(found) > 500


def test_most_are_inside_their_window_and_some_are_outside_on_either_side() -> None:
    with inside("paijat-hame"):
        sides = Counter(
            rhythms.standing(rhythm, TUESDAY.date()).side
            for rhythm in Rhythm.objects.filter(client__closed_on=None)
        )
    everybody = sum(sides.values())
    assert sides["inside"] / everybody > 0.7
    assert 0.03 < sides["late"] / everybody < 0.2
    assert 0.02 < sides["early"] / everybody < 0.12
    assert sides["never"] >= 6


def test_few_dates_of_the_law_are_missed_and_none_wildly() -> None:
    today = TUESDAY.date()
    for slug in ("paijat-hame", "lahti", "lantinen-pirkanmaa"):
        with inside(slug):
            due = Rhythm.objects.filter(client__closed_on=None, discussion_due_on__lt=today)
            everybody = Rhythm.objects.filter(client__closed_on=None).count()
            assert due.count() / everybody < 0.12
            unheld = Rhythm.objects.filter(
                client__closed_on=None, initial_interview_on=None, interview_due_on__lt=today
            )
            assert not unheld.exists()


def test_a_project_has_no_clock_of_the_law() -> None:
    for slug in ("tyon-reitille", "suunta-tyohon"):
        with inside(slug):
            assert not Rhythm.objects.exclude(
                interview_due_on=None, discussion_due_on=None
            ).exists()


def test_appointments_keep_office_hours() -> None:
    for slug in every_register():
        with inside(slug):
            for booked in Appointment.objects.all():
                starts, ends = clock.local(booked.starts_at), clock.local(booked.ends_at)
                assert is_working_day(starts.date())
                assert starts.hour >= 8 and (ends.hour, ends.minute) <= (15, 45)
                assert booked.status != "held" or booked.contact_id is not None


def test_newcomers_run_against_the_clock_between_one_and_ten_days() -> None:
    with inside("paijat-hame"):
        new = Rhythm.objects.filter(client__closed_on=None, initial_interview_on=None)
        left = [r.interview_due_on for r in new]
        assert all(day is not None and day >= TUESDAY.date() for day in left)
        assert len(set(left)) >= 4
        assert any(r.attempts == 2 and r.first_contact_at is None for r in new)
        assert any(r.first_contact_at is not None for r in new)


def test_the_guarded_are_seen_by_their_own_coach_alone() -> None:
    aino, marjut = coach(), coach("316", 2)
    with inside("paijat-hame"):
        banned = Client.objects.get(safety_ban=True, relations__user_id=aino.user_id)
        assert banned.municipality_id is None
        assert visible(aino).filter(pk=banned.pk).exists()
        assert not visible(marjut).filter(pk=banned.pk).exists()
        assert not ContactDetails.objects.filter(client=banned).exists()
        assert not Appointment.objects.filter(client__safety_ban=True).exclude(place="").exists()
        with walls.guarded_open(banned.id):
            assert ContactDetails.objects.get(client=banned).phone
            places = set(GuardedText.objects.filter(client=banned).values_list("text", flat=True))
        written = OutboxMessage.objects.filter(client=banned).values_list("body", flat=True)
        assert places
        assert not [body for body in written if any(place in body for place in places)]


def test_a_relative_is_shut_out() -> None:
    aino, marjut = coach(), coach("316", 2)
    with inside("paijat-hame"):
        relative = Recusal.objects.get(user_id=aino.user_id).client
        assert relative.last_name == "Laakso"
        assert visible(marjut).filter(pk=relative.pk).exists()
        assert not visible(aino).filter(pk=relative.pk).exists()


def test_every_plan_was_agreed_and_its_turns_have_a_beginning() -> None:
    for slug in every_register():
        with inside(slug):
            versions = Counter(PlanVersion.objects.values_list("plan_id", flat=True))
            for plan in Plan.objects.all():
                assert versions[plan.id] >= 1
            assert not Step.objects.filter(state="declined").exclude(client_answer="no").exists()
            assert not Step.objects.filter(state="proposed").exclude(client_answer="").exists()
            done = Step.objects.filter(state="done", ends_on__gt=TUESDAY.date())
            assert not done.exists()


def test_what_was_copied_stands_as_copied_and_some_has_changed_since() -> None:
    with inside("lahti"):
        states = Counter(copying.state(c) for c in Contact.objects.filter(reached=True))
    assert states["copied"] > states["changed"] > 0
    assert states[""] > 0


def test_the_closed_have_a_reason_and_one_came_back() -> None:
    with inside("paijat-hame"):
        closed = Client.objects.exclude(closed_on=None)
        assert closed.count() >= 20
        assert closed.filter(died_on__isnull=False).exists()
        assert not Appointment.objects.filter(
            client__in=closed, starts_at__gt=TUESDAY, status__in=("proposed", "confirmed")
        ).exists()
        again = Counter(Episode.objects.values_list("client_id", flat=True))
        assert 2 in again.values()


def test_mirja_waits_with_a_proposal_and_a_fork() -> None:
    person = cast.client("316", 0)
    with walls.inside(person.register_id):
        steps = list(Step.objects.filter(client_id=person.client_id))
        assert person.name == "Mirja Lehtinen"
        assert 8 <= len(steps) <= 10
        assert [s.state for s in steps if s.turn == "client"] == ["proposed"]
        assert len([s for s in steps if s.fork]) == 2
        due = Rhythm.objects.get(client_id=person.client_id).discussion_due_on
    assert 0 <= (due - TUESDAY.date()).days <= 9
