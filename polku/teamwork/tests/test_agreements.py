"""One organisation does a task for a municipality, from a day to a day, and nobody else then."""

from datetime import date

import pytest
from django.urls import reverse

from polku.foundation import clock
from polku.foundation.models import Municipality, Organisation, RoleAssignment
from polku.foundation.permissions import Refused
from polku.teamwork import agreements
from polku.teamwork.models import Agreement


def _agree(world, name="gus", start=date(2026, 1, 1), **more):
    viewer = world.enter_as(name)
    settings = {
        "municipality": Municipality.objects.get(code="619"),
        "task": "coaching",
        "organisation": world.areas["lake"].controller,
        "valid_from": start,
    } | more
    return agreements.agree(by=viewer, at=clock.now(), **settings)


def test_a_task_belongs_to_whom_it_was_agreed(world):
    _agree(world)
    gus = world.viewers["gus"]
    on = date(2026, 6, 1)
    found = agreements.who_does(gus, municipality_id="619", task="coaching", on=on)
    assert found == world.areas["lake"].controller
    assert agreements.who_does(gus, municipality_id="619", task="rehabilitative", on=on) is None
    before = agreements.who_does(gus, municipality_id="619", task="coaching", on=date(2025, 6, 1))
    assert before is None


def test_a_task_is_not_given_twice_at_a_time(world):
    _agree(world)
    with pytest.raises(agreements.Overlaps):
        _agree(world, start=date(2026, 5, 1))


def test_after_its_end_the_task_is_free(world):
    agreement = _agree(world)
    agreements.end(agreement, by=world.viewers["gus"], at=clock.now(), on=date(2026, 4, 30))
    _agree(world, start=date(2026, 5, 1))
    assert Agreement.objects.count() == 2


def test_a_coach_sees_but_does_not_agree(world):
    with pytest.raises(Refused):
        _agree(world, name="aino")


@pytest.mark.parametrize(("name", "status"), [("gus", 200), ("aino", 200), ("elli", 403)])
def test_who_sees_the_page(world, name, status):
    assert world.browser(name).get(reverse("agreements")).status_code == status


def test_the_page_writes_down_and_ends(world):
    browser = world.browser("gus")
    form = {
        "municipality": "619", "task": "coaching", "valid_from": "2026-01-01",
        "organisation": str(world.areas["lake"].controller_id),
    }  # fmt: skip
    assert browser.post(reverse("agreements"), form).status_code == 302
    assert browser.post(reverse("agreements"), form).status_code == 422
    world.enter("lake")
    agreement = Agreement.objects.get()
    browser.post(reverse("agreement_end", args=[agreement.id]))
    world.enter("lake")
    assert Agreement.objects.get().valid_to == clock.today()


def test_ending_can_be_taken_back(world):
    agreement = _agree(world)
    browser = world.browser("gus")
    page = browser.post(reverse("agreement_end", args=[agreement.id]), follow=True)
    browser.post(f"{reverse('agreement_end', args=[agreement.id])}?undo=")
    assert "?undo=" in page.content.decode()
    world.enter("lake")
    assert Agreement.objects.get().valid_to is None


def test_ending_again_and_odd_ways_back_change_nothing(world):
    agreement = _agree(world)
    browser, url = world.browser("gus"), reverse("agreement_end", args=[agreement.id])
    browser.post(url, follow=True)
    assert "?undo=" not in browser.post(url, follow=True).content.decode()
    for back in (clock.today().isoformat(), "9999-12-31", "2020-01-01", "x"):
        browser.post(f"{url}?undo={back}")
    world.enter("lake")
    assert Agreement.objects.get().valid_to == clock.today()


def test_an_end_is_not_taken_back_once_the_task_is_given_on(world):
    first = _agree(world)
    agreements.end(first, by=world.viewers["gus"], at=clock.now(), on=date(2026, 4, 30))
    _agree(world, start=date(2026, 5, 1))
    with pytest.raises(agreements.Overlaps):
        agreements.end(first, by=world.viewers["gus"], at=clock.now(), on=None)


def test_one_municipality_does_not_decide_for_another(world):
    """The register's controller decides for all, another organisation for its own town alone."""
    agreement = _agree(world)
    town = Organisation.objects.create(
        name="Naapuri", kind="municipality", municipality=Municipality.objects.get(code="316")
    )
    role = RoleAssignment.objects.get(pk=world.viewers["gus"].role_id)
    RoleAssignment.objects.filter(pk=role.pk).update(organisation=town)
    browser = world.browser("gus")
    page = browser.get(reverse("agreements")).content.decode()
    assert reverse("agreement_end", args=[agreement.id]) not in page
    assert browser.post(reverse("agreement_end", args=[agreement.id])).status_code == 403
    form = {
        "municipality": "619", "task": "education", "valid_from": "2026-01-01",
        "organisation": str(town.id),
    }  # fmt: skip
    assert browser.post(reverse("agreements"), form).status_code == 422
    assert browser.post(reverse("agreements"), form | {"municipality": "316"}).status_code == 302
    world.enter("lake")
    assert [one.municipality_id for one in Agreement.objects.order_by("task")] == ["619", "316"]


def test_a_school_without_workers_here_can_be_agreed_with(world):
    school = Organisation.objects.create(name="Koulutuskeskus", kind="school")
    town = Organisation.objects.create(name="Muu kunta", kind="municipality")
    gus = world.enter_as("gus")
    offered = set(agreements.organisations(gus))
    assert school in offered and town not in offered


def test_another_registers_administrator_does_not_end_it(world):
    agreement = _agree(world)
    answer = world.browser("carita").post(reverse("agreement_end", args=[agreement.id]))
    assert answer.status_code in (403, 404)
    world.enter("lake")
    assert Agreement.objects.get().valid_to is None
