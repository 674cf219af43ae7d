"""What a test says of the promise that it shows, and the figures that full runs reached."""

from __future__ import annotations

import json
import time
from dataclasses import dataclass
from pathlib import Path

REACHED = Path(__file__).with_name("reached.json")


@dataclass(frozen=True)
class Promise:
    """One row of docs/promises.md: `asked` is the figure to reach, `here` what each run of CI does.

    `owed` tells what is not shown yet, and why.
    """

    number: int
    promise: str
    asked: str
    here: str
    owed: str = ""


def reached(number: int, figure: str, part: str = "") -> None:
    """Write down what a full run reached, with the day. Called by a torture test that passed.

    A full size that is run in parts names the part, and leaves what the others reached.
    """
    kept = json.loads(REACHED.read_text("utf-8")) if REACHED.exists() else {}
    # The day of the run; the clock of the test itself may be stopped.
    now = {"figure": figure, "on": time.strftime("%Y-%m-%d")}
    if part:
        parts = kept.get(str(number), {}).get("parts", {}) | {part: now}
        kept[str(number)] = {"parts": dict(sorted(parts.items()))}
    else:
        kept[str(number)] = now
    ordered = dict(sorted(kept.items(), key=lambda item: int(item[0])))
    REACHED.write_text(json.dumps(ordered, ensure_ascii=False, indent=1) + "\n", "utf-8")
