"""Pages asked as somebody, with the walls standing, and their statements counted."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.db import connection
from django.test import Client as Browser
from django.test.utils import CaptureQueriesContext

NOT_COUNTED = ("BEGIN", "COMMIT", "SAVEPOINT", "RELEASE", "ROLLBACK")


@pytest.fixture
def browser(world: Any) -> Callable[[str], Browser]:
    """Return a maker of browsers in which a worker of the world is signed in."""
    return world.browser


class Statements(list[str]):
    """The statements of a block; what only opens and closes transactions is left out."""


@contextmanager
def statements() -> Iterator[Statements]:
    """Collect the statements that count inside the block."""
    found = Statements()
    with CaptureQueriesContext(connection) as captured:
        yield found
    found += [q["sql"] for q in captured if not q["sql"].startswith(NOT_COUNTED)]


@pytest.fixture
def counted() -> Callable[[], Any]:
    """Return the counter of statements."""
    return statements
