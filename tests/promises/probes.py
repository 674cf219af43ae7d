"""What each role may, as the roles' guide has it, and the one request that each right decides."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from polku.contacts import own_times, wishes
from polku.contacts.models import Appointment
from polku.foundation import clock, walls
from polku.insight.early import actions as outlooks
from polku.placements.models import Placement
from polku.statements import actions as matters
from polku.statements import deciding, presenters, queries
from polku.statements.models import Clarification, Matter, Official, Statement
from tests.promises.house import House

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


def _hide_outlook(house: House, viewer: Any) -> None:
    outlooks.hide(client_id=house.world.clients["devi"].id, by=viewer, at=clock.now())


def own_time(house: House, viewer: Any, of: str = "devi") -> None:
    """Ask for another time, of a client's own one or of somebody else's."""
    booked = Appointment.objects.get(pk=house.ids[of]["appointment_id"])
    own_times.ask_another(booked, by=viewer, at=clock.now(), word="", version=booked.version)


def answers_matter(house: House, viewer: Any, of: str = "devi") -> None:
    """Answer the question of the client's matter: the client's own way, or typed in."""
    rows = Matter.objects.filter(pk=house.ids[of]["matter_id"])
    with walls.inside(house.world.areas["lake"].id):
        rows.update(state="asked", turn="client")
        asked = Clarification.objects.filter(matter__in=rows)
        asked.update(answer="", how="", answered_at=None)
        one, question = rows.select_related("client").get(), asked.get().id
    how = "own_view" if viewer.kind == CLIENT else "call"
    matters.answer(one, by=viewer, at=clock.now(), answer="B", how=how, question_id=question)


def _signs_statement(house: House, viewer: Any) -> None:
    """Sign the correction that waits, as an official of the viewer's own office."""
    with walls.inside(house.world.areas["lake"].id):
        if viewer.user_id:
            Official.objects.get_or_create(
                register_id=viewer.register_id, user_id=viewer.user_id, ends_on=None,
                organisation_id=viewer.organisation_id, defaults={"starts_on": clock.today()},
            )  # fmt: skip
        one = Matter.objects.get(pk=house.ids["devi"]["matter_id"])
        Statement.objects.filter(matter=one, number=2).update(text="T", basis="B", because="C")
        seal = presenters.seal(queries.whole(one, near=True))
    deciding.sign(one, by=viewer, at=clock.now(), seal=seal)


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
MATTER = "/clients/{client_id}/statements/{matter_id}/"
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
    "contacts.own_times": Probe("client", act=own_time),
    "contacts.calendar": Probe(BOTH, "/calendar/"),
    "contacts.resources": Probe("lead administrator", "/rooms/new/room/"),
    "contacts.rooms": Probe(f"{BOTH} administrator", "/rooms/"),
    "contacts.week": Probe(BOTH, "/week/away/{away_id}/back/", {}),
    "exchange.import_clients": Probe("lead", "/import/", allowed=_finds("people")),
    "foundation.access_log": Probe("auditor", "/access-log/"),
    "law.confirm": Probe("administrator", "/law/values/work_trial_length/new/"),
    "law.read": Probe(ALL, "/law/"),
    "paths.see": Probe(f"{BOTH} client", PLAN, client=("/me/", None)),
    "paths.write": Probe(BOTH, PLAN + "goals/new/"),
    "paths.answer": Probe(
        f"{BOTH} client",
        PLAN + "steps/{step_id}/do/",
        {"do": "coach_yes"},
        client=("/me/steps/{step_id}/", {"version": "1", "word": "", "answer": "yes"}),
    ),
    "paths.agree_plan": Probe(BOTH, PLAN + "agree/", {"review_on": "2026-08-12"}),
    "insight.outlook": Probe(
        f"{BOTH} client", "/clients/{client_id}/outlook/", client=("/me/others/", None)
    ),
    "insight.hide_outlook": Probe("client", act=_hide_outlook),
    "insight.early_signs": Probe(f"{BOTH} manager auditor", "/insight/early-signs/"),
    "insight.ask_what_if": Probe("lead manager", "/insight/what-if/{what_if_id}/"),
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
    "statements.answer": Probe(f"{BOTH} client", act=answers_matter),
    "statements.officials": Probe("manager administrator", "/statements/officials/"),
    "statements.see": Probe(f"{BOTH} client", MATTER, client=("/me/statements/{matter_id}/", None)),
    "statements.send": Probe(BOTH, MATTER + "copied/", {"number": "1"}),
    "statements.sign": Probe(BOTH, act=_signs_statement),
    "statements.write": Probe(BOTH, "/clients/{client_id}/statements/new/"),
    "staff.account": Probe(ALL, "/account/"),
    "staff.manage": Probe("administrator", "/staff/"),
    "staff.who_may": Probe(ALL, "/who-may/"),
    "teamwork.agree": Probe("administrator manager", "/agreements/{agreement_id}/end/", {}),
    "teamwork.assign": Probe("lead", "/team/bulk/", CHOSEN | {"what": "cover"}),
    "teamwork.bulk": Probe(BOTH, "/team/bulk/", CHOSEN | {"what": "plan"}),
    "teamwork.caseloads": Probe("lead manager", "/team/"),
    "teamwork.divide": Probe("lead", "/team/divide/", {"question": "new"}),
    "teamwork.hand_over": Probe(BOTH, "/team/bulk/", CHOSEN | {"what": "hand_over"}),
    "teamwork.minutes": Probe("lead", "/team/minutes/"),
    "teamwork.own_settings": Probe(BOTH, "/settings/"),
    "teamwork.recusals": Probe("lead administrator", "/staff/conflicts/"),
    "teamwork.recuse": Probe(f"{BOTH} administrator", "/conflicts/"),
    "teamwork.rules": Probe("lead", "/team/rules/"),
    "teamwork.see_agreements": Probe(
        f"{BOTH} coordinator manager administrator", "/agreements/"
    ),
    "teamwork.take": Probe(BOTH, "/clients/{client_id}/take/", {}),
}  # fmt: skip
