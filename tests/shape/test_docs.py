"""Docs are proven: what they should name, they name."""

import re
from pathlib import Path

from tests.shape import promises

ROOT = Path(__file__).parents[2]


def test_every_decision_stands_in_the_index():
    index = (ROOT / "DECISIONS.md").read_text("utf-8")
    for path in sorted((ROOT / "docs" / "decisions").glob("*.md")):
        assert f"docs/decisions/{path.name}" in index, path.name


def test_every_decision_says_how_it_would_be_known_to_be_wrong():
    for path in (ROOT / "docs" / "decisions").glob("*.md"):
        assert "wrong" in path.read_text("utf-8").lower(), path.name


def test_every_setting_is_named_in_the_docs():
    settings = (ROOT / "docs" / "operate" / "settings.md").read_text("utf-8")
    read = set()
    for path in (ROOT / "polku" / "config").glob("*.py"):
        read |= set(re.findall(r'"(POLKU_[A-Z_]+|DATABASE_URL)"', path.read_text("utf-8")))
    assert len(read) > 10
    assert {name for name in read if name not in settings} == set()


def test_every_room_says_what_it_is():
    for path in (ROOT / "polku").glob("*/__init__.py"):
        assert path.read_text("utf-8").startswith('"""'), path


def test_the_page_of_promises_is_what_the_tests_declare():
    assert promises.PAGE.read_text("utf-8") == promises.page()


def test_a_promise_that_nobody_wrote_down_is_missed(monkeypatch):
    first = promises.modules()[0]
    monkeypatch.setattr(promises, "modules", lambda: [first])
    assert promises.PAGE.read_text("utf-8") != promises.page()
