"""Whose session it is: django-allauth's way in, asked once on every page."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from allauth.account.auth_backends import AuthenticationBackend
from django.db import connection
from django.db.models import QuerySet

from polku.foundation.models import User
from polku.foundation.prepared import prepared
from polku.foundation.viewer import Viewer, system

_USER = [field.attname for field in User._meta.concrete_fields]


@prepared
def _worker(viewer: Viewer, *, user_id: UUID) -> QuerySet[Any, Any]:
    return User.objects.filter(pk=user_id).values_list(*_USER)


class Backend(AuthenticationBackend):
    """Allauth's own, but a session's worker is found by words that are kept."""

    def get_user(self, user_id: UUID) -> User | None:
        for row in _worker(system(None), user_id=user_id):
            user = User.from_db(connection.alias, _USER, row)
            return user if self.user_can_authenticate(user) else None
        return None
