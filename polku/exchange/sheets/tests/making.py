"""Building blocks of the corpus: cases with what is expected of them, and XLSX files by hand."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from xml.sax.saxutils import escape

from polku.exchange.sheets.setting import Setting, municipality_lookup
from polku.exchange.sheets.table import letter

TODAY = date(2026, 11, 20)
MUNICIPALITIES = (
    ("316", "Kärkölä", "Kärkölä"),
    ("398", "Lahti", "Lahtis"),
    ("098", "Hollola", "Hollola"),
    ("016", "Asikkala", "Asikkala"),
    ("111", "Heinola", "Heinola"),
    ("560", "Orimattila", "Orimattila"),
    ("049", "Espoo", "Esbo"),
)
SETTING = Setting(TODAY, municipality_lookup(MUNICIPALITIES), allow_temporary=True)
# Codes of the artificial range, by the population register's own examples and by calculation.
CODE = "010594Y9032"
OTHER_CODE = "020594X903P"


@dataclass(frozen=True)
class Case:
    """A file and what reading it must give.

    `unreadable`: the code of the refusal of the whole file. `people`: rows about somebody.
    `refused`: how many of them are refused. `codes`: codes that must be reported somewhere.
    `values`: row number -> fields with the values that they must have.
    """

    name: str
    make: Callable[[], bytes]
    unreadable: str | None = None
    people: int = 1
    refused: int = 0
    codes: frozenset[str] = frozenset()
    values: Mapping[int, Mapping[str, Any]] = field(default_factory=dict)


CASES: dict[str, Case] = {}


def case(
    *,
    unreadable: str | None = None,
    people: int = 1,
    refused: int = 0,
    codes: Iterable[str] = (),
    values: Mapping[int, Mapping[str, Any]] | None = None,
) -> Callable[[Callable[[], bytes]], Callable[[], bytes]]:
    """Registers a file of the corpus under its function's name."""

    def register(make: Callable[[], bytes]) -> Callable[[], bytes]:
        name = make.__name__
        assert name not in CASES, name
        CASES[name] = Case(name, make, unreadable, people, refused, frozenset(codes), values or {})
        return make

    return register


NS = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
STYLES = (
    f'{HEAD}<styleSheet xmlns="{NS}"><numFmts count="1"><numFmt numFmtId="164" '
    'formatCode="d\\.m\\.yyyy"/></numFmts><cellStyleXfs count="1"><xf numFmtId="0"/></cellStyleXfs>'
    '<cellXfs count="3"><xf numFmtId="0"/><xf numFmtId="164"/><xf numFmtId="20"/></cellXfs>'
    "</styleSheet>"
)
DATE_STYLE = 1


@dataclass(frozen=True)
class Raw:
    """A cell as XML, its reference left to the builder: `<c r="…" {attributes}>{inside}</c>`."""

    attributes: str = ""
    inside: str = ""


def cell_xml(reference: str, value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, Raw):
        return f'<c r="{reference}" {value.attributes}>{value.inside}</c>'
    if isinstance(value, int | float):
        return f'<c r="{reference}"><v>{value}</v></c>'
    text = f'<is><t xml:space="preserve">{escape(value)}</t></is>'
    return f'<c r="{reference}" t="inlineStr">{text}</c>'


def sheet_xml(
    rows: Sequence[Sequence[Any]], *, after: str = "", hidden: Sequence[int] = (), head: str = HEAD
) -> str:
    lines = []
    for number, row in enumerate(rows, start=1):
        cells = "".join(
            cell_xml(f"{letter(index)}{number}", value) for index, value in enumerate(row)
        )
        mark = ' hidden="1"' if number in hidden else ""
        lines.append(f'<row r="{number}"{mark}>{cells}</row>')
    data = "".join(lines)
    return f'{head}<worksheet xmlns="{NS}"><sheetData>{data}</sheetData>{after}</worksheet>'


def xlsx(
    rows: Sequence[Sequence[Any]] = (),
    *,
    sheet: str | bytes | None = None,
    strings: str | bytes | None = None,
    workbook_pr: str = "",
    sheets: Sequence[tuple[str, str, str]] = (("Asiakkaat", "visible", "sheet1"),),
    extra: Mapping[str, str | bytes] | None = None,
    after: str = "",
    hidden: Sequence[int] = (),
) -> bytes:
    """An XLSX file. `sheets`: (title, state, part name); `extra`: further parts."""
    tabs = "".join(
        f'<sheet name="{title}" sheetId="{n}" state="{state}" r:id="rId{n}"/>'
        for n, (title, state, _) in enumerate(sheets, start=1)
    )
    links = "".join(
        f'<Relationship Id="rId{n}" Type="{REL}/worksheet" Target="worksheets/{part}.xml"/>'
        for n, (_, _, part) in enumerate(sheets, start=1)
    )
    links += f'<Relationship Id="rId90" Type="{REL}/styles" Target="styles.xml"/>'
    if strings is not None:
        links += f'<Relationship Id="rId91" Type="{REL}/sharedStrings" Target="sharedStrings.xml"/>'
    package = "http://schemas.openxmlformats.org/package/2006/relationships"
    parts: dict[str, str | bytes] = {
        "[Content_Types].xml": f'{HEAD}<Types xmlns="x"/>',
        "_rels/.rels": f'{HEAD}<Relationships xmlns="{package}"><Relationship Id="rId1" '
        f'Type="{REL}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'{HEAD}<workbook xmlns="{NS}" xmlns:r="{REL}">'
        f"<workbookPr {workbook_pr}/><sheets>{tabs}</sheets></workbook>",
        "xl/_rels/workbook.xml.rels": f'{HEAD}<Relationships xmlns="{package}">{links}'
        "</Relationships>",
        "xl/styles.xml": STYLES,
    }
    first = sheet_xml(rows, after=after, hidden=hidden) if sheet is None else sheet
    parts[f"xl/worksheets/{sheets[0][2]}.xml"] = first
    if strings is not None:
        parts["xl/sharedStrings.xml"] = strings
    parts.update(extra or {})
    return zipped(parts)


def zipped(parts: Mapping[str, str | bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts.items():
            package.writestr(name, content)
    return out.getvalue()


def text_file(
    *rows: str, ends: str = "\r\n", encoding: str = "utf-8", last_end: bool = True
) -> bytes:
    text = ends.join(rows) + (ends if last_end else "")
    return text.encode(encoding)
