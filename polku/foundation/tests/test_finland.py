"""What the reference files of Finland hold, and the damage that their reader must refuse."""

import shutil
from collections import Counter
from datetime import date, timedelta
from pathlib import Path

import pytest

from polku.foundation.finland import (
    ALAND,
    FOLDER,
    ReferenceDataError,
    read_areas,
    read_memberships,
    read_municipalities,
)

MUNICIPALITY = {row.code: row for row in read_municipalities()}
AREA = {row.code: row for row in read_areas()}
MEMBERSHIPS = read_memberships()


def areas_of(municipality: str, day: date) -> list[str]:
    return [
        row.area_code
        for row in MEMBERSHIPS
        if row.municipality_code == municipality and row.holds_on(day)
    ]


def test_there_are_308_municipalities_with_codes_kept_as_text() -> None:
    assert len(MUNICIPALITY) == 308
    assert MUNICIPALITY["016"].name_fi == "Asikkala"
    assert MUNICIPALITY["316"].name_fi == "Kärkölä"


def test_no_name_carries_space() -> None:
    assert MUNICIPALITY["081"].name_sv == "Gustav Adolfs"


def test_swedish_names_follow_the_official_ones() -> None:
    assert MUNICIPALITY["790"].region_name_sv == "Birkaland"
    assert MUNICIPALITY["398"].county_name_sv == "Päijänne-Tavastlands välfärdsområde"
    assert AREA["19"].name_sv == "Lahtis"


def test_languages_are_counted_as_the_classification_counts_them() -> None:
    counts = Counter(row.language_status for row in MUNICIPALITY.values())
    assert counts == {"fi": 259, "fi-sv": 18, "sv-fi": 15, "sv": 16}
    assert MUNICIPALITY["598"].languages == ("sv", "fi")
    assert MUNICIPALITY["398"].languages == ("fi",)


def test_every_region_and_county_has_one_name() -> None:
    for of in ("region", "county"):
        for language in ("fi", "sv"):
            pairs = {
                (getattr(row, f"{of}_code"), getattr(row, f"{of}_name_{language}"))
                for row in MUNICIPALITY.values()
            }
            assert len(pairs) == (19 if of == "region" else 23)


def test_45_mainland_areas_and_aland_outside_the_acts() -> None:
    standing = [row for row in AREA.values() if row.kind == "employment_area"]
    assert len(standing) == 46
    assert [row.code for row in standing if not row.mainland_acts] == [ALAND]
    assert sum(areas_of(code, date(2026, 1, 1)) == [ALAND] for code in MUNICIPALITY) == 16


@pytest.mark.parametrize("day", [date(2025, 1, 1), date(2026, 11, 21), date(2030, 2, 28)])
def test_every_municipality_is_in_one_area_from_2025_on(day: date) -> None:
    assert all(len(areas_of(code, day)) == 1 for code in MUNICIPALITY)


def test_the_lahti_region_was_one_trial_and_split_in_2025() -> None:
    together = ("016", "098", "316", "398", "560")
    last_day = date(2024, 12, 31)
    assert {tuple(areas_of(code, last_day)) for code in together} == {("T-LAHTI",)}
    after = {code: areas_of(code, last_day + timedelta(days=1)) for code in together}
    assert after == {"016": ["31"], "098": ["31"], "316": ["31"], "398": ["19"], "560": ["31"]}
    assert areas_of("316", date(2021, 2, 28)) == []


def test_sastamala_and_punkalaidun_stayed_together() -> None:
    for code in ("790", "619"):
        assert areas_of(code, date(2023, 6, 1)) == ["T-PIRKANMAA"]
        assert areas_of(code, date(2026, 6, 1)) == ["21"]


def test_inferred_members_are_marked_and_kuhmoinen_is_not_among_them() -> None:
    pirkanmaa = [row for row in MEMBERSHIPS if row.area_code == "T-PIRKANMAA"]
    assert len(pirkanmaa) == 22
    assert {row.municipality_code for row in pirkanmaa if row.verified} == {"619", "790"}
    assert "291" not in {row.municipality_code for row in pirkanmaa}
    assert not AREA["T-PIRKANMAA"].members_verified


def damage(tmp_path: Path, name: str, old: str, new: str) -> Path:
    """A copy of the files in which one text is replaced by another, once."""
    folder = shutil.copytree(FOLDER, tmp_path / "data")
    text = (folder / name).read_text(encoding="utf-8")
    assert old in text
    (folder / name).write_text(text.replace(old, new, 1), encoding="utf-8")
    return folder


@pytest.mark.parametrize(
    ("name", "old", "new", "complaint"),
    [
        ("municipalities.csv", "\n005,", "\n5,", "line 2: '5' is not a code of 3 digits"),
        ("municipalities.csv", "\n009,", "\n005,", "code 005 stands there twice"),
        ("municipalities.csv", ",fi-sv\n", ",fi+sv\n", "'fi+sv' is not one of"),
        ("municipalities.csv", "Gustav Adolfs,", "Gustav Adolfs ,", "space around it"),
        ("municipalities.csv", "Alajärvi,Alajärvi,", "Alajärvi,", "number of columns"),
        ("employment_areas.csv", "Åland,false", "Åland,true", "46 mainland areas instead of 45"),
        ("area_memberships.csv", "316,31,2025-01-01", "316,31,2025-01-02", "316 is in no area"),
        ("area_memberships.csv", "316,31,2025-01-01,,", "316,31,2025-01-01,2026-12-31,", "no area"),
        ("area_memberships.csv", "316,31,", "316,99,", "316 in 99 names an unknown code"),
        ("area_memberships.csv", "316,31,", "398,31,", "is in "),
        ("area_memberships.csv", "619,T-PIRK", "790,T-PIRK", "790 is in two trials on 2021-03-01"),
        ("area_memberships.csv", "316,T-LAHTI,2021-03-01", "316,T-LAHTI,2020-01-01", "outside"),
        ("area_memberships.csv", "316,31,2025-01-01", "316,31,1.1.2025", "Invalid isoformat"),
    ],
)
def test_damaged_file_is_refused_with_the_reason(
    tmp_path: Path, name: str, old: str, new: str, complaint: str
) -> None:
    folder = damage(tmp_path, name, old, new)
    with pytest.raises(ReferenceDataError, match=f"{name}.*{complaint.replace('+', '.')}"):
        read_municipalities(folder)
        read_areas(folder)
        read_memberships(folder)


def test_undamaged_copy_is_read(tmp_path: Path) -> None:
    folder = damage(tmp_path, "municipalities.csv", "Kärkölä", "Kärkölä")
    assert read_memberships(folder) == MEMBERSHIPS
