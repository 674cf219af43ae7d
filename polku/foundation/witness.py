"""Where each register's chain ended when it was last sealed, kept beside the database.

Whoever cuts the end off the audit record with SQL leaves a shorter chain that is whole in itself.
So the sealer notes number and link of the last one in a file that the database can't reach;
verification asks that the chain still holds it. The file says nothing of anybody.
"""

from __future__ import annotations

import fcntl
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

from django.conf import settings
from django.db import connection


@dataclass(frozen=True)
class Head:
    """The end of a chain: the number of its last link, and that link."""

    number: int
    link: bytes


def head(register: UUID | None) -> Head | None:
    """Return the end that was noted, or None when there is none, as on a new machine."""
    path = _path()
    kept = _read(path) if path is not None else {}
    found = kept.get(_name(register))
    return Head(int(found[0]), bytes.fromhex(found[1])) if found else None


def note(register: UUID | None, now: Head) -> None:
    """Note a new end. One that is behind the noted one is left aside: two sealers may overtake."""
    path = _path()
    if path is None:
        return
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with _alone(path):
        kept = _read(path)
        if now.number <= int(kept.get(_name(register), (0, ""))[0]):
            return
        kept[_name(register)] = [now.number, now.link.hex()]
        fresh = path.with_suffix(".new")
        with fresh.open("w", encoding="utf-8") as file:
            json.dump(kept, file, indent=1)
            file.flush()
            os.fsync(file.fileno())
        fresh.replace(path)


def _path() -> Path | None:
    folder = settings.AUDIT_HEADS
    return Path(folder) / f"{connection.settings_dict['NAME']}.json" if folder else None


def _name(register: UUID | None) -> str:
    return str(register) if register else "house"


def _read(path: Path) -> dict[str, list[str]]:
    return dict(json.loads(path.read_text("utf-8"))) if path.exists() else {}


@contextmanager
def _alone(path: Path) -> Iterator[None]:
    with path.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
