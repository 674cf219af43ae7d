"""The import corpus: text files and people. The Excel files stand in corpus_xlsx.py.

One function a file; its decorator says what reading it must give. Everything that the database
decides (another's client, a merged municipality) is tried where rows are written, not here.
"""

from __future__ import annotations

from datetime import date

from polku.exchange.sheets.reaching import Phone
from polku.exchange.sheets.tests.making import CODE, case, text_file

HEADER = "Asiakasnumero;Sukunimi;Etunimi;Puhelin"
MAKINEN = {2: {"last_name": "Mäkinenlä", "first_names": "Åsa"}}
ROW = "1;Mäkinenlä;Åsa;0401234567"

# --- Encodings -----------------------------------------------------------------------------------


@case(values=MAKINEN)
def utf8() -> bytes:
    return text_file(HEADER, ROW)


@case(values=MAKINEN)
def utf8_with_mark() -> bytes:
    return text_file(HEADER, ROW, encoding="utf-8-sig")


@case(values=MAKINEN)
def utf16_le_with_mark() -> bytes:
    return b"\xff\xfe" + text_file(HEADER, ROW, encoding="utf-16-le")


@case(values=MAKINEN)
def utf16_be_with_mark() -> bytes:
    return b"\xfe\xff" + text_file(HEADER, ROW, encoding="utf-16-be")


@case(values=MAKINEN)
def utf16_le_without_mark() -> bytes:
    return text_file(HEADER, ROW, encoding="utf-16-le")


@case(values={2: {"last_name": "Mäkinenlä", "notes": "5 €"}})
def windows_letters() -> bytes:
    return text_file(HEADER + ";Huom", ROW + ";5 €", encoding="cp1252")


@case(values=MAKINEN)
def dos_letters() -> bytes:
    return text_file(HEADER, ROW, encoding="cp850")


@case(values=MAKINEN)
def old_mac_letters() -> bytes:
    return text_file(HEADER, ROW, encoding="mac-roman", ends="\r")


@case(
    people=2,
    codes=["mixed_encoding"],
    values={2: {"last_name": "Mäkinenlä"}, 3: {"last_name": "Öystilä"}},
)
def two_encodings_in_one_file() -> bytes:
    return text_file(HEADER, ROW) + text_file("2;Öystilä;Pär;", encoding="cp1252")


@case(codes=["broken_letters"])
def half_surrogates() -> bytes:
    return text_file(HEADER) + b"1;M\xed\xa0\x80ki;\xc3\x85sa;\r\n"


@case(codes=["broken_letters"])
def half_surrogates_in_utf16() -> bytes:
    return (
        b"\xff\xfe"
        + HEADER.encode("utf-16-le")
        + "\r\n1;M".encode("utf-16-le")
        + (b"\x00\xd8" + "ki;Eino;\r\n".encode("utf-16-le"))
    )


@case(codes=["broken_letters"])
def overlong_utf8() -> bytes:
    return text_file(HEADER) + b"1;M\xc0\xafki;\xc3\x85sa;\r\n"


@case(codes=["control_signs_removed"], values={2: {"last_name": "Haapa"}})
def zero_bytes() -> bytes:
    return text_file(HEADER, "1;Ha\x00apa;Eino;0401234567", "", "", "")


@case(codes=["wrong_letters"])
def letters_spoilt_before() -> bytes:
    return text_file(HEADER, "1;MÃ¤kinenlÃ¤;Aino;")


# --- Shape ---------------------------------------------------------------------------------------


@case(values={2: {"client_number": "1", "phone": (Phone("+358401234567"),)}})
def comma_delimited() -> bytes:
    return text_file(HEADER.replace(";", ","), "1,Haapa,Eino,0401234567")


@case(values={2: {"client_number": "1", "last_name": "Haapa"}})
def tab_delimited() -> bytes:
    return text_file(HEADER.replace(";", "\t"), "1\tHaapa\tEino\t0401234567")


@case(values={2: {"last_name": "Haapa"}})
def bar_delimited() -> bytes:
    return text_file(HEADER.replace(";", "|"), "1|Haapa|Eino|0401234567")


@case(values={2: {"last_name": "Haapa"}})
def excels_own_separator_line() -> bytes:
    return text_file("sep=,", HEADER.replace(";", ","), "1,Haapa,Eino,")


@case(values={2: {"duration": 90, "notes": "1,5 h sovittu, ei muuta"}}, codes=[])
def decimal_comma() -> bytes:
    return text_file(
        "Asiakasnumero;Päivä;Kello;Kesto;Paikka;Huom",
        "1;1.2.2027;9.30;1,5;Kunnantalo, 2. krs;1,5 h sovittu, ei muuta",
    )


@case(
    people=3,
    codes=["unbalanced_quote"],
    values={2: {"last_name": "Haapa"}, 4: {"last_name": "Kivi"}},
)
def quote_that_never_closes() -> bytes:
    return text_file(HEADER, '1;"Haapa;Eino;', "2;Lehto;Aino;", "3;Kivi;Onni;")


