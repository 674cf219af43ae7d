"""Size: what a reading may take, measured in a process of its own with a lid on its memory."""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from polku.exchange.sheets.tests.making import HEAD, NS, xlsx

MEGABYTES = 256
HEADER = (
    "Asiakasnumero;Sukunimi;Etunimet;Hetu;Synt.aika;Puhelin;S-posti;Osoite;Postinro;Postitmp;"
    "Kotikunta;Kieli;Ilmoittautunut;Valmentaja"
)

_CHILD = """
import json, resource, sys, time
from polku.exchange.sheets import Unreadable, find_layout, open_sheet, parse_rows
from polku.exchange.sheets.tests.making import SETTING
begun = time.perf_counter()
result = {"rows": 0, "refused": 0, "code": "", "line": 0, "column": ""}
try:
    sheet = open_sheet(sys.argv[1], "suuri")
    layout = find_layout(sheet)
    for row in parse_rows(sheet, layout, SETTING):
        result["rows"] += 1
        result["refused"] += row.refused
except Unreadable as refusal:
    result |= {"code": refusal.code, "line": refusal.line, "column": refusal.column}
result["seconds"] = round(time.perf_counter() - begun, 1)
result["cpu"] = round(time.process_time(), 1)
# Of this program alone: ru_maxrss also remembers the test runner that it was forked from.
peak = next(line for line in open("/proc/self/status") if line.startswith("VmHWM"))
result["megabytes"] = int(peak.split()[1]) // 1024
print(json.dumps(result))
"""


def read_apart(path: Path) -> dict[str, object]:
    """Reads the file in a child whose address space ends at 600 MB; its figures come back."""

    def lid() -> None:
        resource.setrlimit(resource.RLIMIT_AS, (600_000_000, 600_000_000))

    done = subprocess.run(
        [sys.executable, "-c", _CHILD, str(path)],
        capture_output=True,
        text=True,
        preexec_fn=lid,
        check=False,
        cwd=Path(__file__).parents[4],
    )
    assert done.returncode == 0, done.stderr[-2000:]
    figures: dict[str, object] = json.loads(done.stdout)
    return figures


def write_text(path: Path, rows: int) -> None:
    with path.open("w", encoding="utf-8") as out:
        out.write(HEADER + "\n")
        for number in range(rows):
            out.write(
                f"{number};Haapaoja;Eino Onni;;{number % 28 + 1}.5.1994;040{number % 10**7:07};"
                f"e{number}@example.fi;Koulutie {number};15140;LAHTI;Lahti;suomi;1.2.2026;Kaisa\n"
            )


def write_xlsx(path: Path, rows: int) -> None:
    """A workbook with shared texts, as Excel writes them, each person's own among them."""
    common = ["Haapaoja", "Eino Onni", "15140", "LAHTI", "Lahti", "suomi", "Kaisa P."]
    headings = HEADER.split(";")
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as package:
        skeleton = xlsx([("x",)], strings="")
        with zipfile.ZipFile(__import__("io").BytesIO(skeleton)) as model:
            for name in model.namelist():
                if "sheet1" not in name and "sharedStrings" not in name:
                    package.writestr(name, model.read(name))
        with package.open("xl/sharedStrings.xml", "w", force_zip64=True) as part:
            part.write(f'{HEAD}<sst xmlns="{NS}">'.encode())
            for text in [*headings, *common]:
                part.write(f"<si><t>{text}</t></si>".encode())
            for n in range(rows):
                part.write(
                    f"<si><t>e{n}@example.fi</t></si><si><t>Koulutie {n}</t></si>"
                    f"<si><t>040{n % 10**7:07}</t></si>".encode()
                )
            part.write(b"</sst>")
        _write_sheet(package, rows, len(headings))


