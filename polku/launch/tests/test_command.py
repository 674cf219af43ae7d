"""The one command: what it lists, and its exit statuses."""

from __future__ import annotations

import json
import os
import subprocess
import sys

import pytest

from polku import __main__ as command
from polku.launch import LaunchError, environment, manage, places


def _polku(*words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "polku", *words],
        capture_output=True, text=True, cwd=places.CHECKOUT, env=dict(os.environ),
    )  # fmt: skip


def test_a_room_that_is_not_there_is_not_listed(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setitem(command.COMMANDS, "fly", command.Command("polku.wings.command", "fly"))
    with pytest.raises(SystemExit) as ended:
        command.main(["--help"])
    assert ended.value.code == 0
    listed = capsys.readouterr().out
    assert "status" in listed
    assert "fly" not in listed
    assert "demo-build" not in listed


@pytest.mark.parametrize("words", [[], ["fly"], ["status", "--colour"], ["db", "jump"]])
def test_wrong_usage_is_two(words: list[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        command.main(words)
    assert ended.value.code == 2


def test_a_refusal_is_one_sentence_and_one(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def refuse(args: object) -> int:
        raise LaunchError("There is no more of it.")

    monkeypatch.setattr(manage, "run", refuse)
    assert command.main(["manage", "check"]) == 1
    assert capsys.readouterr().err == "There is no more of it.\n"


def test_status_of_a_database_that_is_not_there_is_one_and_says_so(alone: dict[str, str]) -> None:
    done = _polku("status", "--json")
    assert done.returncode == 1
    facts = json.loads(done.stdout)
    assert facts["database"]["reached"] is False
    assert facts["database"]["which"] == "embedded"


def test_the_demo_is_refused_in_production(
    alone: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("POLKU_ENV", "production")
    done = _polku("demo", "run")
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == "POLKU_ENV is production: there is no demo here.\n"


def test_a_missing_address_names_its_variable(
    alone: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql://polku_app@db/polku")
    with pytest.raises(LaunchError, match="POLKU_OWNER_DATABASE_URL is not set"):
        environment.for_role(environment.OWNER)
    assert environment.for_role(environment.WORKER)["DATABASE_URL"].startswith("postgresql://")


def test_the_owners_address_is_used_for_the_owner_only(
    alone: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql://polku_app@db/polku")
    monkeypatch.setenv("POLKU_OWNER_DATABASE_URL", "postgresql://polku_owner@db/polku")
    assert "polku_owner@" in environment.for_role(environment.OWNER)["DATABASE_URL"]
    assert "polku_app@" in environment.for_role(environment.APP)["DATABASE_URL"]
