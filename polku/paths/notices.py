"""Tells the own coach by e-mail that a client has answered, unless the coach wants no such mail.

The mail names nobody and nothing: it only says that there is something to look at.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from polku.foundation import lasting, outbox, walls
from polku.foundation.models import OutboxMessage, Relation, User
from polku.foundation.viewer import system
from polku.teamwork.models import NotificationSetting

KIND = "client_answered"
# Several answers in one sitting are one mail.
GATHER = timedelta(minutes=10)


def tell_coach(*, register_id: UUID, client_id: UUID, at: datetime) -> OutboxMessage | None:
    """Write the mail to the own coach and the cover in force; None when no one wants one.

    A client's session may write no mail and read no settings, so the software does it itself.
    """
    with walls.inside(register_id):
        message = None
        for user in _coaches(client_id, at):
            if _wanted(user.id) and not _waits(user.id):
                message = _write(register_id, user, at)
    return message


def _coaches(client_id: UUID, at: datetime) -> list[User]:
    in_force = lasting.at(at)
    relations = Relation.objects.filter(
        in_force, client_id=client_id, kind__in=("own", "cover"), user__is_active=True
    ).select_related("user")
    return [relation.user for relation in relations if relation.user is not None]


def _wanted(user_id: UUID) -> bool:
    setting = NotificationSetting.objects.filter(user_id=user_id, event=KIND).first()
    return setting is None or setting.by_email


def _waits(user_id: UUID) -> bool:
    return OutboxMessage.objects.filter(user_id=user_id, kind=KIND, status="waiting").exists()


def _write(register_id: UUID, user: User, at: datetime) -> OutboxMessage:
    with translation.override(user.language):
        return outbox.write(
            by=system(register_id),
            at=at,
            kind=KIND,
            subject=_("A client has answered you in Polku"),
            body=_(
                "Hello,\n\none of your clients has answered in their own view. You find the "
                "answer in My day, under what waits for you:\n\n%(address)s\n\nYou can turn these "
                "messages off in your settings.\n\nPolku"
            )
            % {"address": settings.POLKU_ADDRESS},
            user_id=user.id,
            language=user.language,
            not_before=at + GATHER,
        )
