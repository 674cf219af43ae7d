"""A client without e-mail who has agreed to it gets a text message; nobody else does."""

from __future__ import annotations

import logging
from datetime import date, datetime, timedelta
from typing import Any

import pytest

from polku.clients import changes, guarded, lifecycle
from polku.clients.models import Consent, ContactDetails
from polku.foundation import carrying, clock, outbox, reaching, texting
from polku.foundation.models import OutboxMessage
from polku.foundation.tests.receiving import Receiver, noon, receiver

__all__ = ["noon", "receiver"]

pytestmark = pytest.mark.django_db

DAY = date(2026, 11, 2)
NUMBER = "+358401234567"


def details(world: Any, **fields: str) -> None:
    world.enter()
    ContactDetails.objects.filter(client=world.clients["devi"]).update(**fields)


def agree(world: Any) -> Consent:
    aino = world.enter_as("aino")
    return changes.give_consent(
        world.clients["devi"], by=aino, at=clock.now(), kind="text", how="spoken"
    )


@pytest.fixture
def devi(world: Any) -> Any:
    """Devi has a mobile number, no e-mail, and has not agreed to anything yet."""
    details(world, email="")
    return world.clients["devi"]


def written(world: Any, **more: Any) -> OutboxMessage:
    aino = world.enter_as("aino")
    said = {"kind": "test", "subject": "Sinulle on ehdotus", "body": "Pitkä viesti"} | more
    return outbox.write(by=aino, at=clock.now(), client_id=world.clients["devi"].id, **said)


def sent(message: OutboxMessage) -> tuple[str, str]:
    """Send it; return its status and what is said of it."""
    outbox.send(message.register_id, message.id)
    message.refresh_from_db()
    return message.status, message.problem


def test_with_a_consent_it_goes_as_a_text_of_subject_and_link(
    world: Any, devi: Any, noon: datetime, receiver: Receiver, mailoutbox: list[Any]
) -> None:
    agree(world)
    message = written(world, link="https://polku.example/me/")
    assert sent(message) == ("sent", "")
    assert (message.way, message.sent_at, message.attempts) == ("text", clock.now(), 1)
    assert receiver.numbers == [NUMBER] and mailoutbox == []
    assert receiver.texts == ["Sinulle on ehdotus\nhttps://polku.example/me/"]


def test_without_a_consent_nothing_goes(
    world: Any, devi: Any, noon: datetime, receiver: Receiver
) -> None:
    assert sent(written(world)) == ("stopped", guarded.NO_CONSENT)
    assert receiver.asked == []


def test_another_consent_is_no_consent_to_texts(
    world: Any, devi: Any, noon: datetime, receiver: Receiver
) -> None:
    aino = world.enter_as("aino")
    for kind in ("share_plan", "email", "link_records"):
        changes.give_consent(devi, by=aino, at=clock.now(), kind=kind, how="spoken")
    assert sent(written(world)) == ("stopped", guarded.NO_CONSENT)


def test_a_consent_taken_back_counts_at_once_for_what_waits(
    world: Any, devi: Any, noon: datetime, receiver: Receiver
) -> None:
    consent = agree(world)
    message = written(world)
    changes.withdraw_consent(consent, by=world.viewers["aino"], at=clock.now())
    assert sent(message) == ("stopped", guarded.NO_CONSENT)
    assert receiver.asked == []


