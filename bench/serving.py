"""The pages over HTTP: the site's own server beside Django's hello, and what both can take."""

from __future__ import annotations

import contextlib
import http.client
import json
import signal
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING, Any

from polku.launch import LaunchError, places, processes
from polku.launch.serve import WEB
from polku.launch.serve import jobs as jobs_of

if TYPE_CHECKING:
    from bench.seats import Seat

HOST = "127.0.0.1"
WORKERS, CONNECTIONS = 3, 4
HELLO = "Django's hello"
SITE, GREETING = "polku.config.wsgi:application", "bench.hello:application"


@contextlib.contextmanager
def served(
    application: str, env: Mapping[str, str]
) -> Iterator[tuple[int, subprocess.Popen[bytes]]]:
    """Serve an application as the site itself is served; yield its port and its process."""
    port = _free_port()
    command = [application if word == SITE else word for word in WEB]
    command += ["--workers", str(WORKERS), "--bind", f"{HOST}:{port}"]
    with _child(command, env) as (child, log):
        if not processes.wait_until(lambda: _answers(port, child), seconds=60, every=0.1):
            raise LaunchError(f"The server did not start:\n{processes.last_lines(log)}")
        yield port, child


@contextlib.contextmanager
def jobs(env: Mapping[str, str]) -> Iterator[subprocess.Popen[bytes]]:
    """Have the job worker run for a while."""
    with _child(jobs_of("job worker"), env) as (child, _):
        yield child


def loaded(
    ports: Mapping[str, int], seats: list[Seat], rounds: int, seconds: float, most: int
) -> dict[str, dict[str, Any]]:
    """Return pages a second for each page and for hello, asked in turn, round by round."""
    # Seats are rows: they are read once Django is ready, and other benchmarks do without it.
    from bench.seats import PAGES

    found: dict[str, list[dict[str, Any]]] = {}
    for _ in range(rounds):
        for name in (HELLO, *PAGES):
            port = ports[GREETING if name == HELLO else SITE]
            found.setdefault(name, []).append(_load(port, _asked(name, seats), seconds, most))
    return {name: _middle(rows) for name, rows in found.items()}


def get(port: int, address: str, cookie: str = "") -> tuple[Mapping[str, str], bytes]:
    """Return headers and body as a browser would get them, compressed if the server does that."""
    asking = http.client.HTTPConnection(HOST, port, timeout=30)
    try:
        headers = {"Accept-Encoding": "gzip", "Accept-Language": "fi", "Cookie": cookie}
        asking.request("GET", address, headers=headers)
        answer = asking.getresponse()
        if answer.status != 200:
            raise LaunchError(f"{address} answered {answer.status}.")
        return answer.headers, answer.read()  # type: ignore[return-value]
    finally:
        asking.close()


def _asked(name: str, seats: list[Seat]) -> list[tuple[str, str]]:
    if name == HELLO:
        return [("/hello/", "")]
    rows = zip(*[[(a, s.cookie) for a in s.addresses[name]] for s in seats], strict=False)
    return [pair for row in rows for pair in row]


def _load(port: int, asked: list[tuple[str, str]], seconds: float, most: int) -> dict[str, Any]:
    orders = {
        "port": port, "asked": asked, "seconds": seconds, "most": most,
        "connections": CONNECTIONS,
    }  # fmt: skip
    done = subprocess.run(
        [sys.executable, "-m", "bench.load"], input=json.dumps(orders), text=True,
        capture_output=True, cwd=places.CHECKOUT, timeout=seconds + 90,
    )  # fmt: skip
    if done.returncode:
        raise LaunchError(f"The load generator stopped: {done.stderr.strip()[-400:]}")
    found: dict[str, Any] = json.loads(done.stdout)
    if found["failed"]:
        raise LaunchError(f"{found['failed']} of {found['pages']} answers were no pages.")
    return found


def _middle(rows: list[dict[str, Any]]) -> dict[str, Any]:
    return {
        "a_second": round(median(row["a_second"] for row in rows), 1),
        "p50": round(median(row["p50"] for row in rows), 2),
        "p95": round(median(row["p95"] for row in rows), 2),
        "pages": sum(row["pages"] for row in rows),
        "kept": all(row["connections"] <= CONNECTIONS for row in rows),
    }


@contextlib.contextmanager
def _child(
    command: list[str], env: Mapping[str, str]
) -> Iterator[tuple[subprocess.Popen[bytes], Path]]:
    with tempfile.TemporaryDirectory(prefix="polku-bench-") as folder:
        log = Path(folder) / "log"
        child = processes.start(command, log=log, env=env, cwd=places.CHECKOUT)
        try:
            yield child, log
        finally:
            processes.end(child, signal.SIGTERM, patience=15)


def _answers(port: int, child: subprocess.Popen[bytes]) -> bool:
    if child.poll() is not None:
        raise LaunchError("A server of the benchmark did not start.")
    with contextlib.suppress(OSError), socket.create_connection((HOST, port), 1):
        return True
    return False


def _free_port() -> int:
    with socket.socket() as taken:
        taken.bind((HOST, 0))
        return int(taken.getsockname()[1])
