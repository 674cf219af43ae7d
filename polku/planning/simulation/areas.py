"""Areas: how many clients, and how many for each coach. No count of clients is public by area."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from pathlib import Path

import polku
from polku.planning.faults import Refused
from polku.planning.simulation.finland import CASELOAD

DATA = Path(polku.__path__[0]) / "foundation" / "data"
IN_FORCE = ""  # an empty last day
# The least labour force of an area (HE 207/2022), and a tenth of it in service: an assumption.
LEAST_LABOUR_FORCE, IN_SERVICE = 20_000, 0.10
SIZE = (
    "the least labour force of an area, 20,000 (HE 207/2022), with 10 % in service: assumption, "
    "5 to 20 %; no count by area is public, give --clients"
)
MEAN = "149 clients per adviser on average (KEHA, spring 2025)"
LAHTI = "over 250 clients per adviser in Lahti, the most in the country (KEHA, spring 2025)"
KARKOLA = "some 250 clients and 3 coaches in Kärkölä in the trial of 2021 (its own article)"


@dataclass(frozen=True)
class Area:
    """An area by code, with the sources of its two figures in words."""

    code: str
    name: str
    clients: int
    caseload: float
    source_of_clients: str
    source_of_caseload: str


def area(code: str) -> Area:
    """Return an employment area (such as 19), or a municipality's own (such as 398).

    Raises Refused for a code that is neither.
    """
    areas = {
        row["code"]: row["name_fi"]
        for row in _rows("employment_areas")
        if row["kind"] == "employment_area" and row["valid_to"] == IN_FORCE
    }
    towns = {row["code"]: row["name_fi"] for row in _rows("municipalities")}
    of = {
        row["municipality_code"]: row["area_code"]
        for row in _rows("area_memberships")
        if row["valid_to"] == IN_FORCE
    }
    if code == "316":
        return Area(code, towns[code], 250, 250 / 3, KARKOLA, KARKOLA)
    within = of.get(code, code)
    if within not in areas:
        raise Refused([
            f"--area: no employment area or municipality of today has the code {code!r}. Give an "
            "area's two digits, such as 19 for Lahti, or a municipality's three, such as 398."
        ])  # fmt: skip
    caseload, source = (250.0, LAHTI) if within == "19" else (CASELOAD, MEAN)
    clients = round(LEAST_LABOUR_FORCE * IN_SERVICE)
    return Area(within, areas[within], clients, caseload, SIZE, source)


def _rows(name: str) -> list[dict[str, str]]:
    with (DATA / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
