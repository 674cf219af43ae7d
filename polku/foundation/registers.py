"""Opening a register: the row, its key, and the account of imports."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db import transaction

from polku.foundation import clock, crypto
from polku.foundation.models import Register, RegisterKey, User

SYSTEM_EMAIL = "imports@polku.invalid"


@transaction.atomic
def open_register(*, slug: str, name: str, kind: str, controller: Any, **more: Any) -> Register:
    """Create a register with a fresh data key of its own, and return it."""
    register = Register.objects.create(
        slug=slug, name=name, kind=kind, controller=controller, **more
    )
    RegisterKey.objects.create(register=register, wrapped=crypto.new_wrapped_key(register.id))
    return register


def ids() -> list[UUID]:
    """Return the ids of all registers, for jobs that go from one to the next."""
    return list(Register.objects.values_list("id", flat=True))


def system_user() -> User:
    """Return the account in whose name imports and jobs act; it can't sign in."""
    user, made = User.objects.get_or_create(
        email=SYSTEM_EMAIL,
        defaults={
            "first_name": "Polku",
            "last_name": "Import",
            "is_system": True,
            "is_active": False,
            "created_at": clock.now(),
        },
    )
    if made:
        user.set_unusable_password()
        user.save(update_fields=["password"])
    return user
