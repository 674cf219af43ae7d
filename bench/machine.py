"""The machine in words, so that figures from two machines are not taken for one another's."""

from __future__ import annotations

import os
import platform
from importlib.metadata import version
from pathlib import Path


def words(server: str, *, flushed: bool) -> dict[str, str]:
    """Return what the figures depend on; no names, no folders."""
    return {
        "processor": processor(),
        "memory": f"{os.sysconf('SC_PAGE_SIZE') * os.sysconf('SC_PHYS_PAGES') / 2**30:.0f} GB",
        "system": platform.system(),
        "python": platform.python_version(),
        "django": version("django"),
        "postgresql": server + ("" if flushed else ", not flushed to disk"),
    }


def processor() -> str:
    """Return how many processors there are, and of what kind."""
    return f"{os.cpu_count()} × {_processor()}"


def load() -> float:
    """Return how many processes wanted to run, on average over the last minute."""
    return round(os.getloadavg()[0], 1)


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text().splitlines()
    except OSError:
        return platform.machine()
    names = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return names[0] if names else platform.machine()
