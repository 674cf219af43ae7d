"""Notes which law each register of the worker has, from the roles that are read anyway."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse

from polku.law import in_force

GetResponse = Callable[[HttpRequest], HttpResponse]


class LawOfTheRequest:
    """Stands inside DoorMiddleware, which has found the viewer."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: Any) -> HttpResponse:
        roles = request.viewer.roles if request.viewer is not None else ()
        with in_force.noting({role.register_id: role.register.law_mark for role in roles}):
            return self.get_response(request)