@case(people=3, codes=["unbalanced_quote"], values={3: {"last_name": "Lehto"}})
def quote_closed_by_a_later_row() -> bytes:
    return text_file(HEADER, '1;"Haapa;Eino;', "2;Lehto;Aino;", '3;"Kivi";Onni;')


@case(people=2, values={2: {"notes": "soitettu\nei vastannut"}, 3: {"last_name": "Lehto"}})
def line_break_in_a_cell() -> bytes:
    return text_file(HEADER + ";Huom", '1;Haapa;Eino;;"soitettu\nei vastannut"', "2;Lehto;Aino;;")


@case(people=2, values={2: {"last_name": "Haapa"}})
def mixed_line_ends() -> bytes:
    return (HEADER + "\r" + "1;Haapa;Eino;\n" + "2;Lehto;Aino;\r\n").encode()


@case(people=2, values={3: {"identity_code": CODE}})
def one_column() -> bytes:
    return text_file("Henkilötunnus", "020594X903P", CODE)


@case(codes=["column_unknown"], values={2: {"last_name": "Haapa"}})
def sixteen_thousand_columns() -> bytes:
    more = [f"k{number}" for number in range(16_384 - 4)]
    return text_file(";".join([HEADER, *more]), ";".join(["1;Haapa;Eino;", *more[1:], "x"]))


@case(unreadable="too_many_columns")
def one_column_too_many() -> bytes:
    return text_file(HEADER + ";" * 16_384, "1;Haapa;Eino;" + ";" * 16_384 + "x")


@case(codes=["header_missing"], people=0)
def no_header() -> bytes:
    return text_file("1;Haapa;Eino;0401234567", "2;Lehto;Aino;0501234567")


@case(codes=["column_duplicate"], values={2: {"last_name": "Haapa"}})
def heading_twice() -> bytes:
    return text_file("Sukunimi;Etunimi;Sukunimi", "Haapa;Eino;Lehto")


@case(codes=["column_ambiguous"])
def heading_of_two_meanings() -> bytes:
    return text_file("Sukunimi;Etunimi;Numero", "Haapa;Eino;12")


@case(values={2: {"last_name": "Bergskog", "municipality": "398", "registered": date(2026, 2, 1)}})
def swedish_headings_in_another_order() -> bytes:
    return text_file(
        "Hemkommun;Förnamn;Efternamn;Tfn;E-post;Anmäld;Personbeteckning",
        f"Lahtis;Åsa;Bergskog;040 1234567;asa@example.fi;1.2.2026;{CODE}",
    )


@case(values={2: {"last_name": "Haapa", "mother_tongue": "uk", "service_language": "fi"}})
def english_headings() -> bytes:
    return text_file(
        "First name,Last name,Mother tongue,Language,Unemployed since",
        "Olena,Haapa,Ukrainian,Finnish,2026-02-01",
    )


@case(codes=["column_guessed"], values={2: {"last_name": "Haapa", "email": "e@example.fi"}})
def headings_with_slips() -> bytes:
    return text_file("SUKUNIMI ;etunimet:;Sähköpsti;Pst.nro", "Haapa;Eino;e@example.fi;x")


@case(people=2, codes=["cells_outside_columns"])
def ragged_rows() -> bytes:
    return text_file(HEADER, "1;Haapa", "2;Lehto;Aino;;;lisää;vielä")


@case(people=1, codes=["totals_row"])
def totals_at_the_end() -> bytes:
    return text_file(HEADER, ROW, "", "Yhteensä;;;1")


@case(people=1, codes=["totals_row"])
def totals_in_words() -> bytes:
    return text_file(HEADER, ROW, ";Asiakkaita yhteensä: 250 hlö;;")


@case(people=2, values={3: {"last_name": "Summa", "first_names": "Eila"}})
def a_surname_that_means_total() -> bytes:
    return text_file(HEADER, ROW, "2;Summa;Eila;")


@case(people=2, codes=["header_repeated"])
def header_in_the_middle() -> bytes:
    return text_file(HEADER, ROW, HEADER, "2;Lehto;Aino;")


@case(people=2, codes=["stray_text"])
def section_titles_between() -> bytes:
    return text_file(HEADER, "Alle 30-vuotiaat;;;", ROW, "Yli 30-vuotiaat;;;", "2;Lehto;Aino;")


@case(unreadable="empty_file")
def empty_file() -> bytes:
    return b""


@case(unreadable="empty_file")
def blank_lines_only() -> bytes:
    return b"\xef\xbb\xbf\r\n;;;\r\n \r\n"


@case(people=0)
def header_only() -> bytes:
    return text_file(HEADER)


@case(unreadable="cell_too_long")
def one_giant_cell() -> bytes:
    return text_file(HEADER, "1;" + "x" * 200_000 + ";Eino;")


@case(unreadable="cell_too_long")
def one_giant_quoted_cell() -> bytes:
    return text_file(HEADER, '1;"' + "rivi\n" * 60_000 + '";Eino;')


@case(unreadable="not_text")
def bytes_of_nothing() -> bytes:
    return bytes(range(256)) * 20


@case(unreadable="pdf_file")
def pdf_called_csv() -> bytes:
    return b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"


