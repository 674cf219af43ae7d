"""A gateway for text messages on this machine, for tests: it listens, and answers as told."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from datetime import datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from polku.foundation import clock

TOKEN = "a-token-of-the-tests"


class Receiver:
    """What came in, and the answers to give next; without one it takes what has the token."""

    def __init__(self) -> None:
        self.asked: list[dict[str, Any]] = []
        self.taken: dict[str, dict[str, Any]] = {}
        self.answers: list[int] = []
        self.paths: list[str] = []
        self.slow = 0.0

    def take(self, path: str, token: str, key: str, body: dict[str, Any]) -> int:
        self.paths.append(path)
        self.asked.append(body)
        if token != f"Bearer {TOKEN}" or key != body["id"]:
            return 401
        answer = self.answers.pop(0) if self.answers else 200
        if answer < 300:
            self.taken[body["id"]] = body
        return answer

    @property
    def texts(self) -> list[str]:
        return [one["text"] for one in self.taken.values()]

    @property
    def numbers(self) -> list[str]:
        return [one["to"] for one in self.taken.values()]


def _handler(receiver: Receiver) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            token, key = self.headers["Authorization"], self.headers["Idempotency-Key"]
            status = receiver.take(self.path, token, key, body)
            time.sleep(receiver.slow)
            self.send_response(status)
            if 300 <= status < 400:
                self.send_header("Location", "/elsewhere")
            with suppress(ConnectionError):
                self.end_headers()

        def do_GET(self) -> None:
            receiver.paths.append(self.path)
            self.send_response(200)
            self.end_headers()

        def log_message(self, *args: Any) -> None:
            pass

    return Handler


@pytest.fixture
def noon() -> Iterator[datetime]:
    """Set the clock to noon of the present day in Helsinki, when text messages go."""
    moment = clock.local(clock.now()).replace(hour=12, minute=0, second=0, microsecond=0)
    with clock.at(moment):
        yield moment


@pytest.fixture
def receiver(settings: Any) -> Iterator[Receiver]:
    """Yield a gateway that runs, with the settings that lead to it."""
    made = Receiver()
    server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(made))
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    settings.SMS_URL = f"http://127.0.0.1:{server.server_port}/send"
    settings.SMS_TOKEN = TOKEN
    settings.SMS_FROM = "Testi"
    try:
        yield made
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
