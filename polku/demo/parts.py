"""The parts one can play on the demo's stage: whose day it is, and a story of three minutes."""

from __future__ import annotations

from dataclasses import dataclass
from importlib.util import find_spec
from typing import Any

from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Part:
    """A kind of user. `page` is the name of the address on which one lands."""

    role: str
    title: Any
    who: Any
    story: tuple[Any, ...]
    icon: str
    page: str = "my_day"
    area: str = "316"
    needs: str = ""

    @property
    def lands_on(self) -> str:
        """The address of the landing page, or "" while its room is not built."""
        if self.needs and find_spec(self.needs) is None:
            return ""
        try:
            return reverse(self.page)
        except NoReverseMatch:
            return ""


PARTS = (
    Part(
        "coach",
        _("Personal coach"),
        _("Meets people, and has a day full of them."),
        (
            _("See who comes at nine, who is new, and who has gone quiet for too long."),
            _("Open Mirja Lehtinen and read what has happened since you last met."),
            _("Press c and log a call. Close the tab halfway: nothing you wrote is lost."),
            _("Propose a next step. It is now Mirja's turn."),
        ),
        "people",
    ),
    Part(
        "client",
        _("Client"),
        _("Sees the own path on a phone, and decides on it."),
        (
            _("A trial in a school kitchen has been proposed. Answer yes, not now or no."),
            _("Look at the path: what lies behind, what is on now, what may come."),
            _("See who has looked at your data, when and why."),
        ),
        "path",
        page="me",
        needs="polku.portal.door",
    ),
    Part(
        "lead",
        _("Team lead"),
        _("Answers for the team's clients and for the coaches' strength."),
        (
            _("Compare the caseloads, in people and in expected minutes."),
            _("Somebody new has no coach yet. Name one."),
            _("Hand a few clients over to another coach, with a note. Nothing is lost."),
        ),
        "chart",
    ),
    Part(
        "coordinator",
        _("Placement coordinator"),
        _("Knows where there is room, and asks the workplaces for more."),
        (
            _("Look at the map: which seats are free now, and which free up within a month?"),
            _("Open a workplace, and see who is there and what was last talked about."),
            _("Write down a call. A colleague who is about to call the same place is told first."),
            _("Go through what needs confirming: one press says that it is still so."),
        ),
        "map",
        page="places",
    ),
    Part(
        "manager",
        _("Service manager"),
        _("Answers for the area's service, and sees counts, never a client."),
        (
            _("The register's present numbers are filled in. Double the inflow."),
            _("In some seconds: who waits longer, what the law's dates do, how sure that is."),
            _("Take half of the coaches away, and see where it begins to hurt."),
            _("Read what all of it rests on, and which of it nobody has measured."),
        ),
        "chart",
        page="what_if",
        area="098",
        needs="polku.insight",
    ),
    Part(
        "supervisor",
        _("Supervisor at a workplace"),
        _("Has somebody in a trial, no account, and little time."),
        (
            _("See who comes, when, and what was agreed, on a phone and without an account."),
            _("Tick what you have gone through together on the first days."),
            _("Tell a day away, and at the end how it went: the coach gets it by itself."),
        ),
        "work",
        page="host_home",
        needs="polku.placements.host",
    ),
    Part(
        "administrator",
        _("Administrator"),
        _("Lets workers in and out, and never sees a client."),
        (
            _("See who works here, in which roles and since when."),
            _("Invite somebody, and let the role begin next month."),
            _("Print the table of who may do what."),
        ),
        "lock",
        page="staff",
    ),
    Part(
        "auditor",
        _("Auditor"),
        _("Sees who has read what, and why."),
        (_("Look up who has opened Mirja Lehtinen's record."),),
        "eye",
        page="access_log",
    ),
)


def built(role: str) -> Part | None:
    """Return the part of the role; None when there is no such part or its room is not built."""
    return next((part for part in on_stage() if part.role == role), None)


def on_stage() -> list[Part]:
    """Return the parts that can be played now."""
    return [part for part in PARTS if part.lands_on]
