"""Search forgives accents and typing errors, and finds phones however they are written."""

import pytest

from polku.clients import finding
from polku.clients.finding import find
from polku.clients.models import ContactDetails
from polku.foundation import walls


@pytest.mark.parametrize(
    "text",
    [
        "koivunen",
        "Köivunen",
        "koivu",
        "koivnen",
        "koivunne",
        "Devi Koivunen",
        "koivunen devi",
        "KO",
        "oKivunen",
        "kovi",
        "koviunen",
        "koivuenn",
        "koivnuen dvei",
    ],
)
def test_a_name_is_found_with_accents_errors_and_parts(world, text):
    by, found = find(world.enter_as("aino"), text)
    assert by == "name"
    assert [one.last_name for one in found] == ["Koivunen"]


def test_control_without_swapping_two_letters_cost_the_name(world, monkeypatch):
    monkeypatch.setattr(finding, "swapped", lambda word: [word])
    assert find(world.enter_as("aino"), "dvei")[1] == []


@pytest.mark.parametrize("text", ["virtanen", "xx", "%", "_", "koivunen virtanen", "'; --", "   "])
def test_what_is_unlike_is_not_found(world, text):
    assert find(world.enter_as("aino"), text)[1] == []


@pytest.mark.parametrize("text", ["040 123 4567", "+358401234567", "00358 40-1234567", "1234567"])
def test_a_phone_is_found_in_any_writing(world, text):
    by, found = find(world.enter_as("aino"), text)
    assert by == "phone"
    assert [one.last_name for one in found] == ["Koivunen"]


def test_a_guarded_phone_is_found_by_nobody(world):
    devi = world.clients["devi"]
    world.enter("lake")
    devi.municipality = None
    devi.safety_ban = True
    devi.save()
    with walls.guarded_open(devi.id):
        ContactDetails.objects.filter(client=devi).update(guarded=True)
    aino = world.enter_as("aino")
    assert find(aino, "040 123 4567")[1] == []
    assert [one.id for one in find(aino, "koivunen")[1]] == [devi.id]


def test_a_lead_does_not_find_a_client_under_a_safety_ban(world):
    devi = world.clients["devi"]
    world.enter("lake")
    assert find(world.enter_as("lahja"), "koivunen")[1]
    devi.municipality = None
    devi.safety_ban = True
    devi.save()
    assert find(world.enter_as("lahja"), "koivunen")[1] == []


def test_while_typing_only_the_list_comes(world, browser):
    answer = browser("aino").get("/search/?q=koi", headers={"X-Polku-Fragment": "1"})
    text = answer.content.decode()
    assert "<html" not in text
    assert 'role="option"' in text
    assert "Koivunen" in text
