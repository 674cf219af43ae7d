"""The planning kernels' machine code, made once for each state of their sources.

It takes half a minute, so a server does not wait for it: it is made beside the first pages.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from polku.launch import LaunchError, places, processes, stamps

ROOT = places.CHECKOUT
SOURCES = ROOT / "polku" / "planning"
COMPILE = [sys.executable, "-m", "polku.planning.compile"]
LINES_OF_AN_ERROR = 8


def make() -> None:
    """Compile what is not compiled yet, and wait for it. Raises LaunchError."""
    if _is_made():
        return
    with processes.held(places.home() / "kernels.lock"):
        # Somebody else may have made it while we waited.
        if _is_made():
            return
        done = subprocess.run(
            COMPILE, cwd=ROOT, stdin=subprocess.DEVNULL, capture_output=True, text=True,
            preexec_fn=processes.die_with_parent,
        )  # fmt: skip
        if done.returncode:
            said = done.stderr.strip().splitlines()[-LINES_OF_AN_ERROR:]
            raise LaunchError("\n".join(["The kernels could not be compiled:", *said]))
        stamps.put(_stamp(), _wanted())


def begin() -> None:
    """Let it be compiled meanwhile, by a process that ends with this one."""
    if not _is_made():
        subprocess.Popen(
            ["nice", sys.executable, "-m", "polku.launch.kernels"], cwd=ROOT,
            stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
            preexec_fn=processes.die_with_parent,
        )  # fmt: skip


def _is_made() -> bool:
    return not SOURCES.exists() or stamps.is_fresh(_stamp(), _wanted())


def _stamp() -> Path:
    return places.home() / "kernels.stamp"


def _wanted() -> str:
    return stamps.digest([*SOURCES.rglob("*.py"), ROOT / "requirements.lock"], sys.version)


if __name__ == "__main__":
    make()
