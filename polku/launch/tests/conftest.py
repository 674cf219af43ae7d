"""Folders and clusters for the launcher's own tests; nothing of the run's database is touched."""

from __future__ import annotations

import contextlib
import os
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from polku.launch import binaries, postgres
from polku.launch.postgres import Cluster


@pytest.fixture
def base() -> Iterator[Path]:
    """A folder that root's server, which runs as another user, may pass through."""
    with _folder() as path:
        yield path


@contextlib.contextmanager
def _folder() -> Iterator[Path]:
    path = Path(tempfile.mkdtemp(prefix="polku-test-", dir="/var/tmp"))
    path.chmod(0o711)
    yield path
    shutil.rmtree(path, ignore_errors=True)


@pytest.fixture(scope="session")
def fresh_data() -> Iterator[Path]:
    """A data folder just made, to copy: making one for each test would take longer."""
    with _folder() as path:
        made = Cluster(path, binaries.find(), dict(postgres.THROWAWAY))
        made.start()
        made.stop()
        yield made.data


@pytest.fixture
def cluster(base: Path, fresh_data: Path) -> Iterator[Cluster]:
    """A cluster that has not been started yet."""
    # Owners have to stay as they are, which shutil does not do.
    subprocess.run(["cp", "-a", str(fresh_data), str(base / fresh_data.name)], check=True)
    made = Cluster(base, binaries.find(), dict(postgres.THROWAWAY))
    yield made
    made.stop()


@pytest.fixture
def alone(monkeypatch: pytest.MonkeyPatch, base: Path) -> dict[str, str]:
    """The variables of somebody who has just arrived: no database named, a home of their own."""
    for name in list(os.environ):
        if name.startswith("POLKU_") or name in {"DATABASE_URL", "PORT", "MAKELEVEL"}:
            monkeypatch.delenv(name)
    monkeypatch.setenv("POLKU_STATE_DIR", str(base))
    monkeypatch.setenv("PORT", str(free_port()))
    return dict(os.environ)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
