"""Promise 49 where it is hardest: when pages break with a person's words in hand, and outside us.

Faults repeat all that was sent; what is logged of them is read as production writes it. In a real
browser: each address and Referer, each title, the log of the web workers and of PostgreSQL.
"""

from __future__ import annotations

import logging
import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings as real
from django.core import mail
from django.utils.log import AdminEmailHandler

from polku.foundation.logs import WithoutWords
from polku.launch import for_tests, roles
from tests.promises.browsing import Lodge, Lodging, Look
from tests.promises.faults import KINDS, broken
from tests.promises.house import House, forms_of
from tests.promises.listening import listening
from tests.promises.promise import reached
from tests.promises.sentinels import Sentinels
from tests.promises.test_12_in_chromium import WRITERS
from tests.promises.test_49_no_person_in_logs import NOT_HERE
from tests.promises.watching import Watch

FORM = real.LOGGING["formatters"][real.LOGGING["handlers"]["console"]["formatter"]]


FAULTS: list[int] = []


class Production(logging.Handler):
    """Keeps what production would write, and beside it what an ordinary formatter would."""

    def __init__(self) -> None:
        super().__init__(logging.INFO)
        self.said: list[str] = []
        self.careless: list[str] = []
        self._form, self._plain = WithoutWords(FORM["format"]), logging.Formatter("%(message)s")

    def emit(self, record: logging.LogRecord) -> None:
        self.said.append(self._form.format(record))
        self.careless.append(self._plain.format(record))


@pytest.fixture
def production() -> Iterator[Production]:
    with listening(Production()) as handler:
        yield handler


def break_forms(house: House, words: Sentinels, actor: str, monkeypatch, kinds) -> int:
    """Send each form with a person's words in all its fields to a page that breaks over them."""
    name, sent = words.of("clients.Client", "last_name"), 0
    forms = [f for f in forms_of(house.sights(actor)) if not f.action.startswith(NOT_HERE)]
    for number, form in enumerate(forms):
        data = {field: [name] for field in form.names if field != "csrfmiddlewaretoken"}
        for fault in kinds(number):
            with broken(monkeypatch, fault), house.trying(actor):
                answer = house.ask(actor, form.action, data)
            assert words.within(answer.content.decode()) == set(), form.action
            sent += answer.status_code == 500
    return sent


def one_kind(number: int):
    return KINDS[number % len(KINDS) :][:1]


@pytest.mark.parametrize("actor", ["aino", "devi"])
def test_forms_that_break_leave_no_word_of_a_person(house, production, monkeypatch, actor):
    words = Sentinels(house)
    assert break_forms(house, words, actor, monkeypatch, one_kind) > 3
    assert [line for line in production.said if words.within(line)] == []
    # The control: written the usual way, the same faults tell the words.
    assert [line for line in production.careless if words.within(line)]


def test_no_fault_is_mailed_to_anybody(house, production, monkeypatch, settings):
    settings.ADMINS = [("Ylläpito", "admins@example.org")]
    settings.MANAGERS = settings.ADMINS
    words = Sentinels(house)
    data = {"text": words.of("clients.Client", "last_name")}
    with broken(monkeypatch):
        assert house.ask("aino", "/clients/", data).status_code == 500
        assert mail.outbox == []
        # The control: Django's own handler would have sent all of it.
        handler, logger = AdminEmailHandler(), logging.getLogger("django")
        logger.addHandler(handler)
        try:
            house.ask("aino", "/clients/", data)
        finally:
            logger.removeHandler(handler)
    assert len(mail.outbox) == 1 and words.within(mail.outbox[0].body)


def database_log() -> Path:
    """Return the log of the cluster that the tests run on."""
    return Path(os.environ["POLKU_DB_HOST"]).parent / "log" / "postgres.log"


def go_through(house: Lodging, look: Look, actors, *, languages=("fi",)) -> tuple[int, list[str]]:
    """Visit each page as each actor; return how many, and what should not have been told."""
    found, visited = [], 0
    with house.inside():
        words = Sentinels(house.house)
    before = database_log().stat().st_size
    for actor in actors:
        for language in languages:
            page = look(actor, language, of_house=house)
            told: list[str] = []

            def hear(request, told=told) -> None:
                told.append(f"address {request.url}")
                told.append(f"referer {request.headers.get('referer', '')}")

            page.on("request", hear)
            page.on("console", lambda message, told=told: told.append(f"console {message.text}"))
            watch = Watch(page)
            for url in house.pages(actor):
                watch.visit(house.address + url)
                told.append(f"title {page.title()} at {url}")
                shown = page.evaluate(
                    "[localStorage, sessionStorage].map((s) => JSON.stringify(s))"
                )
                told.extend(f"stored {text}" for text in shown)
            visited += watch.visited
            found += [line for line in told if words.within(line)]
            page.context.close()
    lines = house.log.read_text().splitlines()
    with database_log().open("rb") as log:
        log.seek(before)
        lines += log.read().decode(errors="replace").splitlines()
    return visited, found + [line for line in lines if words.within(line)]


@pytest.fixture
def quiet_roles() -> None:
    """As set-up has it: a cluster that another version has started may lack it."""
    with for_tests.superuser() as connection:
        roles.create_roles(connection)


@pytest.mark.journey
def test_no_address_referer_title_or_server_s_log_names_anybody(
    lodge: Lodge, look: Look, quiet_roles: None
) -> None:
    with lodge("words") as house:
        visited, found = go_through(house, look, ["aino"])
        assert found == []
        assert visited > 30


@pytest.mark.journey
def test_the_database_logs_no_value_that_it_refuses(lodge: Lodge, quiet_roles: None) -> None:
    from django.db import DatabaseError, connection

    with lodge("refused") as house:
        size = database_log().stat().st_size
        for statement in ("SELECT %s::uuid", "SELECT %s::int", "SELECT 1/0, %s"):
            with pytest.raises(DatabaseError), house.inside(), connection.cursor() as cursor:
                cursor.execute(statement, ["Zqpersonx"])
        said = database_log().read_bytes()[size:]
        assert b"Zqpersonx" not in said
        # The control: a role that is not told to be silent.
        with for_tests.superuser(house.database) as loud:
            loud.execute("SET log_min_messages = warning")
            with pytest.raises(Exception, match="invalid input"):
                loud.execute("SELECT %s::uuid", ["Zqpersonx"])
        assert b"Zqpersonx" in database_log().read_bytes()[size:]


@pytest.mark.torture(promise=49)
def test_every_form_breaks_in_every_way(house, production, monkeypatch):
    words, sent = Sentinels(house), 0
    for actor in WRITERS:
        sent += break_forms(house, words, actor, monkeypatch, lambda number: KINDS)
    assert [line for line in production.said if words.within(line)] == []
    assert sent > 300
    FAULTS.append(sent)


@pytest.mark.torture(promise=49)
def test_every_page_in_every_language(lodge: Lodge, look: Look, quiet_roles: None) -> None:
    with lodge("words") as house:
        visited, found = go_through(house, look, WRITERS, languages=("fi", "sv", "en"))
    assert found == []
    # Told together: the test above has run before this one, or nothing is reached.
    reached(
        49,
        f"{FAULTS[0]} faults with a person's words in hand, {visited} pages of {len(WRITERS)} "
        "actors in Chromium: 0 hits",
    )
