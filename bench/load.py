"""A small load generator: a few connections, kept where the server keeps them, for a bounded time.

A program of its own, so that it shares no interpreter with what it measures. It reads its orders
as JSON on standard input (port, seconds, most, connections, asked: pairs of address and cookie)
and prints what it found.
"""

from __future__ import annotations

import itertools
import json
import selectors
import socket
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

HOST = "127.0.0.1"
TIMEOUT = 30.0


@dataclass
class Line:
    """One connection and the page that is on its way."""

    wire: socket.socket | None = None
    got: bytearray = field(default_factory=bytearray)
    begun: float = 0.0


class Load:
    """Asks until the time is up or enough has been asked, and remembers how long each took."""

    def __init__(self, port: int, asked: list[list[str]]) -> None:
        self.port = port
        self.requests: Iterator[bytes] = itertools.cycle([_request(*pair) for pair in asked])
        self.waiting = selectors.DefaultSelector()
        self.took: list[float] = []
        self.failed = 0
        self.connected = 0

    def run(self, seconds: float, most: int, connections: int) -> dict[str, Any]:
        begun = time.perf_counter()
        end, sent = begun + seconds, 0
        for _ in range(min(connections, most)):
            self._send(Line())
            sent += 1
        while self.waiting.get_map():
            events = self.waiting.select(TIMEOUT)
            if not events:
                raise SystemExit("The server does not answer.")
            for key, _ in events:
                if not self._receive(key.data):
                    continue
                if sent < most and time.perf_counter() < end:
                    self._send(key.data)
                    sent += 1
                else:
                    self._close(key.data)
        return self._report(time.perf_counter() - begun)

    def _send(self, line: Line) -> None:
        line.begun = time.perf_counter()
        if line.wire is None:
            line.wire = socket.create_connection((HOST, self.port), TIMEOUT)
            line.wire.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            self.waiting.register(line.wire, selectors.EVENT_READ, line)
            self.connected += 1
        line.got.clear()
        line.wire.sendall(next(self.requests))

    def _receive(self, line: Line) -> bool:
        """Take what has come; return whether the answer is whole."""
        assert line.wire is not None
        part = line.wire.recv(262_144)
        line.got += part
        head, found, body = bytes(line.got).partition(b"\r\n\r\n")
        if part and not (found and len(body) >= _length(head)):
            return False
        self.took.append(time.perf_counter() - line.begun)
        self.failed += not head.startswith(b"HTTP/1.1 200")
        if not part or b"connection: close" in head.lower():
            self._close(line)
        return True

    def _close(self, line: Line) -> None:
        if line.wire is not None:
            self.waiting.unregister(line.wire)
            line.wire.close()
            line.wire = None

    def _report(self, seconds: float) -> dict[str, Any]:
        took = sorted(self.took)
        return {
            "pages": len(took),
            "failed": self.failed,
            "connections": self.connected,
            "a_second": round(len(took) / seconds, 1),
            "p50": round(took[len(took) // 2] * 1e3, 2),
            "p95": round(took[int(len(took) * 0.95)] * 1e3, 2),
        }


def _request(address: str, cookie: str) -> bytes:
    lines = [f"GET {address} HTTP/1.1", f"Host: {HOST}", "Accept-Language: fi"]
    if cookie:
        lines.append(f"Cookie: {cookie}")
    return ("\r\n".join(lines) + "\r\n\r\n").encode()


def _length(head: bytes) -> float:
    for line in head.split(b"\r\n"):
        if line.lower().startswith(b"content-length:"):
            return int(line.partition(b":")[2])
    # Without a length the end of the connection is the end of the answer.
    return float("inf")


if __name__ == "__main__":
    orders = json.load(sys.stdin)
    load = Load(orders["port"], orders["asked"])
    print(json.dumps(load.run(orders["seconds"], orders["most"], orders["connections"])))
