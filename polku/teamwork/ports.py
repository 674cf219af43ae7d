"""Doors through which higher rooms take part in a hand-over, or in taking one back, at once."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from polku.foundation.viewer import Viewer
from polku.teamwork.models import HandOver

handed_over: list[Callable[[list[HandOver], Viewer, datetime], None]] = []
taken_back: list[Callable[[list[HandOver], Viewer, datetime], None]] = []
