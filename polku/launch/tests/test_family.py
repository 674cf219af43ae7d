"""Members start in order, are started again when they die, and end in the opposite order."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from polku.launch import LaunchError, family, places, processes


def _member(name: str, program: str, folder: Path) -> family.Member:
    log = folder / f"{name}.log"
    command = [sys.executable, "-c", program]
    return family.Member(
        name, log, lambda: processes.start(command, log=log, env=dict(os.environ), cwd=folder)
    )


SLEEP = "import time; time.sleep(60)"


@pytest.fixture
def members() -> family.Family:
    return family.Family()


def test_a_member_that_dies_is_started_again(members: family.Family, tmp_path: Path) -> None:
    member = _member("sleeper", SLEEP, tmp_path)
    members.add(member)
    try:
        assert member.child is not None
        first = member.child.pid
        members.look_after()
        assert member.child.pid == first
        member.child.kill()
        member.child.wait()
        members.look_after()
        assert member.child.pid != first
        assert processes.is_alive(member.child.pid)
    finally:
        members.end()


def test_a_member_that_keeps_dying_is_named_with_its_last_words(
    members: family.Family, tmp_path: Path
) -> None:
    member = _member("sleeper", "print('no such table', flush=True)", tmp_path)
    members.add(member)
    with pytest.raises(LaunchError, match=r"(?s)sleeper stops again and again.*no such table"):
        for _ in range(family.MOST_DEATHS + 1):
            assert member.child is not None
            member.child.wait()
            members.look_after()


def test_they_end_in_the_opposite_order(
    members: family.Family, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ended = []
    for name in ("database", "web", "worker"):
        members.add(_member(name, SLEEP, tmp_path))
    end = family.Member.end

    def noted(self: family.Member) -> None:
        ended.append(self.name)
        end(self)

    monkeypatch.setattr(family.Member, "end", noted)
    everyone = [member.child for member in members.members]
    members.end()
    assert ended == ["worker", "web", "database"]
    assert all(child is not None and child.poll() is not None for child in everyone)


def test_one_that_does_not_listen_is_killed_with_all_it_started(tmp_path: Path) -> None:
    deaf = (
        "import signal, subprocess, sys, time; signal.signal(signal.SIGTERM, signal.SIG_IGN)\n"
        "c = subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(60)'])\n"
        "print(c.pid, flush=True); time.sleep(60)"
    )
    member = _member("deaf", deaf, tmp_path)
    member.patience = 0.2
    member.start()
    assert processes.wait_until(lambda: bool(processes.last_lines(member.log)), seconds=10)
    grandchild = int(processes.last_lines(member.log))
    member.end()
    assert member.is_dead()
    assert processes.wait_until(lambda: not processes.is_alive(grandchild), seconds=5)


def test_a_child_ends_when_its_parent_is_killed_unless_it_may_stay(tmp_path: Path) -> None:
    program = (
        "import os, signal, sys, time; from pathlib import Path\n"
        "from polku.launch import processes\n"
        "def go(how):\n"
        f"    return processes.start([sys.executable, '-c', {SLEEP!r}], cwd='/',\n"
        "        log=Path(sys.argv[1]), env=dict(os.environ), ends_with_us=how).pid\n"
        "print(go(signal.SIGTERM), go(None), flush=True); time.sleep(60)"
    )
    parent = subprocess.Popen(
        [sys.executable, "-c", program, str(tmp_path / "log")],
        stdout=subprocess.PIPE, cwd=places.CHECKOUT,
    )  # fmt: skip
    assert parent.stdout is not None
    tied, free = map(int, parent.stdout.readline().split())
    parent.kill()
    parent.wait()
    assert processes.wait_until(lambda: not processes.is_alive(tied), seconds=5)
    assert processes.is_alive(free)
    os.kill(free, signal.SIGKILL)
