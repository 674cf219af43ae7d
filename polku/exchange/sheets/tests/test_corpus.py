"""Every file of the corpus gives exactly what is expected of it."""

from __future__ import annotations

from typing import Any

import pytest

from polku.exchange.sheets import (
    ParsedRow,
    Problem,
    Unreadable,
    find_layout,
    open_sheet,
    parse_rows,
)
from polku.exchange.sheets.identity import IdentityCode
from polku.exchange.sheets.messages import MESSAGES, sentence
from polku.exchange.sheets.tests import corpus, corpus_xlsx
from polku.exchange.sheets.tests.making import CASES, SETTING, Case

assert corpus and corpus_xlsx  # the cases register themselves


def read_all(data: bytes) -> tuple[list[ParsedRow], list[Problem]]:
    """All rows about somebody, and every problem of file, header and rows."""
    sheet = open_sheet(data, "tiedosto")
    layout = find_layout(sheet)
    rows = list(parse_rows(sheet, layout, SETTING)) if layout.usable else []
    problems = [*sheet.notes, *layout.problems, *(p for row in rows for p in row.problems)]
    return [row for row in rows if not row.skipped], problems


def plain(value: Any) -> Any:
    return value.code if isinstance(value, IdentityCode) else value


@pytest.mark.parametrize("case", list(CASES.values()), ids=list(CASES))
def test_file_of_the_corpus(case: Case) -> None:
    if case.unreadable:
        with pytest.raises(Unreadable) as caught:
            read_all(case.make())
        assert caught.value.code == case.unreadable
        assert sentence(caught.value.problem)
        return
    people, problems = read_all(case.make())
    assert case.codes <= {problem.code for problem in problems}
    assert len(people) == case.people
    assert sum(row.refused for row in people) == case.refused, [r.problems for r in people]
    by_line = {row.line: row for row in people}
    for line, fields in case.values.items():
        got = {name: plain(by_line[line].fields.get(name)) for name in fields}
        assert got == dict(fields), by_line[line].problems
    for problem in problems:
        assert sentence(problem) and problem.code in MESSAGES


def test_the_corpus_has_at_least_sixty_files() -> None:
    assert len(CASES) >= 60


def test_every_refused_row_has_line_reason_and_where_it_can_a_column() -> None:
    for case in CASES.values():
        if case.unreadable or not case.refused:
            continue
        for row in read_all(case.make())[0]:
            for problem in row.problems:
                assert problem.line == row.line
                whole_row = problem.code in {"nobody_named", "birth_date_differs", "day_missing"}
                assert whole_row or problem.column or row.fields


def test_a_giant_cell_is_refused_with_its_place() -> None:
    for make in (corpus.one_giant_cell, corpus_xlsx.giant_cell_in_xlsx):
        with pytest.raises(Unreadable) as caught:
            read_all(make())
        assert (caught.value.line, caught.value.column) == (2, "B")


def test_reasons_about_a_person_with_a_safety_ban_quote_nothing() -> None:
    people, _ = read_all(corpus.safety_ban_hushes_reasons())
    assert "Salakatu" not in " ".join(sentence(problem) for problem in people[0].problems)


def test_reasons_about_anybody_else_do_quote() -> None:
    data = corpus.safety_ban_hushes_reasons().replace("kyllä".encode(), b"ei")
    people, _ = read_all(data)
    assert "Salakatu" in " ".join(sentence(problem) for problem in people[0].problems)
