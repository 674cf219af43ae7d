"""The import corpus: Excel files, built by hand so that each is wrong in exactly one way."""

from __future__ import annotations

import io
import zipfile
from datetime import date

from polku.exchange.sheets.reaching import Phone
from polku.exchange.sheets.tests.making import (
    CODE,
    HEAD,
    NS,
    OTHER_CODE,
    Raw,
    case,
    sheet_xml,
    xlsx,
    zipped,
)

HEADER = ("Asiakasnumero", "Sukunimi", "Etunimi", "Ilmoittautunut")
ROW = (12, "Haapa", "Eino", "1.2.2026")
GOOD = {2: {"last_name": "Haapa", "registered": date(2026, 2, 1)}}
DATED = Raw('s="1"', "<v>46054</v>")  # 1.2.2026 in the 1900 system
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


@case(values=GOOD)
def plain_xlsx() -> bytes:
    return xlsx([HEADER, ROW])


@case(values={2: {"client_number": "12", "registered": date(2026, 2, 1)}})
def xlsx_with_real_dates() -> bytes:
    return xlsx([HEADER, (12, "Haapa", "Eino", DATED)])


@case(values={2: {"last_name": "Haapa", "first_names": "Eino Onni"}})
def shared_texts() -> bytes:
    texts = [*HEADER, "Haapa", "Eino"]
    items = "".join(f"<si><t>{text}</t></si>" for text in texts)
    items += "<si><r><t>Eino </t></r><r><t>Onni</t></r><rPh><t>x</t></rPh></si>"
    strings = f'{HEAD}<sst xmlns="{NS}">{items}</sst>'
    header = [Raw('t="s"', f"<v>{number}</v>") for number in range(4)]
    row = [12, Raw('t="s"', "<v>4</v>"), Raw('t="s"', "<v>6</v>")]
    return xlsx([header, row], strings=strings)


@case(values=GOOD)
def xlsx_with_prefixes() -> bytes:
    sheet = sheet_xml([HEADER, ROW]).replace("<worksheet xmlns=", "<x:worksheet xmlns:x=")
    for tag in ("sheetData", "row", "is", "t", "v", "c"):
        sheet = sheet.replace(f"<{tag}>", f"<x:{tag}>").replace(f"<{tag} ", f"<x:{tag} ")
        sheet = sheet.replace(f"</{tag}>", f"</x:{tag}>")
    return xlsx(sheet=sheet.replace("</worksheet>", "</x:worksheet>"))


@case(unreadable="old_excel")
def old_xls_named_xlsx() -> bytes:
    return OLE + b"\x00" * 504 + "Workbook".encode("utf-16-le") + b"\x00" * 512


@case(unreadable="password_protected")
def password_protected() -> bytes:
    return OLE + b"\x00" * 504 + "EncryptedPackage".encode("utf-16-le") + b"\x00" * 512


@case(codes=["macros_ignored"], values=GOOD)
def macros() -> bytes:
    return xlsx([HEADER, ROW], extra={"xl/vbaProject.bin": b"\x00macro"})


@case(codes=["hidden_worksheets"], values=GOOD)
def hidden_worksheet() -> bytes:
    return xlsx(
        [HEADER, ROW],
        sheets=(("Asiakkaat", "visible", "sheet1"), ("Vanhat", "hidden", "sheet2")),
        extra={"xl/worksheets/sheet2.xml": sheet_xml([HEADER, ROW])},
    )


@case(codes=["other_worksheets"], values=GOOD)
def second_worksheet() -> bytes:
    return xlsx(
        [HEADER, ROW],
        sheets=(("Asiakkaat", "visible", "sheet1"), ("Ohje", "visible", "sheet2")),
        extra={"xl/worksheets/sheet2.xml": sheet_xml([["Ohje"]])},
    )


@case(people=2, codes=["hidden_rows"])
def hidden_row() -> bytes:
    return xlsx([HEADER, ROW, (13, "Lehto", "Aino", "1.2.2026")], hidden=[3])


