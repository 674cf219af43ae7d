"""A team finds its clients without an own coach, whichever way coaches come and go."""

from datetime import timedelta

import pytest

from polku.foundation import access, clock
from polku.foundation.models import Relation

DAY = timedelta(days=1)


def _found(world):
    return set(access.unowned_ids(world.viewers["aino"]).values_list("client_id", flat=True))


@pytest.fixture
def client(world):
    """A client of Aino's team who has Aino as own coach."""
    world.enter("lake")
    return world.clients["devi"]


@pytest.fixture
def own(client):
    return Relation.objects.get(client=client, kind="own")


def test_a_client_with_an_own_coach_is_not_without_one(world, client):
    assert client.id not in _found(world)
    assert Relation.objects.get(client=client, kind="team").led_from is not None


@pytest.mark.parametrize("how", ("ended", "deleted", "yet to come"))
def test_a_client_whose_coach_is_gone_or_yet_to_come_is_found(world, client, own, how):
    if how == "ended":
        Relation.objects.filter(pk=own.pk).update(ends_at=clock.now() - DAY)
    elif how == "deleted":
        own.delete()
    else:
        Relation.objects.filter(pk=own.pk).update(starts_at=clock.now() + DAY)
    assert client.id in _found(world)


def test_a_coach_whose_end_is_known_beforehand_still_counts(world, client, own):
    Relation.objects.filter(pk=own.pk).update(ends_at=clock.now() + DAY)
    assert Relation.objects.get(client=client, kind="team").led_from is None
    assert client.id not in _found(world)


def test_a_new_coach_after_the_last_counts(world, client, own):
    Relation.objects.filter(pk=own.pk).update(ends_at=clock.now() - DAY)
    Relation.objects.create(
        register_id=own.register_id,
        client=client,
        kind="own",
        user=world.people["bengt"],
        starts_at=clock.now() - DAY,
    )
    assert client.id not in _found(world)


def test_nobody_can_say_that_a_client_is_led_who_is_not(world, client, own):
    own.delete()
    team = Relation.objects.get(client=client, kind="team")
    team.led_from = clock.now() - DAY
    team.save()
    assert client.id in _found(world)
