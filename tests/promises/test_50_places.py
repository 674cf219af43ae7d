"""Promise 50 for places: a place under a safety ban looks like a seat that the host keeps back.

Two worlds that differ in this alone: in one a client is there and a ban is set, in the other nobody
is, and the host keeps a seat back. Whoever is no guardian reads the same in both, letter for
letter: on the map and its rings, in lists and their totals, in searches, in what is proposed for
another client, and behind the workplace's own link.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import transaction
from django.test import Client as Browser

from polku.clients import lifecycle, ports
from polku.clients.models import Client
from polku.foundation import clock, walls
from polku.foundation.models import OutboxMessage
from polku.placements import calling_off, daily, guarding, opening_up
from polku.placements.fitting import stock
from polku.placements.models import HostLink, Placement
from polku.placements.tests.acting import make_coordinator
from polku.placements.tests.living import agreed, begun, suggested
from polku.placements.tests.places import make_opening, make_supervisor, make_worksite
from tests.promises.house import come_by_link
from tests.promises.promise import Promise

PROMISE = Promise(
    50,
    "Safety ban (turvakielto) is absolute",
    "0 hits outside the one guarded view; that view 100 % on record with its purpose",
    "a place under a ban, suggested, agreed or under way, beside a seat that the host keeps back: "
    "every page of the map for three workers, what is proposed for another client, and the "
    "workplace's own link, equal letter for letter",
    "somebody who watches one opening each day sees a seat fall away (docs/decisions/0061)",
)
WORKERS = ("bengt", "lahja", "konsta")
_MARKS = re.compile(
    r'name="csrfmiddlewaretoken" value="[^"]*"|\b[0-9a-f]{16}\b|'
    r"[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}"
)


class Watched:
    """One opening of three seats, and what everybody reads of it."""

    def __init__(self, world: Any) -> None:
        self.world = world
        # The tests' clock stands still: what another test left is not told apart by when.
        stock.forget()
        make_coordinator(world)
        world.enter()
        self.site = make_worksite(world, name="Kaislan koulu")
        self.opening = make_opening(world, worksite=self.site, seats=3)
        self.person = make_supervisor(self.site)
        self.starts = clock.today() - timedelta(days=14)
        self.ends = clock.today() + timedelta(days=40)

    def read(self) -> dict[tuple[str, str], str]:
        """Return what stands on each page, without what differs from one asking to the next."""
        found = {}
        for name in WORKERS:
            browser = self.world.browser(name)
            for url in self._urls(name):
                found[name, url] = _said(browser, url)
        asked = Browser()
        come_by_link(self.world, {"supervisor_id": self.person.id}, asked, "confirm")
        found["asked", "openings"] = _said(asked, "/host/openings/")
        return found

    def _urls(self, name: str) -> list[str]:
        site, opening = f"/places/worksites/{self.site.id}/", f"/places/openings/{self.opening.id}/"
        urls = [
            site, opening, f"{opening}change/", "/places/", "/places/?free=now", "/places/?free=4",
            "/places/?free=13", "/places/?q=Kaisla", "/places/?q=Koivunen", "/places/?sort=free",
            "/places/points/?bbox=19,59,32,70&zoom=6", "/places/to-confirm/", "/places/worksites/",
            "/places/worksites/?q=Koivunen", "/places/talks/?whose=all",
        ]  # fmt: skip
        if name == "bengt":
            choose = f"/clients/{self.world.clients['stranger'].id}/placements/new/"
            day = (clock.today() + timedelta(days=3)).isoformat()
            urls += [choose, f"{choose}?on={day}", f"{choose}?opening={self.opening.id}",
                     f"{choose}?why={self.opening.id}"]  # fmt: skip
        return urls

    def ban(self) -> None:
        aino = self.world.enter_as("aino")
        devi = Client.objects.get(pk=self.world.clients["devi"].pk)
        lifecycle.set_ban(devi, by=aino, at=clock.now(), reason="pyyntö")

    def keep_back(self, life: Any) -> None:
        if life in (agreed, begun):
            # Who agrees names a supervisor, whom the workplace's page shows.
            make_supervisor(self.site)
        konsta = self.world.enter_as("konsta")
        opening_up.keep_back(
            self.opening, by=konsta, at=clock.now(), number=1, starts_on=self.starts,
            ends_on=self.ends,
        )  # fmt: skip


def _said(browser: Browser, url: str) -> str:
    walls.enter(register=None)
    answer = browser.get(url)
    assert answer.status_code == 200, url
    return _MARKS.sub("", answer.content.decode())


def _days(watched: Watched) -> dict[str, Any]:
    return {"opening": watched.opening, "starts_on": watched.starts, "ends_on": watched.ends}


def _suggested_under_it(watched: Watched) -> None:
    """Suggest the place once the ban stands, through the guarded view."""
    watched.ban()
    devi = Client.objects.get(pk=watched.world.clients["devi"].pk)
    suggested(watched.world, client=devi, **_days(watched))


LIVES = {"suggested": suggested, "agreed": agreed, "under way": begun, "suggested under it": None}


def both(watched: Watched, life: Callable[..., Any] | None) -> tuple[Any, Any]:
    """Return what is read with the person there and a ban set, and with a seat kept back."""
    read = []
    for under_a_ban in (True, False):
        with transaction.atomic():
            if not under_a_ban:
                watched.keep_back(life)
            elif life is None:
                _suggested_under_it(watched)
            else:
                life(watched.world, **_days(watched))
                watched.ban()
            read.append(watched.read())
            transaction.set_rollback(True)
    return read[0], read[1]


def differing(one: dict[Any, str], other: dict[Any, str]) -> list[Any]:
    return [key for key in one if one[key] != other[key]]


@pytest.fixture
def watched(moment: Any, world: Any) -> Watched:
    return Watched(world)


@pytest.mark.parametrize("life", LIVES)
def test_a_place_under_a_ban_reads_as_a_seat_kept_back(watched: Watched, life: str) -> None:
    assert differing(*both(watched, LIVES[life])) == []


def test_control_a_seat_that_stays_taken_is_seen(watched: Watched, monkeypatch: Any) -> None:
    monkeypatch.setattr(ports, "ban_set", [one for one in ports.ban_set if one != guarding.hide])
    pages = differing(*both(watched, LIVES["under way"]))
    assert ("konsta", f"/places/openings/{watched.opening.id}/") in pages


def test_the_workplaces_links_are_void_and_nothing_is_sent_to_it_any_more(
    watched: Watched,
) -> None:
    world = watched.world
    placement = begun(world, **_days(watched))
    browser = Browser()
    ids = {"supervisor_id": watched.person.id, "placement_id": placement.id}
    come_by_link(world, ids, browser, "placement")
    walls.enter(register=None)
    assert browser.get("/host/placement/").status_code == 200
    watched.ban()
    walls.enter(register=None)
    assert browser.get("/host/placement/").status_code == 302
    for days in (1, 30, 41, 60):
        at = clock.now() + timedelta(days=days)
        with clock.at(at):
            daily.run(placement.register_id, at=at)
    world.enter()
    assert not HostLink.objects.filter(client=placement.client_id, revoked_at=None).exists()
    waiting = OutboxMessage.objects.filter(status="waiting")
    assert not waiting.filter(kind="host_placement").exists()
    said = " ".join(f"{one.subject} {one.body}" for one in waiting)
    assert "Kaislan" not in said and watched.opening.title not in said


def test_what_is_called_off_under_a_ban_frees_the_seat_and_tells_no_workplace(
    watched: Watched,
) -> None:
    placement = agreed(watched.world, **_days(watched))
    watched.ban()
    aino = watched.world.enter_as("aino")
    with walls.guarded_open(placement.client_id):
        stored = Placement.objects.get(pk=placement.pk)
        calling_off.withdraw(stored, by=aino, at=clock.now(), ending="other")
    watched.world.enter()
    told = OutboxMessage.objects.filter(kind="host_placement", status="waiting")
    assert not told.exists()
    page = _said(watched.world.browser("konsta"), f"/places/openings/{watched.opening.id}/")
    assert "lock" not in page
