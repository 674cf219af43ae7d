"""Conditions beside the role: who is refused although the role is right, by the action itself."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from polku.contacts import wishes
from polku.contacts.models import TimeAway
from polku.contacts.weeks import hours
from polku.foundation import clock
from polku.foundation.models import Organisation, RoleAssignment
from polku.foundation.permissions import Permission, Refused
from polku.foundation.viewer import for_role
from polku.insight.early import actions as outlooks
from polku.paths import actions
from polku.paths.models import Step
from polku.placements import agreeing, answering, following, mine, searching
from polku.placements.models import Placement
from polku.placements.tests.living import as_host
from polku.statements import mine as own_matters
from polku.statements.models import Matter
from polku.teamwork import agreements
from polku.teamwork.models import Agreement
from tests.promises.house import House
from tests.promises.judging import Judge
from tests.promises.probes import CLIENT, HOST, answers_matter, own_time, puts

# Conditions beside the role: who must be refused although the role is right.
CONDITIONS: dict[str, tuple[str, str]] = {
    "contacts.change": ("coach", "a contact that another worker logged"),
    "contacts.private_note": ("coach", "another worker's private note"),
    "clients.guarded": ("lead", "who is neither own coach nor cover"),
    "contacts.own_times": (CLIENT, "somebody else's time"),
    "contacts.wish": (CLIENT, "for somebody else"),
    "contacts.week": ("coach", "another worker's days away"),
    "insight.hide_outlook": (CLIENT, "for somebody else"),
    "paths.answer": (CLIENT, "somebody else's step"),
    "placements.answer": (CLIENT, "a place suggested to somebody else"),
    "placements.see": (CLIENT, "somebody else's placement"),
    "placements.sign": (CLIENT, "somebody else's agreement"),
    "placements.tell": (CLIENT, "a day of somebody else's"),
    "placements.wish": (CLIENT, "for somebody else"),
    "statements.answer": (CLIENT, "somebody else's question"),
    "statements.see": (CLIENT, "somebody else's matter"),
    "teamwork.agree": ("administrator", "another municipality's agreement"),
}


def _others_wish(house: House, by: Any) -> None:
    client = house.world.clients["stranger"].id
    wishes.tell(client_id=client, by=by, at=clock.now(), pace="more")


def _others_outlook(house: House, by: Any) -> None:
    outlooks.hide(client_id=house.world.clients["stranger"].id, by=by, at=clock.now())


def _others_time(house: House, by: Any) -> None:
    own_time(house, by, "stranger")


def _others_days_away(house: House, _by: Any) -> None:
    away = TimeAway.objects.get(pk=house.ids["stranger"]["away_id"])
    away.user_id = house.world.people["bengt"].id
    hours.come_back(away, by=house.world.viewers["aino"], at=clock.now())


def _others_step(house: House, by: Any) -> None:
    step = Step.objects.get(pk=house.ids["stranger"]["step_id"])
    actions.answer(step, by=by, at=clock.now(), answer="yes")


def _others_suggestion(house: House, by: Any) -> None:
    placement = puts(house, "suggested", "stranger")
    answering.answer(placement, by=by, at=clock.now(), answer="yes")


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


def _others_question(house: House, by: Any) -> None:
    answers_matter(house, by, "stranger")


def _others_matter(house: House, by: Any) -> None:
    own_matters.checked(by, Matter.objects.get(pk=house.ids["stranger"]["matter_id"]))


def _others_municipality(house: House, _by: Any) -> None:
    """End an agreement as the administrator of a town that it is none of the business of."""
    role = RoleAssignment.objects.filter(pk=house.world.viewers["aino"].role_id)
    town = Organisation.objects.create(name="Naapuri", kind="municipality")
    role.update(organisation=town, role="administrator")
    by = for_role(role.select_related("user", "organisation", "register").get())
    agreement = Agreement.objects.get(pk=house.ids["devi"]["agreement_id"])
    agreements.end(agreement, by=by, at=clock.now(), on=clock.today())


# On their pages clients and hosts meet nothing of others'; the actions refuse by themselves.
OTHERS: dict[str, Callable[[House, Any], None]] = {
    "contacts.own_times": _others_time,
    "contacts.wish": _others_wish,
    "contacts.week": _others_days_away,
    "insight.hide_outlook": _others_outlook,
    "paths.answer": _others_step,
    "placements.answer": _others_suggestion,
    "placements.see": _others_placement,
    "placements.sign": _others_agreement,
    "placements.tell": _others_day,
    "placements.wish": _others_work,
    "statements.answer": _others_question,
    "statements.see": _others_matter,
    "teamwork.agree": _others_municipality,
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
        if name not in OTHERS:
            return not judge.may(name, role, of="stranger")
        return refuses(judge, name, CLIENT)
