"""The kernels' commands as `polku` runs them, in this process: a problem in, an answer out."""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable, Iterable
from pathlib import Path
from types import ModuleType

import pytest

Run = Callable[..., int]


def runner(command: ModuleType, name: str) -> Run:
    """Return what runs a command on words and returns its exit status."""

    def run(*words: str) -> int:
        parser = argparse.ArgumentParser(prog=f"polku {name}")
        command.add_arguments(parser)
        status: int = command.run(parser.parse_args(words))
        return status

    return run


def asked(
    run: Run, folder: Path, problem: object, capsys: pytest.CaptureFixture[str], *words: str
) -> tuple[int, str, str]:
    """Run the command on a problem; return status, what was written, what was said."""
    source, out = folder / "problem.json", folder / "result.json"
    text = problem if isinstance(problem, str) else json.dumps(problem)
    source.write_text(text, encoding="utf-8")
    status = run("--problem", str(source), "--out", str(out), *words)
    said = capsys.readouterr().err
    left = {path.name for path in folder.iterdir()} - {"problem.json", "result.json"}
    assert not left, "something unfinished was left"
    return status, out.read_text("utf-8") if out.exists() else "", said


def is_refused(
    run: Run,
    folder: Path,
    problem: object,
    named: Iterable[str],
    capsys: pytest.CaptureFixture[str],
) -> None:
    """Hold that a problem is refused with each place named, and what was there before left."""
    (folder / "result.json").write_text("what was there before")
    status, written, said = asked(run, folder, problem, capsys)
    assert status == 1 and written == "what was there before"
    for part in named:
        assert part in said


def leaves_nothing(run: Run, folder: Path, problem: object) -> None:
    """Hold that a result which can't be written leaves nothing half-done."""
    source, there = folder / "problem.json", folder / "no" / "result.json"
    source.write_text(json.dumps(problem))
    assert run("--problem", str(source), "--out", str(there)) == 1
    assert [path.name for path in folder.iterdir()] == ["problem.json"]
