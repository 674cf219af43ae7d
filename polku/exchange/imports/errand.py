"""Who imports what into which register, when, and whether for real; and what is looked up once."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Literal
from uuid import UUID

from django.conf import settings
from django.utils.translation import gettext as _

from polku.exchange.sheets.setting import Lookup, Setting, fold, municipality_lookup
from polku.foundation import clock
from polku.foundation.models import (
    AreaMembership,
    Municipality,
    Register,
    RoleAssignment,
    Team,
)
from polku.foundation.viewer import Viewer
from polku.law import in_force
from polku.rules import Law


@dataclass(frozen=True, slots=True)
class Coach:
    """A worker who may have clients in this register, and their team."""

    user_id: UUID
    name: str
    team_id: UUID | None


@dataclass(slots=True)
class Coaches:
    """The coaches of a register, found as offices write them: e-mail, name, `Kaisa P.`"""

    by_word: dict[str, set[Coach]] = field(default_factory=dict)

    def add(self, coach: Coach, first: str, last: str, email: str) -> None:
        for word in (f"{first}{last}", f"{last}{first}", f"{first}{last[:1]}", first, last, email):
            self.by_word.setdefault(fold(word), set()).add(coach)

    def find(self, text: str) -> Coach | Literal["unknown", "several"]:
        """Return the one coach whom the text names."""
        found = self.by_word.get(fold(text), set())
        if len(found) == 1:
            return next(iter(found))
        return "several" if found else "unknown"


@dataclass(slots=True)
class Errand:
    """One import. `bounds`: codes of the municipalities whose people belong here; None for all.

    `origin` stands as the writer of a contact whose worker is not known. `source` is the import's
    id, `digest` the file's hash: with them the audit tells what came from where without a file's
    name, which may be a person's.
    """

    register: Register
    by: Viewer
    at: datetime
    source: UUID
    digest: str
    dry: bool
    bounds: frozenset[str] | None
    coaches: Coaches
    teams: dict[str | None, UUID]
    only_team: UUID | None
    names: dict[str, str]
    look: Lookup
    origin: str
    # The day of registering of those whose row does not tell it, as the importer has said.
    registered_on: date | None = None
    touched: dict[bytes, int] = field(default_factory=dict)
    asked_law: Law | None = None

    @property
    def today(self) -> date:
        return clock.local(self.at).date()

    @property
    def law(self) -> Law:
        """The law as the register knows it: read once an errand."""
        if self.asked_law is None:
            self.asked_law = in_force.of(self.register.id)
        return self.asked_law

    @property
    def reason(self) -> str:
        """What the audit entry of a batch says of its source."""
        return f"import {self.source} of file {self.digest[:16]}"

    def reading(self) -> Setting:
        """What the reader of the sheet needs to know."""
        return Setting(self.today, self.look, allow_temporary=takes_artificial_codes())

    def team_for(self, municipality: str | None, coach: Coach | None) -> UUID | None:
        """Return the team that a new client comes to.

        A worker's import goes to the worker's own team; the software's to the coach's, else to
        that of the home municipality, else to the only one.
        """
        if self.by.is_staff:
            return self.by.team_id
        if coach is not None and coach.team_id is not None:
            return coach.team_id
        return self.teams.get(municipality) or self.only_team


def takes_artificial_codes() -> bool:
    """Return whether identity codes of the artificial range pass: in demo and tests only."""
    return bool(settings.DEMO or settings.POLKU_ENV in ("test", "development"))


def prepare(
    register: Register,
    by: Viewer,
    *,
    source: UUID,
    digest: str,
    dry: bool = False,
    registered_on: date | None = None,
) -> Errand:
    """Look up, inside the register, what stays the same for all rows."""
    # Not later: what the import itself begins must be in force for the importer at once.
    at = by.at
    teams = list(Team.objects.values_list("municipality_id", "id"))
    return Errand(
        register=register,
        by=by,
        at=at,
        source=source,
        digest=digest,
        dry=dry,
        bounds=_bounds(register, clock.local(at).date()),
        coaches=_coaches(register, at, only_team=by.team_id if by.is_staff else None),
        teams=dict(teams),
        only_team=teams[0][1] if len(teams) == 1 else None,
        names=dict(Municipality.objects.values_list("code", "name_fi")),
        look=municipality_lookup(Municipality.objects.values_list("code", "name_fi", "name_sv")),
        origin=str(_("from the office's list")),
        registered_on=registered_on,
    )


def _bounds(register: Register, day: date) -> frozenset[str] | None:
    if register.area_id is None:
        return None
    members = AreaMembership.objects.filter(area_id=register.area_id, valid_from__lte=day).exclude(
        valid_to__lt=day
    )
    return frozenset(members.values_list("municipality_id", flat=True))


def _coaches(register: Register, at: datetime, *, only_team: UUID | None) -> Coaches:
    """A worker's import names coaches of the own team alone: giving a client to another team is a
    hand-over, and an act of its own."""
    roles: Iterable[Any] = (
        RoleAssignment.objects.valid(at)
        .filter(register=register, role__in=("coach", "lead"), user__is_active=True)
        .order_by("role")
        .values_list(
            "user_id", "team_id", "user__first_name", "user__last_name", "user__email", "role"
        )
    )
    found = Coaches()
    seen: set[UUID] = set()
    for user_id, team_id, first, last, email, _role in roles:
        if user_id in seen or (only_team is not None and team_id != only_team):
            continue
        seen.add(user_id)
        found.add(Coach(user_id, f"{first} {last}", team_id), first, last, email)
    return found
