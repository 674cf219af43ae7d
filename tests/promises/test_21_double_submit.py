"""Promise 21: sending a form twice, or twenty times at once, writes one row; all land on it.

(The double click in a browser stands in polku/contacts/tests/test_journey.py.)
"""

from __future__ import annotations

import os
from functools import partial
from typing import Any
from uuid import uuid4

import pytest

from polku.contacts.tests.conftest import told
from polku.contacts.tests.driving import cookie
from polku.contacts.tests.serving import Answer, serving
from tests.promises.racing import at_once, booking, scalar

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.launch]

TIMES = 20
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


def test_one_message_goes_to_the_client(world: Any) -> None:
    send(world, "appointment", [booking(0, tell="on")] * TIMES)
    assert scalar("SELECT count(*) FROM foundation_outboxmessage") == 1


def test_control_with_marks_of_their_own_they_are_twenty(world: Any) -> None:
    send(world, "contact", [form("contact") for _ in range(TIMES)])
    assert scalar("SELECT count(*) FROM contacts_contact") == TIMES