@case(
    people=2,
    codes=["merged_cells"],
    values={4: {"coach": "Kaisa P.", "last_contact": date(2026, 3, 1)}, 5: {"coach": "Kaisa P."}},
)
def merged_header_and_cells() -> bytes:
    merged = "".join(f'<mergeCell ref="{area}"/>' for area in ("A1:E1", "A2:B2", "D2:E2", "F4:F5"))
    return xlsx(
        [
            ("Asiakasluettelo 20.11.2026",),
            ("Henkilö", None, None, "Viimeisin yhteydenotto", None, "Työntekijä", "Yhteystiedot"),
            ("Sukunimi", "Etunimi", "Hetu", "Päivä", "Tapa", "Valmentaja", "Kotikunta", "S-posti"),
            ("Haapa", "Eino", CODE, "1.3.2026", "puhelu", "Kaisa P.", "Lahti", "e@example.fi"),
            ("Lehto", "Aino", OTHER_CODE, "2.3.2026", "käynti"),
        ],
        after=f"<mergeCells>{merged}</mergeCells>",
    )


@case(codes=["formulas_by_value"], values={2: {"last_name": "Haapa", "client_number": "14"}})
def formulas_with_values() -> bytes:
    name = Raw('t="str"', "<f>UPPER(A1)</f><v>Haapa</v>")
    return xlsx([HEADER, (Raw("", "<f>7+7</f><v>14</v>"), name, "Eino", "1.2.2026")])


@case(refused=1, codes=["formula_without_value"])
def formula_never_counted() -> bytes:
    return xlsx([HEADER, (12, Raw("", "<f>A1&amp;B1</f>"), "Eino", "1.2.2026")])


@case(refused=1, codes=["cell_error"])
def cell_shows_an_error() -> bytes:
    return xlsx([HEADER, (12, "Haapa", "Eino", Raw('t="e"', "<f>1/0</f><v>#DIV/0!</v>"))])


@case(codes=["outside_links_ignored"], values=GOOD)
def outside_links() -> bytes:
    return xlsx([HEADER, ROW], extra={"xl/externalLinks/externalLink1.xml": f"{HEAD}<x/>"})


XXE = '<!DOCTYPE sst [<!ENTITY e SYSTEM "file:///etc/passwd">]>'


@case(unreadable="doctype_in_file")
def outside_entity_in_shared_texts() -> bytes:
    strings = f'{HEAD}{XXE}<sst xmlns="{NS}"><si><t>&e;</t></si></sst>'
    return xlsx([HEADER, ROW], strings=strings)


@case(unreadable="doctype_in_file")
def entity_bomb_in_a_worksheet() -> bytes:
    bomb = '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]>'
    return xlsx(sheet=sheet_xml([HEADER, ROW], head=HEAD + bomb))


@case(unreadable="doctype_in_file")
def doctype_in_a_part_nobody_reads() -> bytes:
    return xlsx([HEADER, ROW], extra={"docProps/core.xml": f"{HEAD}{XXE}<a/>"})


@case(unreadable="doctype_in_file")
def doctype_in_utf16() -> bytes:
    head = '<?xml version="1.0" encoding="UTF-16"?>'
    strings = f'{head}{XXE}<sst xmlns="{NS}"/>'.encode("utf-16")
    return xlsx([HEADER, ROW], strings=strings)


@case(unreadable="zip_bomb")
def zip_bomb() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("[Content_Types].xml", "<Types/>")
        with package.open("xl/worksheets/sheet1.xml", "w", force_zip64=True) as part:
            for _ in range(64):
                part.write(b"\x00" * (1 << 20))
    return out.getvalue()


@case(unreadable="zip_bomb")
def zip_that_claims_four_gigabytes() -> bytes:
    """The directory says 4 GB; nothing is unpacked to find out."""
    data = bytearray(xlsx([HEADER, ROW]))
    place = data.rfind(b"PK\x01\x02")
    data[place + 24 : place + 28] = (0xF0000000).to_bytes(4, "little")
    return bytes(data)


@case(unreadable="zip_too_many_parts")
def zip_of_many_parts() -> bytes:
    parts = {"[Content_Types].xml": "<Types/>"} | {f"xl/a{n}.xml": "<a/>" for n in range(2_100)}
    return zipped(parts)


