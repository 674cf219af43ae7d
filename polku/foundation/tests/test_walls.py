"""The walls between registers hold in the database itself."""

import pytest

from polku.clients.models import Client, ContactDetails
from polku.clients.queries import visible
from polku.foundation import walls


def test_without_a_register_no_row_shows(world):
    assert Client.objects.count() == 0


def test_a_register_shows_its_own_rows_only(world):
    world.enter("lake")
    assert set(Client.objects.values_list("last_name", flat=True)) == {"Koivunen", "Lehtimäki"}


def test_a_client_sees_own_rows_only(world):
    world.enter_as("devi")
    assert [c.last_name for c in Client.objects.all()] == ["Koivunen"]
    assert ContactDetails.objects.count() == 1


def test_a_row_of_another_register_is_refused(world):
    from django.db import ProgrammingError

    world.enter("lake")
    client = Client.objects.first()
    client.register_id = world.areas["river"].id
    with pytest.raises(ProgrammingError, match="row-level security"):
        client.save()


def test_a_coach_sees_only_clients_with_a_relation(world):
    viewer = world.enter_as("aino")
    assert [c.last_name for c in visible(viewer)] == ["Koivunen"]


def test_a_lead_sees_the_team(world):
    viewer = world.enter_as("lahja")
    assert visible(viewer).count() == 2


def test_after_the_block_nothing_is_named(world):
    with walls.inside(world.areas["lake"].id):
        assert Client.objects.count() == 2
    assert Client.objects.count() == 0


def test_what_a_ban_hides_is_open_for_the_client_of_the_innermost_block_alone(world):
    world.enter("lake")
    devi, stranger = world.clients["devi"].id, world.clients["stranger"].id

    def shown():
        return set(ContactDetails.objects.values_list("client_id", flat=True))

    # Control: without a ban they show anyway.
    assert shown() == {devi, stranger}
    ContactDetails.objects.update(guarded=True)
    assert shown() == set()
    with walls.guarded_open(devi):
        assert shown() == {devi}
        with walls.guarded_open(stranger):
            assert shown() == {stranger}
        assert shown() == {devi}
    assert shown() == set()
