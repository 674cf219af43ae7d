"""Promise 58: every fault is answered with a page that a person understands, and tells no more."""

from __future__ import annotations

import base64
import logging
import os
import re
import subprocess
import sys
from html import unescape
from pathlib import Path

import pytest
from django.conf import settings as real
from django.core.exceptions import ImproperlyConfigured
from django.test import Client as Browser

from polku.config import database, reading
from polku.foundation.logs import WithoutWords
from polku.launch import for_tests
from tests.promises.addresses import addresses
from tests.promises.browsing import Lodge
from tests.promises.faults import KINDS, SECRET, broken
from tests.promises.house import CHANGING, HOSTS, NO_ONES, House
from tests.promises.promise import Promise, reached

PROMISE = Promise(
    58,
    "Errors tell the user, not the thief",
    "0 traces; 0 warnings of `check --deploy`; an id to quote",
    "each address broken in four ways, refused, and asked in ways that it does not answer, by a "
    "coach, a client and workplaces; a "
    "database that is gone and comes back; eight kinds of wrong settings",
)
ROOT = Path(__file__).parents[2]
# What only the inside of the program would say.
INSIDE = re.compile(
    r"Traceback|site-packages|\.py\b|psycopg|django\.|OperationalError|ValueError|KeyError|"
    r"RuntimeError|DEBUG\s*=|SELECT |" + SECRET
)
KEY = base64.b64encode(bytes(range(32))).decode()
PRODUCTION = {
    "POLKU_ENV": "production",
    "POLKU_KEY": KEY,
    "POLKU_SECRET_KEY": KEY,
    "POLKU_HOSTS": "polku.example.org",
    "DATABASE_URL": "postgresql://polku_app:hidden-word@127.0.0.1:9/polku",
}


def unkind(answer):
    """Return what a refusal lacks, or tells too much."""
    if "html" not in answer.get("Content-Type", ""):
        return ["no page"]
    page = unescape(answer.content.decode())
    found = [f"says {m[0]}" for m in INSIDE.finditer(page)]
    if page.count("<h1") != 1 or not re.search(r"<title>[^<]{6,}</title>", page):
        found.append("no heading")
    return found


def unquotable(answer):
    """Return whether the page of a fault gives no id, or another than the log's."""
    return answer.get("X-Request-Id", "-") not in answer.content.decode()


def all_urls(house, of="devi"):
    for one in addresses():
        if one.name not in CHANGING and not one.name.startswith(NO_ONES):
            yield one.filled(house.ids[of] | {"run_id": house.ids[of]["client_id"]})


@pytest.mark.parametrize("fault", KINDS, ids=lambda fault: fault.__name__)
def test_each_address_that_breaks_says_so_kindly(house: House, monkeypatch, fault) -> None:
    """Each address by one of the faults; each fault at a quarter of the addresses."""
    said = []
    with broken(monkeypatch, fault):
        for url in list(all_urls(house))[KINDS.index(fault) :: len(KINDS)]:
            for data in (None, {"last_name": SECRET}):
                answer = house.ask("aino", url, data)
                if answer.status_code in {302, 403}:
                    continue
                assert answer.status_code == 500, url
                said.append(url)
                assert not unkind(answer) and not unquotable(answer), url
    assert len(said) > 20


@pytest.mark.parametrize("actor", HOSTS)
def test_a_workplaces_page_that_breaks_says_so_kindly(house: House, monkeypatch, actor) -> None:
    page = {"host": "/host/placement/", "asked": "/host/openings/"}[actor]
    assert house.ask(actor, page).status_code == 200
    for fault in KINDS:
        with broken(monkeypatch, fault):
            for data in (None, {"last_name": SECRET}):
                answer = house.ask(actor, page, data)
                assert answer.status_code == 500
                assert not unkind(answer) and not unquotable(answer)


@pytest.mark.torture(promise=58)
def test_each_address_in_each_way(house: House, monkeypatch) -> None:
    answered = 0
    for actor in ("aino", "lahja", "gus", "elli", "devi", "anonymous", *HOSTS):
        for fault in KINDS:
            with broken(monkeypatch, fault):
                for url in all_urls(house):
                    for data in (None, {"last_name": SECRET}):
                        with house.trying(actor):
                            answer = house.ask(actor, url, data)
                        if answer.status_code == 500:
                            answered += 1
                            assert not unkind(answer) and not unquotable(answer), (actor, url)
    assert answered > 1000
    reached(58, f"{answered} faults of four kinds as eight actors: 0 traces, an id on each page")


def test_each_refusal_says_so_kindly(house: House) -> None:
    seen = set()
    for actor in ("aino", "devi", *HOSTS):
        for url in all_urls(house, "foreign"):
            with house.trying(actor):
                asked = [house.ask(actor, url)]
                if actor == "aino":
                    asked += [house.ask(actor, url, {}), house.browser(actor).put(url)]
                for answer in asked:
                    status = answer.status_code
                    # A script's question, or a picture's, is answered to what asked it.
                    if status >= 400 and "json" not in answer["Content-Type"] and "." not in url:
                        seen.add(status)
                        assert unkind(answer) == [], (actor, url, status)
                        if "trouble" in (answer.context or {}):
                            assert not unquotable(answer), (actor, url, status)
    assert seen >= {403, 404, 405}


def test_control_a_page_that_shows_its_fault_is_noticed(house, monkeypatch, settings):
    settings.DEBUG = True
    with broken(monkeypatch):
        answer = house.ask("aino", "/clients/")
    assert unkind(answer) and SECRET in answer.content.decode()


