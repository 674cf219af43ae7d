"""Child processes that end with us: asked first, then told, and by the kernel if we are killed."""

from __future__ import annotations

import contextlib
import ctypes
import fcntl
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import IO

PR_SET_PDEATHSIG = 1
LONGEST_LOG = 5_000_000


def start(
    command: Sequence[str],
    *,
    log: Path,
    env: Mapping[str, str],
    cwd: Path | str,
    ends_with_us: signal.Signals | None = signal.SIGTERM,
    uid: int | None = None,
    gid: int | None = None,
) -> subprocess.Popen[bytes]:
    """Start a child in a session of its own, so that Ctrl-C reaches only us.

    `ends_with_us` is the signal the kernel sends it when this process is gone, however it went;
    None lets it live on. Must be called from the main thread: the kernel watches the thread.
    """
    with _opened_log(log) as out:
        return subprocess.Popen(
            list(command),
            stdin=subprocess.DEVNULL,
            stdout=out,
            stderr=subprocess.STDOUT,
            env=dict(env),
            cwd=cwd,
            start_new_session=True,
            preexec_fn=_tie_to_parent(ends_with_us),
            user=uid,
            group=gid,
            extra_groups=None if uid is None else [],
        )


def end(child: subprocess.Popen[bytes], how: signal.Signals, *, patience: float) -> None:
    """Ask a child to end, wait `patience` seconds, then kill it and all it started."""
    if child.poll() is None:
        child.send_signal(how)
        try:
            child.wait(patience)
        except subprocess.TimeoutExpired:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(child.pid, signal.SIGKILL)
            child.wait()


def wait_until(true: Callable[[], bool], *, seconds: float, every: float = 0.05) -> bool:
    """Return whether `true()` came true within `seconds`."""
    deadline = time.monotonic() + seconds
    while not true():
        if time.monotonic() > deadline:
            return False
        time.sleep(every)
    return True


def is_alive(pid: int) -> bool:
    """Return whether a process of that number runs (a dead one not yet fetched does not)."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    with contextlib.suppress(OSError, IndexError):
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
        return state != "Z"
    return True


def last_lines(log: Path, count: int = 12) -> str:
    """Return the end of a log, for a person who has to see why something stopped."""
    try:
        with log.open("rb") as file:
            file.seek(max(0, log.stat().st_size - 8192))
            return "\n".join(file.read().decode(errors="replace").splitlines()[-count:])
    except OSError:
        return ""


@contextlib.contextmanager
def held(path: Path, *, wait: bool = True, shared: bool = False) -> Iterator[bool]:
    """Hold a lock file; yield False when `wait` is off and somebody else holds it."""
    with path.open("a+") as file:
        kind = fcntl.LOCK_SH if shared else fcntl.LOCK_EX
        try:
            fcntl.flock(file, kind if wait else kind | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
            return
        yield True


def die_with_parent() -> None:
    """End this process, in good order, when the one that started it is gone."""
    _tie_to_parent(signal.SIGTERM)()


def for_the_terminal() -> None:
    """In a child that has the terminal while we wait: Ctrl-C is its own, and it ends with us."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    die_with_parent()


def _opened_log(log: Path) -> IO[bytes]:
    log.parent.mkdir(parents=True, exist_ok=True)
    if log.exists() and log.stat().st_size > LONGEST_LOG:
        log.replace(log.with_suffix(".log.1"))
    return log.open("ab")


def _tie_to_parent(how: signal.Signals | None) -> Callable[[], None]:
    # Only Linux has this; elsewhere children end when we are asked to end, not when killed.
    if how is None or not sys.platform.startswith("linux"):
        return lambda: None
    libc = ctypes.CDLL(None, use_errno=True)
    number = int(how)

    def tie() -> None:
        libc.prctl(PR_SET_PDEATHSIG, number, 0, 0, 0)

    return tie
