"""Promise 5: the permission table is what the code does, and so is the table of a step's states.

What each role may is written down here once more, by hand, and tried on the pages: one request a
right and a role, by a worker who has everything else: the role is all that is in the way. Then the
table is changed in one place at a time, and the same requests must notice.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import product

import pytest
from django.urls import resolve

from polku.foundation import permissions
from polku.foundation.door import public
from polku.foundation.models import RoleAssignment
from polku.paths import states
from polku.placements import agreeing
from polku.placements.models import Opening
from polku.placements.tests.places import make_opening
from tests.promises.addresses import addresses
from tests.promises.conditions import CONDITIONS, holds, refuses
from tests.promises.house import House
from tests.promises.judging import Judge, entries, flipped, wrong
from tests.promises.probes import HOST, PROBES, WORKERS, puts
from tests.promises.promise import Promise, reached
from tests.promises.step_verbs import STATES, STEPS, flips, misdone

PROMISE = Promise(
    5,
    "The permission table is what the code does",
    "each entry flipped in turn, at least one test fails: 100 % of permissions and states",
    "every right tried on the pages by three or four roles in turn, every verb on a step in every "
    "state; one flip of each right and of each verb, both of each condition",
    "A right of workers that is given to clients is held by the door, which lets a client to no "
    "page of workers whatever the table says: shown for all at once, not flip by flip.",
)


@pytest.fixture
def judge(house: House) -> Judge:
    return Judge(house)


def test_every_right_is_tried() -> None:
    assert PROBES.keys() == {row.name for row in permissions.table()}
    assert set(WORKERS) == set(RoleAssignment.Role.values)


def some(name: str, number: int) -> list[str]:
    """Return a right's first role, and two others in turn, so that each role is tried often."""
    tried = entries(name)
    return sorted(
        {PROBES[name].roles.split()[0], *(tried[(number + n) % len(tried)] for n in (0, 3))}
    )


def test_roles_may_what_is_written_here_and_a_flip_is_noticed(judge: Judge) -> None:
    for number, name in enumerate(sorted(PROBES)):
        roles = some(name, number)
        assert wrong(judge, name, roles) == set(), name
        assert wrong(judge, name, roles[:1], flipped(judge.table[name], roles[0])) == {roles[0]}


@pytest.mark.parametrize("actor,own", [("devi", ("me/", "c/")), ("host", ("host/", "h/"))])
def test_however_open_the_table_no_client_and_no_host_comes_to_a_page_of_workers(
    house: House, actor: str, own: tuple[str, ...]
) -> None:
    judge = Judge(house)
    opened = []
    with judge.alone(""):
        for one in addresses():
            ids = {place: house.ids["devi"].get(place, 1) for place in one.places}
            if one.name in ("sign_out", "host_sign_out") or one.route.startswith(
                ("design", "demo")
            ):
                continue
            url = one.filled(house.ids["devi"] | ids)
            answer = house.ask(actor, url)
            if answer.status_code == 200 and not one.route.startswith(own):
                opened.append((resolve(url).func, one.name))
    # Only what strangers may open too: it says nothing of anybody.
    assert [name for view, name in opened if not public.is_public(view, name)] == []


def test_each_condition_holds_and_without_it_others_come_in(judge: Judge) -> None:
    rows = judge.table
    assert {name for name, row in rows.items() if row.holds is not None} == CONDITIONS.keys()
    for name in CONDITIONS:
        assert holds(judge, name), name
        assert not holds(judge, name, replace(rows[name], holds=None)), f"{name}, condition gone"
        assert not holds(judge, name, replace(rows[name], holds=lambda _v, _t: False)), name


