"""Promise 5: the permission table is what the code does, and so is the table of a step's states.

What each role may is written down here once more, by hand, and tried on the pages: one request a
right and a role, by a worker who has everything else: the role is all that is in the way. Then the
table is changed in one place at a time, and the same requests must notice.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from itertools import product
from typing import Any

import pytest
from django.urls import resolve

from polku.contacts import wishes
from polku.contacts.models import Contact
from polku.foundation import clock, permissions, walls
from polku.foundation.door import public
from polku.foundation.models import RoleAssignment
from polku.foundation.permissions import Permission, Refused
from polku.paths import actions, states
from polku.paths.models import Step
from polku.placements import agreeing, following, mine, searching, suggesting
from polku.placements.models import Opening, Placement
from polku.placements.tests.living import as_host
from polku.placements.tests.places import make_opening
from polku.teamwork import assignments
from tests.promises.addresses import addresses
from tests.promises.house import House
from tests.promises.promise import Promise, reached

PROMISE = Promise(
    5,
    "The permission table is what the code does",
    "each entry flipped in turn, at least one test fails: 100 % of permissions and states",
    "every right tried on the pages by three or four roles in turn, every verb on a step in every "
    "state; one flip of each right and of each verb, both of each condition",
    "A right of workers that is given to clients is held by the door, which lets a client to no "
    "page of workers whatever the table says: shown for all at once, not flip by flip.",
)

WORKERS = (
    "coach", "lead", "coordinator", "counterpart", "manager", "auditor", "administrator",
)  # fmt: skip
CLIENT, HOST = "client", "host"
EVERY = frozenset({*WORKERS, CLIENT, HOST})
SECRET, KNOWN_AS = "SENTINEL-PRIVATE", "SENTINEL-KNOWN-AS"


def is_open(answer: Any) -> bool:
    assert answer.status_code in {200, 302, 403}, answer.status_code
    return answer.status_code != 403


@dataclass(frozen=True)
class Probe:
    """A request that one right decides. `client` is the one that a client would send.

    `host` is the one of whoever came by a workplace's link, after which of the links it was.
    """

    roles: str
    url: str = ""
    data: dict[str, Any] | None = None
    allowed: Callable[[Any], bool] = is_open
    client: tuple[str, dict[str, Any] | None] | None = None
    host: tuple[str, str, dict[str, Any] | None] | None = None
    # The state in which the client's placement has to be for it.
    state: str = "running"
    # Asked of the action itself, where no page leads to it for another role.
    act: Callable[[House, Any], Any] | None = None


def _wish(house: House, viewer: Any) -> None:
    client = house.world.clients["devi"].id
    wishes.tell(client_id=client, by=viewer, at=clock.now(), pace="more")


def _finds(what: str) -> Callable[[Any], bool]:
    """Both kinds of import begin on one page, which tells of those that the worker may do."""
    return lambda answer: is_open(answer) and f'id="finds-{what}"' in answer.content.decode()


def _tells_of_placement(answer: Any) -> bool:
    """Whether the placement stands on the page: its title, or whom the workplace expects."""
    text = answer.content.decode()
    return is_open(answer) and ("SENTINEL-TITLE" in text or KNOWN_AS in text)


def puts(house: House, state: str, of: str = "devi") -> Placement:
    """Bring the client's placement into a state, with all that signing asks for; return it."""
    ids = house.ids[of]
    row = Placement.objects.filter(pk=ids["placement_id"])
    row.update(state=state, supervisor_id=ids["supervisor_id"], known_as=KNOWN_AS, version=1)
    return row.get()


BOTH, ALL = "coach lead", " ".join(WORKERS)
CHOSEN = {"client": ["{client_id}"], "next": "/clients/"}
PLAN = "/clients/{client_id}/plan/"
CONTACT = "/clients/{client_id}/contacts/{contact_id}/"
SEEKS, PLACE = "/clients/{client_id}/search/", "/clients/{client_id}/placements/{placement_id}/"
MINE = "/me/placements/{placement_id}/"
SAYS_YES = {"version": "1", "word": "", "answer": "yes"}
SIGNS = {"terms": "{terms}", "party": "client", "how": "paper", "name": "Devi"}
AWAY = {"on": "2026-05-12", "reason": "ill"}

