"""The parts one can play on the demo's stage."""

from __future__ import annotations

from dataclasses import dataclass
from importlib.util import find_spec
from typing import Any

from django.urls import Resolver404, resolve
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Part:
    """A kind of user: whose day it is, a story of three minutes, and where one steps in."""

    role: str
    title: Any
    who: Any
    lands_on: str = "/"
    story: tuple[Any, ...] = ()
    always: bool = False

    @property
    def is_built(self) -> bool:
        """Whether its room is there: the page on which it lands answers."""
        return self.always or _answers(self.lands_on)


PARTS = (
    Part("coach", _("Personal coach"), "", always=True),
    Part("lead", _("Team lead"), "", always=True),
    Part("client", _("Client"), "", "/me/"),
    Part("administrator", _("Administrator"), "", "/staff/"),
)


def built(role: str) -> Part | None:
    """Return the part of the role, or None when it does not exist or its room is not built."""
    return next((part for part in on_stage() if part.role == role), None)


def on_stage() -> list[Part]:
    return [part for part in PARTS if part.is_built]


def _answers(address: str) -> bool:
    if address == "/me/" and find_spec("polku.portal.door") is None:
        return False
    try:
        resolve(address)
    except Resolver404:
        return False
    return True
