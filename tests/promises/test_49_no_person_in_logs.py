"""Promise 49: what is logged, addresses and titles of pages hold no person."""

from __future__ import annotations

import logging
import re
from urllib.parse import quote

import pytest

from polku.foundation import walls
from polku.foundation.models import AuditEntry
from tests.promises.house import forms_of
from tests.promises.listening import listening
from tests.promises.promise import Promise
from tests.promises.sentinels import Sentinels, said

PROMISE = Promise(
    49,
    "Logs, traces and error mails hold no person",
    "0 hits in logs, traces, mail, addresses, Referer and page titles",
    "a word in each text of three clients; every page and form of five actors, refused ones too; "
    "each form of a coach and of a client broken with the words in hand; no fault is mailed; in "
    "Chromium each address, Referer, title and store of a coach's pages, and the logs of the web "
    "workers and of PostgreSQL",
    "a name typed into the search stands in the address of its results, hence in the browser's own "
    "history and in our own pages' Referer (an identity code does not: it is posted)",
)
NOT_HERE = ("/sign-", "/demo/", "/c/", "/me/sign-out/", "/language/", "/theme/")


class Kept(logging.Handler):
    """Keeps all that is logged, traces with their messages too, as a file would."""

    def __init__(self):
        super().__init__(logging.DEBUG)
        self.setFormatter(logging.Formatter("%(name)s %(message)s"))
        self.said = []

    def emit(self, record):
        self.said.append(self.format(record))


@pytest.fixture
def logged():
    """Listen at the level of production, to everything but the tests' own wire."""
    with listening(Kept()) as handler:
        yield handler


def where_it_stands(words, url, answer):
    """Return the places in which an answer tells a person's words to who should not hear them."""
    found = {"address": url, "onward": answer.get("Location", ""), "title": said(answer)}
    return {place: words.within(text) for place, text in found.items() if words.within(text)}


@pytest.mark.parametrize("actor", ["aino", "lahja", "gus", "devi", "anonymous"])
def test_no_title_address_or_log_names_anybody(house, logged, actor):
    words = Sentinels(house)
    leaks = {}
    answers = house.sights(actor)
    links = {}
    for url, answer in answers.items():
        leaks[url] = where_it_stands(words, url, answer)
        html = answer.content.decode(errors="replace") if not answer.streaming else ""
        for link in re.findall(r'(?:href|action|src)="([^"]*)"', html):
            if words.within(link) and not link.startswith(("mailto:", "tel:")):
                links[url] = link
        assert answer["Referrer-Policy"] == "same-origin", url
    for form in forms_of(answers):
        if not form.action.startswith(NOT_HERE):
            with house.trying(actor):
                answer = house.ask(actor, form.action, form.data)
            leaks[form.action] = where_it_stands(words, form.action, answer)
    assert {url: found for url, found in leaks.items() if found} == {}
    assert links == {}
    assert [line for line in logged.said if words.within(line)] == []


def test_a_page_that_breaks_logs_no_person(house, logged, monkeypatch):
    """The trace of an error from the database would tell the row that it was about."""
    from polku.clients import changes
    from polku.foundation import audit

    words = Sentinels(house)
    name = words.of("clients.Client", "last_name")
    url = f"/clients/{house.ids['devi']['client_id']}/facts/"

    def broken(client, **values):
        type(client).objects.filter(pk=client.pk).update(closed_on="1900-01-01")

    monkeypatch.setattr(changes, "add_fact", broken)
    data = {"kind": "wish", "topic": "work", "text": name, "told_by": "client"}
    assert house.ask("aino", url, data).status_code == 500
    monkeypatch.setattr(audit, "_INSERT", "SELECT %s" * 13)
    assert house.ask("aino", f"/clients/{house.ids['devi']['client_id']}/").status_code == 500
    assert logged.said, "nothing was logged, so nothing was proved"
    assert [line for line in logged.said if words.within(line)] == []


def test_what_is_searched_stands_in_no_record(house, logged):
    words = Sentinels(house)
    name = words.of("clients.Client", "last_name")
    assert house.ask("aino", f"/search/?q={quote(name)}").status_code == 200
    walls.enter(register=house.world.areas["lake"].id)
    record = "\n".join(f"{e.action} {e.fields} {e.reason}" for e in AuditEntry.objects.all())
    assert words.within(record) == set()
    assert words.within("\n".join(logged.said)) == set()


def test_control_a_careless_line_is_found(house, logged):
    words = Sentinels(house)
    logging.getLogger("polku").warning("saved %s", words.of("clients.Client", "last_name"))
    assert [line for line in logged.said if words.within(line)]
