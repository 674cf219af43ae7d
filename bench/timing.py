"""Pages timed in this process, in turn with what they are measured against."""

from __future__ import annotations

import itertools
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from django.db import connection

from bench.asking import Handler, ask, handlers
from bench.seats import PAGES, Seat
from polku.launch import LaunchError

HELLO, BARE = "Django's hello", "bare signed-in page"
WARM = 3

Rounds = list[list[float]]


@dataclass(frozen=True)
class Timing:
    """One page: milliseconds over all rounds, and how many bare pages it costs.

    `times_bare` is the middle one of the rounds' own ratios, so that what else the machine does
    weighs on both sides; `quietest` is the middle of the quietest round. `work` is the time that
    this process and its database process were at work, and `work_bare` its ratio; the database's
    part is only told where it runs on this machine.
    """

    p50: float
    p95: float
    quietest: float
    times_bare: float
    work: float
    work_bare: float
    size: int
    asked: int


class Turns:
    """What is asked in turn: each name, its handler, and its endless row of addresses."""

    def __init__(self, seats: list[Seat]) -> None:
        made = handlers()
        self.all: dict[str, tuple[Handler, Iterator[tuple[str, str]]]] = {
            HELLO: (made["hello"], itertools.repeat(("/hello/", ""))),
            BARE: (made["bare"], itertools.cycle([("/bare/", s.cookie) for s in seats])),
        }
        for page in PAGES:
            # One seat after another, so that each page is somebody else's.
            per_seat = [[(a, s.cookie) for a in s.addresses[page]] for s in seats]
            mixed = [pair for row in zip(*per_seat, strict=False) for pair in row]
            self.all[page] = (made["site"], itertools.cycle(mixed))

    def ask(self, name: str) -> tuple[float, float, int]:
        """Return milliseconds, milliseconds of work, and bytes. Raises LaunchError on a refusal."""
        handler, row = self.all[name]
        address, cookie = next(row)
        worked, begun = _work(), time.perf_counter_ns()
        answer = ask(handler, address, cookie)
        took, work = time.perf_counter_ns() - begun, _work() - worked
        if not answer.status.startswith("200"):
            raise LaunchError(f"{name} ({address}) answered {answer.status}.")
        return took / 1e6, work / 1e6, answer.size


def timed(seats: list[Seat], rounds: int, each: int) -> dict[str, Timing]:
    """Return the timing of every page, from `rounds` rounds of `each` pages of every kind."""
    turns = Turns(seats)
    took: dict[str, Rounds] = {name: [] for name in turns.all}
    work: dict[str, Rounds] = {name: [] for name in turns.all}
    sizes: dict[str, int] = {}
    for name, _ in itertools.product(turns.all, range(WARM * len(seats))):
        turns.ask(name)
    for _ in range(rounds):
        for row in (*took.values(), *work.values()):
            row.append([])
        for _, name in itertools.product(range(each), turns.all):
            milliseconds, worked, sizes[name] = turns.ask(name)
            took[name][-1].append(milliseconds)
            work[name][-1].append(worked)
    return {
        name: _timing(took[name], took[BARE], work[name], work[BARE], sizes[name]) for name in took
    }


def _timing(took: Rounds, bare: Rounds, work: Rounds, bare_work: Rounds, size: int) -> Timing:
    every = sorted(itertools.chain.from_iterable(took))
    return Timing(
        p50=round(median(every), 2),
        p95=round(every[int(len(every) * 0.95)], 2),
        quietest=round(min(median(one) for one in took), 2),
        times_bare=_ratio(took, bare),
        work=round(median(itertools.chain.from_iterable(work)), 2),
        work_bare=_ratio(work, bare_work),
        size=size,
        asked=len(every),
    )


def _ratio(mine: Rounds, theirs: Rounds) -> float:
    pairs = zip(mine, theirs, strict=True)
    return round(median(median(one) / median(other) for one, other in pairs), 2)


def _work() -> int:
    """Return nanoseconds of work so far: this process's, and the database's for this process."""
    own = time.process_time_ns()
    backend = connection.connection and connection.connection.info.backend_pid
    try:
        return own + int(Path(f"/proc/{backend}/schedstat").read_text().split()[0])
    except OSError:
        return own