def test_negative_control_a_program_that_asks_no_consent_would_text(
    world: Any, devi: Any, noon: datetime, receiver: Receiver, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The tests above rest on the question for the consent: without it each of them fails."""
    monkeypatch.setattr(guarded, "_no_text", lambda client, consents: "")
    for check in (
        test_without_a_consent_nothing_goes,
        test_another_consent_is_no_consent_to_texts,
        test_a_consent_taken_back_counts_at_once_for_what_waits,
    ):
        with pytest.raises(AssertionError):
            check(world, devi, noon, receiver)
    assert receiver.numbers == [NUMBER] * 3


def test_a_mail_address_goes_before_a_number(
    world: Any, noon: datetime, receiver: Receiver, mailoutbox: list[Any]
) -> None:
    agree(world)
    message = written(world)
    assert sent(message) == ("sent", "") and message.way == "email"
    assert len(mailoutbox) == 1 and receiver.asked == []


@pytest.mark.parametrize(
    ("phone", "why"),
    [
        ("", reaching.NOTHING_KNOWN),
        ("03 123 4567", reaching.NOT_MOBILE),
        ("ei puhelinta", reaching.NOT_MOBILE),
    ],
)
def test_no_number_and_a_landline_are_not_texted(
    world: Any, devi: Any, noon: datetime, receiver: Receiver, phone: str, why: str
) -> None:
    agree(world)
    details(world, phone=phone)
    assert sent(written(world)) == ("stopped", why)
    assert receiver.asked == []


def test_where_texts_are_not_set_up_none_goes(
    world: Any, devi: Any, noon: datetime, settings: Any
) -> None:
    assert settings.SMS_URL == ""
    agree(world)
    assert sent(written(world)) == ("stopped", reaching.NOT_SET_UP)


def test_a_ban_a_death_and_a_closing_stop_what_waits_and_what_is_written_after(
    world: Any, devi: Any, noon: datetime, receiver: Receiver
) -> None:
    agree(world)
    aino = world.viewers["aino"]
    turns = {
        guarded.BANNED: lambda: lifecycle.set_ban(devi, by=aino, at=clock.now(), reason="pyyntö"),
        guarded.CLOSED: lambda: lifecycle.close(
            devi, by=aino, at=clock.now(), on=DAY, reason="work", outcome="unknown"
        ),
        guarded.DEAD: lambda: lifecycle.record_death(devi, by=aino, at=clock.now(), on=DAY),
    }
    for why, turn in turns.items():
        waits = written(world)
        turn()
        waits.refresh_from_db()
        assert waits.status == "stopped"
        assert sent(written(world)) == ("stopped", why)
    assert receiver.asked == []


def test_a_ban_that_has_ended_lets_texts_go_again(
    world: Any, devi: Any, noon: datetime, receiver: Receiver
) -> None:
    agree(world)
    aino = world.viewers["aino"]
    lifecycle.set_ban(devi, by=aino, at=clock.now(), reason="pyyntö")
    devi.refresh_from_db()
    lifecycle.end_ban(devi, by=aino, at=clock.now(), reason="päättynyt")
    assert sent(written(world)) == ("sent", "")


def test_what_is_refused_fails_for_good_and_its_reason_is_kept(
    world: Any, devi: Any, noon: datetime, receiver: Receiver
) -> None:
    agree(world)
    receiver.answers = [400]
    message = written(world)
    assert sent(message) == ("failed", f"{reaching.REFUSED}: 400")
    assert sent(message)[0] == "failed" and len(receiver.asked) == 1


def test_a_wrong_token_fails_and_says_so(
    world: Any, devi: Any, noon: datetime, receiver: Receiver, settings: Any
) -> None:
    agree(world)
    settings.SMS_TOKEN = "wrong"
    assert sent(written(world)) == ("failed", f"{reaching.REFUSED}: 401")
    assert receiver.taken == {}


def test_a_gateway_that_is_down_is_tried_again_and_given_up_in_the_end(
    world: Any, devi: Any, noon: datetime, receiver: Receiver
) -> None:
    agree(world)
    receiver.answers = [503, 429, 200]
    message = written(world)
    assert sent(message) == ("waiting", f"{reaching.NOT_TAKEN}: 503")
    assert message.not_before == noon + timedelta(minutes=2)
    assert message.id not in outbox.due(message.register_id)
    with clock.at(noon + timedelta(minutes=2)):
        assert message.id in outbox.due(message.register_id)
        assert sent(message)[0] == "waiting"
        assert sent(message) == ("sent", "")
    receiver.answers = [500] * 9
    other = written(world)
    for _ in range(carrying.ATTEMPTS):
        outcome = sent(other)
    assert outcome == ("failed", f"{reaching.NOT_TAKEN}: 500")


def test_a_slow_gateway_gets_the_same_id_again_and_can_tell(
    world: Any, devi: Any, noon: datetime, receiver: Receiver, monkeypatch: pytest.MonkeyPatch
) -> None:
    agree(world)
    monkeypatch.setattr(texting, "SECONDS", 0.2)
    receiver.slow = 0.6
    message = written(world)
    assert sent(message)[0] == "waiting"
    receiver.slow = 0.0
    assert sent(message) == ("sent", "")
    assert [one["id"] for one in receiver.asked] == [str(message.id)] * 2
    assert len(receiver.taken) == 1


def test_a_worker_killed_before_the_commit_sends_twice_under_one_id(
    world: Any, devi: Any, noon: datetime, receiver: Receiver, monkeypatch: pytest.MonkeyPatch
) -> None:
    agree(world)
    message = written(world)

    class Killed(BaseException):
        pass

    def killed(*args: Any) -> str:
        raise Killed

    with monkeypatch.context() as patched, pytest.raises(Killed):
        patched.setattr(carrying, "_sent", killed)
        outbox.send(message.register_id, message.id)
    message.refresh_from_db()
    assert (message.status, message.attempts) == ("waiting", 0)
    assert sent(message) == ("sent", "")
    assert [one["id"] for one in receiver.asked] == [str(message.id)] * 2
    assert len(receiver.taken) == 1


def test_two_messages_have_two_ids(
    world: Any, devi: Any, noon: datetime, receiver: Receiver
) -> None:
    agree(world)
    assert [sent(written(world))[0] for _ in range(2)] == ["sent", "sent"]
    assert len(receiver.taken) == 2


def test_at_night_it_waits_for_the_morning_and_a_code_does_not(
    world: Any, devi: Any, noon: datetime, receiver: Receiver
) -> None:
    agree(world)
    with clock.at(noon.replace(hour=23)):
        message = written(world)
        assert sent(message) == ("waiting", "")
        assert clock.local(message.not_before).hour == 8 and message.attempts == 0
        assert clock.local(message.not_before).date() == noon.date() + timedelta(days=1)
        assert receiver.asked == []
        assert sent(written(world, subject="Koodisi", code="123456", asked_now=True))[0] == "sent"
        assert receiver.texts == ["Koodisi\n123456"]
    with clock.at(message.not_before):
        assert message.id in outbox.due(message.register_id)
        assert sent(message) == ("sent", "")


@pytest.mark.parametrize(
    ("evening", "morning"),
    [
        ("2026-03-28T20:00+02:00", "2026-03-29T08:00+03:00"),
        ("2026-10-24T20:00+03:00", "2026-10-25T08:00+02:00"),
    ],
)
def test_over_the_nights_when_the_clocks_turn_it_goes_at_eight(
    world: Any, devi: Any, receiver: Receiver, evening: str, morning: str
) -> None:
    agree(world)
    message = written(world)
    with clock.at(datetime.fromisoformat(evening)):
        assert sent(message) == ("waiting", "")
    assert message.not_before == datetime.fromisoformat(morning)
    with clock.at(message.not_before - timedelta(seconds=1)):
        assert message.id not in outbox.due(message.register_id)
        assert sent(message) == ("waiting", "")
    with clock.at(message.not_before):
        assert sent(message) == ("sent", "")
    assert len(receiver.asked) == 1


class Careless:
    """An operator's own adapter that fails with the number in its words."""

    def send(self, *, to: str, text: str, message_id: Any) -> None:
        raise ValueError(f"no such number: {to}")


def test_an_adapter_of_the_operators_own_is_used_and_its_words_are_not_kept(
    world: Any,
    devi: Any,
    noon: datetime,
    receiver: Receiver,
    settings: Any,
    caplog: pytest.LogCaptureFixture,
) -> None:
    agree(world)
    settings.SMS_ADAPTER = f"{__name__}.Careless"
    with caplog.at_level(logging.DEBUG):
        assert sent(written(world)) == ("waiting", f"{reaching.NOT_TAKEN}: ValueError")
        settings.SMS_ADAPTER = "polku.foundation.texting.Gateway"
        receiver.answers = [400, 503]
        assert [sent(written(world))[0] for _ in range(3)] == ["failed", "waiting", "sent"]
    assert "401234567" not in caplog.text
    assert "401234567" not in "".join(OutboxMessage.objects.values_list("problem", flat=True))


def test_the_clients_page_says_how_messages_go(world: Any, devi: Any, receiver: Receiver) -> None:
    address = f"/clients/{devi.id}/access/"
    browser = world.browser("aino", headers={"accept-language": "en"})

    def says(words: str) -> bool:
        return words in browser.get(address).content.decode()

    assert says("the client has not agreed to text messages")
    consent = agree(world)
    assert says("Messages go as text messages.")
    changes.withdraw_consent(consent, by=world.enter_as("aino"), at=clock.now())
    assert not says("Messages go as text messages.")
    details(world, email="devi@example.org")
    assert says("Messages go by e-mail.")


def test_it_says_too_that_the_last_one_failed_until_one_goes_out(
    world: Any, devi: Any, noon: datetime, receiver: Receiver
) -> None:
    agree(world)
    receiver.answers = [422]
    sent(written(world))
    assert "422" in guarded.failed(devi)
    with clock.at(noon + timedelta(hours=1)):
        sent(written(world))
    assert guarded.failed(devi) == ""


def test_in_a_demo_pages_say_that_no_texts_go(world: Any, devi: Any, settings: Any) -> None:
    agree(world)
    page = world.browser("aino", headers={"accept-language": "en"}).get(
        f"/clients/{devi.id}/access/"
    )
    assert "text messages are not in use here" in page.content.decode()
