"""Promise 45: every look and every change leaves exactly one entry, or does not happen."""

from __future__ import annotations

import pytest

from polku.foundation import audit, walls
from polku.foundation.models import AuditEntry
from tests.promises import ledger
from tests.promises.house import forms_of, opened
from tests.promises.promise import Promise

PROMISE = Promise(
    45,
    "Every look and change is on record",
    "100 % of addresses and forms; an entry that can't be written stops the change",
    "every address by GET and every form of every page, by seven actors",
)
ACTORS = ("aino", "lahja", "gus", "elli", "devi", "host", "asked")
# Coming in and going out are on record although nobody is there yet, or any more.
COMING_AND_GOING = ("demo/sign-in", "sign-in", "sign-out", "c/", "h/")


def entries(house):
    walls.enter(register=house.world.areas["lake"].id)
    return AuditEntry.objects.count()


def faults(house, actor):
    """Return {url or form: entries} of the looks and changes that left none, or several."""
    wrong = {}
    house.browser(actor)
    before = entries(house)

    def check(what, answer):
        nonlocal before
        after = entries(house)
        right = int(getattr(answer.wsgi_request, "viewer", None) is not None)
        if after - before != right or answer.status_code == 500:
            wrong[what] = after - before, answer.status_code
        before = after

    answers = house.sights(actor, seen=check)
    for form in forms_of(answers):
        if form.action.strip("/").startswith(COMING_AND_GOING):
            continue
        with house.trying(actor):
            check(f"{form.action} {form.pairs}", house.ask(actor, form.action, form.data))
        before = entries(house)
    return wrong


@pytest.mark.parametrize("actor", ACTORS)
def test_each_look_and_each_form_leaves_one_entry(house, actor):
    assert faults(house, actor) == {}


@pytest.mark.parametrize("actor", ["aino", "devi"])
def test_without_an_entry_nothing_is_shown_or_changed(house, actor, monkeypatch):
    answers = house.sights(actor)
    forms = [form for form in forms_of(answers) if "/sign-" not in form.action]
    monkeypatch.setattr(audit, "_INSERT", audit._INSERT.replace("auditentry", "auditentry_full"))
    before = ledger.rows(house.world)
    for url in opened(answers):
        answer = house.ask(actor, url)
        if getattr(answer.wsgi_request, "viewer", None) is not None:
            assert answer.status_code == 500, url
    for form in forms:
        assert house.ask(actor, form.action, form.data).status_code != 200
        assert ledger.difference(before, ledger.rows(house.world, since=before)) == [], form.action


def test_control_a_page_that_forgets_is_found(house, monkeypatch):
    """Were the default entry of the door gone, the first test would see it."""
    record = audit.record

    def forgetful(viewer, action, **more):
        if action.startswith("page."):
            return
        record(viewer, action, **more)

    monkeypatch.setattr(audit, "record", forgetful)
    assert "/who-may/" in faults(house, "elli")
