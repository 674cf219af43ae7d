"""Finland's municipalities and employment areas as they are kept in `data/`: read and checked.

Pure: no Django, no clock. `data/SOURCES.md` at the root of the checkout says where each file
comes from and which command makes it. A file that breaks a promise named here is refused as a
whole, with its name, line and reason (`ReferenceDataError`).
"""

import csv
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Literal, TypeVar, cast

# The files lie inside the package because only the package is installed.
FOLDER = Path(__file__).with_name("data")

MUNICIPALITIES = 308
MAINLAND_AREAS = 45
ALAND = "46"
AREAS_BEGAN = date(2025, 1, 1)

AreaKind = Literal["employment_area", "municipal_trial"]
LanguageStatus = Literal["fi", "fi-sv", "sv-fi", "sv"]
KINDS: tuple[AreaKind, ...] = ("employment_area", "municipal_trial")
LANGUAGE_STATUSES: tuple[LanguageStatus, ...] = ("fi", "fi-sv", "sv-fi", "sv")

T = TypeVar("T")


class ReferenceDataError(ValueError):
    """A reference file can't be used; the message says which one, where and why."""


@dataclass(frozen=True, slots=True)
class MunicipalityRow:
    """`code` three digits; region and wellbeing services county codes two digits, all as text."""

    code: str
    name_fi: str
    name_sv: str
    region_code: str
    region_name_fi: str
    region_name_sv: str
    county_code: str
    county_name_fi: str
    county_name_sv: str
    language_status: LanguageStatus

    @property
    def languages(self) -> tuple[str, ...]:
        """The official languages, that of the majority first: ("sv", "fi") in Pietarsaari."""
        return tuple(self.language_status.split("-"))


@dataclass(frozen=True, slots=True)
class AreaRow:
    """`code` two digits for the areas of 2025 on, `T-…` for a municipal trial (Polku's own code).

    `valid_to` is the last day, or None while the area stands. `mainland_acts` is False in Åland,
    where the mainland's employment acts do not apply. `members_verified` is False when some of
    the members were inferred.
    """

    code: str
    kind: AreaKind
    name_fi: str
    name_sv: str
    mainland_acts: bool
    valid_from: date
    valid_to: date | None
    members_verified: bool
    note: str


@dataclass(frozen=True, slots=True)
class MembershipRow:
    """A municipality's time in an area; `valid_to` is the last day, or None while it lasts."""

    municipality_code: str
    area_code: str
    valid_from: date
    valid_to: date | None
    verified: bool

    def holds_on(self, day: date) -> bool:
        return self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)


def read_municipalities(folder: Path = FOLDER) -> tuple[MunicipalityRow, ...]:
    """All 308 municipalities of 2026 by code. Codes are unique."""
    rows = _read(folder / "municipalities.csv", _municipality)
    _refuse_twice(folder / "municipalities.csv", (row.code for row in rows))
    _expect(folder / "municipalities.csv", "municipalities", len(rows), MUNICIPALITIES)
    return rows


def read_areas(folder: Path = FOLDER) -> tuple[AreaRow, ...]:
    """The 45 employment areas, Åland, and the municipal trials that are known."""
    path = folder / "employment_areas.csv"
    rows = _read(path, _area)
    _refuse_twice(path, (row.code for row in rows))
    standing = [row for row in rows if row.kind == "employment_area"]
    _expect(path, "mainland areas", sum(row.mainland_acts for row in standing), MAINLAND_AREAS)
    outside = [row.code for row in rows if not row.mainland_acts]
    if outside != [ALAND]:
        raise ReferenceDataError(f"{path.name}: only {ALAND} is outside the acts, not {outside}.")
    return rows


def read_memberships(folder: Path = FOLDER) -> tuple[MembershipRow, ...]:
    """Who belonged where and when.

    Every municipality is in exactly one area (mainland or Åland) on every day from 2025 on, and
    at no time in two trials; every time lies inside the time of its area.
    """
    path = folder / "area_memberships.csv"
    rows = _read(path, _membership)
    areas = {row.code: row for row in read_areas(folder)}
    municipalities = {row.code for row in read_municipalities(folder)}
    times: dict[tuple[str, bool], list[MembershipRow]] = defaultdict(list)
    for row in rows:
        if row.municipality_code not in municipalities or row.area_code not in areas:
            raise ReferenceDataError(
                f"{path.name}: {row.municipality_code} in {row.area_code} names an unknown code."
            )
        area = areas[row.area_code]
        if row.valid_from < area.valid_from or _end(row) > _end(area):
            raise ReferenceDataError(
                f"{path.name}: {row.municipality_code} is in {row.area_code} outside its time."
            )
        times[row.municipality_code, area.kind == "municipal_trial"].append(row)
    for municipality in sorted(municipalities):
        _refuse_gaps(path, municipality, times[municipality, False])
        _refuse_overlap(path, times[municipality, True])
    return rows


