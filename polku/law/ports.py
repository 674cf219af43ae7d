"""Who is told, in the same transaction, that a register's law has become another."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from polku.rules import Law

# Called with the register, the law as it is now, and the parameter that was changed. A room above
# adds one at start where it keeps dates that the law has given.
changed: list[Callable[[UUID, Law, str], None]] = []
