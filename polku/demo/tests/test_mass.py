"""The large world keeps the same rules as the small one, though SQL makes it."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection, transaction

from polku.clients import identity, names
from polku.clients.models import Client
from polku.contacts import rhythm as rhythms
from polku.contacts.models import Appointment, Contact, Rhythm
from polku.demo import household, mass, mass_house, mass_places
from polku.demo.tests.conftest import TUESDAY
from polku.foundation import clock, walls
from polku.foundation.models import Relation
from polku.paths.models import Step
from polku.placements.models import Opening, Worksite
from polku.placements.places_of import point_of
from polku.placements.terms import Kind
from polku.rules import packaged_law


@pytest.fixture(scope="module")
def large(django_db_setup: None, django_db_blocker: Any) -> Iterator[mass.Mass]:
    """Five hundred clients of two coaches."""
    with django_db_blocker.unblock(), clock.at(TUESDAY), transaction.atomic():
        house = household.furnish(1, TUESDAY, "-")
        found = mass_house.found(house, 500, "-", TUESDAY.date(), TUESDAY)
        mass.write_chunk(found)
        walls.enter(register=found.register_id)
        yield found
        transaction.set_rollback(True)


def test_each_coach_has_two_hundred_and_fifty(large: mass.Mass) -> None:
    own = Counter(Relation.objects.filter(kind="own").values_list("user_id", flat=True))
    assert own == {user_id: 250 for user_id, _ in large.coaches}


def test_names_are_sorted_and_found_as_the_room_does_it(large: mass.Mass) -> None:
    for client in Client.objects.all()[:200]:
        assert client.sort_key == names.sort_key(client.last_name, client.first_names)
        expected = names.search_name(client.last_name, client.first_names, client.call_name)
        assert client.search_name == expected


def test_codes_open_are_artificial_and_differ(large: mass.Mass) -> None:
    codes = [identity.read(client) or "" for client in Client.objects.all()]
    assert len(set(codes)) == 500
    assert all(900 <= int(code[7:10]) <= 999 for code in codes)


def test_the_rhythm_is_what_the_contacts_make_of_it(large: mass.Mass) -> None:
    contacts = defaultdict(list)
    for contact in Contact.objects.order_by("at"):
        contacts[contact.client_id].append(contact)
    plain = [
        "first_contact_at",
        "last_reached_at",
        "attempts",
        "initial_interview_on",
        "last_discussion_on",
        "discussion_due_on",
    ]
    for rhythm in Rhythm.objects.select_related("client"):
        again = Rhythm()
        for contact in contacts[rhythm.client_id]:
            rhythms.take_in(again, contact, packaged_law())
        assert [getattr(again, n) for n in plain] == [getattr(rhythm, n) for n in plain]
        due = rhythms.law_date_of_interview(rhythm.client.registered_on, packaged_law())
        assert rhythm.interview_due_on == due


def test_contacts_lie_on_working_days_before_now(large: mass.Mass) -> None:
    moments = Contact.objects.values_list("at", flat=True)
    assert all(at < TUESDAY and clock.local(at).weekday() < 5 for at in moments)


def test_some_are_new_and_some_have_a_time_ahead(large: mass.Mass) -> None:
    assert Rhythm.objects.filter(first_contact_at=None).count() == 10
    assert Appointment.objects.filter(starts_at__gt=TUESDAY).count() > 80
    assert Step.objects.filter(turn="client").count() > 80


def test_ids_rise_but_can_not_be_counted_up(large: mass.Mass) -> None:
    ids = list(Client.objects.order_by("office_number").values_list("id", flat=True))
    assert ids == sorted(ids)
    gaps = {later.int - earlier.int for earlier, later in zip(ids, ids[1:], strict=False)}
    assert len(gaps) == 499


def test_another_register_sees_none_of_it(large: mass.Mass) -> None:
    """The wall stands for the site's role; inside it, the same question counts all."""
    assert Contact.objects.count() == 500 * mass.MANY
    with walls.inside(None):
        assert Contact.objects.count() == 0
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user")
        assert cursor.fetchone() == ("polku_app",)


def test_workplaces_keep_the_rooms_rules(large: mass.Mass) -> None:
    counted = mass_places.fill(large)
    assert counted["placements_opening"] == 500 // mass_places.CLIENTS_AN_OPENING
    for site in Worksite.objects.all():
        assert site.search_name == names.fold(site.name)
        assert site.sort_key == names.sort_key(site.name.rsplit(" ", 1)[0], "") + (
            f" {int(site.name.rsplit(' ', 1)[1]):07d}"
        )
        at = point_of(site.municipality_id)
        assert at is not None
        assert (site.lat, site.lon) == pytest.approx((at.lat, at.lon), abs=0.09)
    for opening in Opening.objects.prefetch_related("uses"):
        assert opening.kinds and all(kind in Kind.values for kind in opening.kinds)
        assert {use.seat for use in opening.uses.all()} <= set(range(1, opening.seats + 1))
