"""The pages: coach and client read the same, few are told nothing of, the client may hide it."""

import re
from datetime import timedelta

import pytest

from polku.clients.models import Client
from polku.foundation import clock
from polku.foundation.models import AuditEntry
from polku.foundation.permissions import Refused
from polku.insight.early import actions
from polku.insight.early.models import OutlookChoice
from polku.insight.tests.histories import fitted, went
from polku.planning.signs import telling

MADE = "/insight/early-signs/"


@pytest.fixture
def devi(world):
    """A client who came a hundred days ago, aged 40, in a register with a history."""
    world.enter()
    went(world, 300)
    came = clock.today() - timedelta(days=100)
    born = clock.today().replace(year=clock.today().year - 40)
    own = world.clients["devi"]
    Client.objects.filter(pk=own.id).update(registered_on=came, opened_on=came, born=born)
    fitted(world)
    return own


def _page(world, client, name="aino"):
    browser = world.browser(name)
    browser.cookies["polku_language"] = "en"
    return browser.get(f"/clients/{client.id}/outlook/")


def test_the_coach_reads_of_100_people_with_an_interval_and_what_it_rests_on(world, devi):
    page = _page(world, devi).content.decode()
    said = re.search(r"Of 100 people in a situation like this, (\d+) to (\d+) were still", page)
    assert said and int(said[1]) < int(said[2])
    assert "a year later" in page and "half a year later" in page
    assert "who had been here for three months, 30 to 49 when they came" in page
    assert re.search(r"about \d+0 people, \d{4}–\d{4}", page)
    assert page.count('<svg class="hundred" viewBox="0 0 220 220" role="img"') == 2
    assert "Not a score, a rank or a label" in page


def test_the_picture_has_a_hundred_marks_in_three_shapes(world, devi):
    page = _page(world, devi).content.decode()
    drawn = re.search(r'<svg class="hundred" viewBox="0 0 220 220".*?</svg>', page, re.S)[0]
    assert drawn.count("<circle") == 100
    low, high = map(int, re.search(r"like this, (\d+) to (\d+)", drawn).groups())
    assert drawn.count('class="full" d=') == high - low
    assert drawn.count('<circle class="full"') == low


def test_a_register_with_few_is_told_nothing_and_why(world):
    world.enter()
    went(world, 40)
    fitted(world)
    page = _page(world, world.clients["devi"]).content.decode()
    assert "Nothing is said: fewer than 60 people" in page
    assert "Of 100 people" not in page and 'role="img"' not in page


def test_without_the_limits_the_few_would_be_told_of(world, monkeypatch):
    for name in ("FEWEST_PEOPLE", "FEWEST_ENDS", "FEWEST_COMPLETE"):
        monkeypatch.setattr(telling, name, 0)
    world.enter()
    went(world, 40)
    fitted(world)
    assert "Of 100 people" in _page(world, world.clients["devi"]).content.decode()


def test_before_the_first_night_the_page_says_so(world):
    assert "Nothing has been counted yet" in _page(world, world.clients["devi"]).content.decode()


def test_a_client_whom_the_worker_may_not_see_has_no_outlook(world, devi):
    assert _page(world, devi, "bengt").status_code == 404
    assert _page(world, devi, "carita").status_code == 404


def test_a_closed_record_is_told_nothing_beside(world, devi):
    Client.objects.filter(pk=devi.id).update(closed_on=clock.today())
    page = _page(world, devi).content.decode()
    assert "Of 100 people" not in page and "This record is closed" in page


def test_only_the_client_hides_it_and_the_coach_sees_that_they_did(world, devi):
    own = world.enter_as("devi")
    actions.hide(client_id=devi.id, by=own, at=clock.now())
    actions.hide(client_id=devi.id, by=own, at=clock.now())
    assert OutlookChoice.objects.count() == 1
    page = _page(world, devi).content.decode()
    assert "The client has chosen not to be shown this" in page
    world.enter()
    with pytest.raises(Refused):
        actions.show_again(client_id=devi.id, by=world.viewers["aino"], at=clock.now())
    own = world.enter_as("devi")
    actions.show_again(client_id=devi.id, by=own, at=clock.now())
    assert OutlookChoice.objects.count() == 0


def test_a_client_cannot_hide_it_for_another(world, devi):
    own = world.enter_as("devi")
    with pytest.raises(Refused):
        actions.hide(client_id=world.clients["stranger"].id, by=own, at=clock.now())


def test_how_it_is_made_is_told_with_how_often_it_was_wrong(world, devi):
    browser = world.browser("aino")
    browser.cookies["polku_language"] = "en"
    page = browser.get(MADE).content.decode()
    assert "Outside what was told" in page and "too few to tell" in page
    assert "fewer than 60 people" in page and "Rothman 1978" in page
    assert re.search(r"inside|outside|beyond luck</td>", page)


def test_each_look_is_on_record_with_whose_it_was(world, devi):
    _page(world, devi)
    world.enter()
    entry = AuditEntry.objects.filter(action="insight.outlook").get()
    assert entry.client == devi.id
