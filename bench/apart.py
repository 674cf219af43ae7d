"""Measurements in processes of their own, so that none pays for another's."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import Any

from polku.launch import places


def figures(module: str, *words: object) -> dict[str, Any]:
    """Run one measurement and return its figures, its last line. Raises RuntimeError."""
    done = subprocess.run(
        [sys.executable, "-m", module, *map(str, words)],
        cwd=places.CHECKOUT, capture_output=True, text=True,
    )  # fmt: skip
    if done.returncode:
        raise RuntimeError(f"{' '.join(map(str, words)) or module}: {done.stderr.strip()[-2_000:]}")
    return dict(json.loads(done.stdout.splitlines()[-1]))
