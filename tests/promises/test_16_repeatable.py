"""Promise 16: an import can be repeated and explained, and ends at any moment without harm.

What stands in the tables is compared whole: people, what goes with them, and nobody twice.
"""

from __future__ import annotations

import random
import signal
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from polku.clients.models import Client, ContactDetails
from polku.contacts.models import Rhythm
from polku.exchange.bench import write_sheet
from polku.exchange.imports import matching, people
from polku.exchange.imports.report import Report
from polku.exchange.imports.tests.bringing import bring
from polku.exchange.sheets import Unreadable
from polku.exchange.sheets.messy import messy_office_sheet
from polku.exchange.tests.test_interruption import command, figures, finish, wait_until_some
from polku.exchange.tests.test_interruption import house as house  # a fixture
from polku.foundation import clock
from polku.foundation.models import Relation
from tests.promises.promise import Promise, reached

PROMISE = Promise(
    16,
    "An import is repeatable and explainable",
    "same file twice, rows shuffled, cut at every 100th byte, worker killed at row 50 000, the "
    "same file twice at once: the second run changes nothing, and each refused row has line, "
    "column and reason",
    "a messy sheet of 250 rows twice and shuffled; one of 30 rows cut at every 100th byte, each "
    "cut imported; killed and begun twice at 4 000 rows (polku/exchange/tests)",
)
FULL, KILLED_AT = 100_000, 50_000
CUT = 100
# Reasons that are about the row as a whole, and have no one column.
OF_THE_ROW = {"nobody_named", "birth_date_differs", "day_missing", "two_candidates"}

pytestmark = pytest.mark.database


def sheet(rows: int = 250, broken: int = 15, twice: int = 8) -> bytes:
    return messy_office_sheet(rows, today=clock.today(), broken=broken, twice=twice).data


def state(world: Any) -> Counter[Any]:
    """Return everybody of the register, with what goes with them, without ids and moments."""
    world.enter("lake")
    details = {d.client_id: d for d in ContactDetails.objects.all()}
    rhythms = {r.client_id: r for r in Rhythm.objects.all()}
    ties = Counter(Relation.objects.values_list("client_id", flat=True))
    found: Counter[Any] = Counter()
    for one in Client.objects.all():
        reach = details.get(one.id)
        plan = rhythms.get(one.id)
        found[
            one.office_number, one.last_name, one.first_names, one.born, one.language, one.status,
            bytes(one.identity_index or b""), one.municipality_id,
            reach and (reach.phone_digits, reach.email, reach.street, reach.postal_code),
            plan and (plan.initial_interview_on, plan.next_on), ties[one.id],
        ] += 1  # fmt: skip
    return found


def changes(report: Report) -> int:
    return report.counts["created"] + report.counts["updated"]


def unexplained(report: Report) -> list[Any]:
    """Return the refused rows that lack a line, a reason, or the column that the reason is of."""
    return [
        row
        for row in report.rows
        if row.outcome == "refused"
        and not (row.line and row.code and (row.column or row.code in OF_THE_ROW))
    ]


@pytest.mark.django_db
def test_the_second_run_changes_nothing_and_each_refusal_is_explained(world: Any) -> None:
    first = bring(world, sheet())
    assert first.counts["created"] > 150
    assert first.counts["refused"] >= 15
    assert unexplained(first) == []
    once = state(world)
    second = bring(world, sheet())
    assert changes(second) == 0
    assert second.counts["refused"] == first.counts["refused"]
    assert state(world) == once


@pytest.mark.django_db
def test_shuffled_rows_change_nothing_either(world: Any, tmp_path: Path) -> None:
    head, *rows = plain(tmp_path, 200).splitlines(keepends=True)
    assert bring(world, b"".join([head, *rows])).counts["created"] == 200
    once = state(world)
    for seed in range(3):
        mixed = random.Random(seed).sample(rows, len(rows))
        assert changes(bring(world, b"".join([head, *mixed]))) == 0
    assert state(world) == once


def plain(folder: Path, rows: int) -> bytes:
    """Return a sheet of people of whom no two are alike, as text."""
    path = folder / "people.csv"
    write_sheet(path, rows)
    return path.read_bytes()


@pytest.mark.django_db
def test_cut_anywhere_and_then_whole_is_as_if_never_cut(world: Any, tmp_path: Path) -> None:
    whole = plain(tmp_path, 30)
    ends = range(CUT, len(whole), CUT)
    assert len(ends) > 20
    for end in ends:
        try:
            assert unexplained(bring(world, whole[:end])) == []
        except Unreadable as refusal:
            assert refusal.code
    bring(world, whole)
    codes = [key[6] for key in state(world).elements() if key[6]]
    assert len(codes) == len(set(codes)) >= 30
    assert changes(bring(world, whole)) == 0


@pytest.mark.django_db
def test_control_without_the_finding_of_people_the_second_run_is_seen(
    world: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    plain = "Sukunimi;Etunimet;Puhelin;Kotikunta\r\nHaapaoja;Veera;0401234567;Kärkölä\r\n".encode()
    with_birth = plain.replace(b"Puhelin", b"Syntym\xc3\xa4aika;Puhelin").replace(
        b"Veera;", b"Veera;4.5.1990;"
    )
    bring(world, with_birth)
    once = state(world)
    assert changes(bring(world, with_birth)) == 0
    monkeypatch.setattr(matching, "find", lambda want, index: None)
    assert people.matching is matching
    assert changes(bring(world, with_birth)) == 1
    assert state(world) != once


@pytest.mark.torture(promise=16)
def test_killed_at_row_fifty_thousand_then_begun_twice_at_once(house: Any, tmp_path: Path) -> None:
    path = tmp_path / "people.csv"
    write_sheet(path, FULL)
    first = command(house, path)
    wait_until_some(house, KILLED_AT, seconds=1_200)
    first.send_signal(signal.SIGKILL)
    first.wait()
    half = figures(house)["clients_client"]
    assert KILLED_AT <= half < FULL, "killed too late: the test shows nothing"
    second = command(house, path)
    wait_until_some(house, half + 1_000, seconds=1_200)
    second.send_signal(signal.SIGSTOP)
    status, report, err = finish(command(house, path))
    second.send_signal(signal.SIGCONT)
    assert (status, report) == (1, None)
    assert "Another import" in err
    status, report, _ = finish(second)
    assert (status, report["created"], report["unchanged"]) == (0, FULL - half, half)
    after = figures(house)
    assert after["clients_client"] == after["different"] == after["contacts_rhythm"] == FULL
    lines = path.read_text("utf-8").splitlines(keepends=True)
    path.write_text(lines[0] + "".join(random.Random(16).sample(lines[1:], FULL)), "utf-8")
    status, report, _ = finish(command(house, path))
    assert (report["created"], report["updated"], report["unchanged"]) == (0, 0, FULL)
    reached(
        16,
        f"{FULL} rows: killed at row {half}, begun again and twice at once: {FULL} people, nobody "
        "twice; the rows shuffled: 0 changes",
    )