# What each role may, as the roles' own guide has it, and the page that shows it.
PROBES: dict[str, Probe] = {
    "clients.see": Probe(f"{BOTH} client", "/clients/{client_id}/", client=("/me/looks/", None)),
    "clients.list": Probe(BOTH, "/clients/"),
    "clients.open": Probe(BOTH, "/clients/new/"),
    "clients.change": Probe(BOTH, "/clients/{client_id}/edit/"),
    "clients.close": Probe(BOTH, "/clients/{client_id}/turns/close/"),
    "clients.ban": Probe(BOTH, "/clients/{client_id}/turns/ban/"),
    "clients.identity": Probe(BOTH, "/clients/{client_id}/identity/", {}),
    "clients.guarded": Probe(BOTH, "/clients/{client_id}/guarded/", {"purpose": "soitan hänelle"}),
    "contacts.read": Probe(BOTH, CONTACT),
    "contacts.log": Probe(BOTH, "/clients/{client_id}/contacts/new/"),
    "contacts.change": Probe(BOTH, CONTACT + "change/"),
    "contacts.private_note": Probe(
        BOTH, CONTACT, allowed=lambda answer: SECRET in answer.content.decode()
    ),
    "contacts.draft": Probe(BOTH, "/drafts/"),
    "contacts.book": Probe(BOTH, "/clients/{client_id}/appointments/new/"),
    "contacts.remind": Probe(BOTH, "/clients/{client_id}/reminders/new/"),
    "contacts.copy": Probe(BOTH, CONTACT + "copied/", {}),
    "contacts.templates": Probe("lead", "/texts/"),
    "contacts.mail": Probe(f"{BOTH} coordinator", "/mail/"),
    "contacts.wish": Probe("client", act=_wish),
    "exchange.import_clients": Probe("lead", "/import/", allowed=_finds("people")),
    "foundation.access_log": Probe("auditor", "/access-log/"),
    "paths.see": Probe(f"{BOTH} client", PLAN, client=("/me/", None)),
    "paths.write": Probe(BOTH, PLAN + "goals/new/"),
    "paths.answer": Probe(
        f"{BOTH} client",
        PLAN + "steps/{step_id}/do/",
        {"do": "coach_yes"},
        client=("/me/steps/{step_id}/", {"version": "1", "word": "", "answer": "yes"}),
    ),
    "paths.agree_plan": Probe(BOTH, PLAN + "agree/", {"review_on": "2026-08-12"}),
    "placements.answer": Probe(
        f"{BOTH} client", PLACE + "answer/", SAYS_YES,
        client=(MINE + "answer/", SAYS_YES), state="suggested",
    ),
    "placements.confirm": Probe(
        f"{BOTH} coordinator host", "/places/openings/{opening_id}/confirm/", {},
        host=("asked", "/host/openings/", None),
    ),
    "placements.import": Probe("lead coordinator", "/import/", allowed=_finds("worksites")),
    "placements.map": Probe(f"{BOTH} coordinator", "/places/"),
    "placements.round": Probe("coordinator", "/places/rounds/"),
    "placements.search": Probe(BOTH, SEEKS),
    "placements.see": Probe(
        f"{BOTH} client host", "/clients/{client_id}/placements/",
        allowed=_tells_of_placement, client=("/me/", None),
        host=("host", "/host/placement/", None),
    ),
    "placements.sign": Probe(
        f"{BOTH} client host", PLACE + "sign/", SIGNS, client=(MINE + "sign/", SIGNS),
        host=("host", "/host/placement/sign/", {"terms": "{terms}", "read": "on"}),
        state="accepted",
    ),
    "placements.suggest": Probe(BOTH, "/clients/{client_id}/placements/new/"),
    "placements.tell": Probe(
        f"{BOTH} client host", PLACE + "absence/", AWAY | {"told_by": "client"},
        client=(MINE + "away/", AWAY), host=("host", "/host/placement/absence/", AWAY),
    ),
    "placements.wish": Probe(
        f"{BOTH} client", SEEKS + "words/", {"kind": "wish", "work_code": "9412"},
        client=("/me/wanted/", None),
    ),
    "placements.write": Probe(f"{BOTH} coordinator", "/places/worksites/new/"),
    "portal.access": Probe(BOTH, "/clients/{client_id}/access/"),
    "staff.account": Probe(ALL, "/account/"),
    "staff.manage": Probe("administrator", "/staff/"),
    "staff.who_may": Probe(ALL, "/who-may/"),
    "teamwork.agree": Probe("administrator manager", "/agreements/{agreement_id}/end/", {}),
    "teamwork.assign": Probe("lead", "/team/bulk/", CHOSEN | {"what": "cover"}),
    "teamwork.bulk": Probe(BOTH, "/team/bulk/", CHOSEN | {"what": "plan"}),
    "teamwork.caseloads": Probe("lead manager", "/team/"),
    "teamwork.hand_over": Probe(BOTH, "/team/bulk/", CHOSEN | {"what": "hand_over"}),
    "teamwork.minutes": Probe("lead", "/team/minutes/"),
    "teamwork.own_settings": Probe(ALL, "/settings/"),
    "teamwork.recusals": Probe("lead administrator", "/staff/conflicts/"),
    "teamwork.recuse": Probe(f"{BOTH} administrator", "/conflicts/"),
    "teamwork.see_agreements": Probe(
        f"{BOTH} coordinator manager administrator", "/agreements/"
    ),
    "teamwork.take": Probe(BOTH, "/clients/{client_id}/take/", {}),
}  # fmt: skip


