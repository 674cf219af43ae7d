"""Stamps, catalogues and copied files: made when due, left alone when not."""

from __future__ import annotations

import gettext
import os
from pathlib import Path

import pytest

from polku.launch import LaunchError, catalogues, frontend, stamps

PO = """
msgid ""
msgstr "Content-Type: text/plain; charset=UTF-8\\n"

msgid "path"
msgstr "polku"
"""


def test_a_stamp_is_fresh_until_its_input_changes(tmp_path: Path) -> None:
    lock = tmp_path / "some.lock"
    lock.write_text("one")
    stamp = tmp_path / "folder" / "stamp"
    wanted = stamps.digest([lock])
    assert not stamps.is_fresh(stamp, wanted)
    stamps.put(stamp, wanted)
    assert stamps.is_fresh(stamp, stamps.digest([lock]))
    lock.write_text("two")
    assert not stamps.is_fresh(stamp, stamps.digest([lock]))
    assert stamps.digest([lock], "here") != stamps.digest([lock], "there")


def _catalogue(checkout: Path, text: str) -> Path:
    source = checkout / "polku/room/locale/fi/LC_MESSAGES/django.po"
    source.parent.mkdir(parents=True)
    source.write_text(text)
    return source


def test_a_catalogue_is_compiled_once_and_again_when_it_changes(tmp_path: Path) -> None:
    source = _catalogue(tmp_path, PO)
    (written,) = catalogues.compile_all(tmp_path)
    with written.open("rb") as file:
        assert gettext.GNUTranslations(file).gettext("path") == "polku"
    assert catalogues.compile_all(tmp_path) == []
    later = written.stat().st_mtime + 5
    os.utime(source, (later, later))
    assert catalogues.compile_all(tmp_path) == [written]


def test_a_broken_catalogue_is_named(tmp_path: Path) -> None:
    source = _catalogue(tmp_path, "this is no catalogue\n")
    with pytest.raises(LaunchError, match=str(source)):
        catalogues.compile_all(tmp_path)


def test_front_end_files_are_copied_where_they_differ(tmp_path: Path) -> None:
    modules, vendor = tmp_path / "modules", tmp_path / "vendor"
    for source in frontend.FILES:
        (modules / source).parent.mkdir(parents=True, exist_ok=True)
        (modules / source).write_text(source)
    frontend.copy(modules, vendor)
    first = vendor / next(iter(frontend.FILES.values()))
    os.utime(first, (1, 1))
    frontend.copy(modules, vendor)
    assert first.stat().st_mtime == 1
    first.write_text("spoiled")
    frontend.copy(modules, vendor)
    assert first.read_text() != "spoiled"


def test_no_lock_file_holds_an_address() -> None:
    for name in ("requirements.lock", "requirements-test.lock", "requirements-node.lock"):
        assert "://" not in (frontend.ROOT / name).read_text()
    lock = (frontend.ROOT / "package-lock.json").read_text()
    assert '"resolved"' not in lock
    assert '"integrity"' in lock
