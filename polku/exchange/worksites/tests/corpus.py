"""Lists of worksites as offices keep them: each file, and what importing it must give.

One function a file. `counts`: created, updated, unchanged, refused. `codes` must be told; what the
register holds of a worksite or an opening stands under its name, by field.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from polku.exchange.sheets.tests.making import Raw, sheet_xml, xlsx
from polku.exchange.worksites.tests.bringing import HEADER, KITCHEN, made_up_id, text

Counts = tuple[int, int, int, int]
BOTH = {"Rantakoulu": {"street": "Koulutie 1", "municipality_id": "316", "readiness": "ready"},
        "Keittiöapulainen": {"seats": 2, "kinds": ["work_trial"]}}  # fmt: skip


@dataclass(frozen=True)
class Case:
    make: Callable[[], bytes]
    counts: Counts
    codes: frozenset[str] = frozenset()
    holds: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)


CASES: dict[str, Case] = {}


def case(
    *counts: int, codes: Iterable[str] = (), holds: Mapping[str, Mapping[str, Any]] | None = None
) -> Callable[[Callable[[], bytes]], Callable[[], bytes]]:
    """Registers a file under its function's name."""

    def register(make: Callable[[], bytes]) -> Callable[[], bytes]:
        assert make.__name__ not in CASES and len(counts) == 4
        numbers: Any = counts
        CASES[make.__name__] = Case(make, numbers, frozenset(codes), holds or {})
        return make

    return register


def cells(line: str) -> list[str]:
    return line.split(";")


# --- Encodings and forms of files


@case(1, 0, 0, 0, codes=["legal_form_from_name"], holds=BOTH)
def utf8() -> bytes:
    return text(KITCHEN)


@case(1, 0, 0, 0, holds=BOTH)
def windows_letters() -> bytes:
    return text(KITCHEN, encoding="cp1252")


@case(1, 0, 0, 0, holds=BOTH)
def dos_letters() -> bytes:
    return text(KITCHEN, encoding="cp850")


@case(1, 0, 0, 0, holds=BOTH)
def utf16_with_mark() -> bytes:
    return b"\xff\xfe" + text(KITCHEN, encoding="utf-16-le")


@case(1, 0, 0, 0, holds=BOTH)
def commas_and_quotes() -> bytes:
    return text(*(",".join(f'"{one}"' for one in cells(KITCHEN)).split("\n")),
                header=HEADER.replace(";", ","))  # fmt: skip


@case(1, 0, 0, 0, holds=BOTH)
def tabs() -> bytes:
    return text(KITCHEN.replace(";", "\t"), header=HEADER.replace(";", "\t"))


@case(1, 0, 0, 0, holds=BOTH)
def plain_xlsx() -> bytes:
    row: list[Any] = cells(KITCHEN)
    return xlsx([cells(HEADER), [*row[:-1], 2]])


# --- Headers


@case(1, 0, 0, 0, holds=BOTH)
def titles_above_and_any_order() -> bytes:
    header, row = cells(HEADER), cells(KITCHEN)
    return xlsx([["Työkokeilupaikat 2026"], [None, "päivitetty 1.10."],
                 header[::-1], row[::-1]])  # fmt: skip


@case(2, 0, 0, 0, holds=BOTH | {"Myymälä": {"municipality_id": "398"}})
def merged_headers_and_merged_employers() -> bytes:
    head = ["Työpaikka", "Työpaikka", "Työpaikka", "Työpaikka", "Tehtävä", None, None]
    rows: list[list[Any]] = [
        head,
        ["Työnantaja", "Työpaikka", "Osoite", "Kunta", "Tehtävä", "Työn laji", "Paikkoja"],
        cells(KITCHEN),
        [None, "Myymälä", "Torikatu 2", "Lahti", "Myyjä", "palkkatuki", 1],
    ]
    return xlsx(rows, after='<mergeCells count="2"><mergeCell ref="A1:D1"/><mergeCell ref="A3:A4"/>'
                "</mergeCells>")  # fmt: skip


@case(1, 0, 0, 0, holds={"Strandskolan": {"street": "Skolvägen 1"},
                         "Köksbiträde": {"kinds": ["work_trial", "pay_subsidy"], "seats": 1,
                                         "days_a_week": 5, "cards": ["hygiene"],
                                         "language": "sv", "language_level": "A2"}})  # fmt: skip
