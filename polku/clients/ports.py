"""Doors through which higher rooms take part in what happens to a client, in the same transaction.

A room adds its function when the application starts; `actions` calls them in the order of adding.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date, datetime

from polku.clients.models import Client
from polku.foundation.viewer import Viewer

Happened = Callable[[Client, Viewer, datetime], None]
Changed = Callable[[Client, Viewer, date], None]

opened: list[Happened] = []
closed: list[Happened] = []
died: list[Happened] = []
death_undone: list[Happened] = []
ban_set: list[Happened] = []
reopened: list[Happened] = []

# What else is guarded of a client: read with the guarded view open, to warn of it in a note.
guarded_words: list[Callable[[Client], Iterable[str]]] = []
