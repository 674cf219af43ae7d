"""JSON in and out of the kernels' commands: a file or `-`, whole or not at all."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from typing import Any

from polku.planning import twice
from polku.planning.faults import Refused


def parsed(source: str) -> Any:
    """Return the JSON value in a file, or on standard input for `-`. Raises Refused."""
    name = "standard input" if source == "-" else source
    try:
        raw = sys.stdin.buffer.read() if source == "-" else Path(source).read_bytes()
    except OSError as error:
        raise Refused([f"{name} can't be read: {error.strerror}."]) from None
    return value_of(raw, name)


def value_of(raw: bytes, name: str, within: str = "") -> Any:
    """Return the JSON value that bytes hold; `within` begins each place in it. Raises Refused."""
    try:
        value = json.loads(
            raw.decode("utf-8-sig"), parse_constant=_no_number, object_pairs_hook=twice.kept
        )
        return twice.refuse(value, within)
    except Refused:
        raise
    except UnicodeDecodeError:
        raise Refused([f"{name} is not UTF-8 text."]) from None
    except json.JSONDecodeError as error:
        where = f"line {error.lineno}, column {error.colno}"
        raise Refused([f"{name} is not JSON: {error.msg} at {where}."]) from None
    except RecursionError:
        raise Refused([f"{name} is nested too deeply."]) from None
    except ValueError as error:
        raise Refused([f"{name} is not JSON: {error}."]) from None


def _no_number(text: str) -> float:
    raise ValueError(f"{text} is no number")


def write(target: str, answer: dict[str, Any]) -> None:
    """Write a whole answer, or nothing. Raises Refused where it can't be written."""
    text = json.dumps(answer, ensure_ascii=False) + "\n"
    if target == "-":
        sys.stdout.write(text)
        sys.stdout.flush()
        return
    beside = Path(f"{target}.{os.getpid()}.part")
    try:
        beside.write_text(text, encoding="utf-8")
        beside.replace(target)
    except OSError as error:
        beside.unlink(missing_ok=True)
        raise Refused([f"{target} can't be written: {error.strerror}."]) from None


def progress(sentence: str) -> None:
    """Say on a terminal how far it is; elsewhere nothing."""
    if sys.stderr.isatty():
        print(f"\r\033[K{sentence}", end="", file=sys.stderr, flush=True)
