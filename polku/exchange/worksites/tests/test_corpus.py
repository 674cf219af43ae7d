"""Every list of the corpus gives what is expected, nothing the second time, nothing when dry."""

from __future__ import annotations

from typing import Any

import pytest

from polku.exchange.worksites.tests.bringing import bring, codes, counts, everything, words
from polku.exchange.worksites.tests.corpus import CASES, Case
from polku.placements.models import Opening, Supervisor, Worksite


def row_called(name: str) -> Any:
    for model, field in ((Worksite, "name"), (Opening, "title"), (Supervisor, "name")):
        found = model._default_manager.filter(**{field: name}).first()
        if found is not None:
            return found
    raise AssertionError(name)


@pytest.mark.parametrize("case", list(CASES.values()), ids=list(CASES))
def test_list_of_the_corpus(world, case: Case):
    data = case.make()
    tried = bring(world, data, dry=True)
    assert everything() == []
    report = bring(world, data)
    assert counts(report) == case.counts, words(report)
    assert [row.plain() for row in tried.rows] == [row.plain() for row in report.rows]
    assert case.codes <= codes(report), words(report)
    for name, fields in case.holds.items():
        row = row_called(name)
        for field, value in fields.items():
            if field == "about":
                assert (round(row.lat, 3), round(row.lon, 3)) == value
            else:
                assert getattr(row, field) == value, (name, field)
    before = everything()
    again = bring(world, data)
    created, updated, unchanged, refused = counts(again)
    assert (created, updated) == (0, 0), words(again)
    assert (unchanged, refused) == (sum(case.counts[:3]), case.counts[3])
    assert everything() == before


def test_the_corpus_has_at_least_twenty_files() -> None:
    assert len(CASES) >= 20
