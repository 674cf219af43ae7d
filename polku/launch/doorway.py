"""The port and the one-demo-at-a-time rule, looked at before any work is begun."""

from __future__ import annotations

import contextlib
import errno
import json
import os
import socket
from collections.abc import Iterator
from pathlib import Path

from polku.launch import LaunchError, places, processes

HOST = "127.0.0.1"


def port() -> int:
    """Return the port to listen on: PORT, or 8000. Raises LaunchError for what is no port."""
    given = os.environ.get("PORT") or "8000"
    if not given.isdigit() or not 0 < int(given) < 65536:
        raise LaunchError(f"PORT is {given!r}; use a number from 1 to 65535.")
    return int(given)


def address() -> str:
    """Return the address that a person opens."""
    return f"http://{HOST}:{port()}/"


def check() -> None:
    """Raise LaunchError when this checkout's server runs already, or the port is taken."""
    with processes.held(places.home() / "server.lock", wait=False) as free:
        if not free:
            raise LaunchError(_already(places.home()))
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port()))
        except OSError as error:
            if error.errno == errno.EACCES:
                raise LaunchError(
                    f"Port {port()} may not be used; choose another: PORT=8001."
                ) from error
            raise LaunchError(
                f"Port {port()} is taken by another program; stop it, or choose another port: "
                f"PORT={port() + 1 if port() < 65535 else 8000}."
            ) from error


@contextlib.contextmanager
def held(kind: str) -> Iterator[None]:
    """Be this checkout's one server. Raises LaunchError when there is one."""
    base = places.home()
    with processes.held(base / "server.lock", wait=False) as free:
        if not free:
            raise LaunchError(_already(base))
        note = base / "server.json"
        note.write_text(json.dumps({"kind": kind, "pid": os.getpid(), "address": address()}))
        try:
            yield
        finally:
            note.unlink(missing_ok=True)


def running() -> dict[str, object] | None:
    """Return kind, pid and address of this checkout's server, or None."""
    base = places.home()
    with processes.held(base / "server.lock", wait=False) as free:
        if free:
            return None
    with contextlib.suppress(OSError, ValueError):
        return dict(json.loads((base / "server.json").read_text()))
    return {}


def _already(base: Path) -> str:
    with contextlib.suppress(OSError, ValueError):
        note = json.loads((base / "server.json").read_text())
        return (
            f"The {note['kind']} of this checkout runs already at {note['address']} "
            f"(process {note['pid']}); stop it there with Ctrl-C first."
        )
    return "A server of this checkout is just starting or stopping; try again in a moment."
