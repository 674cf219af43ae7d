"""Phones, addresses, codes, names and words: one cell at a time."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum.fi import hetu

from polku.exchange.sheets.identity import CHECKS, read_identity
from polku.exchange.sheets.languages import CODES, read_language
from polku.exchange.sheets.problems import quoted
from polku.exchange.sheets.reaching import read_email, read_phones, read_postal_code
from polku.exchange.sheets.tests.making import CODE, SETTING, TODAY
from polku.exchange.sheets.texts import cleaned, read_full_name, read_full_name_first, read_name
from polku.exchange.sheets.values import read_value
from polku.exchange.sheets.words import occasion_of, read_mode, read_safety_ban, read_status


@pytest.mark.parametrize(
    "typed",
    [
        "0401234567",
        "040 123 4567",
        "040-1234567",
        "(040) 123 4567",
        "040/1234567",
        "+358 40 123 4567",
        "+358 (0)40-1234567",
        "00358401234567",
        "358401234567",
        401234567,
        "gsm 0401234567",
        "p. 040 1234567",
    ],
)
def test_one_finnish_mobile_however_typed(typed: object) -> None:
    assert [phone.number for phone in read_phones(typed).value] == ["+358401234567"]


@pytest.mark.parametrize(
    "typed",
    [
        "0401234567 / 0507654321",
        "040/1234567, 050 7654321",
        "040 123 4567 tai 050 765 4321",
        "0401234567\n0507654321",
        "0401234567 0507654321",
    ],
)
def test_two_phones_in_a_cell(typed: str) -> None:
    numbers = [phone.number for phone in read_phones(typed).value]
    assert numbers == ["+358401234567", "+358507654321"]


def test_what_stands_beside_a_number_is_kept() -> None:
    phone = read_phones("09 1234567 alanro 12").value[0]
    assert (phone.number, phone.extension) == ("+35891234567", "12")
    assert read_phones("040 1234567 (äiti)").value[0].remark == "äiti"
    assert read_phones("+46 70 123 45 67").value[0].number == "+46701234567"


@pytest.mark.parametrize("typed", ["112", "kysy", "040123456a", "1234567890123456789"])
def test_what_is_no_phone_is_left_out_and_said(typed: str) -> None:
    reading = read_phones(typed)
    assert reading.value is None and reading.findings[0].code == "phone_unreadable"


@pytest.mark.parametrize("typed", ["ei ole", "-", "?"])
def test_a_word_for_nothing_is_nothing(typed: str) -> None:
    assert read_phones(typed).value is None and not read_phones(typed).findings


def test_e_mail_addresses() -> None:
    assert read_email("Matti <M.X@Example.FI>").value == "M.X@example.fi"
    assert read_email("mailto:a@b.fi").value == "a@b.fi"
    several = read_email("a@b.fi; c@d.fi")
    assert several.value == "a@b.fi" and several.findings[0].code == "email_first_of_several"
    assert read_email("a(at)b.fi").findings[0].code == "email_unreadable"
    assert read_email("a@b.fi\r\nBcc: c@d.fi").value == "a@b.fi"


def test_postal_codes() -> None:
    assert read_postal_code("FI-15140 Lahti").value == "15140"
    assert read_postal_code("740").value == "00740"
    assert read_postal_code("111 29").findings[0].code == "postal_code_unusual"


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("010594Y9033", "identity_check_sign"),
        ("310294-9000", "identity_no_such_day"),
        ("0105949032", "identity_no_separator"),
        ("010594-", "identity_half"),
        ("010594", "identity_half"),
        ("O10594Y9032", "identity_form"),
        ("٠١٠٥٩٤Y9032", "identity_strange_signs"),
    ],
)
def test_why_a_code_is_refused(typed: str, code: str) -> None:
    reading = read_identity(typed, TODAY, True)
    assert reading.value is None and reading.findings[0].code == code


def test_the_right_check_sign_is_named_and_the_code_is_not() -> None:
    finding = read_identity("010594Y9033", TODAY, True).findings[0]
    assert finding.params == {"given": "3", "expected": "2"}


def test_artificial_codes_are_refused_outside_demo_and_tests() -> None:
    assert read_identity(CODE, TODAY, False).findings[0].code == "identity_artificial"
    assert read_identity(CODE, TODAY, True).value.code == CODE


@given(st.dates(TODAY.replace(year=1925), TODAY), st.integers(900, 999), st.sampled_from(CHECKS))
def test_our_reasons_and_stdnum_agree(born: object, number: int, check: str) -> None:
    sign = "-" if born.year < 2000 else "A"  # type: ignore[attr-defined]
    code = f"{born:%d%m%y}{sign}{number}{check}"
    ours = read_identity(code, TODAY, True).value is not None
    assert ours == hetu.is_valid(code, allow_temporary=True)


def test_an_identity_code_is_never_quoted_nor_shown() -> None:
    assert CODE not in quoted(f"kts. {CODE}!")
    assert CODE not in repr(read_identity(CODE, TODAY, True))
    assert quoted("Koulutie 5") == "Koulutie 5"


@pytest.mark.parametrize(
    ("typed", "last", "first"),
    [
        ("Haapa Eino", "Haapa", "Eino"),
        ("Haapa, Eino Onni", "Haapa", "Eino Onni"),
        ("von Skogsby Pär", "von Skogsby", "Pär"),
        ("Haapa  Eino\u00a0Onni", "Haapa", "Eino Onni"),
        ("Haapa", "Haapa", ""),
    ],
)
def test_a_name_in_one_cell(typed: str, last: str, first: str) -> None:
    assert read_full_name(typed).value == (last, first)


def test_a_name_with_the_first_name_first() -> None:
    assert read_full_name_first("Pär Olof von Skogsby").value == ("von Skogsby", "Pär Olof")


def test_joiners_stay_where_they_mean_something() -> None:
    persian = "می\u200cخواهم"
    assert cleaned(persian)[0] == persian
    assert cleaned("Haa\u200cpa")[0] == "Haapa"


def test_names_of_another_alphabet_are_not_suspect() -> None:
    assert not read_name("Олена").findings
    assert read_name("Hааpa").findings[0].code == "name_of_two_alphabets"


@pytest.mark.parametrize(
    ("typed", "code"),
    [("suomi", "fi"), ("Suomen kieli", "fi"), ("suomenkielinen", "fi"), ("SV", "sv"), ("swe", "sv"),
     ("Venäjä", "ru"), ("ryska", "ru"), ("Ukrainian", "uk"), ("farsi", "fa"), ("dari", "prs"),
     ("kurdi (sorani)", "ckb"), ("viittomakieli", "fse")],
)  # fmt: skip
def test_languages(typed: str, code: str) -> None:
    assert read_language(typed).value == code


def test_at_least_forty_languages_and_no_guess() -> None:
    assert len(CODES) >= 40
    assert read_language("klingon").value is None


def test_a_safety_ban_that_can_not_be_read_is_one() -> None:
    assert read_safety_ban("kts. kansio").value is True
    assert read_safety_ban("kts. kansio").findings[0].code == "safety_ban_assumed"
    assert read_safety_ban("ei").value is False
    assert read_value("safety_ban", None, SETTING).value is None


def test_words_from_the_ministrys_register() -> None:
    assert read_status("02 - Työtön").value == "unemployed"
    assert read_value("status", 2, SETTING).value == "unemployed"
    assert read_mode("tapaaminen (etä)").value == "video"
    assert read_mode("ei vastannut").value == "call_attempt"
    assert occasion_of("Täydentävä työnhakukeskustelu") == "complementary"


def test_municipalities_by_code_and_name_in_both_languages() -> None:
    for typed in (
        "316",
        316,
        "Kärkölä",
        "kärkölä ",
        "Kärkölän kunta 316",
        "316 Kärkölä",
        "KARKOLA",
    ):
        assert read_value("municipality", typed, SETTING).value == "316"
    assert read_value("municipality", "Lahtis stad", SETTING).value == "398"
    assert read_value("municipality", 16, SETTING).value == "016"
    assert (
        read_value("municipality", "Kaukomaa", SETTING).findings[0].code == "municipality_unknown"
    )