def swedish() -> bytes:
    return text(
        "Testilä stad;Strandskolan;Skolvägen 1;Lahtis;Köksbiträde;arbetsprövning och lönesubvention"
        ";1;må-fre;hygienpass;svenska A2",
        header="Arbetsgivare;Arbetsplats;Gatuadress;Kommun;Uppgift;Placeringsform;Antal platser;"
        "Dagar/vecka;Kort;Språkkrav",
    )


@case(1, 0, 0, 0, holds={"Depot": {"street": "Varikkokatu 3"},
                         "Packer": {"kinds": ["work_trial", "volunteering"], "seats": 3,
                                    "demands": ["lifting_10", "standing"]}})  # fmt: skip
def english() -> bytes:
    return text(
        "Testilän Logistiikka Oy;Depot;Varikkokatu 3;Lahti;Packer;work trial or volunteering;3;"
        "lifting over 10 kg, standing",
        header="Employer;Workplace;Street address;Municipality;Job title;Kind of placement;Seats;"
        "Requirements",
    )


# --- Rows that are not about a workplace, and cells as Excel leaves them


@case(2, 0, 0, 0, holds=BOTH)
def totals_and_repeated_headings() -> bytes:
    return text(KITCHEN, ";;;;;;", HEADER, KITCHEN.replace("Keittiöapulainen", "Siivooja"),
                "Paikkoja yhteensä;;;;;;4")  # fmt: skip


@case(2, 0, 0, 0, holds=BOTH)
def hidden_rows_and_formulas() -> bytes:
    row: list[Any] = cells(KITCHEN)
    formula = Raw("", "<f>1+1</f><v>2</v>")
    other = [*row[:4], "Siivooja", "työkokeilu", formula]
    return xlsx([cells(HEADER), [*row[:-1], formula], other], hidden=[3])


@case(1, 0, 0, 0, codes=["formula_without_value"], holds={"Keittiöapulainen": {"seats": 1}})
def a_formula_never_counted() -> bytes:
    row: list[Any] = cells(KITCHEN)
    return xlsx([cells(HEADER), [*row[:-1], Raw("", "<f>1+1</f>")]])


@case(1, 0, 0, 0, codes=["range_from_day"],
      holds={"Keittiöapulainen": {"seats": 2, "hours_from": Decimal("4.0"),
                                  "hours_to": Decimal("6.0")}})  # fmt: skip
def ranges_that_excel_made_days() -> bytes:
    # 2-3 seats became 2.3.2026, and 4-6 hours 4.6.2026.
    day = (date(2026, 3, 2) - date(1899, 12, 30)).days
    other = (date(2026, 6, 4) - date(1899, 12, 30)).days
    row: list[Any] = [*cells(KITCHEN)[:-1], Raw('s="1"', f"<v>{day}</v>"),
                      Raw('s="1"', f"<v>{other}</v>")]  # fmt: skip
    return xlsx(sheet=sheet_xml([[*cells(HEADER), "Tunnit/pv"], row]))


@case(1, 0, 0, 0, codes=["seats_range", "days_range"],
      holds={"Keittiöapulainen": {"seats": 2, "days_a_week": 5, "hours_from": Decimal("7.5"),
                                  "hours_to": Decimal("7.5")}})  # fmt: skip
def decimal_commas_and_ranges() -> bytes:
    return text(KITCHEN[:-1] + "2–3 kpl;7,5 h;3-5", header=HEADER + ";Tunnit/pv;Päiviä/vko")


# --- Where it is

NEAR = {"Rantakoulu": {"precision": "address", "about": (60.866, 25.270)}}


@case(1, 0, 0, 0, holds=NEAR)
def degrees_with_commas() -> bytes:
    return text(KITCHEN + ";60,8662;25,2701", header=HEADER + ";Lat;Lon")


@case(1, 0, 0, 0, holds=NEAR)
def metres_with_spaces() -> bytes:
    return text(KITCHEN + ";6 749 123;406 051,5",
                header=HEADER + ";N (ETRS-TM35FIN);E (ETRS-TM35FIN)")  # fmt: skip


@case(1, 0, 0, 0, codes=["axes_swapped"], holds=NEAR)
def axes_the_wrong_way_round() -> bytes:
    return text(KITCHEN + ";406051;6749123", header=HEADER + ";N;E")


@case(1, 0, 0, 0, holds=NEAR)
def both_coordinates_in_one_cell() -> bytes:
    return text(KITCHEN + ";60.8662, 25.2701", header=HEADER + ";Koordinaatit")