@case(unreadable="web_page")
def web_page_called_xls() -> bytes:
    return b"<html><body><table><tr><td>Sukunimi</td></tr></table></body></html>"


# --- People --------------------------------------------------------------------------------------

PERSON = "Hetu;Sukunimi;Etunimet;Synt.aika;Puhelin;Sähköposti;Kotikunta;Ilmoittautunut"


@case(
    people=5,
    values={
        2: {"identity_code": "010594Y9032", "birth_date": date(1994, 5, 1)},
        3: {"identity_code": "020594X903P"},
        4: {"identity_code": "010516B903X", "birth_date": date(2016, 5, 1)},
        5: {"identity_code": "030516D9037"},
        6: {"identity_code": "020504A902E"},
    },
)
def new_separators() -> bytes:
    codes = ("010594Y9032", "020594x903p", "010516B903X", " 030516D9037", "020504A902E")
    return text_file(PERSON, *(f"{code};Haapa;Eino;;;;;" for code in codes))


@case(refused=1, codes=["identity_check_sign"])
def wrong_check_sign() -> bytes:
    return text_file(PERSON, "010594Y9033;Haapa;Eino;;;;;")


@case(refused=1, codes=["identity_birth_to_come"])
def birth_to_come() -> bytes:
    return text_file(PERSON, "010130A9007;Haapa;Eino;;;;;")


@case(refused=1, codes=["birth_date_differs"])
def code_and_birth_date_differ() -> bytes:
    return text_file(PERSON, f"{CODE};Haapa;Eino;2.5.1994;;;;")


@case(people=5, refused=4, codes=["date_no_such_month", "date_no_such_day", "date_ambiguous"])
def days_that_are_none() -> bytes:
    days = ("2027-13-01", "31.2.2026", "3/4/2026", "29.2.2026", "1.2.26")
    return text_file(PERSON, *(f";Haapa;Eino;;;;;{day}" for day in days))


@case(people=2, values={2: {"phone": (Phone("+358401234567"),)}})
def same_person_twice_respelt() -> bytes:
    return text_file(
        PERSON,
        ";Hämäläislehto;Anna-Liisa;1.5.1994;040 1234567;;Lahti;",
        ";Hamalaislehto;Anna Liisa;1.5.1994;+358 40 123 4567;;lahti;",
    )


@case(codes=["name_of_two_alphabets"])
def letters_that_look_alike() -> bytes:
    return text_file(PERSON, ";Hааpa;Eino;;;;;")


@case(codes=["direction_signs_removed"], values={2: {"last_name": "Haapa"}})
def writing_turned_round() -> bytes:
    return text_file(PERSON, ";\u202eHaapa\u202c;Eino;;;;;")


@case(codes=["invisible_signs_removed"], values={2: {"last_name": "Haapa"}})
def invisible_signs() -> bytes:
    return text_file(PERSON, ";Haa\u200bpa\ufeff;Eino;;;;;")


@case(codes=["name_with_emoji"], values={2: {"first_names": "Eino 👩‍👧"}})
def four_byte_emoji() -> bytes:
    return text_file(PERSON, ";Haapa;Eino 👩‍👧;;;;;")


@case(people=3, refused=1, codes=["name_too_long"], values={2: {"last_name": "Ö"}})
def names_of_one_and_of_200_letters() -> bytes:
    names = ("Ö", "A" * 200, "A" * 201)
    return text_file(PERSON, *(f";{name};Eino;;;;;" for name in names))


@case(values={2: {"last_name": "O'Brien; DROP"}})
def name_that_looks_like_sql() -> bytes:
    return text_file(PERSON, ';"O\'Brien; DROP";Eino;;;;;')


@case(
    people=4,
    codes=["looks_like_formula"],
    values={
        2: {"last_name": "=cmd|'/C calc'!A0"},
        3: {"last_name": "=x1+y1"},
        4: {"last_name": "=z1+1"},
        5: {"last_name": "@SUM"},
    },
)
def names_that_look_like_formulas() -> bytes:
    names = ("=cmd|'/C calc'!A0", "\t=x1+y1", "\ufeff=z1+1", "@SUM")
    return text_file(PERSON, *(f";{name};Eino;;;;;" for name in names))


@case(values={2: {"phone": (Phone("+358401234567"),), "notes": "-5"}})
def plus_phone_and_minus_number() -> bytes:
    return text_file("Sukunimi;Etunimi;GSM;Huom", "Haapa;Eino;+358401234567;-5")


@case(people=2, refused=1, codes=["municipality_unknown"])
def municipality_that_is_none() -> bytes:
    return text_file(PERSON, ";Haapa;Eino;;;;Kärkölän kunta 316;", ";Lehto;Aino;;;;Kaukomaa;")


@case(people=1, refused=1, codes=["nobody_named"])
def nobody_named() -> bytes:
    return text_file(PERSON, ";;Eino;1.5.1994;0401234567;;Lahti;")


@case(codes=["phone_unreadable"], values={2: {"safety_ban": True}})
def safety_ban_hushes_reasons() -> bytes:
    return text_file("Sukunimi;Etunimi;Puhelin;Turvakielto", "Haapa;Eino;Salakatu 5;kyllä")
