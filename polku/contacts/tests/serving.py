"""Real web workers on a database of the test's own, and plain HTTP to them.

The workers are gunicorn's, as in production; a test may kill one by its number.
"""

from __future__ import annotations

import http.client
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO
from urllib.parse import urlencode

from polku.launch import places

TOKEN = "t" * 32


@dataclass(frozen=True)
class Answer:
    """What came back; `status` 0 means that nothing did."""

    status: int
    location: str = ""
    body: str = ""
    seconds: float = 0.0


@dataclass(frozen=True)
class Site:
    """Web workers under one master."""

    port: int
    master: int

    def workers(self) -> list[int]:
        """Return the numbers of the workers that live now."""
        path = Path(f"/proc/{self.master}/task/{self.master}/children")
        return [int(number) for number in path.read_text().split()]

    def ask(
        self, method: str, path: str, session: str, fields: dict[str, str] | None = None
    ) -> Answer:
        """Send one request on a connection of its own. A dead worker gives status 0."""
        headers = {"Cookie": f"polku_session={session}; csrftoken={TOKEN}"}
        body = None
        if fields is not None:
            body = urlencode({**fields, "csrfmiddlewaretoken": TOKEN})
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        began = time.monotonic()
        line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        try:
            line.request(method, path, body, headers)
            got = line.getresponse()
            text = got.read().decode(errors="replace")
            took = time.monotonic() - began
            return Answer(got.status, got.getheader("Location") or "", text, took)
        except (OSError, http.client.HTTPException):
            return Answer(0, seconds=time.monotonic() - began)
        finally:
            line.close()


def _free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


@contextmanager
def serving(
    database: str,
    *,
    workers: int = 4,
    log: IO[bytes] | None = None,
    site: str = "polku.config.wsgi",
    around: Mapping[str, str] | None = None,
) -> Iterator[Site]:
    """Serve this database with so many workers, until the block ends; `log` gets what they say.

    `site` is the module that serves, `around` what its environment has besides.
    """
    port = _free_port()
    command = [
        sys.executable, "-m", "gunicorn", site, "--bind", f"127.0.0.1:{port}",
        "--workers", str(workers), "--log-level", "critical", "--preload", "--timeout", "60",
        "--backlog", "256",
    ]  # fmt: skip
    env = {
        **os.environ,
        "POLKU_DB_NAME": database,
        "DJANGO_SETTINGS_MODULE": "polku.config.settings",
        **(around or {}),
    }
    process = subprocess.Popen(command, cwd=places.CHECKOUT, env=env, stdout=log, stderr=log)
    served = Site(port, process.pid)
    try:
        until = time.monotonic() + 60
        while served.ask("GET", "/health/", "").status != 200:
            if time.monotonic() > until or process.poll() is not None:
                raise RuntimeError("the web workers did not start")
            time.sleep(0.2)
        yield served
    finally:
        process.terminate()
        with suppress(subprocess.TimeoutExpired):
            process.wait(15)
        if process.poll() is None:
            process.kill()
            process.wait()