def _write_sheet(package: zipfile.ZipFile, rows: int, width: int) -> None:
    from polku.exchange.sheets.table import letter

    with package.open("xl/worksheets/sheet1.xml", "w", force_zip64=True) as part:
        part.write(f'{HEAD}<worksheet xmlns="{NS}"><sheetData><row r="1">'.encode())
        for index in range(width):
            part.write(f'<c r="{letter(index)}1" t="s"><v>{index}</v></c>'.encode())
        part.write(b"</row>")
        for n in range(rows):
            r, own = n + 2, width + 7 + 3 * n
            shared = {"B": 14, "C": 15, "F": own + 2, "G": own, "H": own + 1, "I": 16, "J": 17}
            shared |= {"K": 18, "L": 19, "N": 20}
            cells = {key: f'<c r="{key}{r}" t="s"><v>{v}</v></c>' for key, v in shared.items()}
            cells["A"] = f'<c r="A{r}"><v>{n}</v></c>'
            cells["E"] = f'<c r="E{r}" s="1"><v>{34455 + n % 28}</v></c>'
            cells["M"] = f'<c r="M{r}" s="1"><v>46054</v></c>'
            body = "".join(cells[key] for key in sorted(cells))
            part.write(f'<row r="{r}">{body}</row>'.encode())
        part.write(b"</sheetData></worksheet>")


@pytest.mark.parametrize("write", [write_text, write_xlsx])
def test_twenty_thousand_rows_take_little(tmp_path: Path, write: object) -> None:
    path = tmp_path / "suuri"
    write(path, 20_000)  # type: ignore[operator]
    figures = read_apart(path)
    assert (figures["rows"], figures["refused"], figures["code"]) == (20_000, 0, "")
    assert figures["megabytes"] < 100  # type: ignore[operator]
    assert figures["cpu"] < 15  # type: ignore[operator]


@pytest.mark.parametrize("form", ["text", "quoted", "xlsx", "shared"])
def test_a_cell_of_fifty_megabytes_is_refused_with_its_place(tmp_path: Path, form: str) -> None:
    path = tmp_path / "suuri"
    giant = "x" * 50_000_000
    if form == "text":
        path.write_text(f"Sukunimi;Etunimi\nHaapa;{giant}\n")
    elif form == "quoted":
        path.write_text(f'Sukunimi;Etunimi\nHaapa;"{giant}"\n')
    elif form == "xlsx":
        path.write_bytes(xlsx([("Sukunimi", "Etunimi"), ("Haapa", giant)]))
    else:
        path.write_bytes(_giant_shared(giant))
    figures = read_apart(path)
    # So well packed that it may be taken for the bomb that it is.
    if form in ("xlsx", "shared") and figures["code"] == "zip_bomb":
        return
    assert (figures["code"], figures["line"], figures["column"]) == ("cell_too_long", 2, "B")
    assert figures["megabytes"] <= MEGABYTES  # type: ignore[operator]


def _giant_shared(giant: str) -> bytes:
    from polku.exchange.sheets.tests.making import Raw

    strings = f'{HEAD}<sst xmlns="{NS}"><si><t>{giant}</t></si></sst>'
    return xlsx([("Sukunimi", "Etunimi"), ("Haapa", Raw('t="s"', "<v>0</v>"))], strings=strings)


@pytest.mark.torture
@pytest.mark.parametrize("write", [write_text, write_xlsx])
def test_a_million_rows_stay_below_256_megabytes(tmp_path: Path, write: object) -> None:
    path = tmp_path / "suuri"
    write(path, 1_000_000)  # type: ignore[operator]
    figures = read_apart(path)
    print(write, figures)
    assert (figures["rows"], figures["code"]) == (1_000_000, "")
    assert figures["megabytes"] <= MEGABYTES  # type: ignore[operator]


@pytest.mark.torture
def test_a_hundred_thousand_rows_leave_time_for_writing_them(tmp_path: Path) -> None:
    path = tmp_path / "suuri"
    write_xlsx(path, 100_000)
    figures = read_apart(path)
    print(figures)
    assert figures["rows"] == 100_000
    # Of the minute that the whole import may take; processor time, for a machine has other work.
    assert figures["cpu"] <= 20  # type: ignore[operator]
