"""docs/operate/settings.md and the program name the same variables."""

from __future__ import annotations

import re

from polku.launch import places

NAME = re.compile(r"\b(?:POLKU_[A-Z][A-Z_]*[A-Z]|DATABASE_URL|PORT)\b")


def _in_program() -> set[str]:
    found: set[str] = set()
    for path in (places.CHECKOUT / "polku").rglob("*.py"):
        if "tests" not in path.parts:
            # A variable is always a whole string, also where it is a key or an argument.
            found |= set(re.findall(r'"((?:POLKU_[A-Z_]+|DATABASE_URL|PORT))"', path.read_text()))
    return found


def _in_docs() -> set[str]:
    page = (places.CHECKOUT / "docs/operate/settings.md").read_text()
    return set(NAME.findall(re.sub(r"_DATABASE_URL\b", "_DATABASE_URL", page)))


def test_every_variable_that_the_program_reads_is_in_the_docs() -> None:
    assert _in_program() - _in_docs() == set()


def test_every_variable_in_the_docs_is_read_by_the_program() -> None:
    assert _in_docs() - _in_program() == set()


def test_the_comparison_would_notice() -> None:
    assert {"POLKU_ENV", "DATABASE_URL", "PORT"} <= _in_program()
    assert "POLKU_NOBODY_READS_THIS" not in _in_docs()
