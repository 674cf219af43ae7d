"""What the stage shows: each part with the people who can be stepped into, as ready strings."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from polku.demo import cast, parts
from polku.demo.mass_house import SLUG as LARGE
from polku.foundation.models import RoleAssignment

MOST_OTHERS = 14


@dataclass(frozen=True)
class Player:
    """Somebody to step into: the fields of the form, and the words on the button."""

    area: str
    nth: int
    name: str
    where: str = ""


@dataclass(frozen=True)
class Scene:
    """One part on the stage."""

    role: str
    title: Any
    who: Any
    story: tuple[Any, ...]
    icon: str
    first: Player
    others: tuple[Player, ...]


def scenes() -> list[Scene]:
    """Return the parts that can be played, with their people."""
    made = []
    for part in parts.on_stage():
        players = OF_OTHERS.get(part.role, _workers)(part)
        if players:
            made.append(
                Scene(
                    part.role,
                    part.title,
                    part.who,
                    part.story,
                    part.icon,
                    players[0],
                    tuple(players[1 : 1 + MOST_OTHERS]),
                )
            )
    return made


def _workers(part: parts.Part) -> list[Player]:
    counted: Counter[str] = Counter()
    found = []
    for role in cast.workers(part.role):
        area = role.organisation.municipality_id or ""
        found.append(Player(area, counted[area], str(role.user), _where(role)))
        counted[area] += 1
    shown = [player for player in found if player.where]
    # One of each office before the second of any: else a large office fills the stage alone.
    return sorted(shown, key=lambda player: player.nth > 0)[: 1 + MOST_OTHERS]


def _where(role: RoleAssignment) -> str:
    return "" if role.register.slug == LARGE else str(role.organisation)


def _clients(part: parts.Part) -> list[Player]:
    found = []
    for area, nth in ((part.area, 0), ("098", 0), ("398", 0), ("619", 0)):
        try:
            person = cast.client(area, nth)
        except cast.NobodyThere:
            continue
        found.append(Player(area, nth, person.name, _("own view")))
    return found


def _supervisors(part: parts.Part) -> list[Player]:
    found = []
    for area, nth in ((part.area, 0), (part.area, 1), ("098", 0), ("398", 0), ("619", 0)):
        try:
            one = cast.supervisor(area, nth)
        except cast.NobodyThere:
            continue
        found.append(Player(area, nth, one.name, one.worksite))
    return found


# Who is no worker, by role.
OF_OTHERS = {"client": _clients, "supervisor": _supervisors}