def test_the_id_of_the_page_stands_in_the_log_and_the_words_do_not(house, monkeypatch, caplog):
    handler = real.LOGGING["handlers"]["console"]
    form = real.LOGGING["formatters"][handler["formatter"]]
    assert form["()"] == "polku.foundation.logs.WithoutWords"
    written = WithoutWords(form["format"])
    logging.getLogger("django.request").setLevel(logging.ERROR)
    for fault in KINDS:
        caplog.clear()
        with broken(monkeypatch, fault):
            answer = house.ask("aino", "/clients/", {"last_name": SECRET})
        lines = [written.format(r) for r in caplog.records if r.name == "django.request"]
        assert answer["X-Request-Id"] in lines[0]
        assert "faults.py" in lines[0] and SECRET not in lines[0]
        # The control: the usual way of writing the same entry gives the words away.
        assert SECRET in logging.Formatter("%(message)s").format(caplog.records[-1])


@pytest.mark.journey
def test_a_database_that_is_gone_is_told_and_comes_back(lodge: Lodge) -> None:
    import http.client

    def ask(port):
        line = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
        # A page that asks nothing of the database would still open.
        line.request("GET", "/health/")
        answer = line.getresponse()
        return answer.status, dict(answer.getheaders()), answer.read().decode()

    with lodge("gone") as house:
        port = int(house.address.rpartition(":")[2])
        assert ask(port)[0] == 200
        away = f"{house.database}_away"
        with for_tests.superuser() as connection:
            end = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s"
            connection.execute(f'ALTER DATABASE "{house.database}" ALLOW_CONNECTIONS false')
            connection.execute(end, [house.database])
            connection.execute(f'ALTER DATABASE "{house.database}" RENAME TO "{away}"')
            try:
                statuses = set()
                for _ in range(6):
                    status, headers, page = ask(port)
                    statuses.add(status)
                    if status >= 500:
                        assert headers["X-Request-Id"] in page and not INSIDE.search(page)
                        assert "Content-Security-Policy" in headers
                assert 500 in statuses
            finally:
                connection.execute(f'ALTER DATABASE "{away}" RENAME TO "{house.database}"')
                connection.execute(f'ALTER DATABASE "{house.database}" ALLOW_CONNECTIONS true')
        assert 200 in {ask(port)[0] for _ in range(6)}
        log = house.log.read_text()
    assert "OperationalError" in log and "hidden-word" not in log


def program(words, **changed):
    """Run a command of ours under production's settings, changed so; return status and output."""
    env = {k: v for k, v in os.environ.items() if not k.startswith(("POLKU_", "DJANGO_", "MAKE"))}
    env |= {name: value for name, value in (PRODUCTION | changed).items() if value is not None}
    done = subprocess.run(
        [sys.executable, *words], cwd=ROOT, env=env, capture_output=True, text=True, timeout=120
    )
    return done.returncode, done.stdout + done.stderr


def test_production_settings_have_no_warning(tmp_path):
    check = ["manage.py", "check", "--deploy", "--fail-level", "WARNING"]
    status, said = program(check, POLKU_STATE_DIR=str(tmp_path), POLKU_DEBUG="1")
    assert status == 0 and "no issues" in said, said


def test_control_a_weaker_setting_is_warned_of(tmp_path):
    check = ["manage.py", "check", "--deploy", "--fail-level", "WARNING"]
    status, said = program(check, POLKU_STATE_DIR=str(tmp_path), POLKU_SSL_REDIRECT="0")
    assert status == 1 and "security.W008" in said


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"POLKU_KEY": None}, "POLKU_KEY is not set"),
        ({"POLKU_KEY": "hidden-word"}, "POLKU_KEY must be 32 bytes"),
        ({}, "The database can't be used: connection failed"),
    ],
)
def test_a_server_that_cannot_start_says_why_in_one_sentence(changed, words, tmp_path):
    status, said = program(
        ["-m", "polku", "serve"], POLKU_STATE_DIR=str(tmp_path), PORT="18931", **changed
    )
    lines = [line for line in said.splitlines() if line.strip()]
    assert status == 1 and words in lines[-1], said
    assert "Traceback" not in said and "hidden-word" not in said


@pytest.mark.parametrize(
    ("name", "value", "read", "words"),
    [
        ("POLKU_ENV", "live", reading.environment, "POLKU_ENV is 'live'"),
        ("POLKU_EMAIL_PORT", "smtp", lambda: reading.number("POLKU_EMAIL_PORT", 25), "a number"),
        ("POLKU_SSL_REDIRECT", "maybe", lambda: reading.flag("POLKU_SSL_REDIRECT"), "write 1 or 0"),
        ("POLKU_HOSTS", None, lambda: reading.text("POLKU_HOSTS"), "docs/operate/settings.md"),
        ("DATABASE_URL", "mysql://127.0.0.1/x", database.databases, "must begin with postgresql"),
    ],
)
def test_a_wrong_setting_is_named_and_told_how_to_mend(monkeypatch, name, value, read, words):
    monkeypatch.delenv(name, raising=False)
    if value is not None:
        monkeypatch.setenv(name, value)
    with pytest.raises(ImproperlyConfigured, match=name) as caught:
        read()
    assert words in str(caught.value)


def test_a_command_of_django_tells_a_wrong_setting_so_too(tmp_path):
    status, said = program(["manage.py", "check"], POLKU_KEY=None)
    assert status == 1 and said.startswith("The settings can't be used: POLKU_KEY"), said


def test_a_stranger_to_the_host_is_refused_without_a_list_of_hosts(db):
    answer = Browser().get("/sign-in/", headers={"host": "elsewhere.example"})
    assert answer.status_code == 400 and not unkind(answer)
