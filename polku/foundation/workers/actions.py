"""Writes of workers and their roles. Every one is checked, dated and on record."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction

from polku.foundation import audit, lasting
from polku.foundation.door import links, mails, second_step, sessions
from polku.foundation.models import RoleAssignment, Team, User
from polku.foundation.permissions import check
from polku.foundation.viewer import Viewer
from polku.foundation.workers import queries


class NotPossible(ValueError):
    """It can't be done now. Its text is a key of `words.REASONS`, which says why."""


@transaction.atomic
def invite(
    *,
    by: Viewer,
    at: datetime,
    email: str,
    first_name: str,
    last_name: str,
    language: str,
    **role: Any,
) -> User:
    """Invite a worker with a first role, and return them; someone with an account gets the role.

    `role` as in `give_role`. Raises Refused, NotPossible.
    """
    check(by, "staff.manage")
    user = User.objects.filter(email__iexact=email.strip()).first()
    is_new = user is None
    if user is None:
        user = User.objects.create_user(
            email.strip(),
            None,
            first_name=first_name.strip(),
            last_name=last_name.strip(),
            language=language,
            created_at=at,
        )
    if user.is_system:
        raise NotPossible("system")
    _give(by, at, user, **role)
    audit.record(by, "staff.invite", shown=[user.id], reason=role["role"])
    if is_new:
        _link, address = links.make(purpose="invite", user=user, at=at, by=by.user_id)
        mails.invitation(by=by, user=user, address=address, at=at)
    else:
        mails.new_role(by=by, user=user, at=at)
    return user


@transaction.atomic
def give_role(*, by: Viewer, at: datetime, user: User, **role: Any) -> RoleAssignment:
    """Give a role: `role`, `organisation`, `team` (or None), `starts_at`, `ends_at` (or None).

    Raises Refused, NotPossible (own, out_of_reach, has_it, no_team).
    """
    check(by, "staff.manage")
    made = _give(by, at, user, **role)
    audit.record(by, "staff.give_role", shown=[user.id], reason=made.role)
    if user.has_usable_password():
        mails.new_role(by=by, user=user, at=at)
    return made


@transaction.atomic
def end_role(
    *, by: Viewer, at: datetime, role: RoleAssignment, ends_at: datetime
) -> RoleAssignment:
    """End a role at a moment; now means at the next request. Raises Refused, NotPossible."""
    check(by, "staff.manage")
    role = RoleAssignment.objects.select_for_update(of=("self",)).get(pk=role.pk)
    if not queries.roles(by).filter(pk=role.pk).exists():
        raise NotPossible("out_of_reach")
    if role.ends_at is not None and role.ends_at <= at:
        raise NotPossible("ended")
    if role.role == "administrator" and queries.is_last_administrator(role, by):
        raise NotPossible("last_administrator")
    role.ends_at = max(ends_at, role.starts_at)
    role.save(update_fields=["ends_at"])
    audit.record(by, "staff.end_role", shown=[role.user_id], fields=["ends_at"], reason=role.role)
    return role


@transaction.atomic
def reset_second_step(*, by: Viewer, at: datetime, user: User) -> User:
    """Take the second step away, end every session, and mail a link to set up another."""
    _account(by, user)
    second_step.remove(user)
    sessions.revoke(user.id)
    _link, address = links.make(purpose="factor", user=user, at=at, by=by.user_id)
    mails.new_second_step(by=by, user=user, address=address, at=at)
    audit.record(by, "staff.reset_second_step", shown=[user.id])
    return user


@transaction.atomic
def send_link(*, by: Viewer, at: datetime, user: User) -> str:
    """Mail a fresh invitation, or a link for a new password to one who has come in before."""
    _account(by, user)
    purpose = "password" if user.has_usable_password() else "invite"
    _link, address = links.make(purpose=purpose, user=user, at=at, by=by.user_id)
    send = mails.new_password if purpose == "password" else mails.invitation
    send(by=by, user=user, address=address, at=at)
    audit.record(by, f"staff.send_{purpose}", shown=[user.id])
    return purpose


@transaction.atomic
def disable(*, by: Viewer, at: datetime, user: User) -> User:
    """Disable an account: out at the next request, and no way in. Roles stay as they are dated."""
    _account(by, user)
    last = user.roles.filter(role="administrator", ends_at__isnull=True).first()
    if last is not None and queries.is_last_administrator(last, by):
        raise NotPossible("last_administrator")
    user.is_active = False
    user.save(update_fields=["is_active"])
    sessions.revoke(user.id)
    for purpose in links.LASTS:
        links.void(purpose=purpose, user=user, at=at)
    audit.record(by, "staff.disable", shown=[user.id], fields=["is_active"])
    return user


@transaction.atomic
def enable(*, by: Viewer, at: datetime, user: User) -> User:
    """Open a disabled account again, with its password and second step as they were."""
    _account(by, user)
    user.is_active = True
    user.save(update_fields=["is_active"])
    audit.record(by, "staff.enable", shown=[user.id], fields=["is_active"])
    return user


def _account(by: Viewer, user: User) -> None:
    check(by, "staff.manage")
    if user.id == by.user_id:
        raise NotPossible("own")
    if not queries.reaches_account(by, user):
        raise NotPossible("elsewhere")


def _give(
    by: Viewer,
    at: datetime,
    user: User,
    *,
    role: str,
    organisation: Any,
    team: Team | None,
    starts_at: datetime,
    ends_at: datetime | None,
) -> RoleAssignment:
    if user.id == by.user_id:
        raise NotPossible("own_role")
    if not queries.organisations(by).filter(pk=organisation.pk).exists():
        raise NotPossible("out_of_reach")
    if team is not None and team.organisation_id != organisation.pk:
        raise NotPossible("team_of_another")
    if team is None and role in ("coach", "lead"):
        raise NotPossible("no_team")
    stands = lasting.beyond(starts_at)
    same = RoleAssignment.objects.filter(
        stands,
        user=user,
        register_id=by.register_id,
        organisation=organisation,
        role=role,
        team=team,
    )
    if ends_at is not None:
        same = same.filter(starts_at__lt=ends_at)
    if same.exists():
        raise NotPossible("has_it")
    return RoleAssignment.objects.create(
        user=user,
        organisation=organisation,
        register_id=by.register_id,
        team=team,
        role=role,
        starts_at=starts_at,
        ends_at=ends_at,
        given_by_id=by.user_id,
    )
