"""An identity code that another record has: who may see the record is led to it, nobody else is

told more than that it can't be registered, and the one whose code was tried reads of it.
"""

from datetime import date

import pytest
from django.urls import reverse

from polku.clients import identity, lifecycle, taken
from polku.clients.models import Client
from polku.foundation import clock
from polku.foundation.models import AuditEntry, SignInTry
from polku.rules.known.personal_identity_code import artificial_identity_code

CODE = artificial_identity_code(date(1988, 5, 4), 913)
FREE = artificial_identity_code(date(1988, 5, 4), 917)
NEW = {
    "last_name": "Toinen", "first_names": "Tiina", "registered_on": "2026-11-02", "status": "02",
    "language": "fi", "service_language": "fi", "referral": "registered",
}  # fmt: skip


@pytest.fixture
def devi(world):
    world.enter()
    client = Client.objects.get(pk=world.clients["devi"].id)
    identity.give(client, CODE)
    client.save()
    return client


def post(world, who, **data):
    browser = world.browser(who, headers={"accept-language": "en"})
    return browser.post(reverse("client_new"), NEW | data)


def test_who_may_see_the_record_is_led_to_it(world, devi):
    answer = post(world, "aino", identity_code=CODE)
    shown = answer.content.decode()
    assert answer.status_code == 422
    assert "Devi Koivunen has this identity code" in shown
    assert reverse("client_page", args=[devi.id]) in shown and "Toinen" in shown


@pytest.mark.parametrize("banned", [False, True])
def test_nobody_else_is_told_whose_it_is_or_that_there_is_somebody(world, devi, banned):
    if banned:
        lifecycle.set_ban(devi, by=world.enter_as("aino"), at=clock.now())
    answer = post(world, "bengt", identity_code=CODE)
    shown = answer.content.decode()
    assert answer.status_code == 422 and "can&#x27;t be registered here" in shown
    for hidden in ("Devi", "Koivunen", "Aino", str(devi.id), "another record", "already"):
        assert hidden not in shown.split("<main")[1]
    world.enter()
    assert not Client.objects.filter(last_name="Toinen").exists()


def test_that_a_code_was_tried_stands_in_the_log_of_the_person(world, devi):
    world.enter()
    before = AuditEntry.objects.count()
    post(world, "bengt", identity_code=CODE)
    world.enter()
    (entry,) = AuditEntry.objects.order_by("id")[before:]
    assert (entry.action, entry.client, entry.actor_user) == (
        "clients.code_refused", devi.id, world.people["bengt"].id,
    )  # fmt: skip


def test_after_three_refusals_no_code_is_tried_so_that_nobody_asks_through_a_list(world, devi):
    answers = [post(world, "bengt", identity_code=CODE) for _n in range(taken.MOST_REFUSALS)]
    free = post(world, "bengt", identity_code=FREE)
    assert free.status_code == 422
    assert "can&#x27;t be registered here" in free.content.decode()
    assert all(answer.status_code == 422 for answer in answers)
    # Without a code the record opens, and another worker's codes are tried as ever.
    assert post(world, "bengt").status_code == 302
    assert post(world, "aino", identity_code=FREE).status_code == 302


def test_control_the_limit_is_what_stops_it(world, devi):
    for _n in range(taken.MOST_REFUSALS):
        post(world, "bengt", identity_code=CODE)
    SignInTry.objects.all().delete()
    assert post(world, "bengt", identity_code=FREE).status_code == 302


def test_giving_a_taken_code_to_a_client_one_has_is_refused_alike(world, devi):
    url = reverse("client_edit", args=[world.clients["stranger"].id])
    browser = world.browser("bengt", headers={"accept-language": "en"})
    answer = browser.post(url, NEW | {"version": "1", "identity_code": CODE})
    assert answer.status_code == 422 and "can&#x27;t be registered" in answer.content.decode()
    world.enter()
    assert Client.objects.get(pk=world.clients["stranger"].id).last_name == "Lehtimäki"


@pytest.mark.parametrize(("who", "says"), [("aino", "Devi Koivunen"), ("bengt", "used here")])
def test_a_client_number_is_told_of_likewise(world, devi, who, says):
    world.enter()
    Client.objects.filter(pk=devi.id).update(office_number="K-7")
    shown = post(world, who, office_number="K-7").content.decode()
    assert says in shown and (who == "aino" or "Devi" not in shown.split("<main")[1])
