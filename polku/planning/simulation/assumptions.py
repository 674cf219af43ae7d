"""Every input of the world of Finland: its value, its range, and where it comes from.

`ASSUMED` marks what nobody measured; such a value only starts the talk, and its range says how far
it may be off.
"""

from __future__ import annotations

from dataclasses import dataclass

ASSUMED = "assumption"
