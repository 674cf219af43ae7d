"""An administrator decides on a page: sees first what changes, keeps it, and takes it back."""

import re
from datetime import date

import pytest
from django.urls import reverse

from polku.foundation.models import AuditEntry
from polku.law import in_force
from polku.law.models import KeptValue
from polku.law.tests.deciding import SOURCE, WITHIN, decide
from polku.rules import packaged_law

NEW = f"/law/values/{WITHIN}/new/?from=2026-01-01"
SENT = {
    "part_0": "15", "valid_from": "2026-01-01", "valid_to": "", "source": SOURCE, "url": "",
    "note": "",
}  # fmt: skip


def gus(world):
    return world.browser("gus", HTTP_ACCEPT_LANGUAGE="en")


def mark_of(answer) -> str:
    return re.search(r'name="keep" value="(\w+)"', answer.content.decode())[1]


def keep(world, url=NEW, **sent):
    browser = gus(world)
    seen = browser.post(url, SENT | sent)
    return browser.post(url, SENT | sent | {"keep": mark_of(seen)}), seen


def test_first_it_is_told_what_would_be_answered_otherwise(world):
    answer = gus(world).post(NEW, SENT)
    follows = answer.context["follows"]
    assert follows.otherwise
    assert {part for one in follows.otherwise for part in one.parts}
    assert not KeptValue.objects.exists()


def test_a_value_confirmed_as_it_stands_changes_no_answer(world):
    assert not gus(world).post(NEW, SENT | {"part_0": "10"}).context["follows"].otherwise


def test_what_was_seen_is_kept_once_and_told_once(world):
    answer, _seen = keep(world)
    assert answer.status_code == 302
    world.enter()
    kept = KeptValue.objects.get()
    assert (kept.value, kept.valid_from, kept.valid_to) == (15, date(2026, 1, 1), None)
    assert AuditEntry.objects.filter(action="law.decide").count() == 1


def test_what_was_not_seen_is_not_kept(world):
    browser = gus(world)
    mark = mark_of(browser.post(NEW, SENT))
    answer = browser.post(NEW, SENT | {"part_0": "20", "keep": mark})
    assert answer.status_code == 200
    assert answer.context["follows"]
    world.enter()
    assert not KeptValue.objects.exists()


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"source": " "}, "source"),
        ({"valid_to": "2025-01-01"}, "valid_to"),
        ({"part_0": "-3"}, "part_0"),
        ({"part_0": ""}, "part_0"),
        ({"url": "javascript:alert(1)"}, "url"),
    ],
)
def test_what_is_wrong_comes_back_with_the_words_kept(world, wrong, field):
    answer = gus(world).post(NEW, SENT | {"note": "luettu"} | wrong)
    assert answer.status_code == 422
    assert field in answer.context["form"].errors
    assert answer.context["form"]["note"].value() == "luettu"


def test_what_the_law_can_not_hold_is_told_kindly(world):
    url = "/law/values/work_trial_terms/new/?from=2025-01-01"
    form = gus(world).get(url).context["form"]
    sent = SENT | {one.name: one.value() for one in form.value_fields}
    names = {str(one.label): one.name for one in form.value_fields}
    sent |= {"valid_from": "2025-01-01", names["Hours at least"]: "9"}
    answer = gus(world).post(url, sent)
    assert answer.status_code == 422
    assert "contradict" in str(answer.context["form"].non_field_errors())


@pytest.mark.parametrize("name", [one.name for one in packaged_law()])
def test_every_value_can_be_confirmed_as_it_stands(world, name):
    """The form gives back, untouched, the very value that it was made from: for each time."""
    for dated in packaged_law()[name].values:
        url = f"/law/values/{name}/new/?from={dated.valid_from}"
        form = gus(world).get(url).context["form"]
        sent = SENT | {one.name: one.value() for one in form.value_fields}
        sent |= {"valid_from": dated.valid_from.isoformat(), "valid_to": dated.valid_to or ""}
        answer = gus(world).post(url, sent)
        assert answer.status_code == 200, answer.context["form"].errors
        assert answer.context["form"].decided().value == dated.value


@pytest.mark.parametrize("name", ["aino", "lahja", "elli"])
def test_others_see_the_history_and_decide_nothing(world, name):
    kept = decide(world)
    browser = world.browser(name, HTTP_ACCEPT_LANGUAGE="en")
    page = browser.get(f"/law/values/{WITHIN}/")
    assert SOURCE in page.content.decode()
    assert "Withdraw" not in page.content.decode()
    assert browser.get(NEW).status_code == 403
    assert browser.post(NEW, SENT).status_code == 403
    assert browser.post(reverse("law_withdraw", args=[kept.id])).status_code == 403


def test_another_registers_decision_shows_nowhere(world):
    kept = decide(world)
    page = world.browser("carita").get(f"/law/values/{WITHIN}/")
    assert SOURCE not in page.content.decode()
    assert page.context["history"] == []
    world.enter_as("gus")
    assert KeptValue.objects.filter(pk=kept.id).exists()


def test_withdrawing_and_taking_that_back(world):
    kept, browser = decide(world), gus(world)
    url = reverse("law_withdraw", args=[kept.id])
    page = browser.post(url, follow=True)
    assert "withdrawn by Gus Esimerkki" in page.content.decode()
    assert "10 working days" in browser.get("/law/").content.decode()
    browser.post(f"{url}?undo")
    assert "15 working days" in browser.get("/law/").content.decode()
    world.enter()
    assert in_force.of(world.areas["lake"].id)[WITHIN].on(date(2026, 3, 2)).value == 15


def test_a_change_to_come_begins_with_what_holds_then(world):
    page = gus(world).get(f"/law/values/{WITHIN}/").content.decode()
    url = re.search(rf"/law/values/{WITHIN}/new/\?from=[\d-]+-01(?=\">Write)", page)[0]
    form = gus(world).get(url).context["form"]
    assert form.start.known
    assert form["part_0"].value() == 10
    first = form["valid_from"].value()
    keep(world, url, part_0="20", valid_from=first.isoformat())
    world.enter()
    law = in_force.of(world.areas["lake"].id)[WITHIN]
    assert [dated.value for dated in law.values] == [5, 10, 20]
    assert "changes" in gus(world).get("/law/").content.decode()


def test_a_gap_is_filled_from_the_value_nearest_to_it(world):
    url = "/law/values/job_offer_binding_after/new/?from=2026-01-01"
    form = gus(world).get(url).context["form"]
    assert form["part_0"].value() == 6
    assert not form.start.known
    keep(world, url, part_0="3")
    told = gus(world).get("/law/job_offer_binds/?on=2026-02-02").context["told"]
    assert "only to" not in told.refused
