"""Municipality borders: taken in once, refused by name, served as one file that is kept."""

from __future__ import annotations

import argparse
import io
import json
import sys

import pytest

from polku.foundation import clock
from polku.placements.map import boundaries
from polku.placements.models import MunicipalityBoundary
from polku.placements.tests.test_map_outlines import EAST, WEST, feature, file

pytestmark = pytest.mark.django_db
FILE = file(feature("398"), feature("111", EAST), feature("588"))


def take_in(content=FILE, **more):
    return boundaries.take_in(content, at=clock.now(), **more)


def test_the_same_file_twice_changes_nothing() -> None:
    first, again = take_in(), take_in()
    assert (first.counts["created"], first.counts["refused"]) == (2, 1)
    assert (again.counts["unchanged"], again.counts["created"], again.counts["updated"]) == (
        2,
        0,
        0,
    )
    assert first.refused[0].params["code"] == "588"
    assert len(first.missing) == 306


def test_a_dry_run_keeps_nothing() -> None:
    assert take_in(dry_run=True).counts["created"] == 2
    assert not MunicipalityBoundary.objects.exists()


def test_a_moved_border_is_updated_and_told_apart() -> None:
    take_in()
    before = boundaries.edition().version
    moved = [(x + 0.1, y) for x, y in WEST]
    assert take_in(file(feature("398", moved))).counts["updated"] == 1
    assert boundaries.edition().version != before
    assert MunicipalityBoundary.objects.count() == 2


def test_they_are_served_once_and_kept_by_their_version(client) -> None:
    assert json.loads(client.get("/map/boundaries.json").content)["features"] == []
    take_in()
    answer = client.get(boundaries.edition().address)
    codes = [one["properties"]["code"] for one in json.loads(answer.content)["features"]]
    assert codes == ["111", "398"]
    assert "immutable" in answer["Cache-Control"] and "public" in answer["Cache-Control"]
    again = client.get("/map/boundaries.json", headers={"If-None-Match": answer["ETag"]})
    assert again.status_code == 304 and not again.content
    assert client.get("/map/boundaries.json?v=old")["Cache-Control"] == "no-cache"


def test_the_picture_and_the_credit_follow() -> None:
    assert boundaries.edition() == boundaries.Edition("", "")
    take_in()
    now = boundaries.edition()
    every, own = boundaries.drawn(now.version, ("398",))
    assert (len(every), len(own)) == (2, 1)
    assert "Maanmittauslaitos" in now.credit


@pytest.fixture
def said(monkeypatch, capsys):
    def run(*words, content=FILE):
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(content)))
        from polku.exchange import command

        parser = argparse.ArgumentParser()
        command.add_arguments(parser)
        status = command.run(parser.parse_args(["boundaries", "-", "--language", "en", *words]))
        return status, capsys.readouterr()

    return run


def test_the_command_names_what_it_left_out(said) -> None:
    status, told = said()
    assert status == 0
    assert "feature 3, NATCODE: refused: 588 X is no municipality of today" in told.out
    assert "Created: 2. Updated: 0. Unchanged: 0. Refused: 1." in told.out


def test_the_command_reports_for_machines(said) -> None:
    status, told = said("--json")
    report = json.loads(told.out)
    assert status == 0
    assert {k: report[k] for k in ("created", "updated", "unchanged", "refused")} == {
        "created": 2, "updated": 0, "unchanged": 0, "refused": 1}  # fmt: skip
    assert report["rows"][0]["line"] == 3 and report["rows"][0]["outcome"] == "refused"


@pytest.mark.parametrize("content", [b"", b"{}", b"PK\x03\x04", b'{"features": 3}'])
def test_a_file_that_is_none_is_refused_and_nothing_written(said, content) -> None:
    status, told = said(content=content)
    assert status == 1 and told.err.strip() and not told.out
    assert not MunicipalityBoundary.objects.exists()


def test_a_missing_file_is_one_sentence(capsys, tmp_path) -> None:
    from polku.exchange import command

    parser = argparse.ArgumentParser()
    command.add_arguments(parser)
    args = parser.parse_args(["boundaries", str(tmp_path / "none"), "--language", "en"])
    assert command.run(args) == 1
    assert capsys.readouterr().err.startswith("The file can't be read")
