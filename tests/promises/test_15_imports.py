"""Promise 15: no file breaks the house, however broken it is; a large one takes a minute.

Each file of the corpus goes through the page as a worker would send it: uploaded, looked at, tried
and imported. The fuzzer reads what nobody thought of (tests/promises/fuzzing.py); the largest
files are read and imported by processes of their own, whose memory is theirs alone.
"""

from __future__ import annotations

import importlib.util
import json
import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client as Browser
from django.urls import reverse

from polku.exchange import working
from polku.exchange.models import ImportRun
from polku.exchange.sheets.tests import corpus, corpus_xlsx, test_heavy
from polku.exchange.sheets.tests.making import CASES, Case
from polku.launch import places
from tests.promises import fuzzing
from tests.promises.promise import Promise, reached

assert corpus and corpus_xlsx  # the cases register themselves

PROMISE = Promise(
    15,
    "Imports never break the house",
    "the corpus of 60 files and 30 minutes of a fuzzer: 0 errors; at most 256 MB; 100 000 rows in "
    "at most 60 s",
    "every file of the corpus uploaded and imported through the page, one in five tried before; "
    "the fuzzer for 3 s",
)
SECONDS, MEGABYTES = 60, 256
FUZZED, FUZZED_FULL = 3, 1_800
BACKEND = "polku.foundation.door.backend.Backend"
ENDED = {"checked", "done", "failed"}


@pytest.fixture
def lead(world: Any) -> Browser:
    made = Browser(headers={"accept-language": "en"}, raise_request_exception=False)
    made.force_login(world.people["lahja"], backend=BACKEND)
    return made


def send(world: Any, lead: Browser, case: Case, *, tried: bool = True) -> Iterator[str]:
    """Send a file all the way, tried before it is imported or not; yield what broke on it."""
    name = f"{case.name}.{'xlsx' if 'xlsx' in case.name else 'csv'}"

    def answered(answer: Any, where: str) -> Iterator[str]:
        if answer.status_code >= 500:
            yield f"{case.name}: {where} {answer.status_code}"

    answer = lead.post("/import/", {"file": SimpleUploadedFile(name, case.make())})
    yield from answered(answer, "upload")
    if answer.status_code != 302:
        return
    world.enter("lake")
    run = ImportRun.objects.latest("created_at")
    yield from answered(lead.get(answer.url), "page")
    for words in ({"dry": "1"}, {}) if tried else ({},):
        yield from answered(lead.post(reverse("import_begin", args=[run.id]), words), "begin")
        try:
            ended = working.do(world.areas["lake"].id, run.id)
        except Exception as error:  # The job would be written down as failed, without a reason.
            yield f"{case.name}: {type(error).__name__} in the job"
            return
        if ended not in ENDED | {"gone"}:
            yield f"{case.name}: ended {ended}"
        yield from answered(lead.get(answer.url), "report")
        world.enter("lake")


@pytest.mark.django_db
def test_no_file_of_the_corpus_breaks_a_page_or_a_job(world: Any, lead: Browser) -> None:
    cases = enumerate(CASES.values())
    # One in five is tried first, as each is in the full size.
    assert [b for nth, case in cases for b in send(world, lead, case, tried=nth % 5 == 0)] == []
    world.enter("lake")
    states = set(ImportRun.objects.values_list("state", flat=True))
    # Both ends were seen: files imported, and files refused as a whole.
    assert {"done", "failed"} <= states <= ENDED | {"uploaded"}


@pytest.mark.django_db
def test_control_a_reader_that_breaks_is_told(
    world: Any, lead: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    def breaks(*args: Any, **more: Any) -> Any:
        raise ValueError("a file that nobody thought of")

    case = next(iter(CASES.values()))
    monkeypatch.setattr(working, "find_layout", breaks)
    assert [*send(world, lead, case)]


def fuzz(seconds: float) -> dict[str, Any]:
    """Let the fuzzer read for so long, in a program of its own; return what it says at its end."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.promises.fuzzing", str(seconds)],
        cwd=places.CHECKOUT,
        env={**os.environ, "DJANGO_SETTINGS_MODULE": "polku.config.settings"},
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr[-3000:]
    if importlib.util.find_spec("atheris") is None:
        return {"by": "changes made blindly", **json.loads(done.stdout)}
    return {"by": "atheris", **figures_of(done.stderr)}


def figures_of(said: str) -> dict[str, int]:
    """Return how many files libFuzzer tried, and its memory."""
    found = dict(re.findall(r"stat::(\w+):\s+(\d+)", said))
    return {
        "tried": int(found["number_of_executed_units"]),
        "megabytes": int(found["peak_rss_mb"]),
    }


def test_the_fuzzer_finds_nothing() -> None:
    found = fuzz(FUZZED)
    assert found["tried"] > 20
    assert found["megabytes"] <= MEGABYTES


def test_control_the_fuzzer_finds_what_is_there(monkeypatch: pytest.MonkeyPatch) -> None:
    files = fuzzing.seeds()
    monkeypatch.setattr(fuzzing, "seeds", lambda: [*files[:5], b"a;b\n" + fuzzing.BROKEN])
    with pytest.raises(ValueError, match="the control"):
        fuzzing.blindly(20, 1)


@pytest.mark.django_db
@pytest.mark.torture(promise=15)
def test_every_file_is_tried_and_imported(world: Any, lead: Browser) -> None:
    assert [broken for case in CASES.values() for broken in send(world, lead, case)] == []
    reached(15, f"{len(CASES)} files, 0 errors", "corpus")


@pytest.mark.torture(promise=15)
def test_thirty_minutes_of_the_fuzzer() -> None:
    found = fuzz(FUZZED_FULL)
    assert found["megabytes"] <= MEGABYTES
    reached(15, f"{found['tried']} files by {found['by']}, 0 errors", "fuzzer, 30 minutes")


@pytest.mark.torture(promise=15)
@pytest.mark.parametrize("write", [test_heavy.write_text, test_heavy.write_xlsx])
def test_a_million_rows_are_read(tmp_path: Path, write: Callable[[Path, int], None]) -> None:
    path = tmp_path / "suuri"
    write(path, 1_000_000)
    figures = test_heavy.read_apart(path)
    assert (figures["rows"], figures["code"]) == (1_000_000, "")
    assert figures["megabytes"] <= MEGABYTES  # type: ignore[operator]
    kind = write.__name__.removeprefix("write_")
    reached(15, f"read in {figures['megabytes']} MB", f"1 000 000 rows of {kind}")


@pytest.mark.torture(promise=15)
def test_a_hundred_thousand_rows_in_a_minute() -> None:
    outside = {k: v for k, v in os.environ.items() if not k.startswith(("POLKU_", "PYTEST_"))}
    done = subprocess.run(
        [sys.executable, "-m", "polku", "bench", "import", "--json"],
        cwd=places.CHECKOUT, env={**outside, "POLKU_ENV": "demo"}, capture_output=True, text=True,
    )  # fmt: skip
    assert done.stdout, done.stderr[-2000:]
    once = json.loads(done.stdout)["import"]
    assert once["created"] == 100_000
    assert once["seconds"] <= SECONDS
    assert once["megabytes"] <= MEGABYTES
    reached(15, f"imported in {once['seconds']} s, {once['megabytes']} MB", "100 000 rows")
