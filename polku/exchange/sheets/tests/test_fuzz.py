"""Nothing that a file can hold makes the reader fail in any other way than Unreadable."""

from __future__ import annotations

import random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from polku.exchange.sheets import Unreadable
from polku.exchange.sheets.messages import sentence
from polku.exchange.sheets.messy import messy_office_sheet
from polku.exchange.sheets.tests import corpus, corpus_xlsx
from polku.exchange.sheets.tests.making import CASES, TODAY, sheet_xml, text_file, xlsx
from polku.exchange.sheets.tests.test_corpus import read_all

CELLS = st.one_of(
    st.text(max_size=30),
    st.sampled_from(
        ["1.2.2027", "040 123", "=1+1", '"', "\u202e", "010594Y9032", "31.2.", "Yhteensä", "9.30"]
    ),
)
FUZZ = settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow], derandomize=True
)


def survives(data: bytes) -> None:
    """Reads the file; an Unreadable must have a sentence, and anything else fails the test."""
    try:
        for problem in read_all(data)[1]:
            sentence(problem)
    except Unreadable as refusal:
        assert sentence(refusal.problem)


@FUZZ
@given(st.binary(max_size=600))
def test_random_bytes(data: bytes) -> None:
    survives(data)


@FUZZ
@given(st.binary(max_size=300))
def test_random_bytes_below_a_header(data: bytes) -> None:
    survives(text_file("Hetu;Sukunimi;Etunimi;Synt.aika;Puh.;S-posti;Kunta;Kieli") + data)


@FUZZ
@given(st.lists(st.lists(CELLS, min_size=8, max_size=9), max_size=6), st.sampled_from(";,\t|"))
def test_random_cells_in_text(rows: list[list[str]], delimiter: str) -> None:
    header = ["Hetu", "Nimi", "Synt.aika", "Puh.", "S-posti", "Kunta", "Kieli", "Turvakielto"]
    lines = [delimiter.join(row) for row in [header, *rows]]
    survives("\r\n".join(lines).encode("utf-8", "surrogatepass"))


@FUZZ
@given(
    st.lists(
        st.lists(
            st.one_of(st.integers(-(10**12), 10**12), st.floats(), st.text("aä1.;=", max_size=9)),
            min_size=7,
            max_size=7,
        ),
        max_size=5,
    )
)
def test_random_cells_in_xlsx(rows: list[list[object]]) -> None:
    header = ["Asiakas", "Päivä", "Klo", "Kesto", "Paikka", "Tulkki", "Puhelin"]
    survives(xlsx([header, *rows]))


@FUZZ
@given(st.randoms(use_true_random=False), st.integers(1, 12))
def test_an_xlsx_with_flipped_bytes(source: random.Random, flips: int) -> None:
    data = bytearray(corpus_xlsx.merged_header_and_cells())
    for _ in range(flips):
        data[source.randrange(len(data))] = source.randrange(256)
    survives(bytes(data))


@FUZZ
@given(st.randoms(use_true_random=False), st.integers(1, 6))
def test_a_worksheet_with_flipped_letters(source: random.Random, flips: int) -> None:
    """The flips reach the XML itself, where the zip's checksum would have stopped them."""
    sheet = bytearray(sheet_xml([corpus_xlsx.HEADER, corpus_xlsx.ROW]).encode())
    for _ in range(flips):
        sheet[source.randrange(len(sheet))] = source.choice(b'<>/"=& \x00z9-')
    survives(xlsx(sheet=bytes(sheet)))


@pytest.mark.parametrize("name", ["plain_xlsx", "merged_header_and_cells", "contact_history"])
def test_an_xlsx_cut_at_every_100th_byte(name: str) -> None:
    whole = CASES[name].make()
    for end in range(0, len(whole), 100):
        with pytest.raises(Unreadable):
            read_all(whole[:end])


def test_a_text_file_cut_at_every_100th_byte_gives_the_rows_before_the_cut() -> None:
    rows = [f"{number};Haapa{'xy'[number % 2]};Eino;0401234567" for number in range(60)]
    whole = text_file(corpus.HEADER, *rows)
    for end in range(100, len(whole), 100):
        people, _ = read_all(whole[:end])
        complete = whole[:end].count(b"\n") - 1
        assert [row.fields["client_number"] for row in people][:complete] == [
            str(number) for number in range(complete)
        ]


def test_shuffled_rows_give_the_same_people() -> None:
    rows = [f"{number};Haapa;Eino;04012345{number:02}" for number in range(50)]
    mixed = random.Random(5).sample(rows, len(rows))
    one = read_all(text_file(corpus.HEADER, *rows))[0]
    other = read_all(text_file(corpus.HEADER, *mixed))[0]
    key = lambda fields: int(fields["client_number"])  # noqa: E731
    assert sorted((row.fields for row in one), key=key) == sorted(
        (row.fields for row in other), key=key
    )


def test_the_messy_office_sheet_refuses_exactly_what_was_broken_in_it() -> None:
    messy = messy_office_sheet(600, today=TODAY, broken=45, twice=10)
    people, problems = read_all(messy.data)
    reasons = [
        problem.code for row in people for problem in row.problems if problem.severity == "refused"
    ]
    assert len(people) == 600
    assert {code: reasons.count(code) for code in reasons} == dict(messy.refused)
    assert "totals_row" in {problem.code for problem in problems}
    # The control: one more broken row is one more refusal.
    more = messy_office_sheet(600, today=TODAY, broken=46, twice=10)
    assert sum(row.refused for row in read_all(more.data)[0]) == 46
