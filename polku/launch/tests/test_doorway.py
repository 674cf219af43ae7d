"""A taken port and a running server are each named in one sentence, before any work."""

from __future__ import annotations

import socket

import pytest

from polku.launch import LaunchError, doorway


def test_a_free_port_is_let_through(alone: dict[str, str]) -> None:
    doorway.check()
    assert doorway.running() is None


def test_a_taken_port_is_named(alone: dict[str, str]) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", int(alone["PORT"])))
        other.listen()
        with pytest.raises(LaunchError, match=f"Port {alone['PORT']} is taken by another program"):
            doorway.check()


@pytest.mark.parametrize("given", ["eighty", "0", "70000", "-1"])
def test_what_is_no_port_is_refused(
    given: str, alone: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PORT", given)
    with pytest.raises(LaunchError, match="use a number from 1 to 65535"):
        doorway.check()


def test_a_running_server_is_named_with_its_address(alone: dict[str, str]) -> None:
    with doorway.held("demo"):
        with pytest.raises(LaunchError, match=r"The demo .* runs already at http://127\.0\.0\.1:"):
            doorway.check()
        with pytest.raises(LaunchError, match="runs already"), doorway.held("demo"):
            pass
        assert (doorway.running() or {})["kind"] == "demo"
    doorway.check()
