"""Who may import worksites, into which register; the command's report and exit status."""

from __future__ import annotations

import argparse
import json
from typing import Any

import pytest

from polku.exchange import command
from polku.exchange.worksites.tests.bringing import (
    KITCHEN,
    bring,
    coordinator,
    counts,
    everything,
    text,
)
from polku.foundation.models import AuditEntry
from polku.foundation.permissions import Refused
from polku.placements.models import Worksite

BAD = "Tuntematon Talo;Talo;Tie 1;Lahti;;;"


@pytest.mark.parametrize("who", ["lahja", "coordinator"])
def test_lead_and_coordinator_may(world, who):
    assert counts(bring(world, text(KITCHEN), who=who)) == (1, 0, 0, 0)
    entry = AuditEntry.objects.filter(action="exchange.import_batch").latest("at")
    assert entry.reason.startswith("import ") and "title" in entry.fields


@pytest.mark.parametrize("who", ["aino", "gus", "elli"])
def test_others_may_not(world, who):
    with pytest.raises(Refused):
        bring(world, text(KITCHEN), who=who)
    world.enter("lake")
    assert everything() == []


def test_registers_are_walled_from_each_other(world):
    bring(world, text(KITCHEN))
    assert counts(bring(world, text(KITCHEN), area="river")) == (1, 0, 0, 0)
    assert Worksite.objects.count() == 1
    world.enter("lake")
    assert Worksite.objects.count() == 1


@pytest.fixture
def run(world, capsys, tmp_path):
    """Run the command; return status, report (or None) and what stood on standard error."""

    def call(data: bytes, *said: str) -> tuple[int, Any, str]:
        path = tmp_path / "sheet.csv"
        path.write_bytes(data)
        parser = argparse.ArgumentParser()
        command.add_arguments(parser)
        status = command.run(
            parser.parse_args(["worksites", str(path), "--json", "--language", "en", *said])
        )
        out, err = capsys.readouterr()
        return status, json.loads(out) if out else None, err

    return call


def test_the_report_is_what_the_format_says(run):
    status, report, err = run(text(KITCHEN, BAD), "--register", "lake")
    assert (status, err) == (0, "")
    assert list(report) == ["created", "updated", "unchanged", "refused", "rows"]
    assert (report["created"], report["refused"]) == (1, 1)
    (refused,) = [row for row in report["rows"] if row["outcome"] == "refused"]
    assert list(refused) == ["line", "column", "outcome", "reason"]
    assert refused["line"] == 3 and "Tuntematon Talo" in refused["reason"]
    (doubt,) = [row for row in report["rows"] if row["outcome"] == "doubtful"]
    assert (doubt["line"], doubt["column"]) == (2, "A") and "municipality" in doubt["reason"]


def test_dry_run_and_the_same_again(run, world):
    status, report, _ = run(text(KITCHEN), "--register", "lake", "--dry-run")
    world.enter("lake")
    assert (status, report["created"], everything()) == (0, 1, [])
    assert run(text(KITCHEN), "--register", "lake")[1]["created"] == 1
    report = run(text(KITCHEN), "--register", "lake")[1]
    assert (report["created"], report["updated"], report["unchanged"]) == (0, 0, 1)


def test_columns_may_be_mapped_by_hand(run):
    data = text("Testi Oy;Kauppa;Lahti", header="Aaa;Bbb;Ccc")
    status, _, err = run(data, "--register", "lake")
    assert status == 1 and "headings" in err
    words = ["--register", "lake", "--header-row", "1"]
    for pair in ("A=host", "B=worksite", "C=in_municipality"):
        words += ["--mapping", pair]
    status, report, _ = run(data, *words)
    assert (status, report["created"]) == (0, 1)


@pytest.mark.parametrize("data", [b"", b"%PDF-1.7 ...", b"PK\x03\x04broken"])
def test_a_file_that_cant_be_read_is_one(run, data):
    status, report, err = run(data, "--register", "lake")
    assert (status, report) == (1, None)
    assert err.strip() and "Traceback" not in err


@pytest.mark.parametrize(
    "words", [["--register", "nowhere"], ["--area", "9"], ["--register", "lake", "--mapping", "A"]]
)
def test_wrong_usage_is_two(run, words):
    assert run(text(KITCHEN), *words)[0] == 2


def test_the_actor_must_be_one_who_may(run, world):
    status, _, err = run(text(KITCHEN), "--register", "lake", "--as", "aino@example.org")
    assert status == 1 and "role does not include" in err
    user = coordinator(world).user
    status, report, _ = run(text(KITCHEN), "--register", "lake", "--as", user.email)
    assert (status, report["created"]) == (0, 1)
