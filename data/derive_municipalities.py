"""Make the three reference files of Finland from the municipality key of Statistics Finland.

    python -m data.derive_municipalities KEY.csv [--out polku/foundation/data]

KEY.csv is the classification key of 1 January 2026, one row a municipality, with the columns
named in `KEY_COLUMNS`. What the key does not hold (Swedish names of regions and wellbeing
services counties, the municipal trials of 2021–2024) is written out below, with its source.
The same key gives the same bytes.
"""

import argparse
import csv
import sys
from pathlib import Path

KEY_COLUMNS = (
    "municipality_code",
    "municipality_name_fi",
    "municipality_name_sv",
    "maakunta_code",
    "maakunta_name_fi",
    "hyvinvointialue_code",
    "hyvinvointialue_name_fi",
    "tyollisyysalue_code",
    "tyollisyysalue_name_fi",
    "tyollisyysalue_name_sv",
    "kielisuhde_name_fi",
)

# The language of the majority first, as the Language Act's decree lists the municipalities.
LANGUAGE_STATUS = {
    "Yksikielinen suomenkielinen kunta": "fi",
    "Kaksikielinen kunta, jossa enemmistön kieli on suomi": "fi-sv",
    "Kaksikielinen kunta, jossa enemmistön kieli on ruotsi": "sv-fi",
    "Yksikielinen ruotsinkielinen kunta": "sv",
}

# The key has no Swedish names for these two; the official ones are few and stable.
REGION_SV = {
    "01": "Nyland",
    "02": "Egentliga Finland",
    "04": "Satakunta",
    "05": "Egentliga Tavastland",
    "06": "Birkaland",
    "07": "Päijänne-Tavastland",
    "08": "Kymmenedalen",
    "09": "Södra Karelen",
    "10": "Södra Savolax",
    "11": "Norra Savolax",
    "12": "Norra Karelen",
    "13": "Mellersta Finland",
    "14": "Södra Österbotten",
    "15": "Österbotten",
    "16": "Mellersta Österbotten",
    "17": "Norra Österbotten",
    "18": "Kajanaland",
    "19": "Lappland",
    "21": "Åland",
}
COUNTY_SV = {
    "01": "Östra Nylands välfärdsområde",
    "02": "Mellersta Nylands välfärdsområde",
    "03": "Västra Nylands välfärdsområde",
    "04": "Vanda och Kervo välfärdsområde",
    "05": "Egentliga Finlands välfärdsområde",
    "06": "Satakunta välfärdsområde",
    "07": "Egentliga Tavastlands välfärdsområde",
    "08": "Birkalands välfärdsområde",
    "09": "Päijänne-Tavastlands välfärdsområde",
    "10": "Kymmenedalens välfärdsområde",
    "11": "Södra Karelens välfärdsområde",
    "12": "Södra Savolax välfärdsområde",
    "13": "Norra Savolax välfärdsområde",
    "14": "Norra Karelens välfärdsområde",
    "15": "Mellersta Finlands välfärdsområde",
    "16": "Södra Österbottens välfärdsområde",
    "17": "Österbottens välfärdsområde",
    "18": "Mellersta Österbottens välfärdsområde",
    "19": "Norra Österbottens välfärdsområde",
    "20": "Kajanalands välfärdsområde",
    "21": "Lapplands välfärdsområde",
    "90": "Helsingfors stad",
    "91": "Åland",
}

AREAS_BEGAN = "2025-01-01"
ALAND = "46"
TRIAL_BEGAN, TRIAL_ENDED = "2021-03-01", "2024-12-31"

# The trials had no area codes of their own in the classification: these codes are Polku's.
TRIALS = (
    {
        "code": "T-LAHTI",
        "name_fi": "Lahden seudun työllisyyden kuntakokeilu",
        "name_sv": "Kommunförsöket med sysselsättning i Lahtisregionen",
        "note": "Five municipalities; in 2025 Lahti became area 19 and the others joined area 31.",
    },
    {
        "code": "T-PIRKANMAA",
        "name_fi": "Pirkanmaan työllisyyden kuntakokeilu",
        "name_sv": "Kommunförsöket med sysselsättning i Birkaland",
        "note": (
            "All 22 municipalities that Pirkanmaa had when the trial was prepared; "
            "only Sastamala and Punkalaidun are named one by one in the sources."
        ),
    },
)
LAHTI_TRIAL = ("016", "098", "316", "398", "560")
PIRKANMAA_NAMED = ("619", "790")
PIRKANMAA = "06"
# Kuhmoinen came to Pirkanmaa from Keski-Suomi on 1 January 2021, after the trial was prepared.
PIRKANMAA_LATER = ("291",)

