"""`polku import clients`: what machines read, and how it ends."""

from __future__ import annotations

import argparse
import io
import json
import sys
from typing import Any

import pytest

from polku.clients.models import Client
from polku.exchange import command
from polku.exchange.imports import run as running
from polku.exchange.imports.tests.bringing import CODE, text
from polku.foundation.models import EmploymentArea

GOOD = f"77;Haapaoja;Veera;{CODE};;0401234567;;Kärkölä"
BAD = "78;Suonpää;Onni;010101-900X;;;;"


@pytest.fixture
def run(world, capsys, tmp_path):
    """Run the command; return status, report (or None) and what stood on standard error."""

    def call(data: bytes, *words: str) -> tuple[int, Any, str]:
        path = tmp_path / "sheet.csv"
        path.write_bytes(data)
        parser = argparse.ArgumentParser()
        command.add_arguments(parser)
        name = "-" if "-" in words else str(path)
        rest = [word for word in words if word != "-"]
        status = command.run(
            parser.parse_args(["clients", name, "--json", "--language", "en", *rest])
        )
        out, err = capsys.readouterr()
        return status, json.loads(out) if out else None, err

    return call


def test_the_report_is_what_the_format_says(run):
    status, report, err = run(text(GOOD, BAD), "--register", "lake")
    assert status == 0
    assert list(report) == ["created", "updated", "unchanged", "refused", "rows"]
    assert (report["created"], report["refused"]) == (1, 1)
    (refused,) = [row for row in report["rows"] if row["outcome"] == "refused"]
    assert list(refused) == ["line", "column", "outcome", "reason"]
    assert (refused["line"], refused["column"]) == (3, "D")
    assert "010101" not in refused["reason"]
    assert err == ""


def test_the_same_again_changes_nothing(run):
    run(text(GOOD), "--register", "lake")
    status, report, _ = run(text(GOOD), "--register", "lake")
    assert (status, report["created"], report["updated"], report["unchanged"]) == (0, 0, 0, 1)


def test_standard_input_and_a_dry_run(run, world, monkeypatch):
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(text(GOOD))))
    status, report, _ = run(b"", "-", "--register", "lake", "--dry-run")
    assert (status, report["created"]) == (0, 1)
    world.enter("lake")
    assert not Client.objects.filter(last_name="Haapaoja").exists()


@pytest.mark.parametrize("data", [b"", b"%PDF-1.7 ...", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1xx"])
def test_a_file_that_cant_be_read_is_one_and_its_reason(run, data):
    status, report, err = run(data, "--register", "lake")
    assert (status, report) == (1, None)
    assert err.strip() and "Traceback" not in err


def test_headings_that_say_nothing_can_be_mapped_by_hand(run):
    data = text("Haapaoja;Veera;0401234567", header="Aaa;Bbb;Ccc")
    status, _, err = run(data, "--register", "lake")
    assert status == 1 and "headings" in err
    words = ["--register", "lake", "--kind", "people", "--header-row", "1"]
    for pair in ("A=last_name", "B=first_names", "C=phone"):
        words += ["--mapping", pair]
    status, report, _ = run(data, *words)
    assert (status, report["created"]) == (0, 1)


@pytest.mark.parametrize(
    "words",
    [
        [],
        ["--register", "nowhere"],
        ["--area", "3"],
        ["--area", "99"],
        ["--register", "lake", "--as", "nobody@example.org"],
        ["--register", "lake", "--mapping", "D"],
        ["--register", "lake", "--mapping", "D=nonsense"],
    ],
)
def test_wrong_usage_is_two(run, words):
    status, report, err = run(text(GOOD), *words)
    assert (status, report) == (2, None)
    assert err.strip()


def test_the_area_finds_the_register_by_area_or_municipality(run, world):
    register = world.areas["lake"]
    register.area = EmploymentArea.objects.get(code="31")
    register.save()
    for code in ("31", "316"):
        status, report, _ = run(text(GOOD), "--area", code)
        assert (status, report["refused"]) == (0, 0)


def test_the_actor_must_be_one_who_may(run):
    status, _, err = run(text(GOOD), "--register", "lake", "--as", "aino@example.org")
    assert status == 1 and "role does not include" in err
    status, report, _ = run(text(GOOD), "--register", "lake", "--as", "lahja@example.org")
    assert (status, report["created"]) == (0, 1)


def test_while_another_import_runs_this_one_is_refused(run, monkeypatch):
    monkeypatch.setattr(running, "alone", _busy)
    status, report, err = run(text(GOOD), "--register", "lake")
    assert (status, report) == (1, None)
    assert "Another import" in err


def _busy(register: Any) -> Any:
    raise running.Busy


def test_only_what_is_built_is_offered(capsys):
    parser = argparse.ArgumentParser()
    command.add_arguments(parser)
    for thing in ("services", "statistics"):
        with pytest.raises(SystemExit) as end:
            parser.parse_args([thing, "x.csv"])
        assert end.value.code == 2
