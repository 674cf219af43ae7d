"""Asks the database what time it is, where nothing else of a request has asked yet.

`walls.enter` tells the clock with each request and job. Before that a session is read, and a
worker has just begun or its machine's clock was set: then the time is asked for here.
"""

from __future__ import annotations

from typing import Any

from django.db import connection

from polku.foundation import clock

_ASK = "SELECT clock_timestamp()"


def on_connecting(connection: Any, **_: Any) -> None:
    """Ask when a connection has been made, so that a process never begins by its own clock."""
    clock.tell(connection.connection.execute(_ASK).fetchone()[0])


def ask_if_doubtful() -> None:
    """Ask where the machine's clock was set, or the machine stood still, since it was told."""
    if clock.is_doubtful():
        with connection.cursor() as cursor:
            cursor.execute(_ASK)
            clock.tell(cursor.fetchone()[0])
