"""The parameter files keep their own rules, and a file that does not is refused."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from polku.rules import NoValueOnDate
from polku.rules.parameters import FOLDER, ParameterError, packaged_law, read_parameter
from polku.rules.registry import all_rules

NAMES = sorted(path.stem for path in FOLDER.glob("*.toml"))


def write(tmp_path: Path, *values: str) -> Path:
    path = tmp_path / "time.toml"
    rows = "".join(f"[[values]]\n{value}\n" for value in values)
    path.write_text(f'meaning = "a time"\nunit = "days"\n{rows}', encoding="utf-8")
    return path


def row(first: str, last: str = "", **changes: Any) -> str:
    lines = {"value": 1, "valid_from": first, "source": '"an act"', "url": '""', "verified": "true"}
    if last:
        lines["valid_to"] = last
    return "\n".join(f"{key} = {value}" for key, value in (lines | changes).items())


@pytest.mark.parametrize("name", NAMES)
def test_every_value_is_cited(name: str) -> None:
    for dated in packaged_law()[name].values:
        assert dated.source
        assert not dated.verified or dated.url.startswith("https://")


def test_every_parameter_is_used_and_every_one_used_exists() -> None:
    assert {name for rule in all_rules().values() for name in rule.parameters} == set(NAMES)


def test_last_day_is_included_and_a_gap_is_not_known(tmp_path: Path) -> None:
    path = write(tmp_path, row("2020-01-01", "2020-12-31"), row("2022-01-01", value=2))
    time = read_parameter(path)
    assert time.on(date(2020, 12, 31)).value == 1
    assert time.on(date(2022, 1, 1)).value == 2
    with pytest.raises(NoValueOnDate, match=r"The law of 2021-06-01 is not known here \(time\)\.$"):
        time.on(date(2021, 6, 1))
    with pytest.raises(
        NoValueOnDate, match="of 2019-12-31 is not known here, only from 2020-01-01 on"
    ):
        time.on(date(2019, 12, 31))


@pytest.mark.parametrize(
    ("values", "complaint"),
    [
        ([row("2020-01-01"), row("2022-01-01")], "from 2022-01-01 overlaps"),
        ([row("2020-01-01", "2022-01-01"), row("2022-01-01")], "overlaps"),
        ([row("2020-01-01", "2019-01-01")], "ends before it begins"),
        ([row("2020-01-01", source='""')], "has no source"),
        ([row("2020-01-01", verified='"yes"')], "verified true or false"),
        ([row('"2020-01-01"')], "valid_from must be a date"),
        ([row("2020-01-01", verifyed="true")], "verifyed"),
        ([], "values"),
    ],
)
def test_file_that_breaks_the_rules_is_refused(
    tmp_path: Path, values: list[str], complaint: str
) -> None:
    with pytest.raises(ParameterError, match=rf"time\.toml: .*{complaint}"):
        read_parameter(write(tmp_path, *values))