def _refuse_gaps(path: Path, municipality: str, rows: list[MembershipRow]) -> None:
    expected = AREAS_BEGAN
    for row in sorted(rows, key=lambda row: row.valid_from):
        if row.valid_from != expected:
            many = "two areas" if row.valid_from < expected else "no area"
            raise ReferenceDataError(
                f"{path.name}: {municipality} is in {many} on {min(expected, row.valid_from)}."
            )
        if row.valid_to is None:
            expected = date.max
        else:
            expected = row.valid_to + timedelta(days=1)
    if expected != date.max:
        raise ReferenceDataError(f"{path.name}: {municipality} is in no area on {expected}.")


def _refuse_overlap(path: Path, rows: list[MembershipRow]) -> None:
    inside = sorted(rows, key=lambda row: row.valid_from)
    for earlier, later in zip(inside, inside[1:], strict=False):
        if later.valid_from <= _end(earlier):
            raise ReferenceDataError(
                f"{path.name}: {later.municipality_code} is in two trials on {later.valid_from}."
            )


def _end(row: AreaRow | MembershipRow) -> date:
    return row.valid_to or date.max


def _read(path: Path, make: Callable[[dict[str, str]], T]) -> tuple[T, ...]:
    rows = []
    with path.open(encoding="utf-8", newline="") as file:
        reader = csv.DictReader(file, strict=True)
        for row in reader:
            try:
                if None in row or None in row.values():
                    raise ValueError("the number of columns is wrong")
                rows.append(make(row))
            except (KeyError, ValueError) as error:
                raise ReferenceDataError(f"{path.name}, line {reader.line_num}: {error}.") from None
    return tuple(rows)


def _municipality(row: dict[str, str]) -> MunicipalityRow:
    return MunicipalityRow(
        code=_digits(row["code"], 3),
        name_fi=_filled(row["name_fi"]),
        name_sv=_filled(row["name_sv"]),
        region_code=_digits(row["region_code"], 2),
        region_name_fi=_filled(row["region_name_fi"]),
        region_name_sv=_filled(row["region_name_sv"]),
        county_code=_digits(row["county_code"], 2),
        county_name_fi=_filled(row["county_name_fi"]),
        county_name_sv=_filled(row["county_name_sv"]),
        language_status=cast(LanguageStatus, _one_of(row["language_status"], LANGUAGE_STATUSES)),
    )


def _area(row: dict[str, str]) -> AreaRow:
    kind = cast(AreaKind, _one_of(row["kind"], KINDS))
    return AreaRow(
        code=_filled(row["code"]) if kind == "municipal_trial" else _digits(row["code"], 2),
        kind=kind,
        name_fi=_filled(row["name_fi"]),
        name_sv=_filled(row["name_sv"]),
        mainland_acts=_yes(row["mainland_acts"]),
        valid_from=date.fromisoformat(row["valid_from"]),
        valid_to=_day_or_none(row["valid_to"]),
        members_verified=_yes(row["members_verified"]),
        note=row["note"],
    )


def _membership(row: dict[str, str]) -> MembershipRow:
    return MembershipRow(
        municipality_code=_digits(row["municipality_code"], 3),
        area_code=_filled(row["area_code"]),
        valid_from=date.fromisoformat(row["valid_from"]),
        valid_to=_day_or_none(row["valid_to"]),
        verified=_yes(row["verified"]),
    )


def _digits(text: str, count: int) -> str:
    if len(text) != count or not (text.isascii() and text.isdigit()):
        raise ValueError(f"{text!r} is not a code of {count} digits")
    return text


def _filled(text: str) -> str:
    if not text or text != text.strip():
        raise ValueError(f"{text!r} is empty or has space around it")
    return text


def _one_of(text: str, allowed: tuple[str, ...]) -> str:
    if text not in allowed:
        raise ValueError(f"{text!r} is not one of {', '.join(allowed)}")
    return text


def _yes(text: str) -> bool:
    return _one_of(text, ("true", "false")) == "true"


def _day_or_none(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


def _refuse_twice(path: Path, codes: Iterable[str]) -> None:
    seen: set[str] = set()
    for code in codes:
        if code in seen:
            raise ReferenceDataError(f"{path.name}: the code {code} stands there twice.")
        seen.add(code)


def _expect(path: Path, what: str, found: int, expected: int) -> None:
    if found != expected:
        raise ReferenceDataError(f"{path.name} has {found} {what} instead of {expected}.")
