"""Sessions end: idle, in all, on signing out, on being revoked; an old cookie is worth nothing."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.sessions.exceptions import SessionInterrupted
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from polku.foundation import clock
from polku.foundation.door import sessions
from polku.foundation.models import Session
from polku.foundation.tests.coming_in import is_in, password
from tests.promises.promise import Promise

PROMISE = Promise(
    9,
    "Sessions end",
    "idle 15 minutes, in all 12 hours, signing out in another tab: 0 old cookies accepted",
    "the whole, by a stopped clock; were asking for the time left counted as use, it would show",
)
pytestmark = pytest.mark.django_db
COOKIE = "polku_session"


@pytest.fixture
def aino(world: Any, client: Client) -> Client:
    """A browser on which Aino has signed in."""
    password(client, "aino@example.org")
    return client


def test_idle_for_fifteen_minutes_ends_it_and_use_puts_it_off(aino: Client) -> None:
    begun = clock.now()
    for minutes in (14, 28, 42):
        with clock.at(begun + timedelta(minutes=minutes)):
            assert is_in(aino)
    with clock.at(begun + timedelta(minutes=58)):
        assert not is_in(aino)


def test_twelve_hours_end_it_however_busy(aino: Client) -> None:
    begun = clock.now()
    for step in range(1, 72):
        with clock.at(begun + timedelta(minutes=10 * step)):
            aino.post("/session/")
    with clock.at(begun + timedelta(hours=12, seconds=-30)):
        assert is_in(aino)
    with clock.at(begun + timedelta(hours=12, seconds=1)):
        assert not is_in(aino)


def test_asking_how_long_is_left_is_no_use_of_it(aino: Client) -> None:
    begun = clock.now()
    for minutes in (5, 10, 14):
        with clock.at(begun + timedelta(minutes=minutes)):
            told = aino.get("/session/").json()
    assert told["state"] == "open"
    assert 50 <= told["left"] <= 60
    with clock.at(begun + timedelta(minutes=16)):
        assert aino.get("/session/").json() == {"state": "ended", "left": 0}


def test_control_if_asking_counted_it_would_never_end(
    aino: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sessions, "LOOKS_ONLY", "/nowhere/")
    begun = clock.now()
    for minutes in (10, 20):
        with clock.at(begun + timedelta(minutes=minutes)):
            told = aino.get("/session/").json()
    assert told["state"] == "open"


def test_a_cookie_from_before_signing_out_is_refused(aino: Client) -> None:
    old = aino.cookies[COOKIE].value
    assert is_in(aino)
    answer = aino.post("/sign-out/")
    assert answer["Clear-Site-Data"] == '"cache", "cookies", "storage"'
    thief = Client()
    thief.cookies[COOKIE] = old
    assert not is_in(thief)


def test_the_key_changes_at_sign_in(world: Any, client: Client) -> None:
    session = client.session
    session["x"] = 1
    session.save()
    client.cookies[COOKIE] = session.session_key
    password(client, "aino@example.org")
    assert client.cookies[COOKIE].value != session.session_key
    fixed = Client()
    fixed.cookies[COOKIE] = session.session_key
    assert not is_in(fixed)


def test_signing_out_in_one_tab_ends_the_other_s_half_done_request(aino: Client) -> None:
    stale = sessions.SessionStore(aino.cookies[COOKIE].value)
    stale["typed"] = "half"
    aino.post("/sign-out/")
    with pytest.raises(sessions.UpdateError):
        stale.save()


def test_revoking_ends_every_browser_but_one(world: Any, aino: Client) -> None:
    other = Client()
    password(other, "aino@example.org")
    sessions.revoke(world.people["aino"].id, but=aino.cookies[COOKIE].value)
    assert is_in(aino)
    assert not is_in(other)


def test_nothing_of_a_session_can_be_read_in_the_table(aino: Client) -> None:
    row = Session.objects.get()
    assert aino.cookies[COOKIE].value.encode() not in bytes(row.key_hash)
    assert b"role" not in bytes(row.data)


def test_one_page_costs_one_statement_for_its_session(aino: Client) -> None:
    begun = clock.now()
    for minutes in (0, 5):
        with (
            clock.at(begun + timedelta(minutes=minutes)),
            CaptureQueriesContext(connection) as all_,
        ):
            assert is_in(aino)
        about = [q for q in all_.captured_queries if "foundation_session" in q["sql"]]
        assert len(about) == 1


def test_the_mark_of_use_is_written_once_a_minute(aino: Client) -> None:
    begun = Session.objects.get().used_at
    for seconds, expected in ((50, 0), (61, 61), (100, 61), (122, 122)):
        with clock.at(begun + timedelta(seconds=seconds)):
            is_in(aino)
        assert (Session.objects.get().used_at - begun).total_seconds() == expected


def test_ended_sessions_are_swept(aino: Client) -> None:
    with clock.at(clock.now() + timedelta(minutes=20)):
        assert sessions.sweep() == 1


def test_what_was_kept_with_the_request_is_not_saved_again(
    django_assert_num_queries: Any,
) -> None:
    store = sessions.SessionStore()
    store.create()
    store["seen"] = 1
    with django_assert_num_queries(1):
        store.keep()
        store.save()
    store["seen"] = 2
    with django_assert_num_queries(1):
        store.save()


def test_a_session_that_was_ended_meanwhile_stops_the_request() -> None:
    store = sessions.SessionStore()
    store.create()
    store["seen"] = 1
    Session.objects.all().delete()
    with pytest.raises(SessionInterrupted):
        store.keep()
