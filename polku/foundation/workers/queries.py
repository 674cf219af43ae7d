"""Reads of workers, within the administrator's reach."""

from __future__ import annotations

from uuid import UUID

from django.db.models import Q, QuerySet

from polku.foundation import lasting
from polku.foundation.models import Organisation, Register, Relation, RoleAssignment, Team, User
from polku.foundation.viewer import Viewer


def has_whole_register(viewer: Viewer) -> bool:
    """Return whether the viewer's organisation is the register's controller."""
    return Register.objects.filter(
        pk=viewer.register_id, controller_id=viewer.organisation_id
    ).exists()


def reach(viewer: Viewer) -> Q:
    """Return the condition on roles that the administrator reaches."""
    here = Q(register_id=viewer.register_id)
    if has_whole_register(viewer):
        return here
    return here & Q(organisation_id=viewer.organisation_id)


def roles(viewer: Viewer) -> QuerySet[RoleAssignment]:
    """Return every role in reach, past and coming ones too."""
    return RoleAssignment.objects.filter(reach(viewer)).select_related("organisation", "team")


def people(viewer: Viewer) -> QuerySet[User]:
    """Return the workers who have or had a role in reach."""
    return User.objects.filter(
        pk__in=RoleAssignment.objects.filter(reach(viewer)).values("user_id"), is_system=False
    )


def get(viewer: Viewer, user_id: UUID) -> User:
    """Return one worker in reach. Raises User.DoesNotExist, foreign and absent alike."""
    return people(viewer).get(pk=user_id)


def reaches_account(viewer: Viewer, user: User) -> bool:
    """Return whether the worker's account as a whole is in reach: their oldest role that stands.

    Whoever works in two registers has one account; only the first house may shut it.
    """
    theirs = RoleAssignment.objects.filter(user=user)
    standing = theirs.filter(lasting.beyond(viewer.at))
    home = (standing if standing.exists() else theirs).order_by("starts_at", "id").first()
    return home is not None and roles(viewer).filter(pk=home.pk).exists()


def teams(viewer: Viewer) -> QuerySet[Team]:
    """Return the teams to which the administrator may give roles."""
    found = Team.objects.filter(register_id=viewer.register_id)
    if not has_whole_register(viewer):
        found = found.filter(organisation_id=viewer.organisation_id)
    return found.order_by("name")


def organisations(viewer: Viewer) -> QuerySet[Organisation]:
    """Return the organisations for which the administrator may give roles."""
    if not has_whole_register(viewer):
        return Organisation.objects.filter(pk=viewer.organisation_id)
    here = RoleAssignment.objects.filter(register_id=viewer.register_id)
    by_team = Team.objects.filter(register_id=viewer.register_id)
    return Organisation.objects.filter(
        Q(pk__in=here.values("organisation_id"))
        | Q(pk__in=by_team.values("organisation_id"))
        | Q(pk=viewer.organisation_id)
    ).order_by("name")


def own_clients(viewer: Viewer, user: User) -> int:
    """Return how many clients in the register have the worker as their own coach. A number only."""
    return Relation.objects.filter(
        lasting.at(viewer.at), register_id=viewer.register_id, user=user, kind="own"
    ).count()


def is_last_administrator(role: RoleAssignment, viewer: Viewer) -> bool:
    """Return whether no other administrator's role stands in the register."""
    return (
        not RoleAssignment.objects.filter(
            register_id=role.register_id, role="administrator", user__is_active=True
        )
        .filter(Q(ends_at__isnull=True))
        .exclude(user_id=role.user_id)
        .exists()
    )
