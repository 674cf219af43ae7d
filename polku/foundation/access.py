"""Who has to do with whom: the dated relations as sets of client ids.

`clients.queries.visible` builds on these; nothing else decides who is seen.
"""

from __future__ import annotations

from django.db.models import Exists, OuterRef, Q, QuerySet

from polku.foundation import lasting
from polku.foundation.models import Recusal, Relation
from polku.foundation.viewer import Viewer

PERSONAL_KINDS = ("own", "team", "cover", "shared")
BAN_KINDS = ("own", "cover")

SEES_TEAM = ("lead",)
TAKES_FROM_TEAM = ("coach", "lead")


def in_force(viewer: Viewer) -> Q:
    """Return the condition that a dated row is in force at the viewer's moment."""
    return lasting.at(viewer.at)


def _relations(viewer: Viewer) -> QuerySet[Relation]:
    return Relation.objects.filter(in_force(viewer), register_id=viewer.register_id)


def related_ids(viewer: Viewer) -> list[QuerySet[Relation]]:
    """Return sub-selects of client ids that the worker may see; break-glass is denied so far.

    A lead sees the clients of the team. A coach sees their own, those they cover for, those whose
    team names them, and clients of the team who have no own coach yet.
    """
    personal = _relations(viewer).filter(user_id=viewer.user_id, kind__in=PERSONAL_KINDS)
    found = [personal.values("client_id")]
    if viewer.team_id is None:
        return found
    team = _relations(viewer).filter(team_id=viewer.team_id, kind="team")
    if viewer.has_role(*SEES_TEAM):
        found.append(team.values("client_id"))
    elif viewer.has_role(*TAKES_FROM_TEAM):
        found.append(unowned_ids(viewer))
    return found


def unowned_ids(viewer: Viewer) -> QuerySet[Relation]:
    """Return the ids of clients of the viewer's team who have no own coach.

    Nearly all have one, which their team's relation tells; only the rest are asked about.
    """
    open_to_doubt = Q(led_from__isnull=True) | Q(led_from__gt=viewer.at)
    team = _relations(viewer).filter(open_to_doubt, team_id=viewer.team_id, kind="team")
    owned = _relations(viewer).filter(kind="own", client_id=OuterRef("client_id"))
    return team.exclude(Exists(owned)).values("client_id")


def ban_ids(viewer: Viewer) -> QuerySet[Relation]:
    """Return the ids of clients for whom the worker is the own coach or the named cover."""
    return _relations(viewer).filter(user_id=viewer.user_id, kind__in=BAN_KINDS).values("client_id")


def recused_ids(viewer: Viewer) -> QuerySet[Recusal]:
    """Return the ids of clients from whom the worker is shut out by conflict of interest."""
    return Recusal.objects.filter(
        in_force(viewer), register_id=viewer.register_id, user_id=viewer.user_id
    ).values("client_id")
