"""Promises 12 and 14: text is text, on every page. The browser half: test_12_in_chromium.py."""

from __future__ import annotations

from html.parser import HTMLParser

import pytest
from django.db import connection

from polku.foundation import walls
from polku.foundation.models import OutboxMessage
from tests.promises import payloads
from tests.promises.house import forms_of, is_page, text_of
from tests.promises.promise import Promise

PROMISE = Promise(
    12,
    "No script runs from text (XSS in notes)",
    "120+ payloads in every free-text field: 0 executions, 0 reports of the policy",
    f"{len(payloads.ALL)} payloads spread over the fields; every page of five actors read for "
    "markup that came out of a text; in Chromium every page of a coach and of a client, panels and "
    "what a search offers with the policy off, an imported sheet; mail, paper and report",
    "what leaves as iCalendar, as CSV and on the map is tried beside its code, not by all of these",
)
PROMISE_14 = Promise(
    14,
    "SQL, template, header, log and path injection have no door",
    "0",
    f"{len(payloads.INJECTIONS)} texts through every field of every form of the coach, the lead "
    "and the client",
)


class _Markup(HTMLParser):
    """Finds what only a text could have brought in: our own pages have none of it."""

    def __init__(self):
        super().__init__()
        self.found = []

    def handle_starttag(self, tag, attrs):
        for name, value in attrs:
            if name.startswith("on") or name in {"style", "srcdoc"}:
                self.found.append(f"<{tag} {name}>")
            if (value or "").strip().lower().startswith(("javascript:", "data:text")):
                self.found.append(f"<{tag} {name}={value}>")
        given = dict(attrs)
        if tag == "script" and "src" not in given and given.get("type") != "application/json":
            self.found.append("<script>")
        if tag in {"iframe", "object", "embed", "base", "marquee", "math", "audio", "image"}:
            self.found.append(f"<{tag}>")


def markup(html):
    reader = _Markup()
    reader.feed(html)
    return reader.found


def plant(house, texts, turn=0):
    """Write payloads into every text of every client, another part of them in each field."""
    place = iter(range(turn, 10_000_000, 3))
    return house.plant(
        lambda name, row, field: payloads.filled(texts, next(place), field.max_length or 20_000)
    )


@pytest.mark.parametrize("actor", ["aino", "lahja", "gus", "elli", "devi"])
def test_no_text_becomes_markup(house, actor):
    plant(house, payloads.ALL, turn=7)
    answers = house.sights(actor)
    broken = {url: a.status_code for url, a in answers.items() if a.status_code >= 500}
    assert broken == {}
    found = {url: markup(text_of(a)) for url, a in answers.items() if is_page(a)}
    assert {url: what for url, what in found.items() if what} == {}


def test_control_text_that_is_not_escaped_is_found(house, monkeypatch):
    """With escaping off in one page, the reader of the page hears it."""
    from django.template import base

    from polku.web import folding

    plant(house, payloads.SHORT)
    url = f"/clients/{house.ids['devi']['client_id']}/facts/"
    monkeypatch.setattr(base, "conditional_escape", lambda text: text)
    monkeypatch.setattr(base, "render_value_in_context", lambda value, context: str(value))
    # Each way to escape is held by itself: plain names are drawn by the folded template.
    assert markup(text_of(house.ask("aino", url))) == []
    monkeypatch.setattr(folding, "escape", lambda text: text)
    assert markup(text_of(house.ask("aino", url)))


@pytest.mark.parametrize("actor", ["aino", "lahja", "devi"])
def test_other_languages_in_a_text_are_text_too(house, actor):
    """Each injection goes through each field: nothing breaks, and it stands as it was written."""
    forms = [f for f in forms_of(house.sights(actor)) if f.written and "/sign-" not in f.action]
    sent = 0
    for number, text in enumerate(payloads.INJECTIONS):
        # Each form meets each third text; each text a third of the forms.
        for form in forms[number % 3 :: 3]:
            data = {name: [text if name in form.written else v for v in values]
                    for name, values in form.data.items()}  # fmt: skip
            with house.trying(actor):
                answer = house.ask(actor, form.action, data)
                assert answer.status_code < 500, (form.action, text)
                assert "taken" not in answer.cookies
                assert markup(text_of(answer)) == [] or not is_page(answer)
                assert "root:x:0" not in text_of(answer)
                walls.enter(register=house.world.areas["lake"].id)
                subjects = OutboxMessage.objects.values_list("subject", flat=True)
                assert not any("\n" in s or "\r" in s for s in subjects), form.action
                with connection.cursor() as cursor:
                    cursor.execute("SELECT count(*) FROM clients_client")
                    assert cursor.fetchone()[0] >= 2
            sent += 1
    assert sent > 20


def test_a_search_is_not_a_pattern_or_a_statement(house):
    for text in payloads.INJECTIONS:
        answer = house.ask("aino", "/search/", {"q": text}, follow=True)
        assert answer.status_code == 200, text
        for name in ("Lehtimäki", "Purola"):
            assert name not in text_of(answer), text
