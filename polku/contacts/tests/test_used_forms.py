"""A form whose mark was used for another client is refused kindly, and works once more."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import IntegrityError

from polku.contacts import actions, booking, rhythm, times
from polku.contacts.models import Appointment, Contact, Reminder, TimeOffer
from polku.contacts.offers import making
from polku.contacts.tests.conftest import told
from polku.foundation import clock, submissions
from polku.foundation.submissions import UsedAlready


def day() -> date:
    return rhythm.next_working_day(clock.today() + timedelta(days=9))


def at(hour: int, minute: int = 0) -> datetime:
    return times.moment(day(), time(hour, minute))


def booked(**more: Any) -> dict[str, Any]:
    return {
        "day": day().isoformat(), "time": "13:00", "minutes": "45", "kind": "call",
        "purpose": "coaching", "language": "fi", "save": "1", **more,
    }  # fmt: skip


def offered(**more: Any) -> dict[str, Any]:
    return {
        "first": day(), "last": day(), "kind": "call", "purpose": "coaching", "minutes": "45",
        "place": "", "starts": [at(8, 45).isoformat()], **more,
    }  # fmt: skip


def remembered(**more: Any) -> dict[str, Any]:
    return {"text": "Soita", "on": day().isoformat(), **more}


FORMS: dict[str, tuple[str, Callable[..., dict[str, Any]], Any]] = {
    "contact": ("contacts/new/", told, Contact),
    "booking": ("appointments/new/", booked, Appointment),
    "reminder": ("reminders/new/", remembered, Reminder),
    "offer": ("choices/new/", offered, TimeOffer),
}


@pytest.mark.parametrize("which", FORMS)
def test_a_mark_of_another_clients_is_refused_and_the_form_works_once_more(
    world: Any, which: str
) -> None:
    path, form, rows = FORMS[which]
    mark = str(uuid4())

    def send(who: str, client: str, mark: str) -> Any:
        browser, to = world.browser(who), world.clients[client].id
        browser.cookies["django_language"] = "en"
        return browser.post(f"/clients/{to}/{path}", form(submission=mark))

    assert send("aino", "devi", mark).status_code == 302
    refused = send("bengt", "stranger", mark)
    page = refused.content.decode()
    assert refused.status_code in (200, 422)
    assert "käytetty" in page or "used already" in page
    world.enter("lake")
    assert [row.client_id for row in rows.objects.all()] == [world.clients["devi"].id]
    (fresh,) = set(re.findall(r'name="submission" value="([^"]+)"', page))
    assert fresh != mark
    assert send("bengt", "stranger", fresh).status_code == 302
    world.enter("lake")
    assert rows.objects.count() == 2


def log(world: Any, client: str, by: Any, mark: UUID) -> Any:
    return actions.log(
        world.clients[client], by=by, at=clock.now(), when=clock.now(), kind="call",
        purpose="coaching", submission=mark,
    )  # fmt: skip


def book(world: Any, client: str, by: Any, mark: UUID) -> Any:
    return booking.book(
        world.clients[client], by=by, at=clock.now(), worker_id=by.user_id, starts_at=at(9),
        ends_at=at(10), kind="call", purpose="coaching", submission=mark,
    )  # fmt: skip


def remind(world: Any, client: str, by: Any, mark: UUID) -> Any:
    return actions.remind(
        world.clients[client], by=by, at=clock.now(), on=day(), text="Soita", submission=mark
    )


def offer(world: Any, client: str, by: Any, mark: UUID) -> Any:
    return making.make(
        world.clients[client], by=by, at=clock.now(), starts=[at(9)], minutes=45, kind="call",
        purpose="coaching", place="", submission=mark,
    )  # fmt: skip


@pytest.mark.parametrize("deed", [log, book, remind, offer])
def test_each_deed_says_so_and_without_the_look_it_would_fail(
    world: Any, monkeypatch: pytest.MonkeyPatch, deed: Callable[..., Any]
) -> None:
    from django.db import transaction

    mark = uuid4()
    first = deed(world, "devi", world.enter_as("aino"), mark)
    assert deed(world, "devi", world.enter_as("aino"), mark) == first
    with pytest.raises(UsedAlready), transaction.atomic():
        deed(world, "stranger", world.enter_as("bengt"), mark)
    # The control: not told apart, it is a failure of the server.
    monkeypatch.setattr(submissions, "refuse", lambda _error: None)
    with pytest.raises(IntegrityError), transaction.atomic():
        deed(world, "stranger", world.enter_as("bengt"), mark)


def test_another_broken_rule_is_not_taken_for_a_used_form(world: Any) -> None:
    by = world.enter_as("aino")
    with pytest.raises(IntegrityError):
        actions.log(
            world.clients["devi"], by=by, at=clock.now(), when=clock.now(), kind="call",
            purpose="coaching", submission=uuid4(), minutes=-5,
        )  # fmt: skip


def test_a_panel_that_is_drawn_has_a_mark_and_no_appointment_of_its_own(world: Any) -> None:
    path = f"/clients/{world.clients['devi'].id}/contacts/new/"
    page = world.browser("aino").get(path).content.decode()
    drawn = {name: re.findall(rf'<input[^>]*name="{name}"[^>]*>', page)
             for name in ("submission", "appointment")}  # fmt: skip
    assert len(drawn["submission"]) == len(drawn["appointment"]) == 1
    assert re.search(r' value="[0-9a-f-]{36}"', drawn["submission"][0])
    assert " value=" not in drawn["appointment"][0]
