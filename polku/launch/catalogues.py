"""Compiles the message catalogues (.po to .mo), those that have changed."""

from __future__ import annotations

import os
from pathlib import Path

from polku.launch import LaunchError, places


def compile_all(checkout: Path = places.CHECKOUT) -> list[Path]:
    """Compile every catalogue that is newer than its .mo; return those written.

    Raises LaunchError naming file and reason when one can't be read.
    """
    written = []
    for source in sorted((checkout / "polku").rglob("LC_MESSAGES/*.po")):
        target = source.with_suffix(".mo")
        if not target.exists() or target.stat().st_mtime < source.stat().st_mtime:
            _compile(source, target)
            written.append(target)
    return written


def _compile(source: Path, target: Path) -> None:
    from babel.messages import mofile, pofile

    try:
        with source.open("rb") as file:
            catalogue = pofile.read_po(file, abort_invalid=True)
    except (pofile.PoFileError, ValueError) as error:
        raise LaunchError(f"The catalogue {source} can't be read: {error}") from error
    half = target.with_name(f".{target.name}.{os.getpid()}")
    with half.open("wb") as file:
        mofile.write_mo(file, catalogue)
    half.replace(target)


if __name__ == "__main__":
    for path in compile_all():
        print(path)
