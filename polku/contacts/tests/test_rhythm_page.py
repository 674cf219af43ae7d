"""The window is agreed with the client, as a usual rhythm or in days."""

import pytest
from django.urls import reverse

from polku.contacts.models import Rhythm


@pytest.fixture
def post(world):
    def send(name, **data):
        browser = world.browser(name)
        return browser.post(reverse("rhythm_edit", args=[world.clients["devi"].id]), data)

    return send


def _window(world):
    world.enter("lake")
    rhythm = Rhythm.objects.get(client=world.clients["devi"])
    return rhythm.window_min_days, rhythm.window_max_days, rhythm.wish


def test_a_usual_rhythm_sets_the_window(world, post):
    assert post("aino", usual="fortnight", wish="Aamupäivisin").status_code == 302
    assert _window(world) == (10, 18, "Aamupäivisin")


def test_days_of_ones_own(world, post):
    post("aino", usual="own", low="3", high="9")
    assert _window(world)[:2] == (3, 9)


@pytest.mark.parametrize("days", [{}, {"low": "9", "high": "3"}, {"low": "-1", "high": "5"}])
def test_a_window_the_wrong_way_round_is_said_and_changes_nothing(world, post, days):
    before = _window(world)
    assert post("aino", usual="own", **days).status_code == 422
    assert _window(world) == before


@pytest.mark.parametrize(("name", "status"), [("bengt", 404), ("carita", 404), ("gus", 403)])
def test_nobody_else_sets_it(world, post, name, status):
    assert post(name, usual="weekly").status_code == status