def test_a_host_s_conditions_hold_and_without_them_others_come_in(judge: Judge) -> None:
    rows = judge.table
    bound = [name for name, row in rows.items() if HOST in row.roles and row.holds is not None]
    assert bound == ["placements.see", "placements.sign", "placements.tell"]
    for name in bound:
        with judge.alone(name):
            assert judge.may(name, HOST), name
            assert refuses(judge, name, HOST), name
        with judge.alone(name, replace(rows[name], holds=None)):
            assert not refuses(judge, name, HOST), f"{name}, condition gone"
        with judge.alone(name, replace(rows[name], holds=lambda _v, _t: False)):
            assert not judge.may(name, HOST), name


# Conditions that the rows themselves hold: the pages of whom one may not see are not there.
OF_CLIENTS_SEEN = sorted(
    name
    for name, probe in PROBES.items()
    if name.startswith("placements.") and "{client_id}" in probe.url
)


def test_of_a_client_whom_a_worker_may_not_see_no_page_of_places_opens(house: House) -> None:
    assert len(OF_CLIENTS_SEEN) == 7

    def opens(name: str, of: str) -> int:
        probe = PROBES[name]
        with house.trying("aino"):
            house.world.enter()
            ids = {key: str(value) for key, value in house.ids[of].items()}
            ids["terms"] = agreeing.terms_hash(puts(house, probe.state, of))
            sent = probe.data and {key: value.format(**ids) for key, value in probe.data.items()}
            return int(house.ask("aino", probe.url.format(**ids), sent).status_code)

    for name in OF_CLIENTS_SEEN:
        assert opens(name, "devi") in {200, 302}, name
        assert opens(name, "stranger") == 404, name


def test_a_host_confirms_the_openings_of_its_own_workplace_alone(house: House) -> None:
    house.world.enter()
    own = Opening.objects.get(pk=house.ids["devi"]["opening_id"])
    other = make_opening(house.world)
    for opening, status in ((own, 302), (other, 404)):
        sent = {"answer": "still", "seats": "9", "version": str(opening.version)}
        with house.trying("asked"):
            url = f"/host/openings/{opening.id}/"
            filled = {f"{opening.id}-{key}": value for key, value in sent.items()}
            assert house.ask("asked", url, filled).status_code == status
            house.world.enter()
            opening.refresh_from_db()
            assert (opening.seats == 9) == (status == 302)


def test_each_verb_on_a_step_does_what_is_written_here(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert states.TRANSITIONS.keys() == STEPS.keys()
    for number, verb in enumerate(STEPS):
        assert misdone(house, verb, list(STATES)) == set(), verb
        state = STATES[number % len(STATES)]
        with monkeypatch.context() as changed:
            changed.setitem(states.TRANSITIONS, verb, next(flips(verb, state)))
            assert misdone(house, verb, [state]) == {state}, verb


def survivors(judge: Judge) -> Iterator[tuple[str, str] | None]:
    """Flip every entry of the rights in turn; yield the name of each flip that goes unnoticed."""
    for name in PROBES:
        assert wrong(judge, name, entries(name)) == set(), name
        for role in entries(name):
            noticed = wrong(judge, name, [role], flipped(judge.table[name], role))
            yield None if noticed else (name, role)
    for name in CONDITIONS:
        for instead in (None, lambda _viewer, _thing: False):
            kept = holds(judge, name, replace(judge.table[name], holds=instead))
            yield (name, "condition") if kept else None


def surviving_verbs(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> Iterator[tuple[str, str] | None]:
    for verb, state in product(STEPS, STATES):
        for ways in flips(verb, state):
            with monkeypatch.context() as changed:
                changed.setitem(states.TRANSITIONS, verb, ways)
                yield None if misdone(house, verb, [state]) else (verb, state)


@pytest.mark.torture(promise=5)
def test_every_flip_of_either_table_is_noticed(
    judge: Judge, monkeypatch: pytest.MonkeyPatch
) -> None:
    tried = [*survivors(judge), *surviving_verbs(judge.house, monkeypatch)]
    assert [one for one in tried if one is not None] == []
    told = f"{len(tried)} of {len(tried)} flips noticed"
    reached(5, f"{told}, of {len(PROBES)} rights and {len(STEPS)} verbs")
