"""Cells of a list of worksites: the trade's words, numbers, ids, coordinates, people."""

from __future__ import annotations

from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

import pytest

from polku.exchange.sheets import trade_words
from polku.exchange.sheets.amounts import read_coordinate, read_days, read_hours, read_seats
from polku.exchange.sheets.contact_person import read_person
from polku.exchange.sheets.headers import find_layout
from polku.exchange.sheets.headings import vocabulary
from polku.exchange.sheets.legal_forms import (
    bare_name,
    form_of_name,
    read_business_id,
    read_legal_form,
)
from polku.exchange.sheets.reader import open_sheet
from polku.exchange.sheets.tests.making import text_file
from polku.exchange.sheets.trade import (
    Level,
    Said,
    read_cards,
    read_cuts,
    read_demands,
    read_kinds,
    read_languages,
    read_level,
    read_supports,
)
from polku.placements.models import Opening
from polku.placements.terms import Card, Demand, Kind, LegalForm, Support


def codes(reading: Any) -> set[str]:
    return {finding.code for finding in reading.findings}


@pytest.mark.parametrize(
    ("table", "terms"),
    [("KINDS", Kind), ("CARDS", Card), ("SUPPORTS", Support), ("CUTS", Opening.Cut)],
)
def test_each_term_has_its_words(table: str, terms: Any) -> None:
    assert set(getattr(trade_words, table)) == set(terms.values)


def test_demands_have_words_or_weights() -> None:
    weights = {"lifting_5", "lifting_10", "lifting_20"}
    assert set(trade_words.DEMANDS) | weights == set(Demand.values)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Työkokeilu, palkkatuki 50 % / oppis.", ["work_trial", "pay_subsidy", "apprenticeship"]),
        ("koulutuskokeilu tai TOP-jakso", ["training_trial", "on_the_job"]),
        ("Kuntouttava työtoiminta ja vapaaehtoistyö", ["rehabilitative", "volunteering"]),
        ("koulutussopimus; työssäoppiminen", ["on_the_job"]),
        ("arbetsprövning och lönesubvention", ["work_trial", "pay_subsidy"]),
        ("rehabiliterande arbetsverksamhet, läroavtal", ["rehabilitative", "apprenticeship"]),
        ("work trial, pay-subsidised job", ["work_trial", "pay_subsidy"]),
        ("avoin hakemus", ["lead"]),
    ],
)  # fmt: skip
def test_kinds_in_three_languages(text: str, found: list[str]) -> None:
    assert list(read_kinds(text).value.found) == found
    assert not read_kinds(text).findings


def test_what_is_denied_or_unknown_is_no_kind() -> None:
    reading = read_kinds("työkokeilu, ei palkkatukea, etätyö")
    assert reading.value == Said(("work_trial",), "ei palkkatukea, etätyö")
    assert codes(reading) == {"kind_unknown"}


@pytest.mark.parametrize(
    ("text", "found", "rest"),
    [
        ("nostoja max 10 kg", ["lifting_5"], ""),
        ("nostoja yli 10 kg, seisomatyö", ["lifting_10", "standing"], ""),
        ("Nostot 20 - 25 kg", ["lifting_20"], ""),
        ("raskaat nostot", [], "raskaat nostot"),
        ("hyötyä kielitaidosta", [], "hyötyä kielitaidosta"),
        ("ulkotyö + pöly; illat ja viikonloput", ["outdoors", "dust", "evenings", "weekends"], ""),
        ("stå, buller, kundservice", ["standing", "noise", "customers"], ""),
    ],
)  # fmt: skip
def test_demands(text: str, found: list[str], rest: str) -> None:
    reading = read_demands(text)
    assert (list(reading.value.found), reading.value.rest) == (found, rest)
    assert codes(reading) == ({"kept_as_wish"} if rest else set())


def test_cards_supports_cuts_and_languages() -> None:
    cards = read_cards("Hygieniapassi, EA1, B-kortti, C-ajokortti, rikosrekisteriote").value
    assert cards.found == ("hygiene", "first_aid", "driving_b", "criminal_record")
    assert cards.rest == "C-ajokortti"
    assert read_supports("esteetön, selkokieli, työhönvalmentaja").value.found == (
        "accessible", "plain_language", "job_coach",
    )  # fmt: skip
    assert read_cuts("tunnit ja päivät").value.found == ("hours", "days")
    assert read_languages("suomi, ruotsi ja arabia").value == ("fi", "sv", "ar")


@pytest.mark.parametrize(
    ("text", "level", "told"),
    [
        ("suomi A2", Level("fi", "A2"), set()),
        ("B1.1", Level("fi", "B1"), {"language_assumed"}),
        ("svenska B2", Level("sv", "B2"), set()),
        ("suomi A2, englanti", Level("fi", "A2", "englanti"), {"kept_as_wish"}),
        ("välttävä", Level("", "", "välttävä"), {"kept_as_wish"}),
    ],
)
def test_language_levels(text: str, level: Level, told: set[str]) -> None:
    reading = read_level(text)
    assert (reading.value, codes(reading)) == (level, told)


