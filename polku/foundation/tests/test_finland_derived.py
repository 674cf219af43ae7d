"""The command that makes the reference files from the municipality key."""

import csv
import subprocess
import sys
from pathlib import Path

import pytest

COMMAND = Path(__file__).parents[3] / "data" / "derive_municipalities.py"
HEADINGS = (
    "municipality_code municipality_name_fi municipality_name_sv maakunta_code maakunta_name_fi "
    "hyvinvointialue_code hyvinvointialue_name_fi tyollisyysalue_code tyollisyysalue_name_fi "
    "tyollisyysalue_name_sv kielisuhde_name_fi"
)
HARTOLA = (
    "81|Hartola|Gustav Adolfs  |7|Päijät-Häme|9|Päijät-Hämeen hyvinvointialue|31|Päijät-Häme"
    "|Päijänne-Tavastland|Yksikielinen suomenkielinen kunta"
)

pytestmark = pytest.mark.skipif(not COMMAND.exists(), reason="needs a checkout, not a package")


def derive(tmp_path: Path, headings: str) -> subprocess.CompletedProcess[str]:
    key = tmp_path / "key.csv"
    with key.open("w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file).writerows([headings.split(), HARTOLA.split("|")])
    return subprocess.run(
        [sys.executable, str(COMMAND), str(key), "--out", str(tmp_path)],
        capture_output=True,
        text=True,
        check=False,
    )


def test_codes_get_their_zeros_and_names_lose_their_space(tmp_path: Path) -> None:
    assert derive(tmp_path, HEADINGS).returncode == 0
    lines = (tmp_path / "municipalities.csv").read_text(encoding="utf-8").splitlines()
    assert lines[1] == (
        "081,Hartola,Gustav Adolfs,07,Päijät-Häme,Päijänne-Tavastland,09,"
        "Päijät-Hämeen hyvinvointialue,Päijänne-Tavastlands välfärdsområde,fi"
    )


def test_same_key_gives_the_same_bytes(tmp_path: Path) -> None:
    derive(tmp_path, HEADINGS)
    first = {path.name: path.read_bytes() for path in tmp_path.glob("*.csv")}
    derive(tmp_path, HEADINGS)
    assert {path.name: path.read_bytes() for path in tmp_path.glob("*.csv")} == first


def test_key_without_a_column_is_refused_and_nothing_written(tmp_path: Path) -> None:
    done = derive(tmp_path, HEADINGS.replace("kielisuhde_name_fi", "kielet"))
    assert done.returncode == 1
    assert "lacks the columns kielisuhde_name_fi; nothing was written" in done.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["key.csv"]
