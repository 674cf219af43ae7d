"""The whole server: comes up, answers, is the only one, and leaves nothing behind."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import urllib.request
from pathlib import Path

import pytest

from polku.launch import places, processes

pytestmark = pytest.mark.launch


def _serve(env: dict[str, str], said: Path) -> subprocess.Popen[bytes]:
    with said.open("wb") as out:
        return subprocess.Popen(
            [sys.executable, "-m", "polku", "serve"],
            env=env, cwd=places.CHECKOUT, stdout=out, stderr=subprocess.PIPE,
        )  # fmt: skip


def _processes_of(base: Path) -> list[int]:
    """Return whatever runs with this home in its variables or on its command line."""
    mark = str(base).encode()
    found = []
    for entry in Path("/proc").glob("[0-9]*"):
        try:
            words = (entry / "cmdline").read_bytes() + (entry / "environ").read_bytes()
        except OSError:
            continue
        if mark in words and processes.is_alive(int(entry.name)):
            found.append(int(entry.name))
    return [pid for pid in found if pid != os.getpid()]


@pytest.mark.skipif(not Path("/proc/self").exists(), reason="looks into /proc")
def test_a_server_comes_up_is_the_only_one_and_leaves_nothing_behind(
    alone: dict[str, str], base: Path
) -> None:
    said = base / "said"
    server = _serve(alone, said)
    assert server.stderr is not None
    up = processes.wait_until(
        lambda: server.poll() is not None or b"answers" in said.read_bytes(), seconds=120
    )
    assert up and server.poll() is None, server.stderr.read().decode()
    address = f"http://127.0.0.1:{alone['PORT']}/"
    assert said.read_text() == f"Polku answers at {address}\n"
    with urllib.request.urlopen(f"{address}health/") as answer:
        assert json.load(answer) == {"status": "ok"}

    second = subprocess.run(
        [sys.executable, "-m", "polku", "serve"],
        env=alone, cwd=places.CHECKOUT, capture_output=True, text=True,
    )  # fmt: skip
    assert second.returncode == 1
    assert second.stderr.startswith(f"The server of this checkout runs already at {address}")
    assert second.stderr.count("\n") == 1

    assert len(_processes_of(base)) > 5
    server.send_signal(signal.SIGTERM)
    assert server.wait(60) == 0
    # What compiles the kernels is nice, and on a busy machine ends a moment after.
    assert processes.wait_until(lambda: _processes_of(base) == [], seconds=10)


@pytest.mark.skipif(not Path("/proc/self").exists(), reason="looks into /proc")
def test_what_was_begun_ends_also_when_the_launcher_is_killed(
    alone: dict[str, str], base: Path
) -> None:
    server = _serve(alone, base / "said")
    assert processes.wait_until(lambda: (base / "postgres/postmaster.pid").exists(), seconds=60)
    server.kill()
    server.wait()
    assert processes.wait_until(lambda: _processes_of(base) == [], seconds=20)
