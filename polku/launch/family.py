"""The processes of a running server, kept alive together and ended together."""

from __future__ import annotations

import contextlib
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType

from polku.launch import LaunchError, processes

MOST_DEATHS = 5
WITHIN_SECONDS = 60


class Ended(BaseException):
    """Somebody asked us to end: Ctrl-C, a termination signal, a closed terminal."""


@dataclass
class Member:
    """One process: how to start it, how to ask it to end, and when it died before."""

    name: str
    log: Path
    begin: Callable[[], subprocess.Popen[bytes]]
    patience: float = 10
    how: signal.Signals = signal.SIGTERM
    child: subprocess.Popen[bytes] | None = None
    deaths: list[float] = field(default_factory=list)

    def start(self) -> None:
        self.child = self.begin()

    def end(self) -> None:
        if self.child is not None:
            processes.end(self.child, self.how, patience=self.patience)

    def is_dead(self) -> bool:
        return self.child is not None and self.child.poll() is not None


class Family:
    """Members in the order in which they start; they end in the opposite order."""

    def __init__(self) -> None:
        self.members: list[Member] = []

    def add(self, member: Member) -> None:
        """Start one more member."""
        self.members.append(member)
        member.start()

    def look_after(self) -> None:
        """Start again whoever died. Raises LaunchError for one that keeps dying."""
        for member in self.members:
            if member.is_dead():
                now = time.monotonic()
                member.deaths = [at for at in member.deaths if now - at < WITHIN_SECONDS] + [now]
                if len(member.deaths) > MOST_DEATHS:
                    raise LaunchError(
                        f"The {member.name} stops again and again; its log is {member.log} "
                        f"and ends so:\n{processes.last_lines(member.log)}"
                    )
                print(f"The {member.name} stopped; starting it again.", file=sys.stderr)
                member.start()

    def end(self) -> None:
        """End every member, the last one first."""
        for member in reversed(self.members):
            member.end()
        self.members.clear()


@contextlib.contextmanager
def together() -> Iterator[Family]:
    """Yield a family that ends when the block does, however it does."""
    family = Family()
    try:
        yield family
    finally:
        # What ends us now must not be interrupted by a second Ctrl-C.
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, signal.SIG_IGN)
        family.end()


def end_on_signals() -> None:
    """Turn the signals that end a program into `Ended`, so that everything is put away."""
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, _end)


def _end(number: int, frame: FrameType | None) -> None:
    raise Ended(number)
