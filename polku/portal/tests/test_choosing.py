"""A choice of times by a link: one press, once, and nothing of the client on the page."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client as Browser

from polku.clients import lifecycle
from polku.contacts import booking, rhythm, times
from polku.contacts.models import Appointment, Rhythm, TimeOffer
from polku.contacts.offers import choosing, making
from polku.foundation import clock
from polku.foundation.models import AuditEntry, OutboxMessage, Relation
from polku.portal.tests.test_own_places import phone  # noqa: F401
from polku.teamwork import recusals

FORGED = 200


def hours(*days: int) -> list[datetime]:
    return [
        times.moment(rhythm.next_working_day(clock.today() + timedelta(days=n)), time(9))
        for n in days
    ]


def offer(world: Any, name: str = "devi", *, starts: list[datetime] | None = None) -> str:
    """Offer times and return the path of the link, as the message has it."""
    made = making.make(
        world.clients[name], by=world.enter_as("aino"), at=clock.now(),
        starts=starts or hours(3, 7, 10), minutes=45, kind="visit", purpose="coaching",
        place="Kunnantalo", submission=uuid4(),
    )  # fmt: skip
    text = OutboxMessage.objects.get(about=made.id).body
    return "/" + re.search(r"https?://[^/]+/(t/\S+)", text)[1]  # type: ignore[index]


def stored(world: Any) -> TimeOffer:
    world.enter("lake")
    return TimeOffer.objects.latest("made_at")


def booked(world: Any) -> list[Appointment]:
    world.enter("lake")
    return list(Appointment.objects.filter(client=world.clients["devi"]))


def offered(page: str) -> list[str]:
    return re.findall(r'name="starts" value="([^"]+)"', page)


def shown(browser: Browser, path: str, status: int = 200) -> str:
    answer = browser.get(path)
    assert answer.status_code == status
    return str(answer.content.decode())


def test_one_press_books_and_the_link_ends(world: Any) -> None:
    path, browser = offer(world), Browser()
    page = shown(browser, path)
    assert len(offered(page)) == 3 and "Kunnantalo" in page
    done = browser.post(path, {"starts": offered(page)[1]})
    assert "Kiitos" in done.content.decode()
    (one,) = booked(world)
    assert (one.status, one.said, one.starts_at) == ("confirmed", "chose", hours(7)[0])
    assert AuditEntry.objects.filter(action="contacts.offer_chosen").count() == 1
    assert OutboxMessage.objects.filter(kind="appointment_booked").count() == 1
    assert "Kunnantalo" not in shown(browser, path, 410)


def test_nothing_of_the_client_stands_on_the_page(world: Any) -> None:
    page = shown(Browser(), offer(world))
    client = world.clients["devi"]
    for word in (client.last_name, client.first_names.split()[0], "SENTINEL"):
        assert word not in page


def test_used_twice_late_shuffled_and_after_withdrawal(world: Any) -> None:
    path, browser = offer(world), Browser()
    first, second, _third = offered(shown(browser, path))
    for starts in (second, first, second, first, second):
        browser.post(path, {"starts": starts})
    browser.post(path, {"none": "1", "word": "ei"})
    assert [one.starts_at.isoformat() for one in booked(world)] == [second]
    assert stored(world).end == "chosen"
    for one in booked(world):
        one.delete()
    path = offer(world)
    making.withdraw(stored(world), by=world.enter_as("aino"), at=clock.now())
    assert browser.post(path, {"starts": first}).status_code in (404, 410)
    shown(browser, path, 404)
    path = offer(world)
    TimeOffer.objects.filter(ended_at__isnull=True).update(expires_at=clock.now())
    assert browser.post(path, {"starts": first}).status_code in (404, 410)
    assert booked(world) == []


def test_a_forged_link_opens_nothing(world: Any) -> None:
    path, browser = offer(world), Browser()
    start = offered(shown(browser, path))[0]
    before, token = path.rstrip("/").rsplit("/", 1)
    for n in range(FORGED):
        place = n % len(token)
        other = "A" if token[place] != "A" else "B"
        forged = token[:place] + other + token[place + 1 :]
        assert browser.post(f"{before}/{forged}/", {"starts": start}).status_code == 404
    elsewhere = path.replace(str(world.areas["lake"].id), str(world.areas["river"].id))
    assert browser.post(elsewhere, {"starts": start}).status_code == 404
    assert booked(world) == []
    browser.post(path, {"starts": start})
    assert len(booked(world)) == 1


def test_a_time_that_was_not_offered_is_refused(world: Any) -> None:
    path, browser = offer(world), Browser()
    for starts in (hours(4)[0].isoformat(), "x", "", "2026-99-99T09:00:00+02:00"):
        assert browser.post(path, {"starts": starts}).status_code == 409
    assert booked(world) == []


def test_a_taken_time_is_refused_and_the_others_stay(world: Any) -> None:
    path, browser = offer(world), Browser()
    starts = offered(shown(browser, path))
    by = world.enter_as("aino")
    booking.book(
        world.clients["stranger"], by=by, at=clock.now(), worker_id=by.user_id,
        starts_at=hours(3)[0], ends_at=hours(3)[0] + timedelta(minutes=30), tell=False,
    )  # fmt: skip
    answer = browser.post(path, {"starts": starts[0]})
    assert answer.status_code == 409
    assert offered(answer.content.decode()) == starts[1:]
    assert browser.post(path, {"starts": starts[1]}).status_code == 200


def test_none_suits_with_a_word_stands_on_my_day(world: Any) -> None:
    path, browser = offer(world), Browser()
    aino = world.browser("aino")
    assert "odottaa asiakasta" in aino.get("/").content.decode()
    browser.post(path, {"none": "1", "word": "vain iltaisin"})
    assert (stored(world).end, stored(world).word) == ("none", "vain iltaisin")
    assert "vain iltaisin" in aino.get("/").content.decode()
    aino.post(f"/clients/{world.clients['devi'].id}/choices/{stored(world).id}/read/")
    assert "vain iltaisin" not in aino.get("/").content.decode()


def test_other_times_answer_one_whom_none_suited(world: Any) -> None:
    Browser().post(offer(world), {"none": "1", "word": "vain iltaisin"})
    offer(world)
    page = world.browser("aino").get("/").content.decode()
    assert "vain iltaisin" not in page and page.count("odottaa asiakasta") == 1


def test_a_time_booked_by_hand_ends_the_choice(world: Any) -> None:
    path, by, start = offer(world), world.enter_as("aino"), hours(5)[0]
    booking.book(
        world.clients["devi"], by=by, at=clock.now(), worker_id=by.user_id,
        starts_at=start, ends_at=start + timedelta(minutes=30), tell=False,
    )  # fmt: skip
    shown(Browser(), path, 404)
    assert stored(world).end == "withdrawn"


def test_the_chosen_time_stands_on_my_day(world: Any) -> None:
    path, browser = offer(world), Browser()
    browser.post(path, {"starts": offered(shown(browser, path))[0]})
    page = world.browser("aino").get("/").content.decode()
    assert "valitsi ajan" in page and "odottaa asiakasta" not in page


def test_under_a_ban_there_is_no_link_and_the_page_says_why(world: Any) -> None:
    path = offer(world)
    by = world.enter_as("aino")
    lifecycle.set_ban(world.clients["devi"], by=by, at=clock.now(), reason="pyyntö")
    shown(Browser(), path, 404)
    assert stored(world).end == "withdrawn" and stored(world).place == ""
    world.clients["devi"].refresh_from_db()
    with pytest.raises(making.CannotOffer, match="banned"):
        offer(world)
    page = world.browser("aino").get(f"/clients/{world.clients['devi'].id}/choices/new/")
    assert "Turvakiel" in page.content.decode() and 'name="starts"' not in page.content.decode()


def test_nothing_is_offered_past_the_laws_last_day(world: Any) -> None:
    by = world.enter_as("aino")
    Rhythm.objects.filter(client=world.clients["devi"]).update(
        discussion_due_on=clock.today() + timedelta(days=5)
    )
    with pytest.raises(making.CannotOffer, match="law"):
        making.make(
            world.clients["devi"], by=by, at=clock.now(), starts=hours(3, 10), minutes=45,
            kind="call", purpose="discussion", place="", submission=uuid4(),
        )  # fmt: skip


def test_the_coach_offers_from_the_page(world: Any) -> None:
    aino, url = world.browser("aino"), f"/clients/{world.clients['devi'].id}/choices/new/"
    page = aino.get(url).content.decode()
    ticked = re.findall(r'name="starts" value="([^"]+)" checked', page)
    days = re.findall(r'name="(?:first|last)"[^>]*value="([^"]+)"', page)
    assert ticked and len(days) == 2
    mark = str(uuid4())
    sent = {
        "kind": "visit", "purpose": "coaching", "place": "Kirjasto", "minutes": "45",
        "first": days[0], "last": days[1], "starts": ticked[:2], "submission": mark,
    }  # fmt: skip
    first = aino.post(url, sent)
    assert first.status_code == 302 and aino.post(url, sent)["Location"] == first["Location"]
    assert len(stored(world).starts) == 2 and TimeOffer.objects.count() == 1
    assert "odottaa asiakasta" in aino.get(first["Location"]).content.decode()
    assert aino.post(url, sent | {"starts": [], "submission": str(uuid4())}).status_code == 200
    assert TimeOffer.objects.count() == 1


def test_the_own_view_chooses_too(world: Any, phone: Any) -> None:  # noqa: F811
    offer(world)
    assert "Valitse aika" in phone.get("/me/").content.decode()
    url = f"/me/choices/{stored(world).id}/"
    starts = offered(shown(phone, url))
    assert phone.post(url, {"starts": starts[0]}).status_code == 200
    assert len(booked(world)) == 1
    assert "Valitse aika" not in phone.get("/me/").content.decode()


@pytest.mark.parametrize("turns", [date(2027, 3, 28), date(2027, 10, 31)])
def test_offers_across_a_turn_of_the_clock(world: Any, turns: date) -> None:
    """Nine o'clock is nine o'clock on both sides of the gap and of the fold."""
    friday, monday = (times.moment(turns + timedelta(days=n), time(9)) for n in (-2, 1))
    with clock.at(times.moment(turns - timedelta(days=5), time(10))):
        path, browser = offer(world, starts=[friday, monday]), Browser()
        page = shown(browser, path)
        assert page.count("klo 9.00") == 2
        browser.post(path, {"starts": offered(page)[1]})
        (one,) = booked(world)
        assert clock.local(one.starts_at).hour == 9
        assert one.ends_at - one.starts_at == timedelta(minutes=45)
        assert choosing.left(stored(world), clock.now()) == []


def role_ends(world: Any) -> None:
    world.people["aino"].roles.update(ends_at=clock.now() - timedelta(seconds=1))


def goes_to_another(world: Any) -> None:
    own = Relation.objects.filter(client=world.clients["devi"], kind="own")
    own.update(user=world.people["bengt"])


def is_shut_out(world: Any) -> None:
    recusals.declare_for_client(
        by=world.enter_as("aino"), at=clock.now() - timedelta(seconds=1),
        client_id=world.clients["devi"].id, ground="family",
    )  # fmt: skip


@pytest.mark.parametrize("what", [role_ends, goes_to_another, is_shut_out])
def test_nobody_is_booked_with_a_worker_who_has_the_client_no_more(
    world: Any,
    phone: Any,  # noqa: F811
    what: Callable[[Any], None],
) -> None:
    """The link looks like one that was never made, and the own view offers no time."""
    path = offer(world)
    world.enter("lake")
    what(world)
    shown(Browser(), path, 404)
    starts = hours(3)[0].isoformat()
    assert Browser().post(path, {"starts": starts}).status_code == 404
    own = f"/me/choices/{stored(world).id}/"
    assert offered(shown(phone, own)) == []
    assert phone.post(own, {"starts": starts}).status_code == 409
    assert booked(world) == []
