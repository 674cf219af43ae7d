"""Pages asked as somebody, with the walls standing, and a contact as a form sends it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client as Browser

from polku.foundation import clock


@pytest.fixture
def signed_in(world: Any) -> Callable[[str], Browser]:
    """Return a maker of browsers in which a worker of the world is signed in."""
    return world.browser


def told(**more: Any) -> dict[str, Any]:
    """Return the panel's fields as a browser sends them; `more` changes some."""
    local = clock.local(clock.now())
    return {
        "reached": "1",
        "kind": "call",
        "purpose": "coaching",
        "initiative": "worker",
        "day": local.date().isoformat(),
        "time": local.strftime("%H:%M"),
        "minutes": "6",
        "agreed": "Soitan kirjastoon.",
        "submission": str(uuid4()),
        **more,
    }
