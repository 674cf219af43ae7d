"""Artificial identity codes: made so that they are read back, and refused outside their range."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from stdnum.fi import hetu

from polku.rules.known.personal_identity_code import artificial_identity_code, read_identity_code

# The machine may be busy: a slow example is no failure.
unhurried = settings(deadline=None)
ON = date(2026, 11, 21)
SEPARATORS = {1800: "+", 1900: "-YXWVU", 2000: "ABCDEF"}


@unhurried
@given(st.dates(date(1850, 1, 1), ON), st.integers(900, 999), st.integers(0, 5))
def test_what_is_made_is_read_back(born: date, number: int, nth: int) -> None:
    signs = SEPARATORS[born.year // 100 * 100]
    code = artificial_identity_code(born, number, signs[nth % len(signs)])
    known = read_identity_code(code.lower(), on=ON)
    assert (known.valid, known.code, known.born) == (True, code, born)
    assert known.artificial is True
    assert hetu.is_valid(code, allow_temporary=True)
    assert not hetu.is_valid(code)


@unhurried
@given(st.dates(date(1900, 1, 1), ON), st.integers(900, 999), st.sampled_from("0123456789AZ"))
def test_any_other_check_character_is_refused(born: date, number: int, other: str) -> None:
    code = artificial_identity_code(born, number)
    assert read_identity_code(code[:-1] + other, on=ON).valid == (code[-1] == other)


@unhurried
@given(st.text(max_size=15))
def test_any_text_is_answered_and_never_an_error(text: str) -> None:
    known = read_identity_code(text, on=ON)
    assert known.valid == (known.problem is None) == (known.code is not None)


@pytest.mark.parametrize("number", [2, 899, 1000])
def test_code_of_a_person_is_never_made(number: int) -> None:
    with pytest.raises(ValueError, match="900 to 999"):
        artificial_identity_code(date(1990, 1, 1), number)


def test_separator_must_be_of_the_century() -> None:
    with pytest.raises(ValueError, match="separator of 2000 is one of A B C D E F"):
        artificial_identity_code(date(2004, 1, 1), 900, "-")


def test_code_does_not_stand_in_the_repr() -> None:
    code = artificial_identity_code(date(1990, 1, 1), 901)
    said = repr(read_identity_code(code, on=ON))
    assert code not in said
    assert "1990" not in said
