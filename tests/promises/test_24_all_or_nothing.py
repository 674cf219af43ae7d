"""Promise 24: an action that breaks after any of its statements leaves nothing behind."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Iterable
from contextlib import nullcontext
from inspect import unwrap
from itertools import chain
from types import SimpleNamespace
from typing import Any
from zlib import crc32

import pytest
from django.db import connection

from polku.contacts import actions as contacts
from polku.foundation import clock, middleware, walls
from polku.placements import employers, importing
from polku.placements.models import Host
from tests.promises.conftest import MOMENT
from tests.promises.deeds import Deed, from_pages, staged
from tests.promises.deeds_of_places import PLACES
from tests.promises.deeds_of_rooms import ROOMS
from tests.promises.deeds_of_statements import STATEMENTS
from tests.promises.house import HOSTS, House
from tests.promises.promise import Promise, reached
from tests.promises.wholeness import Broken, State, Statements, Watch, actions, changed, seeing

PROMISE = Promise(
    24,
    "All or nothing",
    "an error after every SQL statement of every action: 0 partial states, 0 actions without an "
    "entry on record",
    "every form of a coach, of a client and of a workplace, and every staged deed, each broken "
    "once",
    "what the job worker does is not broken here: its messages and imports have promises of their "
    "own",
)
# What tells of asking alone: the record itself, and how often somebody tried to come in.
NOTED = {"foundation_auditentry", "foundation_signintry"}
Act = Callable[[Any, Any], object]


def _log(world: Any, by: Any) -> object:
    devi, at = world.clients["devi"], clock.now()
    return contacts.log(devi, by=by, at=at, when=MOMENT, kind="call", purpose="coaching")


def _plan_next(world: Any, by: Any) -> object:
    devi, at = world.clients["devi"], clock.now()
    return contacts.plan_next(devi, by=by, at=at, on=MOMENT.date(), kind="call")


def _add_host(world: Any, by: Any) -> object:
    said = employers.Employer(name="Uusila", legal_form="municipality", business_id="1234567-1")
    return employers.add_host(said, by=by, at=clock.now())


def _write_places(world: Any, by: Any) -> object:
    """Write what a sheet of worksites brings: an employer's number, a worksite and an opening."""
    found, changes = importing.shelf(by), importing.Changes(clock.now())
    host: Host = found.hosts[0]
    changes.set(host, "business_id", "1234567-1")
    site = importing.new_worksite(
        found, changes, host, by=by, point=None, precision="", name="Uusi", municipality_id="316"
    )
    importing.new_person(found, changes, site, name="Sanni Esihenkilö")
    kinds, day = ["work_trial"], MOMENT.date()
    importing.new_opening(found, changes, site, confirmed_on=day, kinds=kinds, title="S", seats=1)
    importing.write(changes, by=by)
    return site


# Actions that no page calls today, and by whom: they are called and broken here as a page would.
# The imports' worker writes places, and leaves the entry of the whole batch itself.
UNCALLED: dict[str, tuple[str, Act]] = {
    "contacts.actions.log": ("aino", _log),
    "contacts.actions.plan_next": ("aino", _plan_next),
    "placements.employers.add_host": ("konsta", _add_host),
    "placements.importing.write": ("konsta", _write_places),
}


class Trial:
    """Does deeds, breaks them, and gathers what went wrong."""

    def __init__(self, house: House) -> None:
        self.house, self.watch, self.known = house, Watch(house.world), actions()
        # As it stands between the deeds: each of them is taken back.
        self.base: State | None = None
        self.met: set[str] = set()
        self.wrong: list[str] = []
        self.idle: list[str] = []
        self.changing = self.breaks = 0

    def of(self, deed: Deed, *, sample: bool) -> None:
        """Count a deed's statements, then break it after some or after all of them."""
        self.house.browser(deed.actor)
        self.base = self.watch.state(self.base)
        with self.house.trying(deed.actor):
            post = deed.ready(self.house)
            before = self.watch.state(self.base)
            count = self._whole(deed, post, before)
            if not count:
                return
            self.changing += 1
            places = [1 + crc32(deed.name.encode()) % count] if sample else range(1, count + 1)
            for nth in places:
                self._broken(deed, post, before, nth, on=False)
                if nth % 3 == 0:
                    self._broken(deed, post, before, nth, on=True)

    def _post(self, deed: Deed, post: Any, statements: Statements) -> Any:
        walls.enter(register=None)
        for file in [value for value in dict(post[1]).values() if hasattr(value, "seek")]:
            file.seek(0)
        with connection.execute_wrapper(statements):
            answer = self.house.browser(deed.actor).post(*post)
        # What lies outside the door's transaction would stand alone, and here stands in the test's.
        connection.set_rollback(False)
        return answer

    def _whole(self, deed: Deed, post: Any, before: Any) -> int:
        """Return how many statements the deed takes; 0 when it changes nothing but the record."""
        statements = Statements()
        last = max((number for number, _action in self.watch.entries()), default=0)
        with self.house.trying(deed.actor), seeing(self.known) as met:
            answer = self._post(deed, post, statements)
            tables = changed(before, self.watch.state(before))
            said = [action for _number, action in self.watch.entries(after=last)]
        if answer.status_code >= 400 or not set(tables) - NOTED:
            self.idle.append(f"{deed.actor}: {deed.name} ({answer.status_code})")
            return 0
        # An action that changed nothing has not been broken in the middle of a change.
        self.met |= met
        # The door's own entry tells that a page was asked for, not what was done.
        if not [action for action in said if not action.startswith("page.")]:
            self.wrong.append(f"{deed.actor}: {deed.name} changes {tables} without an entry")
        return len(statements.said)

    def _broken(self, deed: Deed, post: Any, before: Any, nth: int, *, on: bool) -> None:
        statements = Statements(nth, on=on)
        with self.house.trying(deed.actor):
            answer = self._post(deed, post, statements)
            left = changed(before, self.watch.state(before))
        if not statements.broke:
            # A way back, a statement that failed by itself, or one that is not needed twice.
            return
        self.breaks += 1
        said = statements.said[nth - 1][:90]
        where = f"{deed.actor}: {deed.name}, {'from' if on else 'at'} {nth} ({said})"
        if left:
            self.wrong.append(f"{where} leaves {left}")
        if not _is_kind(answer):
            self.wrong.append(f"{where} is answered with {answer.status_code}")


