"""A deed in a thread of its own, on a connection of its own: what came of it, in a word."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db import connection

from polku.foundation import walls
from polku.foundation.viewer import Viewer


def hand(viewer: Viewer, deed: Callable[[], Any]) -> str:
    """Do it inside the viewer's walls; return "done", or the name of the error that came of it."""
    assert viewer.register_id is not None
    try:
        with walls.inside(viewer.register_id, by=viewer, client=viewer.client_id):
            deed()
            return "done"
    except Exception as error:  # what came of it is what is asked
        return type(error).__name__
    finally:
        connection.close()
