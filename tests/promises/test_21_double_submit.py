"""Promise 21: sending a form twice, or twenty times at once, writes one row; all land on it.

(The double click in a browser stands in polku/contacts/tests/test_journey.py.)
"""

from __future__ import annotations

import http.client
import os
from functools import partial
from typing import Any
from urllib.parse import urlencode
from uuid import uuid4

import pytest

from polku.contacts.tests.conftest import told
from polku.contacts.tests.driving import cookie
from polku.contacts.tests.serving import TOKEN, Answer, Site, serving
from tests.promises.promise import Promise, reached
from tests.promises.racing import at_once, booking, scalar

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.launch]

TIMES = 20
ROUNDS = 25
PROMISE = Promise(
    21,
    "Sending a form twice is harmless",
    "20 identical posts at once, the back button, a double click, a retry after a timeout: exactly "
    "1 row, and all land on it",
    "three forms, 20 posts at once; sent again later; sent again after hanging up; "
    "the double click in Chromium stands beside the contact panel",
)
FORMS = {
    "appointment": ("appointments/new/", "contacts_appointment"),
    "contact": ("contacts/new/", "contacts_contact"),
    "reminder": ("reminders/new/", "contacts_reminder"),
}


def form(what: str) -> dict[str, str]:
    if what == "appointment":
        return booking(0)
    if what == "contact":
        return told()
    return {"text": "Soita", "on": booking(0)["day"], "submission": str(uuid4())}


def send(world: Any, what: str, forms: list[dict[str, str]]) -> list[Answer]:
    path = f"/clients/{world.clients['devi'].id}/{FORMS[what][0]}"
    session = cookie(world.people["aino"])
    with serving(os.environ["POLKU_DB_NAME"]) as site:
        return at_once([partial(site.ask, "POST", path, session, one) for one in forms])


@pytest.mark.parametrize("what", FORMS)
def test_twenty_at_once_are_one_and_all_land_on_it(world: Any, what: str) -> None:
    answers = send(world, what, [form(what)] * TIMES)
    assert {a.status for a in answers} == {302}
    assert len({a.location for a in answers}) == 1
    assert scalar(f"SELECT count(*) FROM {FORMS[what][1]}") == 1


@pytest.mark.torture(promise=21)
def test_round_after_round(world: Any) -> None:
    session = cookie(world.people["aino"])
    with serving(os.environ["POLKU_DB_NAME"]) as site:
        for nth in range(ROUNDS):
            for what, (path, table) in FORMS.items():
                address = f"/clients/{world.clients['devi'].id}/{path}"
                sent = booking(nth) if what == "appointment" else form(what)
                ask = partial(site.ask, "POST", address, session, sent)
                answers = at_once([ask] * TIMES)
                assert {a.status for a in answers} == {302}
                assert len({a.location for a in answers}) == 1
                assert scalar(f"SELECT count(*) FROM {table}") == nth + 1
    reached(21, f"{len(FORMS)} forms, {ROUNDS} rounds of {TIMES} posts at once: "
            "1 row each, all land on it")  # fmt: skip


@pytest.mark.parametrize("what", FORMS)
def test_the_back_button_and_an_impatient_hand_write_nothing_more(world: Any, what: str) -> None:
    path = f"/clients/{world.clients['devi'].id}/{FORMS[what][0]}"
    session, sent = cookie(world.people["aino"]), form(what)
    with serving(os.environ["POLKU_DB_NAME"]) as site:
        hang_up(site, path, session, sent)
        answers = [site.ask("POST", path, session, sent) for _ in range(3)]
    assert {a.status for a in answers} == {302}
    assert len({a.location for a in answers}) == 1
    assert scalar(f"SELECT count(*) FROM {FORMS[what][1]}") == 1


def hang_up(site: Site, path: str, session: str, fields: dict[str, str]) -> None:
    """Send a form whole and go away without waiting for the answer."""
    body = urlencode({**fields, "csrfmiddlewaretoken": TOKEN})
    line = http.client.HTTPConnection("127.0.0.1", site.port, timeout=30)
    line.request(
        "POST", path, body,
        {"Cookie": f"polku_session={session}; csrftoken={TOKEN}",
         "Content-Type": "application/x-www-form-urlencoded"},
    )  # fmt: skip
    line.close()


def test_one_message_goes_to_the_client(world: Any) -> None:
    send(world, "appointment", [booking(0, tell="on")] * TIMES)
    assert scalar("SELECT count(*) FROM foundation_outboxmessage") == 1


def test_control_with_marks_of_their_own_they_are_twenty(world: Any) -> None:
    send(world, "contact", [form("contact") for _ in range(TIMES)])
    assert scalar("SELECT count(*) FROM contacts_contact") == TIMES
