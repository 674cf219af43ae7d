"""What only the system's own packages can give: pango, a browser, PostgreSQL 15, venv."""

from __future__ import annotations

import ctypes
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from polku.launch import LaunchError

BROWSERS = ("chromium", "chromium-browser", "google-chrome")


@dataclass(frozen=True)
class Need:
    """Something the system must have, how to see whether it is there, and Debian's packages."""

    what: str
    is_there: Callable[[], bool]
    packages: tuple[str, ...]


def _library(*names: str) -> Callable[[], bool]:
    def loads() -> bool:
        try:
            for name in names:
                ctypes.CDLL(name)
        except OSError:
            return False
        return True

    return loads


def _has_venv() -> bool:
    try:
        import ensurepip  # noqa: F401
    except ImportError:
        return False
    return True


FAKETIME = "*/faketime/libfaketime.so.1"
NEEDS = {
    "pango": Need(
        "Pango (for PDF)",
        _library("libpango-1.0.so.0", "libpangoft2-1.0.so.0"),
        ("libpango-1.0-0", "libpangoft2-1.0-0", "libharfbuzz-subset0"),
    ),
    "venv": Need("Python's venv", _has_venv, ("python3-venv",)),
    "browser": Need(
        "Chromium (for the browser tests)",
        lambda: any(map(shutil.which, BROWSERS)),
        ("chromium",),
    ),
    "faketime": Need(
        "libfaketime (for the tests of clocks that differ)",
        lambda: any(Path("/usr/lib").glob(FAKETIME)),
        ("libfaketime",),
    ),
    "postgresql-15": Need(
        "PostgreSQL 15 (the oldest that Polku must work with)",
        lambda: Path("/usr/lib/postgresql/15/bin/postgres").exists(),
        ("postgresql-15",),
    ),
}


def provide(names: Iterable[str]) -> list[str]:
    """Install what is missing where that is possible (Debian, root).

    Returns one sentence for each thing that is still missing, with the command that installs it.
    """
    missing = [NEEDS[name] for name in names if not NEEDS[name].is_there()]
    if missing and can_install():
        wanted = [package for need in missing for package in need.packages]
        print(f"Installing {' '.join(wanted)} …", file=sys.stderr)
        _install(wanted)
    return [_sentence(need) for need in missing if not need.is_there()]


def require(name: str) -> None:
    """Install one thing or raise LaunchError with the sentence that says how."""
    for sentence in provide([name]):
        raise LaunchError(sentence)


def can_install() -> bool:
    """Return whether this is root on a system with Debian's packages."""
    return os.geteuid() == 0 and shutil.which("apt-get") is not None


def _install(packages: list[str]) -> None:
    install = ["apt-get", "install", "-y", "-q", "--no-install-recommends", *packages]
    if not _quietly(install):
        # The list of packages is old, or was never fetched.
        _quietly(["apt-get", "update", "-q"])
        _quietly(install)


def _quietly(command: list[str]) -> bool:
    env = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    done = subprocess.run(command, env=env, stdin=subprocess.DEVNULL, capture_output=True)
    return done.returncode == 0


def _sentence(need: Need) -> str:
    if shutil.which("apt-get"):
        command = f"sudo apt-get install {' '.join(need.packages)}"
        return f"{need.what} is missing; install it with `{command}`."
    return f"{need.what} is missing; install it with your system's package manager."
