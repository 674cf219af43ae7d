"""Divisions for tests: clients with a language and an age, a coach's rule, and a run at once."""

from __future__ import annotations

from datetime import date
from typing import Any

from polku.clients.models import Client
from polku.contacts.models import TimeAway
from polku.desk.division import asking, running
from polku.desk.tests.planning import person
from polku.foundation import clock
from polku.foundation.models import Relation
from polku.teamwork.models import Division, DivisionProposal
from polku.teamwork.rules import actions as rule_actions

RULE: dict[str, Any] = {
    "takes_new": True, "share": 100, "languages": ["fi"], "age_from": None, "age_under": None,
    "municipalities": [], "referrals": [], "strict": False,
}  # fmt: skip


def client(
    world: Any, name: str, *, coach: str | None = None, age: int = 40, **columns: Any
) -> Client:
    """Open a client of the lake team, for a coach or for nobody, of an age on this day."""
    rhythm = columns.pop("rhythm", {})
    made = person(world, name, coach=coach or "aino", **rhythm)
    if coach is None:
        Relation.objects.filter(client=made, kind="own").delete()
    born = date(clock.today().year - age, 1, 1)
    Client.objects.filter(pk=made.pk).update(born=born, **columns)
    return made


def rule(world: Any, coach: str, *, version: int = 0, **given: Any) -> Any:
    """Write a coach's rule down as the lead does."""
    by = world.enter_as("lahja")
    return rule_actions.keep(
        world.people[coach].id, by=by, at=clock.now(), version=version, given=RULE | given
    )


def away(world: Any, coach: str, first: date, last: date) -> TimeAway:
    """Write days away down."""
    made: TimeAway = TimeAway.objects.create(
        register=world.areas["lake"], user=world.people[coach], kind="ill", told_at=clock.now(),
        first_on=first, last_on=last,
    )  # fmt: skip
    return made


def divided(world: Any, question: str, **about: Any) -> tuple[Division, dict[str, Any]]:
    """Ask as the lead, run the job, and return the division with its rows by first name."""
    by = world.enter_as("lahja")
    division = asking.ask(by=by, at=clock.now(), question=question, **about)
    return division, run(world, division)


def run(world: Any, division: Division) -> dict[str, Any]:
    """Do what the planning worker does; return the rows by first name."""
    Division.objects.filter(pk=division.pk).update(planned_at=None)  # the clock may stand still
    said = running.run(division.register_id, division.id)
    world.enter_as("lahja")
    assert said == "planned", said
    division.refresh_from_db()
    return rows(division)


def rows(division: Division) -> dict[str, Any]:
    """Return the rows of a division by the client's first name."""
    found = DivisionProposal.objects.filter(division=division).select_related("client", "to_user")
    return {row.client.first_names: row for row in found}


def going(found: dict[str, Any]) -> dict[str, str]:
    """Return by first name of the client that of the coach who is proposed."""
    return {name: row.to_user.first_name for name, row in found.items() if row.state == "proposed"}