def _is_kind(answer: Any) -> bool:
    """Return whether an answer says that it broke, with a number to quote and no trace."""
    words = answer.content.decode()
    return (
        answer.status_code == 500
        and answer["X-Request-Id"] in words
        and "Traceback" not in words
        and "connection went away" not in words
    )


@pytest.fixture
def trial(house: House) -> Any:
    logging.disable(logging.CRITICAL)
    yield Trial(house)
    logging.disable(logging.NOTSET)


def go_through(trial: Trial, actors: Iterable[str], *, sample: bool) -> None:
    pages = chain.from_iterable(from_pages(trial.house, actor) for actor in actors)
    done = set()
    for deed in [*pages, *staged()]:
        # A form that several find is broken by the first of them.
        if deed.name not in done:
            done.add(deed.name)
            began, before = time.monotonic(), trial.breaks
            trial.of(deed, sample=sample)
            took = time.monotonic() - began
            print(f"{deed.actor}: {deed.name}: {trial.breaks - before} faults, {took:.1f} s")


def test_a_deed_that_breaks_leaves_nothing(trial: Trial) -> None:
    go_through(trial, ("aino", "devi", *HOSTS), sample=True)
    assert trial.wrong == [], "\n".join(trial.wrong)
    assert trial.changing > 60, trial.idle
    assert trial.breaks > trial.changing * 0.8
    # What is staged was staged well: it changes something, so that it was broken in its middle.
    idle = {line.rpartition(" (")[0] for line in trial.idle}
    assert idle & {f"{actor}: {name}" for name, actor in PLACES | ROOMS | STATEMENTS} == set()


@pytest.mark.parametrize("name", UNCALLED)
def test_so_does_an_action_that_no_page_calls(trial: Trial, name: str) -> None:
    actor, do = UNCALLED[name]
    trial.house.browser(actor)
    world = trial.house.world
    viewer = world.enter_as(actor)
    before, counted = trial.watch.state(), Statements()
    with trial.house.trying(actor), walls.inside(viewer.register_id):
        with connection.execute_wrapper(counted), seeing(trial.known) as met:
            do(world, viewer)
        assert name in met
        assert len(changed(before, trial.watch.state())) > 1
    for nth in range(1, len(counted.said) + 1):
        fault = connection.execute_wrapper(Statements(nth))
        with walls.inside(viewer.register_id), pytest.raises(Broken), fault:
            do(world, viewer)
        assert changed(before, trial.watch.state()) == [], counted.said[nth - 1]


def reminder_done(trial: Trial) -> None:
    done = f"/clients/{trial.house.ids['devi']['client_id']}/reminders/"
    done += f"{trial.house.ids['devi']['reminder_id']}/done/"
    trial.of(Deed("a reminder done", "aino", lambda house: (done, {})), sample=False)


def test_control_a_deed_in_pieces_is_found(trial: Trial, monkeypatch: Any) -> None:
    """With no transaction around the request and none around the action, pieces are left."""
    open_door = SimpleNamespace(atomic=nullcontext, set_rollback=lambda failed: None)
    monkeypatch.setattr(middleware, "transaction", open_door)
    monkeypatch.setattr(contacts, "finish_reminder", unwrap(contacts.finish_reminder))
    reminder_done(trial)
    assert [line for line in trial.wrong if "leaves ['contacts_reminder'" in line]


def test_control_a_deed_without_an_entry_is_found(trial: Trial, monkeypatch: Any) -> None:
    silent = SimpleNamespace(record=lambda *given, **more: None)
    monkeypatch.setattr(contacts, "audit", silent)
    reminder_done(trial)
    assert [line for line in trial.wrong if "without an entry" in line]


@pytest.mark.torture(promise=24)
def test_every_deed_breaks_after_every_statement(trial: Trial) -> None:
    go_through(trial, ("aino", "lahja", "gus", "elli", "konsta", "devi", *HOSTS), sample=False)
    print(f"\n{trial.changing} deeds, {trial.breaks} faults; nothing was changed by:")
    print(*trial.idle, sep="\n")
    assert trial.wrong == [], "\n".join(trial.wrong)
    assert trial.breaks > trial.changing * 10
    missed = set(trial.known.values()) - trial.met - set(UNCALLED)
    told = "actions that no deed reaches: tell tests/promises/deeds.py of them"
    assert missed == set(), "\n".join([told, *sorted(missed)])
    reached(24, f"{trial.changing} deeds, {trial.breaks} faults, after each of their statements: "
            "0 partial states, 0 without an entry")  # fmt: skip