@case(1, 0, 0, 2, codes=["point_outside"], holds=NEAR)
def points_in_stockholm_and_nowhere() -> bytes:
    return text(
        KITCHEN + ";60,8662;25,2701",
        KITCHEN.replace("Rantakoulu", "Muu koulu") + ";59,3293;18,0686",
        KITCHEN.replace("Rantakoulu", "Kolmas koulu") + ";608662;252701",
        header=HEADER + ";Lat;Lon",
    )


@case(1, 0, 0, 0, codes=["point_rough"], holds={"Rantakoulu": {"precision": "place"}})
def rounded_degrees() -> bytes:
    return text(KITCHEN + ";60,9;25,3", header=HEADER + ";Lat;Lon")


# --- Whose it is


@case(1, 0, 0, 2, codes=["business_id_check", "business_id_form"])
def wrong_business_ids() -> bytes:
    good = made_up_id(1)
    bad = good[:-1] + str((int(good[-1]) + 1) % 10)
    return text(
        f"{KITCHEN};{good.replace('-', '')}",
        f"{KITCHEN.replace('Testilän', 'Toisen')};{bad}",
        f"{KITCHEN.replace('Testilän', 'Kolmannen')};Y-tunnus puuttuu",
        header=HEADER + ";Y-tunnus",
    )


@case(3, 0, 0, 1, codes=["legal_form_missing", "legal_form_from_name", "legal_form_unknown"])
def legal_forms_from_column_or_name_or_not_at_all() -> bytes:
    rest = "Toimisto;Tie 1;Lahti;Toimistotyö;työkokeilu;1"
    return text(
        f"Kahvila Testi;{rest};toiminimi", f"Testilän Apu ry;{rest};", f"Puoti Oy;{rest};mikä lie",
        f"Tuntematon Talo;{rest};", header=HEADER + ";Yhtiömuoto",
    )  # fmt: skip


@case(4, 0, 1, 0, holds=BOTH)
def many_rows_of_one_workplace() -> bytes:
    return text(
        KITCHEN,
        KITCHEN.replace("Keittiöapulainen", "Siivooja"),
        KITCHEN.replace("työkokeilu", "palkkatuki"),
        "Testilän kaupunki;Rantakoulu;Koulutie 1;Kärkölä;;;",
        "Testilän kaupunki;Kirjasto;Kirjastokuja 2;Lahti;;;",
    )


@case(2, 0, 0, 1, codes=["two_worksites", "like_worksite"])
def two_of_the_same_name() -> bytes:
    return text(
        "Testi Oy;Myymälä;Torikatu 1;Lahti;;;", "Testi Oy;Myymälä;Satamatie 9;Lahti;;;",
        "Testi Oy;Myymälä;;Lahti;Myyjä;työkokeilu;1",
    )  # fmt: skip


@case(1, 0, 0, 3, codes=["kinds_missing", "municipality_missing", "kinds_unknown"])
def rows_that_lack_something() -> bytes:
    return text(
        KITCHEN,
        "Testilän kaupunki;Kirjasto;Kirjastokuja 2;Lahti;Hyllyttäjä;joku muu;1",
        "Testilän kaupunki;Kirjasto;Kirjastokuja 2;Lahti;Hyllyttäjä;;1",
        "Testilän kaupunki;Varasto;Varastotie 2;;Pakkaaja;työkokeilu;1",
    )


@case(1, 0, 0, 0, codes=["kept_as_wish", "kept_as_note"],
      holds={"Keittiöapulainen": {"demands": ["standing", "evenings"], "cards": ["hygiene"],
                                  "host_asks": "ei nostoja; järjestyksenvalvojakortti"},
             "Rantakoulu": {"supports": ["induction", "quiet"], "note": "kahvi",
                            "phone": "", "email": "koulu@example.org"},
             "Sanni Salo": {"phone": "+358 40 123 4567", "title": "keittiöpäällikkö"}})  # fmt: skip
def the_trades_words() -> bytes:
    return text(
        KITCHEN + ";seisomatyö, iltavuorot, ei nostoja;Hygieniapassi + järjestyksenvalvojakortti;"
        "perehdytys, rauhallinen, kahvi;Sanni Salo (keittiöpäällikkö) 040 123 4567;"
        "koulu@example.org;salo@example.org",
        header=HEADER + ";Vaatimukset;Kortit;Tuki;Esihenkilö;Sähköposti;Esihenkilön sähköposti",
    )
