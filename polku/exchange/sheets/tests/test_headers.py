"""Which column is what."""

from __future__ import annotations

import pytest

from polku.exchange.sheets import Layout, find_layout, open_sheet
from polku.exchange.sheets.fields import FIELDS, KINDS
from polku.exchange.sheets.headings import vocabulary
from polku.exchange.sheets.tests.making import text_file
from polku.exchange.sheets.tests.test_corpus import read_all
from polku.exchange.sheets.values import READERS


def layout_of(*rows: str, **options: object) -> Layout:
    sheet = open_sheet(text_file(*rows), "x")
    return find_layout(sheet, **options)  # type: ignore[arg-type]


def fields_of(*rows: str, **options: object) -> list[str | None]:
    return [column.field for column in layout_of(*rows, **options).columns]


@pytest.mark.parametrize(
    ("heading", "field"),
    [
        ("ASIAKASNUMERO", "client_number"),
        ("asiakas-nro", "client_number"),
        ("As.nro", "client_number"),
        ("Etunimi(t)", "first_names"),
        ("HETU", "identity_code"),
        ("Personbeteckning", "identity_code"),
        ("Synt. aika", "birth_date"),
        ("GSM", "phone"),
        ("Puh.nro", "phone"),
        ("Telefon 1", "phone"),
        ("S-posti", "email"),
        ("E-post", "email"),
        ("Hemkommun", "municipality"),
        ("Äidinkieli", "mother_tongue"),
        ("Työttömyys alkanut", "unemployed_since"),
        ("Työttömänä alk.", "unemployed_since"),
        ("Asiakkuus alkanut", "registered"),
        ("Alkuhaastattelu pvm", "initial_interview"),
        ("Viim. yhteydenotto", "last_contact"),
        ("Seuraava työnhakukeskustelu", "next_contact"),
        ("Omavalmentaja", "coach"),
        ("Turvakielto (K/E)", "safety_ban"),
        ("Huom!", "notes"),
        ("Lähettävä taho", "referral_source"),
        ("Postitoimipaika", "post_office"),
        ("Sähköpsoti", "email"),
        ("Äidin-\u00adkieli", "mother_tongue"),
    ],
)
def test_headings_as_offices_write_them(heading: str, field: str) -> None:
    others = {"Sukunimi": "last_name", "Etunimi": "first_names", "Kunta": "municipality"}
    beside = ";".join(other for other, name in others.items() if name != field)
    assert fields_of(f"{heading};{beside}", "x;x;x")[0] == field


@pytest.mark.parametrize("heading", ["Syntymäpaikka", "Ikä", "Sukupuoli", "Ajokortti", "Nro"])
def test_headings_of_something_else_are_listed_and_not_read(heading: str) -> None:
    layout = layout_of(f"{heading};Sukunimi;Etunimi", "x;Haapa;Eino")
    assert layout.columns[0].field is None
    assert [problem.code for problem in layout.problems] == ["column_unknown"]


def test_language_means_service_where_mother_tongue_has_its_own_column() -> None:
    assert fields_of("Nimi;Kieli;Puh.", "")[1] == "mother_tongue"
    assert fields_of("Nimi;Kieli;Äidinkieli", "")[1] == "service_language"


def test_titles_above_and_blank_rows_are_passed_over() -> None:
    layout = layout_of("Asiakkaat 2026", "", "Tulostettu 1.2.2026;;", "Sukunimi;Etunimi;Puh.", "a")
    assert layout.header_lines == (4,)
    assert layout.problems[-1].params == {"count": 2}


def test_a_header_in_two_rows_joins_its_groups() -> None:
    layout = layout_of(
        "Henkilö;;Viimeisin yhteydenotto;Seuraava yhteydenotto;Kunta",
        "Sukunimi;Etunimi;Päivä;Päivä;",
        "Haapa;Eino;1.2.2026;1.3.2026;Lahti",
    )
    assert layout.header_lines == (1, 2)
    assert [column.field for column in layout.columns] == [
        "last_name",
        "first_names",
        "last_contact",
        "next_contact",
        "municipality",
    ]


def test_data_under_a_header_does_not_join_it() -> None:
    assert layout_of("Sukunimi;Etunimi;Kunta", "Haapa;Eino;Lahti").header_lines == (1,)


@pytest.mark.parametrize(
    ("header", "kind"),
    [
        ("Asiakasnro;Päivä;Klo;Tapa;Aihe;Kirjaus;Kirjaaja;Seuraava", "contacts"),
        ("Klient;Datum;Kl.;Sätt;Anteckning;Antecknad av", "contacts"),
        ("Asiakas;Päivä;Kello;Kesto;Paikka;Tulkki", "appointments"),
        ("Client;Date;Time;Duration;Place;Interpreter", "appointments"),
        ("Asiakas;Puhelin;Kunta;Valmentaja", "people"),
    ],
)
def test_the_kind_of_sheet_is_known_by_its_headings(header: str, kind: str) -> None:
    assert layout_of(header, "x").kind == kind


def test_columns_may_be_named_by_hand_by_letter_or_index() -> None:
    layout = layout_of(
        "Eka;Toka;Kolmas", "Haapa;Eino;1.2.2026", mapping={"A": "last_name", 1: "first_names"}
    )
    assert layout.usable and layout.header_lines == (1,)
    assert [column.field for column in layout.columns] == ["last_name", "first_names", None]


def test_a_hand_overrides_a_heading_and_can_leave_a_column_out() -> None:
    layout = layout_of(
        "Sukunimi;Etunimi;Puh.", "a;b;c", mapping={"C": None, "A": "first_names", "B": "last_name"}
    )
    assert [column.field for column in layout.columns] == ["first_names", "last_name", None]


def test_a_sheet_without_header_is_read_by_hand() -> None:
    sheet = open_sheet(text_file("Haapa;Eino", "Lehto;Aino"), "x")
    layout = find_layout(sheet, mapping={"A": "last_name", "B": "first_names"}, header_line=0)
    assert layout.header_lines == () and layout.usable


def test_a_mapping_to_no_such_field_is_the_callers_mistake() -> None:
    with pytest.raises(ValueError, match="no such field"):
        layout_of("Sukunimi;Etunimi", "", mapping={"A": "shoe_size"})


def test_an_unusable_layout_says_so() -> None:
    assert not layout_of("1;Haapa;Eino", "2;Lehto;Aino").usable
    assert read_all(text_file("1;Haapa;Eino", "2;Lehto;Aino"))[0] == []


def test_every_field_has_a_reader_and_headings() -> None:
    for kind, names in KINDS.items():
        headed = {name for fields in vocabulary(kind).values() for name in fields}
        assert headed == set(names)
    assert {field.reads for field in FIELDS.values()} <= set(READERS)
