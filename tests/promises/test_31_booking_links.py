"""Promise 31 for booking links: pressed twice, late, shuffled, forged, after withdrawal.

What holds in the end is what came first and could hold, once. Forged links do nothing.
"""

from __future__ import annotations

import random
import re
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, time, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import connections
from django.test import Client as Browser

from polku.contacts import rhythm, times
from polku.contacts.models import Appointment, TimeOffer
from polku.contacts.offers import choosing, making
from polku.foundation import clock, walls
from polku.foundation.models import AuditEntry, OutboxMessage
from tests.promises.promise import Promise, reached

PROMISE = Promise(
    31,
    "Duplicate, late, shuffled, forged deliveries from outside",
    "each event 1 to 100 times in random order, late, forged; 50 seeds: final state as of once, 0 "
    "forged accepted",
    "links to choose a time, 5 seeds and 8 presses at once: one booking, by the first that could",
    "webhooks: none comes in yet",
)
SEEDS, FULL = 5, 50
PRESSES = 8


def hours() -> list[datetime]:
    first = rhythm.next_working_day(clock.today() + timedelta(days=4))
    return [times.moment(first, time(9 + nth)) for nth in (0, 1, 4)]


def offered(world: Any) -> tuple[TimeOffer, str]:
    """Offer three times and return the offer with its link's path."""
    by = world.viewers["aino"]
    with walls.inside(by.register_id, by=by):
        made = making.make(
            world.clients["devi"], by=by, at=clock.now(), starts=hours(), minutes=45,
            kind="call", purpose="coaching", place="", submission=uuid4(),
        )  # fmt: skip
        body = OutboxMessage.objects.get(about=made.id).body
    return made, "/" + re.search(r"https?://[^/]+/(t/\S+)", body)[1]  # type: ignore[index]


def forged(path: str, chance: random.Random) -> str:
    before, token = path.rstrip("/").rsplit("/", 1)
    place = chance.randrange(len(token))
    other = chance.choice([sign for sign in "ABCDEFabcdef0123456789" if sign != token[place]])
    return f"{before}/{token[:place]}{other}{token[place + 1 :]}/"


def events(chance: random.Random) -> list[tuple[str, Any]]:
    """Return presses, looks, forgeries, and mostly an end by the coach or by time, shuffled."""
    found: list[tuple[str, Any]] = []
    for starts in hours():
        found += [("press", starts)] * chance.randint(1, 10)
    found += [("none", None)] * chance.randint(0, 4) + [("look", None)] * 3
    found += [("forged", chance.choice(hours()))] * 10
    found += chance.sample([("withdraw", None), ("late", None)], chance.randint(0, 2))
    chance.shuffle(found)
    return found


def expected(found: list[tuple[str, Any]]) -> tuple[str, datetime | None]:
    """Return how it ends and which time stands: by the first event that ends it."""
    for what, starts in found:
        if what == "press":
            return "chosen", starts
        if what in ("none", "withdraw", "late"):
            return {"none": "none", "withdraw": "withdrawn", "late": "lapsed"}[what], None
    raise AssertionError("nothing ends it")


def deliver(world: Any, seed: int) -> tuple[tuple[str, Any], tuple[str, Any], int]:
    """Deliver a seed's events; return how it should end, how it did, and forgeries accepted."""
    chance = random.Random(seed)
    made, path = offered(world)
    found, browser, accepted = events(chance), Browser(), 0
    for what, starts in found:
        if what == "forged":
            answer = browser.post(forged(path, chance), {"starts": starts.isoformat()})
            accepted += answer.status_code != 404
        elif what == "press":
            browser.post(path, {"starts": starts.isoformat()})
        elif what == "none":
            browser.post(path, {"none": "1"})
        elif what == "look":
            browser.get(path)
        elif what == "withdraw":
            making.withdraw(made, by=world.enter_as("aino"), at=clock.now())
        else:
            world.enter("lake")
            open_ones = TimeOffer.objects.filter(pk=made.pk)
            open_ones.update(expires_at=clock.now() - timedelta(seconds=1))
    return expected(found), _ended(world, made), accepted


def _ended(world: Any, made: TimeOffer) -> tuple[str, Any]:
    world.enter("lake")
    stored = TimeOffer.objects.get(pk=made.pk)
    booked = list(Appointment.objects.filter(client=made.client))
    assert len(booked) <= 1
    assert AuditEntry.objects.filter(action="contacts.offer_chosen").count() == len(booked)
    told = OutboxMessage.objects.filter(kind="appointment_booked").count()
    assert told == len(booked)
    return stored.standing(clock.now()), booked[0].starts_at if booked else None


@pytest.mark.django_db
@pytest.mark.parametrize("seed", range(SEEDS))
def test_the_first_that_could_holds(world: Any, seed: int) -> None:
    should, is_so, accepted = deliver(world, seed)
    assert (is_so, accepted) == (should, 0)


@pytest.mark.django_db
@pytest.mark.torture(promise=31)
@pytest.mark.parametrize("seed", range(FULL))
def test_fifty_seeds(world: Any, seed: int) -> None:
    should, is_so, accepted = deliver(world, seed)
    assert (is_so, accepted) == (should, 0)
    if seed == FULL - 1:
        reached(31, f"booking links, {FULL} seeds: final state as of once, 0 forged accepted")


@pytest.mark.django_db
def test_control_a_link_that_outlives_its_choice_ends_elsewhere(
    world: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without the mark of its end, some seed books twice or changes what stood."""
    monkeypatch.setattr(TimeOffer, "standing", lambda offer, at: "")
    with pytest.raises((AssertionError, ValueError)):
        for seed in range(SEEDS):
            should, is_so, _accepted = deliver(world, seed)
            assert is_so == should


@pytest.mark.django_db(transaction=True)
def test_presses_at_the_same_moment_are_one(world: Any) -> None:
    """Eight tabs, three times: one of them stands, and whoever pressed it is thanked."""
    made, path = offered(world)

    def press(nth: int) -> int:
        try:
            starts = hours()[nth % 3].isoformat()
            return Browser().post(path, {"starts": starts}).status_code
        finally:
            connections.close_all()

    with ThreadPoolExecutor(PRESSES) as pool:
        statuses = list(pool.map(press, range(PRESSES)))
    assert set(statuses) <= {200, 410} and 200 in statuses
    with walls.inside(made.register_id):
        (booked,) = Appointment.objects.filter(client=made.client)
        assert OutboxMessage.objects.filter(kind="appointment_booked").count() == 1
        chosen = TimeOffer.objects.get(pk=made.pk)
        assert chosen.appointment_id == booked.id
        assert statuses.count(200) <= (PRESSES + 2) // 3
        assert choosing.left(chosen, clock.now()) == []