Row = dict[str, str]


def read_key(path: Path) -> list[Row]:
    """The rows of the key, in the order of municipality codes. Refuses a key with other columns."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        # Some names in the key carry space at the end.
        rows = [{k: v.strip() for k, v in row.items()} for row in csv.DictReader(file)]
    missing = [name for name in KEY_COLUMNS if not rows or name not in rows[0]]
    if missing:
        raise SystemExit(
            f"{path.name} lacks the columns {', '.join(missing)}; nothing was written."
        )
    return sorted(rows, key=lambda row: int(row["municipality_code"]))


def municipality(row: Row) -> Row:
    region = row["maakunta_code"].zfill(2)
    county = row["hyvinvointialue_code"].zfill(2)
    return {
        "code": row["municipality_code"].zfill(3),
        "name_fi": row["municipality_name_fi"],
        "name_sv": row["municipality_name_sv"],
        "region_code": region,
        "region_name_fi": row["maakunta_name_fi"],
        "region_name_sv": REGION_SV[region],
        "county_code": county,
        "county_name_fi": row["hyvinvointialue_name_fi"],
        "county_name_sv": COUNTY_SV[county],
        "language_status": LANGUAGE_STATUS[row["kielisuhde_name_fi"]],
    }


def areas(key: list[Row]) -> list[Row]:
    named = {
        row["tyollisyysalue_code"].zfill(2): (
            row["tyollisyysalue_name_fi"],
            row["tyollisyysalue_name_sv"],
        )
        for row in key
    }
    today = [
        {
            "code": code,
            "kind": "employment_area",
            "name_fi": fi,
            "name_sv": sv,
            "mainland_acts": "false" if code == ALAND else "true",
            "valid_from": AREAS_BEGAN,
            "valid_to": "",
            "members_verified": "true",
            "note": (
                "In the classification only: the mainland employment acts do not apply in Åland."
                if code == ALAND
                else ""
            ),
        }
        for code, (fi, sv) in sorted(named.items())
    ]
    trials = [
        {
            "code": trial["code"],
            "kind": "municipal_trial",
            "name_fi": trial["name_fi"],
            "name_sv": trial["name_sv"],
            "mainland_acts": "true",
            "valid_from": TRIAL_BEGAN,
            "valid_to": TRIAL_ENDED,
            "members_verified": "true" if trial["code"] == "T-LAHTI" else "false",
            "note": trial["note"],
        }
        for trial in TRIALS
    ]
    return today + trials


def memberships(key: list[Row]) -> list[Row]:
    def member(municipality_code: str, area: str, verified: bool = True) -> Row:
        trial = area.startswith("T-")
        return {
            "municipality_code": municipality_code,
            "area_code": area,
            "valid_from": TRIAL_BEGAN if trial else AREAS_BEGAN,
            "valid_to": TRIAL_ENDED if trial else "",
            "verified": "true" if verified else "false",
        }

    pirkanmaa = [
        code
        for row in key
        if row["maakunta_code"].zfill(2) == PIRKANMAA
        and (code := row["municipality_code"].zfill(3)) not in PIRKANMAA_LATER
    ]
    return [
        *(member(code, "T-LAHTI") for code in LAHTI_TRIAL),
        *(member(code, "T-PIRKANMAA", code in PIRKANMAA_NAMED) for code in pirkanmaa),
        *(
            member(row["municipality_code"].zfill(3), row["tyollisyysalue_code"].zfill(2))
            for row in key
        ),
    ]


def write(path: Path, rows: list[Row]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
    print(f"{path.name}: {len(rows)} rows")


def main(argv: list[str]) -> int:
    parser = argparse.ArgumentParser(description="Make the reference files of Finland.")
    parser.add_argument("key", type=Path, help="the municipality key as CSV")
    default = Path(__file__).parent.parent / "polku" / "foundation" / "data"
    parser.add_argument("--out", type=Path, default=default, help="the folder to write to")
    wanted = parser.parse_args(argv)
    key = read_key(wanted.key)
    write(wanted.out / "municipalities.csv", [municipality(row) for row in key])
    write(wanted.out / "employment_areas.csv", areas(key))
    write(wanted.out / "area_memberships.csv", memberships(key))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