@pytest.mark.parametrize(
    ("cell", "seats", "told"),
    [
        (2, 2, set()), (2.0, 2, set()), ("3 kpl", 3, set()), ("kaksi", 2, set()),
        ("2–3 paikkaa", 2, {"seats_range"}), (date(2026, 3, 2), 2, {"range_from_day"}),
        ("0-1", 1, {"seats_range"}), ("x?", None, {"seats_unreadable"}),
        (1.5, None, {"seats_unreadable"}), (0, None, {"seats_none"}),
        (500, None, {"seats_too_many"}),
        (True, None, {"seats_unreadable"}),
    ],
)  # fmt: skip
def test_seats(cell: Any, seats: int | None, told: set[str]) -> None:
    reading = read_seats(cell)
    assert (reading.value, codes(reading)) == (seats, told)


@pytest.mark.parametrize(
    ("cell", "low", "high"),
    [
        ("4-6", "4.0", "6.0"), ("7,5 h", "7.5", "7.5"), (7.25, "7.3", "7.3"),
        ("7:30", "7.5", "7.5"), (time(7, 30), "7.5", "7.5"), ("6 tuntia", "6.0", "6.0"),
        (datetime(2026, 6, 4), "4.0", "6.0"),
    ],
)  # fmt: skip
def test_hours(cell: Any, low: str, high: str) -> None:
    assert read_hours(cell).value == (Decimal(low), Decimal(high))


@pytest.mark.parametrize("cell", ["20 h/vko", "25", "6-4", "sopimuksen mukaan", 0])
def test_hours_that_are_none(cell: Any) -> None:
    assert read_hours(cell).value is None
    assert codes(read_hours(cell)) == {"hours_unreadable"}


@pytest.mark.parametrize(
    ("cell", "days"),
    [(5, 5), ("ma-pe", 5), ("ma, ke", 2), ("må–to", 4), ("3-5 pv/vko", 5), ("9", None),
     ("joka päivä", None)],
)  # fmt: skip
def test_days(cell: Any, days: int | None) -> None:
    assert read_days(cell).value == days


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ("60,98", 60.98), (60.98, 60.98), ("6 765 370", 6765370.0), ("N 6765370", 6765370.0),
        ("60°58'30\"N", 60.975), ("427930,5 m", 427930.5), ("tien päässä", None),
    ],
)  # fmt: skip
def test_coordinates(cell: Any, value: float | None) -> None:
    assert read_coordinate(cell).value == pytest.approx(value)


@pytest.mark.parametrize(
    ("name", "form"),
    [
        ("Testi Oy", "company"), ("Oy Testi Ab", "company"), ("Tmi Aarne Testi", "trader"),
        ("Testilän Apu ry", "association"), ("Testilän 4H-yhdistys", "association"),
        ("Testin säätiö", "foundation"), ("Testilän kaupunki", "municipality"),
        ("Hollolan kunta, varhaiskasvatus", "municipality"),
        ("Testilän seurakunta", "religious_community"),
        ("Testilän koulutuskuntayhtymä", "municipality"), ("Hämeen osuuskauppa", "company"),
        ("Päijät-Hämeen maakunta", ""), ("Oma Hyvinvointialue", ""), ("Outo Talo", ""),
    ],
)  # fmt: skip
def test_legal_forms_by_name(name: str, form: str) -> None:
    assert form_of_name(name) == form
    assert form == "" or form in LegalForm.values


def test_legal_forms_by_word_and_bare_names() -> None:
    assert read_legal_form("Rekisteröity yhdistys").value == "association"
    assert read_legal_form("T:mi").value == "trader"
    assert codes(read_legal_form("mikä lie")) == {"legal_form_unknown"}
    assert bare_name("Oy Testi Ab") == bare_name("TESTI oy") == bare_name("Testi")
    assert bare_name("Testilän kunta") != bare_name("Testilän kaupunki")


@pytest.mark.parametrize(
    ("text", "value", "told"),
    [
        ("1234567-1", "1234567-1", set()), ("FI12345671", "1234567-1", {"business_id_mended"}),
        ("1234567–1", "1234567-1", {"business_id_mended"}),
        ("1234567-2", None, {"business_id_check"}),
        ("123", None, {"business_id_form"}), ("ei ole", None, set()),
    ],
)  # fmt: skip
def test_business_ids(text: str, value: str | None, told: set[str]) -> None:
    reading = read_business_id(text)
    assert (reading.value, codes(reading)) == (value, told)


def test_people_with_everything_in_one_cell() -> None:
    one = read_person("Sanni Salo (keittiöpäällikkö), puh. 040 123 4567, sanni@example.org").value
    assert (one.name, one.title, one.email) == (
        "Sanni Salo",
        "keittiöpäällikkö",
        "sanni@example.org",
    )
    assert one.phone.number == "+358401234567"
    assert read_person("Salo Sanni, rehtori").value.title == "rehtori"
    assert codes(read_person("040 123 4567")) == {"person_unreadable"}


def test_a_list_of_people_is_not_taken_for_worksites_nor_the_other_way() -> None:
    def kind(*rows: str) -> str:
        return find_layout(open_sheet(text_file(*rows), "x")).kind

    assert kind("Nimi;Osoite;Kunta;Puhelin;Sähköposti", "Salo Sanni;Tie 1;Lahti;;") == "people"
    assert kind("Työpaikka;Osoite;Kunta;Puhelin", "Koulu;Tie 1;Lahti;") == "worksites"
    assert kind("Työnantaja;Y-tunnus;Tehtävä;Paikkoja", "X Oy;1234567-1;Apu;1") == "worksites"


def test_no_heading_may_mean_two_fields_by_accident() -> None:
    unclear = {word for word, fields in vocabulary("worksites").items() if len(fields) > 1}
    assert unclear == set()
