"""Memory as proportional set size: what processes share is divided among them (Linux)."""

from __future__ import annotations

from pathlib import Path

PROC = Path("/proc")


def megabytes(pid: int) -> float | None:
    """Return the PSS of a process and of all that it started, in MB; None where it is not told."""
    try:
        return round(sum(_own(each) for each in _family(pid)) / 1024, 1)
    except (OSError, StopIteration):
        return None


def _own(pid: int) -> int:
    lines = (PROC / str(pid) / "smaps_rollup").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("Pss:"))


def _family(pid: int) -> list[int]:
    parents: dict[int, int] = {}
    for folder in PROC.iterdir():
        if folder.name.isdigit():
            try:
                stat = (folder / "stat").read_text()
            except OSError:
                continue
            parents[int(folder.name)] = int(stat.rpartition(")")[2].split()[1])
    found, fresh = [pid], [pid]
    while fresh:
        fresh = [child for child, parent in parents.items() if parent in fresh]
        found += fresh
    return found
