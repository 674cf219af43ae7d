"""Mails about an account. They hold a link at most, never a password, and no name in a subject."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.utils import translation
from django.utils.translation import gettext as _

from polku.foundation import clock, outbox, walls
from polku.foundation.models import RoleAssignment, User
from polku.foundation.viewer import Viewer, system

SIGNED = "\n\nPolku"


def invitation(*, by: Viewer, user: User, address: str, at: datetime) -> None:
    """Invite a worker: a link that works once, for seven days."""
    with translation.override(user.language):
        body = _(
            "Hello,\n\nyou have been invited to work in Polku. Open this link, choose a password "
            "and set up your second step. The link works once, for seven days:\n\n%(address)s\n\n"
            "If you did not expect this, leave it be: without you nothing happens."
        ) % {"address": address}
        _send(by, user, "invitation", _("You have been invited to Polku"), body, at)


def new_role(*, by: Viewer, user: User, at: datetime) -> None:
    """Tell someone who has an account that they have been given a role."""
    with translation.override(user.language):
        body = _(
            "Hello,\n\nyou have been given a new role in Polku. Sign in as before, and choose it "
            "from the menu behind your name."
        )
        _send(by, user, "new_role", _("You have a new role in Polku"), body, at)


def new_password(*, by: Viewer, user: User, address: str, at: datetime) -> None:
    """Send a link by which the worker chooses a new password."""
    with translation.override(user.language):
        body = _(
            "Hello,\n\nchoose a new password for Polku here. The link works once, for two hours:"
            "\n\n%(address)s\n\nYour second step stays as it is. If you did not ask for this, "
            "leave it be: your password has not changed."
        ) % {"address": address}
        _send(by, user, "new_password", _("A new password for Polku"), body, at)


def new_second_step(*, by: Viewer, user: User, address: str, at: datetime) -> None:
    """Send a link by which the worker sets up a new second step."""
    with translation.override(user.language):
        body = _(
            "Hello,\n\nyour administrator has removed your second step, and you have been signed "
            "out everywhere. Set up a new one here; you need your password. The link works once, "
            "for two days:\n\n%(address)s\n\nIf you did not ask for this, tell your administrator "
            "at once."
        ) % {"address": address}
        _send(by, user, "new_second_step", _("A new second step for Polku"), body, at)


def warn_of_wrong_codes(user: User) -> None:
    """Tell the owner that somebody knows the password but not the code."""
    register = register_of(user)
    if register is None:
        return
    with translation.override(user.language), walls.inside(register):
        body = _(
            "Hello,\n\nsomeone has given your right password for Polku five times with a wrong "
            "code. If it was you, wait a quarter of an hour. If it was not, choose a new password "
            "at once: somebody knows the one you have."
        )
        by = system(register)
        _send(by, user, "wrong_codes", _("Someone tried to sign in as you"), body, clock.now())


def register_of(user: User) -> UUID | None:
    """Return the id of the register through which a worker's own mails go, or None."""
    roles = RoleAssignment.objects.filter(user=user).order_by("-starts_at")
    return roles.values_list("register_id", flat=True).first()


def _send(by: Viewer, user: User, kind: str, subject: str, body: str, at: datetime) -> None:
    outbox.write(
        by=by,
        at=at,
        kind=kind,
        subject=subject,
        body=body + SIGNED,
        user_id=user.id,
        language=user.language,
    )