@dataclass
class Judge:
    """Asks the pages what a role may, while the table is as it is or as somebody changed it."""

    house: House
    table: dict[str, Permission] = field(default_factory=lambda: dict(permissions._table))

    def __post_init__(self) -> None:
        world = self.house.world
        world.enter()
        own = self.house.ids["devi"]
        Contact.objects.filter(pk=own["contact_id"]).update(private_note=SECRET)
        # The same rows, as another worker's: of a client whom the lead alone sees.
        others = self.house.ids["stranger"]
        Contact.objects.filter(pk=others["contact_id"]).update(private_note=SECRET)
        assignments.begin(
            register_id=world.areas["lake"].id, client_id=world.clients["stranger"].id,
            kind="shared", user_id=world.people["aino"].id, at=clock.now(),
        )  # fmt: skip
        Step.objects.filter(pk=own["step_id"]).update(version=1)

    @contextmanager
    def alone(self, name: str, changed: Permission | None = None) -> Iterator[None]:
        """Have every right given to everybody but this one, which is as listed, or as changed."""
        open_ = {n: replace(row, roles=EVERY, holds=None) for n, row in self.table.items()}
        row = changed or self.table.get(name)
        permissions._table.update(open_ | ({name: row} if row else {}))
        try:
            yield
        finally:
            permissions._table.clear()
            permissions._table.update(self.table)

    def may(self, name: str, role: str, *, of: str = "devi") -> bool:
        """Return whether the role gets through, with the table as it now stands."""
        probe, world = PROBES[name], self.house.world
        actor, url, data = self._request(probe, role)
        with self.house.trying(actor):
            world.enter()
            if role not in (CLIENT, HOST):
                assignment = world.viewers["aino"].role_id
                RoleAssignment.objects.filter(pk=assignment).update(role=role)
            if probe.act is not None:
                return self._acts(probe.act, replace(world.viewers[actor], role=role))
            ids = {key: str(value) for key, value in self.house.ids[of].items()}
            ids["terms"] = agreeing.terms_hash(puts(self.house, probe.state, of))
            sent = data and {
                key: [text.format(**ids) for text in value]
                if isinstance(value, list)
                else value.format(**ids)
                for key, value in data.items()
            }
            return probe.allowed(self.house.ask(actor, url.format(**ids), sent))

    def _request(self, probe: Probe, role: str) -> tuple[str, str, dict[str, Any] | None]:
        """Return who sends what for a role: where a client or a host has no page, a worker's."""
        if role == HOST and probe.host:
            return probe.host
        if role == CLIENT:
            return ("devi", *(probe.client or (probe.url, probe.data)))
        return ("aino", probe.url, probe.data)

    def _acts(self, act: Callable[[House, Any], Any], viewer: Any) -> bool:
        walls.enter(register=viewer.register_id, client=viewer.client_id)
        try:
            act(self.house, viewer)
        except Refused:
            return False
        return True


@pytest.fixture
def judge(house: House) -> Judge:
    return Judge(house)


def entries(name: str) -> list[str]:
    """Return the roles that are tried for a right: clients and hosts only where they come."""
    probe = PROBES[name]
    clients = [CLIENT] if probe.client or probe.act else []
    return [*WORKERS, *clients, *([HOST] if probe.host else [])]


def wrong(judge: Judge, name: str, roles: list[str], changed: Permission | None = None) -> set[str]:
    """Return the roles for which the pages do otherwise than is written here.

    Conditions beside the role are tried on their own, below.
    """
    with judge.alone(name, replace(changed or judge.table[name], holds=None)):
        return {
            role for role in roles if judge.may(name, role) != (role in PROBES[name].roles.split())
        }


def flipped(row: Permission, role: str) -> Permission:
    return replace(row, roles=row.roles ^ {role})


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


# Conditions beside the role: who must be refused although the role is right.
CONDITIONS: dict[str, tuple[str, str]] = {
    "contacts.change": ("coach", "a contact that another worker logged"),
    "contacts.private_note": ("coach", "another worker's private note"),
    "clients.guarded": ("lead", "who is neither own coach nor cover"),
    "contacts.wish": (CLIENT, "for somebody else"),
    "paths.answer": (CLIENT, "somebody else's step"),
    "placements.answer": (CLIENT, "a place suggested to somebody else"),
    "placements.see": (CLIENT, "somebody else's placement"),
    "placements.sign": (CLIENT, "somebody else's agreement"),
    "placements.tell": (CLIENT, "a day of somebody else's"),
    "placements.wish": (CLIENT, "for somebody else"),
}


def _others_wish(house: House, by: Any) -> None:
    client = house.world.clients["stranger"].id
    wishes.tell(client_id=client, by=by, at=clock.now(), pace="more")


