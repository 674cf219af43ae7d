"""A consent to e-mail that is taken back stops e-mail at once; who was never asked gets it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest
from django.utils import translation

from polku.clients import changes, guarded, lifecycle
from polku.clients.models import Consent
from polku.clients.tests.test_text_messages import NUMBER, agree, details, sent, written
from polku.foundation import clock, reaching
from polku.foundation.tests.receiving import Receiver, noon, receiver

__all__ = ["noon", "receiver"]

pytestmark = pytest.mark.django_db


def give(world: Any) -> Consent:
    aino, devi = world.enter_as("aino"), world.clients["devi"]
    return changes.give_consent(devi, by=aino, at=clock.now(), kind="email", how="spoken")


def take_back(world: Any, consent: Consent) -> None:
    changes.withdraw_consent(consent, by=world.enter_as("aino"), at=clock.now())


def said(world: Any) -> str:
    """Return how messages go, as staff read it."""
    world.enter_as("aino")
    with translation.override("en"):
        return guarded.reached(world.clients["devi"])


def test_who_was_never_asked_and_who_agreed_get_mail(world: Any, mailoutbox: list[Any]) -> None:
    assert sent(written(world)) == ("sent", "")
    give(world)
    assert sent(written(world)) == ("sent", "") and len(mailoutbox) == 2
    assert said(world) == "Messages go by e-mail."


def test_taken_back_it_stops_also_what_waits(world: Any, mailoutbox: list[Any]) -> None:
    consent = give(world)
    waits = written(world)
    take_back(world, consent)
    why = guarded.NO_MAIL[reaching.NOT_SET_UP]
    assert sent(waits) == ("stopped", why) and sent(written(world)) == ("stopped", why)
    assert mailoutbox == []
    assert said(world) == f"No message goes out: {why}."


def test_taken_back_a_text_goes_instead_only_with_that_consent(
    world: Any, noon: datetime, receiver: Receiver, mailoutbox: list[Any]
) -> None:
    take_back(world, give(world))
    assert sent(written(world)) == ("stopped", guarded.NO_MAIL[guarded.NO_CONSENT])
    assert receiver.asked == []
    agree(world)
    assert sent(written(world)) == ("sent", "")
    assert receiver.numbers == [NUMBER] and mailoutbox == []
    assert said(world) == "Messages go as text messages."


@pytest.mark.parametrize(
    ("phone", "why"), [("", reaching.NOTHING_KNOWN), ("03 123 4567", reaching.NOT_MOBILE)]
)
def test_pages_say_what_is_missing(
    world: Any, noon: datetime, receiver: Receiver, phone: str, why: str
) -> None:
    take_back(world, give(world))
    agree(world)
    details(world, phone=phone)
    assert sent(written(world)) == ("stopped", guarded.NO_MAIL[why])


def test_given_again_mail_goes_again(world: Any, mailoutbox: list[Any]) -> None:
    take_back(world, give(world))
    give(world)
    assert sent(written(world)) == ("sent", "") and len(mailoutbox) == 1


def test_under_a_ban_it_stops_mail_too_and_pages_tell_no_more_than_that(
    world: Any, mailoutbox: list[Any]
) -> None:
    take_back(world, give(world))
    devi = world.clients["devi"]
    lifecycle.set_ban(devi, by=world.viewers["aino"], at=clock.now(), reason="pyyntö")
    devi.refresh_from_db()
    assert sent(written(world))[0] == "stopped" and mailoutbox == []
    before = said(world)
    assert guarded.NO_MAIL[guarded.BANNED] in before
    with guarded.walls.guarded_open(devi.id):
        details(world, email="")
    assert said(world) == before


def test_control_a_program_that_does_not_ask_would_mail(
    world: Any, mailoutbox: list[Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(guarded, "mail_taken_back", lambda consents: False)
    with pytest.raises(AssertionError):
        test_taken_back_it_stops_also_what_waits(world, mailoutbox)
    assert len(mailoutbox) == 1


def test_the_pages_say_that_none_goes_and_why(world: Any) -> None:
    devi = world.clients["devi"]
    browser = world.browser("aino", headers={"accept-language": "en"})
    pages = [
        f"/clients/{devi.id}/{one}" for one in ("", "access/", "appointments/new/", "consents/")
    ]
    taken = "taken back"
    reached = "Messages go by e-mail."
    for page in pages[1:]:
        assert reached in browser.get(page).content.decode(), page
    assert "no e-mail" not in browser.get(pages[0]).content.decode()
    take_back(world, give(world))
    for page in pages:
        shown = browser.get(page).content.decode()
        assert reached not in shown and taken in shown, page


def test_consents_without_effect_say_so_where_they_are_given(world: Any) -> None:
    devi = world.clients["devi"]
    browser = world.browser("aino", headers={"accept-language": "en"})
    page = f"/clients/{devi.id}/consents/"
    assert "nothing is shared or linked" in browser.get(page).content.decode()
    browser.post(page, {"kind": "text", "how": "spoken"})
    assert "without effect in Polku yet" not in browser.get(page).content.decode()
    browser.post(page, {"kind": "share_plan", "how": "spoken"})
    assert "without effect in Polku yet" in browser.get(page).content.decode()
