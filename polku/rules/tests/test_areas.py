"""Who is in which area, beside the office's own list; a trial is never said of an unlisted one."""

import csv
from datetime import date
from pathlib import Path
from typing import Any

import polku.rules
from polku.rules import ask, packaged_law

OFFICE = Path(polku.rules.__file__).parents[1] / "foundation" / "data"
# Named by a source, and not in the office's list, which knows two trials.
BESIDES = {("078", "T-RAASEPORI"), ("710", "T-RAASEPORI")}
ON = {"T": date(2022, 1, 1), "A": date(2026, 1, 1)}


def rows(name: str) -> list[dict[str, str]]:
    with (OFFICE / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def area(code: str, on: date) -> Any:
    return ask("area_of_residence", on=on, facts={"home_municipality": code})


def kept() -> set[tuple[str, str, bool]]:
    return {
        (member, code, sure)
        for dated in packaged_law()["areas_of_residence"].values
        for code, one in dated.value.items()
        for sure, members in ((True, one["members"]), (False, one["inferred"]))
        for member in members
    }


def test_every_membership_is_that_of_the_office_and_no_other() -> None:
    listed = {
        (row["municipality_code"], row["area_code"], row["verified"] == "true")
        for row in rows("area_memberships.csv")
    }
    assert kept() - listed == {(*one, True) for one in BESIDES}
    assert listed - kept() == set()
    assert len(listed) > 300


def test_names_are_those_of_the_office() -> None:
    names = {row["code"]: (row["name_fi"], row["name_sv"]) for row in rows("employment_areas.csv")}
    for dated in packaged_law()["areas_of_residence"].values:
        for code, one in dated.value.items():
            if code != "T-RAASEPORI":
                assert names[code] == (one["fi"], one["sv"])


def test_every_municipality_of_2026_has_one_area_and_says_the_same_as_the_list() -> None:
    for row in rows("area_memberships.csv"):
        answer = area(row["municipality_code"], date.fromisoformat(row["valid_from"]))
        assert answer.value["area"] == row["area_code"]
        assert answer.verified is (row["verified"] == "true")
    municipalities = [row["code"] for row in rows("municipalities.csv")]
    assert len(municipalities) == 308
    assert all(area(code, ON["A"]).value for code in municipalities)


def test_a_municipality_that_no_source_names_is_left_open_and_not_outside() -> None:
    answer = area("091", ON["T"])
    assert (answer.value, answer.verified) == (None, False)
