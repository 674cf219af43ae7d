"""Doors through which higher rooms take part in what happens to a client, in the same transaction.

A room adds its function when the application starts; `actions` calls them in the order of adding.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime

from polku.clients.models import Client
from polku.foundation.viewer import Viewer

Happened = Callable[[Client, Viewer, datetime], None]
Changed = Callable[[Client, Viewer, date], None]

opened: list[Happened] = []
closed: list[Happened] = []
died: list[Happened] = []
ban_set: list[Happened] = []
reopened: list[Happened] = []
