"""What a message said is kept until it is over, and no longer: a link or a code opens something."""

from __future__ import annotations

from typing import Any

import pytest
from django.core import mail

from polku.foundation import carrying, clock, outbox
from polku.foundation.models import OutboxMessage

KEY = "https://example.org/t/Zm9vYmFyYmF6"


def _waiting(world: Any) -> OutboxMessage:
    viewer = world.enter_as("aino")
    return outbox.write(
        by=viewer, at=clock.now(), kind="test", subject="Valitse aika", body=f"Valitse: {KEY}",
        link=KEY, code="", calendar="BEGIN:VCALENDAR", user_id=viewer.user_id,
    )  # fmt: skip


def _kept(message: OutboxMessage) -> tuple[str, str, str]:
    message.refresh_from_db()
    return message.body, message.text, message.calendar


def test_a_sent_message_keeps_its_subject_and_none_of_its_words(world: Any) -> None:
    message = _waiting(world)
    assert KEY in message.body and KEY in message.text
    assert outbox.send(message.register_id, message.id) == "sent"
    assert KEY in mail.outbox[-1].body
    assert _kept(message) == ("", "", "")
    assert (message.subject, message.status, message.attempts) == ("Valitse aika", "sent", 1)
    assert message.sent_at


def test_one_that_is_tried_again_keeps_them_until_it_is_given_up(
    world: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(self: Any) -> int:
        raise ConnectionRefusedError

    monkeypatch.setattr("django.core.mail.EmailMessage.send", refuse)
    message = _waiting(world)
    for _ in range(carrying.ATTEMPTS - 1):
        assert outbox.send(message.register_id, message.id) == "waiting"
        assert KEY in _kept(message)[0]
    assert outbox.send(message.register_id, message.id) == "failed"
    assert _kept(message) == ("", "", "")


def test_a_stopped_one_keeps_none(world: Any) -> None:
    message = _waiting(world)
    message.about = world.clients["devi"].id
    message.save(update_fields=["about"])
    assert outbox.stop_about(about=[world.clients["devi"].id], why="withdrawn") == 1
    assert _kept(message) == ("", "", "")
    assert (message.status, message.problem) == ("stopped", "withdrawn")


def test_control_the_demo_shows_its_mails(world: Any, settings: Any) -> None:
    settings.DEMO = True
    message = _waiting(world)
    assert outbox.send(message.register_id, message.id) == "sent"
    assert KEY in _kept(message)[0]