@case(values={2: {"registered": date(2026, 2, 1)}})
def dates_from_1904() -> bytes:
    dated = Raw('s="1"', f"<v>{46054 - 1462}</v>")
    return xlsx([HEADER, (12, "Haapa", "Eino", dated)], workbook_pr='date1904="1"')


@case(refused=1, codes=["date_29_2_1900"])
def the_day_that_never_was() -> bytes:
    return xlsx([HEADER, (12, "Haapa", "Eino", Raw('s="1"', "<v>60</v>"))])


@case(
    values={2: {"client_number": "00123", "registered": date(2026, 2, 1), "postal_code": "15140"}}
)
def numbers_as_text() -> bytes:
    return xlsx([(*HEADER, "Postinumero"), ("00123", "Haapa", "Eino", "46054", "15140")])


@case(
    codes=["postal_code_zeros", "phone_zero_restored"],
    values={2: {"postal_code": "00740", "phone": (Phone("+358401234567"),), "municipality": "098"}},
)
def lost_leading_zeros() -> bytes:
    return xlsx(
        [
            ("Sukunimi", "Etunimi", "Postinro", "Puh.", "Kuntakoodi"),
            ("Haapa", "Eino", 740, 401234567, 98),
        ]
    )


@case(unreadable="cell_too_long")
def giant_cell_in_xlsx() -> bytes:
    return xlsx([HEADER, (12, "x" * 200_000, "Eino", "1.2.2026")])


@case(unreadable="cell_too_long")
def giant_shared_text() -> bytes:
    strings = f'{HEAD}<sst xmlns="{NS}"><si><t>{"x" * 200_000}</t></si></sst>'
    return xlsx([HEADER, (12, Raw('t="s"', "<v>0</v>"), "Eino")], strings=strings)


@case(unreadable="too_many_columns")
def column_beyond_the_last() -> bytes:
    sheet = sheet_xml([HEADER, ROW]).replace('r="D2"', 'r="ZZZ2"')
    return xlsx(sheet=sheet)


@case(unreadable="too_many_rows")
def row_beyond_the_last() -> bytes:
    return xlsx(sheet=sheet_xml([HEADER, ROW]).replace('<row r="2">', '<row r="9999999">'))


@case(unreadable="empty_sheet")
def worksheet_without_rows() -> bytes:
    return xlsx([])


@case(unreadable="no_visible_worksheet")
def every_worksheet_hidden() -> bytes:
    return xlsx([HEADER, ROW], sheets=(("Asiakkaat", "veryHidden", "sheet1"),))


@case(unreadable="open_document")
def libreoffice_named_xlsx() -> bytes:
    return zipped({"mimetype": "application/vnd.oasis.opendocument.spreadsheet", "content.xml": ""})


@case(unreadable="not_a_sheet")
def word_named_xlsx() -> bytes:
    return zipped({"[Content_Types].xml": "<Types/>", "word/document.xml": "<w/>"})


@case(unreadable="damaged_file")
def half_an_xlsx() -> bytes:
    whole = xlsx([HEADER, ROW])
    return whole[: len(whole) // 2]


@case(refused=1, codes=["cell_broken"])
def shared_text_that_is_not_there() -> bytes:
    strings = f'{HEAD}<sst xmlns="{NS}"/>'
    return xlsx([HEADER, (12, Raw('t="s"', "<v>99</v>"), "Eino")], strings=strings)


@case(
    values={2: {"entry": "Puhuttu työkokeilusta.", "mode": "call", "date": date(2026, 3, 2)}},
)
def contact_history() -> bytes:
    return xlsx(
        [
            ("Asiakasnro", "Päivä", "Klo", "Tapa", "Aihe", "Kirjaus", "Kirjaaja", "Seuraava"),
            (12, "2.3.2026", "9.30", "puhelu", "Jatko", "Puhuttu työkokeilusta.", "KP", "1.4.2026"),
        ]
    )


@case(values={2: {"duration": 45, "interpreter": "uk", "place": "Kunnantalo", "mode": "visit"}})
def open_appointments() -> bytes:
    return xlsx(
        [
            ("Asiakas", "Päivä", "Kello", "Kesto", "Paikka", "Tapa", "Tulkki"),
            ("Haapa Eino", "2.12.2026", "9.30", 45, "Kunnantalo", "käynti", "ukraina"),
        ]
    )
