"""Under a safety ban, contact details show only in the guarded view."""

import pytest
from django.db import connection

from polku.clients import guarded, lifecycle
from polku.clients.models import Client, ContactDetails, GuardedText
from polku.foundation import clock
from polku.foundation.models import AuditEntry
from polku.foundation.permissions import Refused


@pytest.fixture
def banned(world):
    aino = world.enter_as("aino")
    lifecycle.set_ban(world.clients["devi"], by=aino, at=clock.now())
    return Client.objects.get(pk=world.clients["devi"].pk)


def test_the_database_itself_hides_the_details(world, banned):
    assert not ContactDetails.objects.filter(client=banned).exists()
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM clients_contactdetails WHERE street = 'Rantatie 1'")
        assert cursor.fetchone() == (1,), "the stranger's only"
    assert banned.municipality_id is None


def test_the_own_coach_opens_the_guarded_view_with_a_purpose(world, banned):
    aino = world.viewers["aino"]
    with guarded.opened(by=aino, client=banned, purpose="Soitan sovitusta ajasta"):
        assert ContactDetails.objects.get(client=banned).phone == "+358401234567"
    assert not ContactDetails.objects.filter(client=banned).exists()
    entry = AuditEntry.objects.filter(action="clients.guarded_view").get()
    assert entry.reason == "Soitan sovitusta ajasta"


def test_without_a_purpose_it_stays_closed(world, banned):
    with (
        pytest.raises(guarded.PurposeMissing),
        guarded.opened(by=world.viewers["aino"], client=banned, purpose=" "),
    ):
        pass


def test_a_purpose_is_kept_without_what_the_database_does_not_take(world, banned):
    aino = world.viewers["aino"]
    with guarded.opened(by=aino, client=banned, purpose="Soitan \x00ajasta"):
        pass
    assert AuditEntry.objects.get(action="clients.guarded_view").reason == "Soitan ajasta"
    with (
        pytest.raises(guarded.PurposeMissing),
        guarded.opened(by=aino, client=banned, purpose="\x00" * 9),
    ):
        pass


def test_a_colleague_may_not_open_it(world, banned):
    for name in ("bengt", "lahja", "gus"):
        with (
            pytest.raises(Refused),
            guarded.opened(by=world.viewers[name], client=banned, purpose="Uteliaisuus"),
        ):
            pass


def test_a_place_is_kept_off_its_row(world, banned):
    guarded.keep_text(client=banned, about=banned.id, field="place", text="Turvakoti, Satamakatu 3")
    assert GuardedText.objects.count() == 0
    with guarded.opened(by=world.viewers["aino"], client=banned, purpose="Tapaaminen"):
        assert GuardedText.objects.get().text == "Turvakoti, Satamakatu 3"


def test_control_the_ban_ended_the_details_show_again(world, banned):
    aino = world.viewers["aino"]
    lifecycle.end_ban(banned, by=aino, at=clock.now(), reason="Asiakkaan pyyntö")
    assert ContactDetails.objects.get(client=banned).street == "Rantatie 1"
    assert Client.objects.get(pk=banned.pk).municipality_id == "316"
