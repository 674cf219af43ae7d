"""Promise 22 for places: two at one thing, in any order; nobody writes over what they never saw."""

from __future__ import annotations

import logging
import random
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import pytest

from polku.placements import arranging, keeping
from polku.placements.models import OrientationItem, Placement, Search
from polku.placements.tests.living import answered, suggested, with_terms
from polku.placements.tests.places import make_opening, make_supervisor
from tests.promises.promise import Promise, reached

EACH, STEPS, MOST = 3, 12, 10_000
PROMISE = Promise(
    22,
    "No lost update",
    "two people edit one plan; version token; field-level merge shown: 0 silent overwrites in "
    "10,000 random interleavings",
    f"seven forms of places and placements, two workers, {EACH} random interleavings of {STEPS} "
    "steps each",
    "the full size on a quiet machine; the plan's own forms have tests beside their code "
    "(polku/paths/tests)",
)
HANDS = ("aino", "lahja")
_MARK = re.compile(r'name="(version|stood)" value="([^"]*)"')


@dataclass(frozen=True)
class Thing:
    """What two people write at: its page, its form, the field that they write, what stands."""

    page: str
    fields: dict[str, str]
    name: str
    stands: Callable[[], str]
    to: str = ""
    # The nth word that is written; no two are the same.
    word: Callable[[int], str] = field(default=lambda nth: f"Sana{nth:05}")


def _fields(row: Any, name: str) -> Callable[[], str]:
    return lambda: str(getattr(type(row).objects.get(pk=row.pk), name))


def _worksite(world: Any) -> Thing:
    site = make_opening(world).worksite
    fields = {"name": site.name, "municipality": "316", "readiness": "ready", "languages": "fi"}
    page = f"/places/worksites/{site.id}/change/"
    return Thing(page, fields, "note", _fields(site, "note"))


def _host(world: Any) -> Thing:
    host = make_opening(world).worksite.host
    fields = {"name": host.name, "legal_form": host.legal_form}
    return Thing(f"/places/hosts/{host.id}/", fields, "note", _fields(host, "note"))


def _opening(world: Any) -> Thing:
    opening = make_opening(world)
    fields = {"kinds": "work_trial", "title": "Siivous", "seats": "1", "days_a_week": "5",
              "confirm_every_days": "90"}  # fmt: skip
    page = f"/places/openings/{opening.id}/change/"
    return Thing(page, fields, "host_asks", _fields(opening, "host_asks"))


def _person(world: Any) -> Thing:
    person = make_supervisor(make_opening(world).worksite)
    page = f"/places/worksites/{person.worksite_id}/people/{person.id}/"
    return Thing(page, {"name": "Sanni", "language": "fi"}, "title", _fields(person, "title"))


def _checklist(world: Any) -> Thing:
    site = make_opening(world).worksite

    def stands() -> str:
        rows = OrientationItem.objects.filter(worksite=site, ended_on__isnull=True)
        return "\n".join(rows.order_by("position").values_list("text", flat=True))

    return Thing(f"/places/worksites/{site.id}/checklist/", {}, "lines", stands)


def _search(world: Any) -> Thing:
    client = world.clients["devi"]

    def stands() -> str:
        rows = Search.objects.filter(client=client)
        return str(rows.values_list("minutes_at_most", flat=True).first())

    page = f"/clients/{client.id}/search/"
    return Thing(page, {}, "minutes_at_most", stands, word=lambda nth: str(5 + nth % 235))


def _terms(world: Any) -> Thing:
    placement = answered(world, suggested(world))
    placement.refresh_from_db()
    placement = with_terms(world, placement)
    fields = {"starts_on": placement.starts_on.isoformat(), "known_as": "D.", "hours_a_day": "5",
              "ends_on": placement.ends_on.isoformat(), "days_a_week": "4"}  # fmt: skip
    page = f"/clients/{placement.client_id}/placements/{placement.id}/"
    found = Placement.objects.get(pk=placement.pk)
    return Thing(page, fields, "times", _fields(found, "times"), to=f"{page}terms/")


THINGS: dict[str, Callable[[Any], Thing]] = {
    "a worksite": _worksite,
    "an employer": _host,
    "an opening": _opening,
    "a person": _person,
    "a checklist": _checklist,
    "a search": _search,
    "an agreement": _terms,
}


class Desk:
    """Two workers at one thing, each with the page that they opened, and what they saw on it."""

    def __init__(self, world: Any, thing: Thing) -> None:
        self.world, self.thing = world, thing
        self.browsers = {name: world.browser(name) for name in HANDS}
        self.marks: dict[str, dict[str, str]] = {}
        self.seen: dict[str, str] = {}
        self.written = self.saves = self.overwrites = 0
        self.wrong: list[str] = []

    def stands(self) -> str:
        self.world.enter_as("aino")
        return self.thing.stands()

    def open(self, who: str) -> None:
        self._look(who, self.browsers[who].get(self.thing.page))

    def _look(self, who: str, answer: Any) -> None:
        self.marks[who] = dict(_MARK.findall(answer.content.decode()))
        self.seen[who] = self.stands()

    def save(self, who: str) -> None:
        self.saves += 1
        before, word = self.stands(), self.thing.word(self.saves)
        sent = self.thing.fields | self.marks[who] | {self.thing.name: word}
        answer = self.browsers[who].post(self.thing.to or self.thing.page, sent)
        after = self.stands()
        if self.seen[who] == before:
            self.written += 1
            if (answer.status_code, after) != (302, word):
                self.wrong.append(f"what was seen is not saved: {answer.status_code} {after}")
            # Whoever saved is on another page now.
            del self.marks[who], self.seen[who]
            return
        if after != before:
            self.overwrites += 1
        elif answer.status_code not in (409, 422) or before not in answer.content.decode():
            self.wrong.append(f"what stands is not shown: {answer.status_code} {before}")
        self._look(who, answer)


def interleave(desk: Desk, seed: int) -> None:
    """Let both open and save in an order drawn by lot."""
    lot = random.Random(seed)
    for _ in range(STEPS):
        who = lot.choice(HANDS)
        if who not in desk.marks or lot.random() < 0.3:
            desk.open(who)
        else:
            desk.save(who)


def at_it(world: Any, what: str, times: int) -> Desk:
    logging.getLogger("django.request").setLevel(logging.CRITICAL)
    world.enter_as("aino")
    desk = Desk(world, THINGS[what](world))
    for seed in range(times):
        interleave(desk, seed)
    return desk


@pytest.mark.parametrize("what", THINGS)
def test_nobody_writes_over_what_they_have_not_seen(world: Any, what: str) -> None:
    desk = at_it(world, what, EACH)
    assert (desk.overwrites, desk.wrong) == (0, [])
    assert 0 < desk.written < desk.saves


def test_control_without_versions_it_is_written_over(world: Any, monkeypatch: Any) -> None:
    locked = keeping.locked
    monkeypatch.setattr(arranging, "locked", lambda row, version=None: locked(row))
    assert at_it(world, "a worksite", EACH).overwrites > 0


@pytest.mark.torture(promise=22)
def test_ten_thousand_interleavings(world: Any) -> None:
    each = -(-MOST // len(THINGS))
    for what in THINGS:
        desk = at_it(world, what, each)
        assert (desk.overwrites, desk.wrong) == (0, []), what
    reached(22, f"{len(THINGS)} forms of places and placements, {each * len(THINGS)} random "
            "interleavings of two workers: 0 silent overwrites", part="places")  # fmt: skip
