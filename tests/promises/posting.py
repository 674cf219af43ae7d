"""A mail server on this machine that counts, and a real job worker that may be killed. For 26."""

from __future__ import annotations

import os
import socketserver
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from polku.launch import places

WORKER = (
    sys.executable, "-m", "django", "procrastinate", "worker", "--queues", "mail",
    "--concurrency", "1",
)  # fmt: skip


class Office(socketserver.ThreadingTCPServer):
    """Takes mails; `came` holds the Message-ID of each that was taken, as often as it was."""

    allow_reuse_address = True
    daemon_threads = True

    def __init__(self) -> None:
        self.came: list[str] = []
        super().__init__(("127.0.0.1", 0), _Line)

    @property
    def port(self) -> int:
        return int(self.server_address[1])


class _Line(socketserver.StreamRequestHandler):
    """As much of SMTP as one who sends needs."""

    def handle(self) -> None:
        self._say("220 here")
        while line := self.rfile.readline():
            word = line.split(b" ")[0].strip().upper()
            if word == b"DATA":
                self._say("354 go on")
                mark = self._read_mail()
                assert isinstance(self.server, Office)
                # Noted before the yes: whoever dies between the two has sent it all the same.
                self.server.came.append(mark)
                self._say("250 taken")
            elif word == b"QUIT":
                self._say("221 bye")
                return
            else:
                self._say("250 fine")

    def _say(self, words: str) -> None:
        with suppress(OSError):
            self.wfile.write(f"{words}\r\n".encode())

    def _read_mail(self) -> str:
        mark = ""
        while (line := self.rfile.readline()).strip() != b".":
            if not line:
                return mark
            if line.lower().startswith(b"message-id:"):
                mark = line.split(b":", 1)[1].strip().decode()
        return mark


@contextmanager
def office() -> Iterator[Office]:
    """Keep a mail server until the block ends."""
    with Office() as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield server
        server.shutdown()
        thread.join()


def worker(port: int) -> subprocess.Popen[bytes]:
    """Start a worker for mail on this run's database, which sends to this port."""
    env = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "polku.config.settings",
        "POLKU_EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "POLKU_EMAIL_HOST": "127.0.0.1",
        "POLKU_EMAIL_PORT": str(port),
    }
    quiet = subprocess.DEVNULL
    return subprocess.Popen(WORKER, cwd=places.CHECKOUT, env=env, stdout=quiet, stderr=quiet)


def end(process: subprocess.Popen[bytes]) -> None:
    """Kill it as a machine that loses its power would, and wait until it is gone."""
    process.kill()
    process.wait()


def wait_for(server: Office, count: int, process: subprocess.Popen[bytes]) -> None:
    """Wait until so many mails have come in all. Raises RuntimeError when the worker gives up."""
    until = time.monotonic() + 60
    while len(server.came) < count:
        if process.poll() is not None or time.monotonic() > until:
            raise RuntimeError(f"the worker sent {len(server.came)} of {count}")
        time.sleep(0.005)
