"""The responsible team of clients who are handed over, and who in the register may receive them."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from polku.foundation import clock
from polku.foundation.access import in_force
from polku.foundation.models import Relation, RoleAssignment
from polku.foundation.viewer import Viewer
from polku.teamwork import agreements, assignments
from polku.teamwork.models import Agreement

RECEIVE = ("coach", "lead")


@dataclass(frozen=True)
class Group:
    """The workers of one team who may receive clients, as (id, name); `label` tells whose."""

    label: str
    workers: list[tuple[UUID, str]]


def receivers(viewer: Viewer, towns: Collection[str]) -> list[Group]:
    """Return who may receive clients in the register, by team.

    First the teams that serve the clients' municipalities, by the agreements or as their own, then
    the viewer's own team, then the rest by name. Somebody of two teams stands in the first.
    """
    serving = _serving(viewer, towns)
    found: dict[tuple[int, str], dict[UUID, str]] = {}
    for role in _roles(viewer):
        team = role.team
        town = team.municipality_id if team else role.organisation.municipality_id
        rank = 2
        if town in towns or role.organisation_id in serving:
            rank = 0
        elif role.team_id is not None and role.team_id == viewer.team_id:
            rank = 1
        words = dict.fromkeys(filter(None, (str(role.organisation), team and team.name)))
        found.setdefault((rank, " · ".join(words)), {})[role.user_id] = str(role.user)
    groups, told = [], set()
    for (_rank, label), workers in sorted(found.items()):
        fresh = [(who, name) for who, name in workers.items() if who not in told]
        told |= {who for who, _name in fresh}
        if fresh:
            groups.append(Group(label, fresh))
    return groups


def _serving(viewer: Viewer, towns: Collection[str]) -> set[UUID]:
    return {
        one.organisation_id
        for one in agreements.in_force(viewer, clock.local(viewer.at).date())
        if one.municipality_id in towns and one.task == Agreement.Task.COACHING
    }


def _roles(viewer: Viewer) -> Iterable[RoleAssignment]:
    return (
        RoleAssignment.objects.filter(
            in_force(viewer),
            register_id=viewer.register_id,
            role__in=RECEIVE,
            user__is_active=True,
        )
        .select_related("user", "team", "organisation")
        .order_by("user__last_name", "user__first_name", "starts_at")
    )


def follow(
    client_ids: Iterable[UUID], to_user_id: UUID, *, by: Viewer, at: datetime
) -> dict[UUID, UUID]:
    """Let the responsible team be the receiver's; return the former team of those who change.

    A client whose team is one of the receiver's own, or who has none, keeps it.
    """
    roles = RoleAssignment.objects.valid(at).filter(
        user_id=to_user_id, register_id=by.register_id, role__in=RECEIVE, team__isnull=False
    )
    theirs = list(roles.order_by("starts_at").values_list("team_id", flat=True))
    if not theirs:
        return {}
    standing = Relation.objects.filter(
        client_id__in=list(client_ids), kind="team", ends_at__isnull=True
    ).exclude(team_id__in=theirs)
    left: dict[UUID, UUID] = dict(standing.values_list("client_id", "team_id"))
    assignments.begin_many("team", dict.fromkeys(left, theirs[0]), by=by, at=at)
    return left