def _others_step(house: House, by: Any) -> None:
    step = Step.objects.get(pk=house.ids["stranger"]["step_id"])
    actions.answer(step, by=by, at=clock.now(), answer="yes")


def _others_suggestion(house: House, by: Any) -> None:
    placement = puts(house, "suggested", "stranger")
    suggesting.answer(placement, by=by, at=clock.now(), answer="yes")


def _others_placement(house: House, by: Any) -> None:
    mine.checked(by, puts(house, "running", "stranger"))


def _others_agreement(house: House, by: Any) -> None:
    placement = puts(house, "accepted", "stranger")
    party, how = ("client", "own_view") if by.kind == CLIENT else ("host", "link")
    agreeing.sign(
        placement, by=by, at=clock.now(), party=party, how=how, name="Joku",
        terms=agreeing.terms_hash(placement),
    )  # fmt: skip


def _others_day(house: House, by: Any) -> None:
    placement = puts(house, "running", "stranger")
    following.note_absence(placement, by=by, at=clock.now(), on=clock.today(), reason="ill")


def _others_work(house: House, by: Any) -> None:
    client = house.world.clients["stranger"]
    searching.tell_wishes(client, by=by, at=clock.now(), wishes=["9412"], vetoes=[])


# On their pages clients and hosts meet nothing of others'; the actions refuse by themselves.
OTHERS: dict[str, Callable[[House, Any], None]] = {
    "contacts.wish": _others_wish,
    "paths.answer": _others_step,
    "placements.answer": _others_suggestion,
    "placements.see": _others_placement,
    "placements.sign": _others_agreement,
    "placements.tell": _others_day,
    "placements.wish": _others_work,
}


def refuses(judge: Judge, name: str, role: str) -> bool:
    """Return whether the action refuses a client, or a host, what is somebody else's."""
    house = judge.house
    with house.trying("devi"):
        house.world.enter()
        viewer = house.world.viewers["devi"]
        if role == HOST:
            own = Placement.objects.get(pk=house.ids["devi"]["placement_id"])
            viewer = as_host(house.world, own)
        house.world.enter()
        try:
            OTHERS[name](house, viewer)
        except Refused:
            return True
        return False


def holds(judge: Judge, name: str, changed: Permission | None = None) -> bool:
    """Return whether the right's condition lets its own through, and keeps others out."""
    role, _what = CONDITIONS[name]
    with judge.alone(name, changed):
        if not judge.may(name, role):
            return False
        if role != CLIENT:
            return not judge.may(name, role, of="stranger")
        return refuses(judge, name, CLIENT)


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


# What may happen to a step, once more, by hand: verb -> {state before: state after}.
STATES = ("planned", "proposed", "now", "done", "dropped", "declined")
STEPS: dict[str, dict[str, str]] = {
    "propose": {"planned": "proposed", "declined": "proposed", "dropped": "proposed"},
    "agree": {"proposed": "planned", "planned": "planned", "declined": "planned"},
    "put_off": {"proposed": "planned", "planned": "planned"},
    "decline": {"proposed": "declined", "planned": "declined"},
    "start": {"planned": "now", "proposed": "now"},
    "finish": {"now": "done", "planned": "done"},
    "drop": {"planned": "dropped", "proposed": "dropped", "now": "dropped"},
    "take_up": {"done": "now", "dropped": "planned", "declined": "planned"},
}
# The button of each verb: answers are the client's, written down in the room.
BUTTON = {"agree": "yes", "put_off": "not_now", "decline": "no"}
UNTOUCHED = "untouched"


def becomes(house: House, verb: str, state: str) -> str:
    """Press the verb's button on a step in the state; return its state after, or UNTOUCHED."""
    ids = house.ids["devi"]
    with house.trying("aino"):
        house.world.enter()
        row = Step.objects.filter(pk=ids["step_id"])
        row.update(state=state, client_answer="", client_answered_at=None, version=7)
        url = f"/clients/{ids['client_id']}/plan/steps/{ids['step_id']}/do/"
        answer = house.ask("aino", url, {"do": BUTTON.get(verb, verb)})
        assert answer.status_code == 302
        house.world.enter()
        after = row.get()
        return str(after.state) if after.version != 7 else UNTOUCHED


def misdone(house: House, verb: str, cells: list[str]) -> set[str]:
    return {s for s in cells if becomes(house, verb, s) != STEPS[verb].get(s, UNTOUCHED)}


def flips(verb: str, state: str) -> Iterator[dict[str, str]]:
    """Yield the ways of a verb with one cell changed: gone, or another state after it."""
    ways = STEPS[verb]
    if state in ways:
        yield {s: after for s, after in ways.items() if s != state}
    for after in STATES:
        if ways.get(state) != after:
            yield ways | {state: after}


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
