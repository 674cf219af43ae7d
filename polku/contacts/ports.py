"""What a room above this one says of messages that this room shows."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q

from polku.foundation.viewer import Viewer


@dataclass(frozen=True, slots=True)
class ToHosts:
    """Messages to people at workplaces: `of` is the condition on those that a viewer may read,

    `names` tells who the people are. Who knows workplaces adds one at start.
    """

    of: Callable[[Viewer], Q]
    names: Callable[[Iterable[UUID]], dict[UUID, str]]


to_hosts: list[ToHosts] = []
