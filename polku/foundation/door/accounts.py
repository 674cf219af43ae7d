"""Writes of accounts that the worker does: taking up an invitation, opening the house."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.text import slugify

from polku.foundation import audit, walls
from polku.foundation.door import links, mails, sessions
from polku.foundation.models import EntryLink, Organisation, Register, RoleAssignment, User
from polku.foundation.registers import open_register
from polku.foundation.viewer import Viewer

KINDS = {"authority": "authority", "project": "association"}


class AddressTaken(Exception):
    """Someone has an account with this e-mail address already."""


@transaction.atomic
def accept(*, link: EntryLink, at: datetime, told: dict[str, Any]) -> User:
    """Do what a worker's own link is for, use the link up, and return the worker.

    invite: names and password; password: a new one, and every session ends; factor: nothing but
    the right to set up a new second step.
    """
    user = link.user
    assert user is not None
    if link.purpose == "invite":
        user.first_name, user.last_name = told["first_name"].strip(), told["last_name"].strip()
    if link.purpose in ("invite", "password"):
        user.set_password(told["password"])
        user.save(update_fields=["first_name", "last_name", "password"])
        sessions.revoke(user.id)
    register: Any = mails.register_of(user)
    who = Viewer(kind="staff", register_id=register, user_id=user.id, name=str(user))
    walls.enter(register=register, by=who)
    links.use(link, at)
    audit.record(who, f"door.accept_{link.purpose}", shown=[user.id])
    return user


@transaction.atomic
def open_house(*, link: EntryLink, at: datetime, told: dict[str, Any]) -> User:
    """Open the first register with its first administrator, and return them.

    Raises AddressTaken when the e-mail address belongs to an account.
    """
    email = told["email"].lower()
    if User.objects.filter(email__iexact=email).exists():
        raise AddressTaken
    controller = Organisation.objects.create(
        name=told["organisation"].strip(), kind=KINDS[told["kind"]]
    )
    name = told["register"].strip()
    register = open_register(
        slug=free_slug(name), name=name, kind=told["kind"], controller=controller
    )
    user = User.objects.create_user(
        email,
        told["password"],
        first_name=told["first_name"].strip(),
        last_name=told["last_name"].strip(),
        created_at=at,
    )
    who = Viewer(kind="staff", register_id=register.id, user_id=user.id)
    walls.enter(register=register.id, by=who)
    role = RoleAssignment.objects.create(
        user=user, organisation=controller, register=register, role="administrator", starts_at=at
    )
    links.use(link, at)
    who = replace(who, role_id=role.id, role=role.role)
    audit.record(who, "door.open_house", shown=[user.id])
    return user


def free_slug(name: str) -> str:
    """Return a short name for a register's address that no other has."""
    base = slugify(name)[:40] or "register"
    taken = set(Register.objects.filter(slug__startswith=base).values_list("slug", flat=True))
    if base not in taken:
        return base
    return next(f"{base}-{n}" for n in range(2, 10_000) if f"{base}-{n}" not in taken)
