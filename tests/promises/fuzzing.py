"""The reader of sheets under a fuzzer: `python -m tests.promises.fuzzing SECONDS [SEED]`.

Atheris (libFuzzer, led by what the code covers) where it is installed (`uv pip install atheris`;
it has wheels for few Pythons, so it is in no lock file); else changes made blindly. Either begins
with the files of the corpus. Prints a line of JSON when nothing came but rows and refusals; a bug
ends the program with its traceback, and the file that woke it is kept beside it.
"""

from __future__ import annotations

import contextlib
import json
import random
import re
import sys
import tempfile
import time
from pathlib import Path

import django

try:
    import atheris
except ImportError:
    atheris = None

with atheris.instrument_imports(["polku.exchange"]) if atheris else contextlib.nullcontext():
    django.setup()
    from polku.exchange.imports import run as running
    from polku.exchange.imports.wanted import wanted
    from polku.exchange.sheets import Unreadable, find_layout, open_sheet, parse_rows
    from polku.exchange.sheets.fields import PEOPLE
    from polku.exchange.sheets.messages import sentence
    from polku.exchange.sheets.tests import corpus, corpus_xlsx
    from polku.exchange.sheets.tests.making import CASES, SETTING

assert corpus and corpus_xlsx  # the cases register themselves

LONGEST = 200_000
# As large as libFuzzer may make its inputs; the corpus's giants are tried one by one elsewhere.
BROKEN = b"\x00polku breaks here\x00"


def read(data: bytes) -> None:
    """Read a file as an import does, up to what each row says of a person."""
    if BROKEN in data:
        raise ValueError("the control: a reader that breaks")
    try:
        sheet = open_sheet(data, "tiedosto")
        layout = find_layout(sheet)
        problems = [*sheet.notes, *layout.problems]
        columns = running.columns_of(layout)
        for row in parse_rows(sheet, layout, SETTING) if layout.usable else ():
            problems += row.problems
            if layout.kind == PEOPLE and not (row.skipped or row.refused):
                problems += wanted(row, columns).problems
        for problem in problems[:200]:
            assert isinstance(problem.code, str)
    except Unreadable as refusal:
        assert sentence(refusal.problem)


def seeds() -> list[bytes]:
    """Return the files of the corpus, without the largest."""
    made = (case.make() for case in CASES.values())
    return [data for data in made if len(data) <= LONGEST]


def blindly(seconds: float, seed: int) -> int:
    """Change bytes, cut and join for so long; return how many files were read."""
    chance, files, tried = random.Random(seed), seeds(), 0
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        data = bytearray(chance.choice(files))
        for _ in range(chance.randrange(1, 9)):
            spot = chance.randrange(len(data) + 1)
            match chance.randrange(4):
                case 0:
                    data[spot : spot + 1] = bytes([chance.randrange(256)])
                case 1:
                    del data[spot : spot + chance.randrange(1, 60)]
                case 2:
                    other = chance.choice(files)
                    cut = chance.randrange(len(other) + 1)
                    data[spot:spot] = other[cut : cut + chance.randrange(1, 200)]
                case _:
                    data[spot:spot] = chance.choice(
                        [b";", b'"', b"\xff", b"\r", b"\x00", b"=", b"<"]
                    )
        read(bytes(data))
        tried += 1
    return tried


def guided(seconds: float, seed: int) -> None:
    """Give the program to libFuzzer, which ends it."""
    folder = tempfile.mkdtemp(prefix="polku-fuzz-")
    for nth, data in enumerate(seeds()):
        Path(folder, f"seed{nth}").write_bytes(data)
    words = [
        f"-max_total_time={int(seconds)}", f"-seed={seed}", f"-max_len={LONGEST}",
        "-rss_limit_mb=0", "-timeout=60", "-print_final_stats=1", f"-artifact_prefix={folder}/",
    ]  # fmt: skip
    atheris.Setup([sys.argv[0], *words, folder], read)
    atheris.Fuzz()


def main() -> None:
    seconds, seed = float(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 15
    if atheris:
        guided(seconds, seed)
    tried = blindly(seconds, seed)
    # Its own peak: what getrusage tells is inherited from whoever started the program.
    told = re.search(r"VmHWM:\s+(\d+)", Path("/proc/self/status").read_text())
    peak = int(told[1]) // 1024 if told else 0
    print(json.dumps({"tried": tried, "megabytes": peak}))


if __name__ == "__main__":
    main()
