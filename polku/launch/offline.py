"""Keeps a process on this machine: tests may speak to it and to nobody else.

The refusal is no OSError, so that code which bears with a network that is down can't hide it.
"""

from __future__ import annotations

import ipaddress
import sys
from typing import Any

_kept = False


class Refused(RuntimeError):
    """A test reached for the network."""


def keep() -> None:
    """Refuse, from now on in this process, every address outside this machine."""
    global _kept
    if not _kept:
        # A hook of the interpreter's own: no library gets past it, and nothing takes it away.
        sys.addaudithook(_watch)
        _kept = True


def _watch(event: str, args: tuple[Any, ...]) -> None:
    if event in {"socket.connect", "socket.sendto"}:
        address = args[1]
        if isinstance(address, tuple) and not is_here(str(address[0])):
            raise Refused(f"Tests stay on this machine; {address[0]} was reached for.")
    elif event == "socket.getaddrinfo" and not is_here(_text(args[0])):
        raise Refused(f"Tests stay on this machine; {_text(args[0])} was looked up.")


def is_here(host: str) -> bool:
    """Return whether a host is this machine by its name or number; empty means any of its own."""
    if host in {"", "localhost", "None"}:
        return True
    try:
        found = ipaddress.ip_address(host)
    except ValueError:
        return False
    return found.is_loopback or found.is_unspecified


def _text(host: Any) -> str:
    return host.decode(errors="replace") if isinstance(host, bytes) else str(host)
