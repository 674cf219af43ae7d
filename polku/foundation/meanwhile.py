"""Two people at the same thing: the second to save is shown what the first has saved."""

from __future__ import annotations

from typing import Any


class ChangedMeanwhile(Exception):
    """Somebody has saved the same thing since it was opened. `theirs` is what stands now."""

    def __init__(self, theirs: Any) -> None:
        super().__init__("changed meanwhile")
        self.theirs = theirs
