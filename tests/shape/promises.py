"""Makes docs/promises.md from what the tests declare: `python -m tests.shape.promises`.

A test module declares a `Promise`; its torture test writes the figure that a full run reached.
"""

from __future__ import annotations

import importlib
import json
import os
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tests.promises.promise import Promise

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "promises.md"
HEAD = """# What Polku promises, and how it is shown

Made from the tests by `python -m tests.shape.promises`; a test holds this page to them. Each
promise has a negative control: with the protection switched off, its test fails. *In every run*
is what `make test` does; the full size is run by `make torture PROMISE=n`, and the figure that it
last reached stands here with its day.

"""
UNTESTABLE = """
## What cannot be shown by a test here

- Power loss on real disks, and a real data centre's failover.
- A screen reader used by a person who needs one. axe and journeys by keyboard find less than half
  of what people find.
- An audit of the whole against OWASP ASVS by somebody from outside.
- Whether a published weakness is known in a package that we lock: that needs the internet.
"""


@dataclass
class Row:
    """One promise, with everything that shows it."""

    promise: Promise
    here: list[str] = field(default_factory=list)
    owed: list[str] = field(default_factory=list)
    files: list[str] = field(default_factory=list)
    full: bool = False


def modules() -> list[Path]:
    """Return the test files that declare a promise."""
    tests = [*ROOT.glob("tests/**/test_*.py"), *ROOT.glob("polku/**/tests/test_*.py")]
    return sorted(path for path in tests if "Promise(\n" in path.read_text("utf-8"))


def rows() -> dict[int, Row]:
    """Return {number: row} of all promises that the tests declare."""
    found: dict[int, Row] = {}
    for path in modules():
        name = path.relative_to(ROOT).as_posix()
        source = path.read_text("utf-8")
        for promise in _declared(importlib.import_module(name[:-3].replace("/", "."))):
            row = found.setdefault(promise.number, Row(promise))
            row.here.append(promise.here)
            row.files.append(name)
            if promise.owed:
                row.owed.append(promise.owed)
            row.full |= f"torture(promise={promise.number})" in source
    return dict(sorted(found.items()))


def _declared(module: ModuleType) -> list[Promise]:
    from tests.promises.promise import Promise

    found: list[Promise] = []
    for name, value in vars(module).items():
        if name.startswith("PROMISE"):
            found += [value] if isinstance(value, Promise) else list(value)
    return found


def page() -> str:
    """Return the whole page."""
    from tests.promises.promise import REACHED

    kept = json.loads(REACHED.read_text("utf-8")) if REACHED.exists() else {}
    return HEAD + "\n".join(_part(row, kept) for row in rows().values()) + UNTESTABLE


def _part(row: Row, kept: dict[str, dict[str, Any]]) -> str:
    number = row.promise.number
    lines = [f"## {number}. {row.promise.promise}\n", f"- Asked: {row.promise.asked}"]
    lines += [f"- In every run: {text}" for text in row.here]
    last = kept.get(str(number))
    if last:
        lines += [f"- Full size, {day}: {figure}" for day, figure in _reached(last)]
    elif row.full:
        lines.append(f"- Full size: not run yet (`make torture PROMISE={number}`)")
    lines += [f"- Owed: {text}" for text in row.owed]
    lines.append("- Shown by " + ", ".join(f"`{name}`" for name in row.files))
    return "\n".join(lines) + "\n"


def _reached(last: dict[str, Any]) -> Iterator[tuple[str, str]]:
    if "figure" in last:
        yield last["on"], last["figure"]
    for part, one in last.get("parts", {}).items():
        yield one["on"], f"{part}: {one['figure']}"


def main() -> None:
    """Write the page."""
    # The tests' own plugin: some of them ask it for a database while they are read.
    importlib.import_module("polku.launch.for_tests")
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "polku.config.settings")
    django.setup()
    PAGE.write_text(page(), "utf-8")


if __name__ == "__main__":
    sys.path.insert(0, str(ROOT))
    main()
