"""Stamps: a piece of work was done for exactly this input, so it need not be done again."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from pathlib import Path

from polku.launch import places


def digest(paths: Iterable[Path], *extra: str) -> str:
    """Return 64 hex digits that follow from the files' names and contents, and from `extra`."""
    total = hashlib.sha256()
    for path in sorted(path for path in paths if path.exists()):
        content = hashlib.sha256(path.read_bytes()).hexdigest()
        total.update(f"{path.name} {content}\n".encode())
    for text in extra:
        total.update(f"{text}\n".encode())
    return total.hexdigest()


def is_fresh(stamp: Path, wanted: str) -> bool:
    """Return whether the work was done for `wanted`."""
    return stamp.exists() and stamp.read_text() == wanted


def put(stamp: Path, wanted: str) -> None:
    """Say that the work is done for `wanted`. Call it last: a half-done piece has no stamp."""
    stamp.parent.mkdir(parents=True, exist_ok=True)
    stamp.write_text(wanted)


def sources(checkout: Path = places.CHECKOUT) -> list[Path]:
    """Return the program's own Python files, tests left out."""
    return [
        path
        for path in (checkout / "polku").rglob("*.py")
        if "tests" not in path.parts and "launch" not in path.parts
    ]


def schema(checkout: Path = places.CHECKOUT) -> list[Path]:
    """Return the files that decide what an empty database looks like.

    The ground (`foundation`) wholly: migrations read its facts and lay its walls.
    """
    ground = checkout / "polku" / "foundation"
    tables = [
        path
        for path in sources(checkout)
        if path.name == "models.py" or path.parent.name in {"migrations", "models"}
    ]
    facts = [path for path in (ground / "data").rglob("*") if path.is_file()]
    own = [path for path in ground.rglob("*.py") if "tests" not in path.parts]
    return [*{*tables, *facts, *own, checkout / "requirements.lock"}]
